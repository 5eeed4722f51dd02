import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { HttpTimings } from './types.ts';

/** What opening one connection took, on the clock of `performance.now()`. */
export interface ConnectTimings {
  startedAt: number;
  /** When the host name had its addresses. */
  resolvedAt: number;
  /** When the bare connection stood; TLS comes after it. */
  openedAt: number;
  endedAt: number;
  secure: boolean;
}

const opened = new WeakMap<object, ConnectTimings>();

/** Keeps what a connection took beside its socket, for the calls that are measured. */
export function noteConnection(socket: object, timings: ConnectTimings): void {
  opened.set(socket, timings);
}

/** Learns over which connection a request went. */
export interface Measurement {
  /** Called when undici begins the request; the headers follow in the same turn. */
  begin(): void;
  end(): void;
  readonly connection: ConnectTimings | undefined;
}

const CHANNEL = 'undici:client:sendHeaders';
let measuring = 0;
let awaiting: SocketMeasurement | undefined;

/** Whoever does not measure is not slowed down: the channel has a listener only while somebody does. */
function onHeaders(message: unknown): void {
  const measurement = awaiting;
  awaiting = undefined;
  if (measurement === undefined) return;
  measurement.connection = opened.get((message as { socket: Socket }).socket);
}

class SocketMeasurement implements Measurement {
  connection: ConnectTimings | undefined;

  begin(): void {
    awaiting = this;
  }

  end(): void {
    if (awaiting === this) awaiting = undefined;
    measuring -= 1;
    if (measuring === 0) unsubscribe(CHANNEL, onHeaders);
  }
}

export function startMeasurement(): Measurement {
  if (measuring === 0) subscribe(CHANNEL, onHeaders);
  measuring += 1;
  return new SocketMeasurement();
}

/** The parts of a call's time that its connection took; a connection that stood before took none. */
export function readConnectTimes(
  connection: ConnectTimings | undefined,
  startedAt: number,
): Pick<HttpTimings, 'dnsMs' | 'connectMs' | 'tlsMs' | 'reused'> {
  if (connection === undefined) return {};
  if (connection.startedAt < startedAt) return { reused: true };
  const { resolvedAt, openedAt, endedAt, secure } = connection;
  return {
    reused: false,
    dnsMs: resolvedAt - connection.startedAt,
    connectMs: (secure ? openedAt : endedAt) - resolvedAt,
    ...(secure ? { tlsMs: endedAt - openedAt } : {}),
  };
}
