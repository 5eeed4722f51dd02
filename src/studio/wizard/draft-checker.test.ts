import { expect, test } from 'vitest';
import type { ConnectorDefinition, DraftProblem } from '../../connector/index.ts';
import { type CheckWorker, DraftChecker } from './draft-checker.ts';

function start() {
  const sent: unknown[] = [];
  const shown: [string, unknown][] = [];
  const worker: CheckWorker = {
    postMessage: (message: unknown) => sent.push(message),
    terminate: () => sent.push('terminated'),
    onmessage: null,
  };
  const checker = new DraftChecker(worker, (problems, definition) =>
    shown.push([problems.map(({ message }) => message).join(), definition]),
  );
  const answer = (message: string) =>
    worker.onmessage?.call(worker as Worker, { data: [{ message } as DraftProblem] } as MessageEvent);
  return { sent, shown, checker, answer };
}

const definition = (title: string) => ({ openapi: { info: { title } } }) as unknown as ConnectorDefinition;

test('of several definitions that come meanwhile only the latest is looked at', () => {
  const { sent, shown, checker, answer } = start();
  const [first, second, third] = ['one', 'two', 'three'].map(definition);
  for (const one of [first, second, third]) if (one) checker.check(one);
  expect(sent).toEqual([first]);
  answer('a');
  expect(sent).toEqual([first, third]);
  answer('b');
  expect(shown).toEqual([
    ['a', first],
    ['b', third],
  ]);
  checker.stop();
  expect(sent.at(-1)).toBe('terminated');
});
