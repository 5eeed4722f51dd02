import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { testFlow } from '../testing/test-flow.ts';

const after = (name: string, inputs: Json): JsonObject => ({
  type: 'Compose',
  inputs,
  runAfter: { [name]: ['Succeeded', 'Failed'] },
});
const ask: JsonObject = { type: 'Http', inputs: { method: 'GET', uri: 'https://api.example/' } };
const outputsOf = (actions: JsonObject, mocks: JsonObject = {}) =>
  Object.fromEntries(
    testFlow({ actions }, { mocks: { actions: mocks } }).actions.map(({ key, outputs }) => [key, outputs]),
  );

test('outside of a loop, outputs() and body() of an action in it are lists of what the turns gave', () => {
  const outputs = outputsOf(
    {
      Loop: {
        type: 'Foreach',
        foreach: [1, 2, 3],
        runtimeConfiguration: { concurrency: { repetitions: 3 } },
        actions: {
          Ask: ask,
          Double: { type: 'Compose', inputs: '@mul(item(), 2)', runAfter: { Ask: ['Succeeded'] } },
          Own: { type: 'Compose', inputs: "@outputs('Double')", runAfter: { Double: ['Succeeded'] } },
          Odd: {
            type: 'If',
            expression: '@equals(mod(item(), 2), 1)',
            actions: { Kept: { type: 'Compose', inputs: '@item()' } },
          },
        },
      },
      All: after('Loop', "@outputs('double')"),
      Bodies: after('Loop', "@join(body('Ask'), '+')"),
      Kept_ones: after('Loop', "@outputs('Kept')"),
      Record: after('Loop', "@actions('Double')?['outputs']"),
    },
    { Ask: [{ body: 'a', after: 'PT3S' }, { body: 'b' }, { body: 'c', after: 'PT1S' }] },
  );
  expect(outputs).toMatchObject({
    All: [2, 4, 6],
    Bodies: 'a+b+c',
    Kept_ones: [1, 3],
    Record: [2, 4, 6],
    'Loop[1]/Own': 4,
  });
});

test('loops in loops give one list to who is outside of both, and their own to who is in the outer one', () => {
  const outputs = outputsOf({
    Outer: {
      type: 'Foreach',
      foreach: [
        [1, 2],
        [3, 4],
      ],
      actions: {
        Inner: {
          type: 'Foreach',
          foreach: "@items('Outer')",
          actions: { Item: { type: 'Compose', inputs: "@items('Inner')" } },
        },
        Turn: after('Inner', "@outputs('Item')"),
      },
    },
    All: after('Outer', "@outputs('Item')"),
    Turns: after('Outer', "@outputs('Turn')"),
    None: { type: 'Foreach', foreach: [], actions: { Never: { type: 'Compose', inputs: 1 } } },
    Nothing: after('None', "@outputs('Never')"),
  });
  expect(outputs).toMatchObject({
    'Outer[0]/Turn': [1, 2],
    'Outer[1]/Turn': [3, 4],
    All: [1, 2, 3, 4],
    Turns: [
      [1, 2],
      [3, 4],
    ],
    Nothing: [],
  });
});
