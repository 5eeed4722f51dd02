import { expect, test } from 'vitest';
import { createWorkerAsk } from './ask-worker.ts';
import type { DocumentAnswer, DocumentQuestion } from './document-service.ts';

/** A worker whose answers are given by hand. */
class FakeWorker extends EventTarget {
  readonly asked: DocumentQuestion[] = [];
  isEnded = false;

  postMessage(question: DocumentQuestion): void {
    this.asked.push(question);
  }

  answer(data: DocumentAnswer): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  terminate(): void {
    this.isEnded = true;
  }
}

function createWorld() {
  const workers: FakeWorker[] = [];
  const created = createWorkerAsk(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return { ...created, workers };
}

test('a worker is started by the first question, and answers in any order', async () => {
  const { ask, workers } = createWorld();
  expect(workers).toHaveLength(0);
  const first = ask.print({}, 'yaml');
  const second = ask.print({}, 'json');
  const [worker] = workers;
  expect(worker?.asked.map(({ method, given }) => [method, given])).toEqual([
    ['print', [{}, 'yaml']],
    ['print', [{}, 'json']],
  ]);
  worker?.answer({ id: worker.asked[1]?.id ?? 0, value: 'two' });
  worker?.answer({ id: worker.asked[0]?.id ?? 0, value: 'one' });
  expect(await Promise.all([first, second])).toEqual(['one', 'two']);
  expect(workers).toHaveLength(1);
});

test('a question that fails is told, and the next one goes on', async () => {
  const { ask, workers } = createWorld();
  const failing = ask.print({}, 'yaml');
  workers[0]?.answer({ id: workers[0].asked[0]?.id ?? 0, error: 'No.' });
  await expect(failing).rejects.toThrow('No.');
  const next = ask.print({}, 'yaml');
  workers[0]?.answer({ id: workers[0].asked[1]?.id ?? 0, value: 'yes' });
  expect(await next).toBe('yes');
});

test('a worker that breaks fails what waits for it, and another takes its place', async () => {
  const { ask, workers, stop } = createWorld();
  const waiting = ask.print({}, 'yaml');
  workers[0]?.dispatchEvent(new Event('error'));
  await expect(waiting).rejects.toThrow();
  expect(workers[0]?.isEnded).toBe(true);
  const next = ask.print({}, 'yaml');
  workers[1]?.answer({ id: workers[1].asked[0]?.id ?? 0, value: 'yes' });
  expect(await next).toBe('yes');
  stop();
  expect(workers[1]?.isEnded).toBe(true);
});
