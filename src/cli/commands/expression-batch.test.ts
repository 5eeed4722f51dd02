import { expect, test } from 'vitest';
import type { Output } from '../output.ts';
import { evaluateBatch } from './expression-batch.ts';

const WORLD = { now: () => 0, random: () => 0 };

async function evaluate(...lines: string[]): Promise<string[]> {
  const printed: string[] = [];
  const output: Output = { print: (line) => printed.push(line), note: () => {}, setExitCode: () => {} };
  await evaluateBatch(lines, WORLD, output);
  return printed;
}

test('every line gives one line, in order, with the id it came with', async () => {
  const [sum, text, missing] = await evaluate(
    '{"id":7,"expression":"add(parameters(\'n\'), 1)","context":{"parameters":{"n":9007199254740993}}}',
    '{"template":"Hello @{variables(\'who\')}","context":{"variables":{"who":"Ann"}}}',
    '{"id":"x","expression":"variables(\'none\')"}',
  );
  expect(sum).toBe('{"id":7,"value":9007199254740994}');
  expect(text).toBe('{"value":"Hello Ann"}');
  expect(JSON.parse(missing ?? '')).toMatchObject({ id: 'x', error: { code: 'InvalidTemplate' } });
});

test('a line that cannot be read gives an error line, and the next ones are evaluated', async () => {
  const printed = await evaluate(
    '{not json',
    '',
    '[1]',
    '{}',
    '{"expression":1}',
    '{"template":"a","context":3}',
    '{"template":{"a":["@add(1,1)"]}}',
  );
  expect(printed.slice(0, 6).map((line) => JSON.parse(line).error.code)).toEqual(
    Array(6).fill('InvalidInput'),
  );
  expect(printed[6]).toBe('{"value":{"a":[2]}}');
});

test('the context keys of the language are seen', async () => {
  const context = {
    actions: { Get: { outputs: { body: 1 } } },
    trigger: { outputs: { body: 'b' } },
    item: 2,
    items: { Loop: 3 },
    iterationIndexes: { Until: 4 },
    results: { Scope: [5] },
    workflow: { name: 'w' },
    now: '2026-01-02T03:04:05.0000000Z',
    callbackUrl: 'https://call.back/',
    appSettings: { key: 'v' },
    action: { name: 'Me' },
  };
  const expression =
    "concat(body('Get'), triggerBody(), item(), items('Loop'), iterationIndexes('Until'), string(result('Scope')), workflow().name, utcNow('yyyy'), listCallbackUrl(), appsetting('key'), action().name)";
  expect(await evaluate(JSON.stringify({ expression, context }))).toEqual([
    '{"value":"1b234[5]w2026https://call.back/vMe"}',
  ]);
});
