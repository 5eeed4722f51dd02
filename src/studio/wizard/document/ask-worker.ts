import type { DocumentAnswer, DocumentAsk, DocumentQuestion } from './document-service.ts';

export interface WorkerAsk {
  readonly ask: DocumentAsk;
  stop(): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Asks a worker, which is started with the first question. */
export function createWorkerAsk(start: () => Worker): WorkerAsk {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let count = 0;
  const begin = () => {
    const begun = start();
    begun.addEventListener('message', ({ data }: MessageEvent<DocumentAnswer>) => {
      const one = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.error === undefined) one?.resolve(data.value);
      else one?.reject(new Error(data.error));
    });
    begun.addEventListener('error', () => {
      for (const one of waiting.values()) one.reject(new Error('The text could not be read.'));
      waiting.clear();
      worker?.terminate();
      worker = undefined; // the next question starts another one
    });
    return begun;
  };
  const send = (method: DocumentQuestion['method'], given: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      worker ??= begin();
      count += 1;
      waiting.set(count, { resolve, reject });
      worker.postMessage({ id: count, method, given } satisfies DocumentQuestion);
    });
  const ask = new Proxy({} as DocumentAsk, {
    get:
      (_target, method: DocumentQuestion['method']) =>
      (...given: readonly unknown[]) =>
        send(method, given),
  });
  return {
    ask,
    stop: () => {
      worker?.terminate();
      worker = undefined;
      waiting.clear();
    },
  };
}
