import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { judgeFlowTest, readFlowTest } from './flow-test.ts';
import { testFlow } from './test-flow.ts';

const flow: JsonObject = {
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
  actions: {
    Ask: { type: 'Http', inputs: { method: 'GET', uri: 'https://api.example/x', body: '@triggerBody()' } },
    Loop: {
      type: 'Foreach',
      foreach: "@body('Ask')",
      runAfter: { Ask: ['Succeeded'] },
      actions: { Each: { type: 'Compose', inputs: "@items('Loop')" } },
    },
    Answer: {
      type: 'Response',
      runAfter: { Loop: ['Succeeded'] },
      inputs: { statusCode: 200, body: "@length(body('Ask'))" },
    },
    Sorry: { type: 'Compose', inputs: 'sorry', runAfter: { Ask: ['Failed'] } },
  },
};

function judge(document: Json): string[][] {
  const read = readFlowTest(document);
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join('; '));
  return read.cases.map(({ input, expect: wanted }) => judgeFlowTest(wanted, testFlow(flow, input)));
}

test('a test that holds has no failures: statuses, inputs, times, order, answer, what is not run', () => {
  const document = {
    trigger: { body: { a: 1, b: 2 } },
    mocks: { actions: { Ask: { body: [1, 2, 3] } } },
    expect: {
      status: 'Succeeded',
      response: { statusCode: 200, body: 3 },
      actions: {
        Ask: { status: 'Succeeded', inputs: { body: { a: 1 } } },
        Each: { times: 3, outputs: 3 },
        'Loop[1]/Each': { outputs: 2 },
      },
      order: ['Ask', 'Each', 'Answer'],
      notRun: ['Sorry'],
    },
  };
  expect(judge(document)).toEqual([[]]);
});

test('what does not hold is said in a sentence with both values', () => {
  const document = {
    mocks: { actions: { Ask: { error: { code: 'Away', message: 'gone' } }, Aks: {} } },
    expect: {
      status: 'Succeeded',
      response: { statusCode: 200 },
      actions: { Ask: { status: 'Succeeded', error: { code: 'Here' } }, Sorry: { outputs: 'well' } },
      order: ['Sorry', 'Ask'],
      notRun: ['Sorry'],
    },
  };
  expect(judge(document)).toEqual([
    [
      "the mocks name 'Aks', which no action is called",
      'there is no response',
      'Ask.status is "Failed", expected "Succeeded" (gone)',
      'Ask.error.code is Away, expected Here',
      'Sorry.outputs is "sorry", expected "well"',
      'Sorry is Succeeded, expected not to run',
      'Ask begins before Sorry, expected the order Sorry, Ask',
    ].toSpliced(1, 0, expect.stringMatching(/^the run is Failed, expected Succeeded/)),
  ]);
});

test('cases share what stands beside them, and say what differs', () => {
  const document: Json = {
    mocks: { actions: { Ask: { body: [] } } },
    cases: [
      { name: 'none', expect: { response: { body: 0 } } },
      {
        name: 'one',
        mocks: { actions: { Ask: { body: [{ id: 'x1' }] } } },
        expect: { actions: { Each: { outputs: { id: { $matches: '^x\\d$' }, none: { $exists: false } } } } },
      },
    ],
  };
  expect(judge(document)).toEqual([[], []]);
});

test('a file of another shape is refused, with the place', () => {
  const read = readFlowTest({ expects: {} });
  expect('problems' in read && read.problems.map(({ code }) => code)).toContain('FLOW_TEST_INVALID');
  const misspelt = readFlowTest({ expect: { statsu: 'Succeeded' } });
  expect('problems' in misspelt && misspelt.problems[0]?.pointer).toContain('/expect');
});
