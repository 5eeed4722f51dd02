import type { FastifyReply } from 'fastify';
import { type Json, stringifyJson } from '../base/index.ts';

/** Proxies close connections over which nothing comes. */
const HEARTBEAT_MS = 15_000;

/** A stream of server-sent events to one client. */
export interface EventStream {
  send(event: string, data: Json): void;
  close(): void;
  /** Aborted when the client is gone or the stream was closed. */
  readonly signal: AbortSignal;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborted when the server begins to close. */
    closing: AbortSignal;
  }
}

/** Turns an answer into a stream of events; the caller sends what there is, and closes it. */
export function openEventStream(reply: FastifyReply): EventStream {
  const { raw } = reply;
  const controller = new AbortController();
  reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const heartbeat = setInterval(() => raw.write(':\n\n'), HEARTBEAT_MS);
  const close = () => {
    clearInterval(heartbeat);
    controller.abort();
    raw.end();
  };
  raw.on('close', close);
  reply.server.closing.addEventListener('abort', close, { signal: controller.signal });
  return {
    signal: controller.signal,
    send: (event, data) => {
      if (!controller.signal.aborted) raw.write(`event: ${event}\ndata: ${stringifyJson(data)}\n\n`);
    },
    close,
  };
}
