import { Client, type Dispatcher } from 'undici';
import { REQUEST_BODY } from './message.ts';

export interface LoadOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  /** Answers received; every request that was sent was waited for. */
  readonly answered: number;
  /** Answers that were not a success, by status. */
  readonly failures: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Milliseconds, sorted. */
  readonly latencies: readonly number[];
}

/**
 * The load: each connection sends, waits for the whole answer, and sends again. When the time is over it sends no
 * more and waits for what it has sent, so that the count of answers is exact.
 */
export async function runLoad({ url, connections, seconds }: LoadOptions): Promise<void> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  const send = createSender(url, (statusCode, latency) => {
    latencies.push(latency);
    if (statusCode >= 400) failures[statusCode] = (failures[statusCode] ?? 0) + 1;
  });
  await Promise.all(Array.from({ length: connections }, () => send(endsAt)));
  const result: LoadResult = {
    answered: latencies.length,
    failures,
    seconds: (performance.now() - startedAt) / 1000,
    latencies: latencies.sort((a, b) => a - b).map((latency) => Math.round(latency * 1000) / 1000),
  };
  console.log(JSON.stringify(result));
}

/** undici's lowest call, so that the load costs the machine as little as it can. */
function createSender(url: string, onAnswer: (statusCode: number, latencyMs: number) => void) {
  const { origin, pathname } = new URL(url);
  const request: Dispatcher.DispatchOptions = {
    method: 'POST',
    path: pathname,
    headers: ['content-type', 'application/json'],
    body: REQUEST_BODY,
  };
  return async (endsAt: number): Promise<void> => {
    const client = new Client(origin, { pipelining: 1 });
    while (performance.now() < endsAt) {
      const sentAt = performance.now();
      onAnswer(await dispatch(client, request), performance.now() - sentAt);
    }
    await client.close();
  };
}

function dispatch(client: Client, request: Dispatcher.DispatchOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    client.dispatch(request, {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, statusCode) => {
        status = statusCode;
      },
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(status),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}
