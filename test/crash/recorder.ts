import { setTimeout as sleep } from 'node:timers/promises';
import { serve, type TestServer } from '../servers.ts';
import type { Chance } from './chance.ts';

/** A service that calls back, and has news to poll; it remembers what it was asked and what it was answered. */
export interface Recorder {
  readonly server: TestServer;
  /** Subscriptions by reference. */
  readonly subscriptions: ReadonlyMap<string, number>;
  /** References whose callback was accepted. */
  readonly accepted: ReadonlySet<string>;
  /** Numbers of the news there are. */
  readonly news: readonly number[];
  /** No more news, and no more callbacks that have not begun. */
  stop(): Promise<void>;
}

const LATEST_CALLBACK_MS = 4_000;
const PATIENCE_MS = 180_000;

/** @param findNode the address of a node that is alive, if one is: callbacks go to any of them */
export async function startRecorder(findNode: () => string | undefined, chance: Chance): Promise<Recorder> {
  const subscriptions = new Map<string, number>();
  const accepted = new Set<string>();
  const news: number[] = [];
  const callbacks: Promise<void>[] = [];
  const publisher = setInterval(() => news.push(news.length + 1), 400);

  async function callBack(url: string, reference: string, delayMs: number): Promise<void> {
    await sleep(delayMs);
    const pathname = url.slice(url.indexOf('/hooks/'));
    // A service that was not answered tries again; where nobody is alive there is nobody to try.
    const endsAt = Date.now() + PATIENCE_MS;
    for (let attempt = 0; attempt < 200 && Date.now() < endsAt; await sleep(300)) {
      const node = findNode();
      if (node === undefined) continue;
      attempt++;
      const status = await fetch(node + pathname, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reference }),
        signal: AbortSignal.timeout(10_000),
      }).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 200 || status === 409) return void accepted.add(reference);
      if (status === 404 || status === 410) return;
    }
  }

  const server = await serve((request, response) => {
    const url = new URL(request.url ?? '/', 'http://recorder');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (url.pathname === '/news') {
        const since = Number(url.searchParams.get('since') ?? 0);
        const items = news.filter((number) => number > since);
        response
          .writeHead(items.length > 0 ? 200 : 202, {
            'content-type': 'application/json',
            location: `${server.url}/news?since=${items.at(-1) ?? since}`,
          })
          .end(JSON.stringify({ items: items.map((number) => ({ number })) }));
        return;
      }
      if (url.pathname !== '/subscribe') return void response.writeHead(404).end();
      const { reference, callback } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
      subscriptions.set(reference ?? '', (subscriptions.get(reference ?? '') ?? 0) + 1);
      response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
      callbacks.push(callBack(callback ?? '', reference ?? '', chance.between(0, LATEST_CALLBACK_MS)));
    });
  });
  return {
    server,
    subscriptions,
    accepted,
    news,
    stop: async () => {
      clearInterval(publisher);
      await Promise.all(callbacks);
    },
  };
}

/** The news as a connector with a polling trigger. */
export function describeNews(url: string): string {
  const item = { type: 'object', properties: { number: { type: 'integer' } } };
  const body = { type: 'object', properties: { items: { type: 'array', items: item } } };
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'News', version: '1' },
    servers: [{ url }],
    paths: {
      '/news': {
        get: {
          operationId: 'OnNews',
          summary: 'When there is news',
          'x-ms-trigger': 'batch',
          parameters: [{ name: 'since', in: 'query', schema: { type: 'integer' } }],
          responses: {
            200: { description: 'News', content: { 'application/json': { schema: body } } },
            202: { description: 'Nothing new' },
          },
        },
      },
    },
  });
}
