import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { testFlow } from './test-flow.ts';

const shipping: JsonObject = {
  triggers: {
    When_an_order_is_added: { type: 'Request', kind: 'Http', inputs: {}, splitOn: '@triggerBody()' },
  },
  actions: {
    Create_Label: {
      type: 'OpenApiConnection',
      inputs: {
        host: { connectionName: 'shipping', operationId: 'CreateLabel' },
        parameters: { 'body/to': "@triggerBody()?['name']" },
      },
    },
    Track: {
      type: 'Until',
      expression: "@equals(body('Ask')?['status'], 'delivered')",
      limit: { count: 5, timeout: 'PT1H' },
      runAfter: { Create_Label: ['Succeeded'] },
      actions: {
        Ask: {
          type: 'OpenApiConnection',
          inputs: {
            host: { connectionName: 'shipping', operationId: 'Track' },
            parameters: { id: "@body('Create_Label')['id']" },
          },
        },
        Pause: {
          type: 'Wait',
          inputs: { interval: { count: 10, unit: 'Minute' } },
          runAfter: { Ask: ['Succeeded'] },
        },
      },
    },
    Sorry: {
      type: 'Compose',
      inputs: "@actions('Create_Label')['error']['message']",
      runAfter: { Create_Label: ['Failed'] },
    },
  },
};

const order = { body: [{ name: 'Ada' }, { name: 'Grace' }] };

describe('testFlow', () => {
  test('runs a flow with the answers of the mocks, time by time, without waiting', () => {
    const result = testFlow(shipping, {
      trigger: order,
      mocks: {
        actions: {
          Create_Label: { outputs: { statusCode: 200, body: { id: 'L1' } } },
          Ask: [
            { outputs: { body: { status: 'in_transit' } } },
            { outputs: { body: { status: 'delivered' } } },
          ],
        },
      },
    });
    expect(result.status).toBe('Succeeded');
    expect(result.actions.map((action) => `${action.key} ${action.status}`)).toEqual([
      'Create_Label Succeeded',
      'Track Succeeded',
      'Track[0]/Ask Succeeded',
      'Track[0]/Pause Succeeded',
      'Track[1]/Ask Succeeded',
      'Track[1]/Pause Succeeded',
      'Sorry Skipped',
    ]);
    expect(result.actions[0]?.inputs).toEqual({ parameters: { 'body/to': 'Ada' } });
  });

  test('an error in the mocks takes the failure branch', () => {
    const { actions } = testFlow(shipping, {
      trigger: order,
      mocks: { actions: { Create_Label: { error: { code: 'NotFound', message: 'no carrier' } } } },
    });
    expect(actions.at(-1)).toMatchObject({ key: 'Sorry', outputs: 'no carrier' });
  });

  test('a status from 400 is a failure', () => {
    const { actions } = testFlow(shipping, {
      trigger: order,
      mocks: { actions: { Create_Label: { outputs: { statusCode: 422, body: {} } } } },
    });
    expect(actions[0]).toMatchObject({ status: 'Failed', outputs: { statusCode: 422 } });
  });

  test('an action without a mock says so', () => {
    expect(testFlow(shipping, { trigger: order }).actions[0]?.error?.message).toContain(
      "nothing about 'Create_Label'",
    );
  });

  test('a trigger condition that does not hold starts nothing', () => {
    const definition = {
      ...shipping,
      triggers: { t: { type: 'Request', conditions: [{ expression: "@equals(triggerBody()?['x'], 1)" }] } },
    };
    expect(testFlow(definition, { trigger: { body: { x: 2 } } })).toMatchObject({
      status: 'NotStarted',
      actions: [],
    });
  });
});

describe('the status of a mock', () => {
  const http: JsonObject = { type: 'Http', inputs: { method: 'POST', uri: 'https://api.example/' } };
  const runningOn = (status: string): JsonObject => ({
    type: 'Compose',
    inputs: "@actions('Ask')?['status']",
    runAfter: { Ask: [status] },
  });
  const statuses = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'];
  const flow: JsonObject = {
    actions: {
      Ask: http,
      ...Object.fromEntries(statuses.map((status) => [`On_${status}`, runningOn(status)])),
    },
  };

  test.each(statuses)('%s is how the action ends, and what waits for it runs', (status) => {
    const spelling = status === 'TimedOut' ? 'timedout' : status;
    const { actions, order } = testFlow(flow, { mocks: { actions: { Ask: { status: spelling } } } });
    const ran = actions.filter((one) => one.name !== 'Ask' && one.status !== 'Skipped');
    expect(ran.map(({ name, outputs }) => [name, outputs])).toEqual([[`On_${status}`, status]]);
    expect(actions.find(({ name }) => name === 'Ask')?.status).toBe(status);
    expect(order.includes('Ask')).toBe(status !== 'Skipped');
  });

  test('counts for actions that only compute, and beside outputs', () => {
    const compute = { actions: { Ask: { type: 'Compose', inputs: 1 }, On: runningOn('Skipped') } };
    const skipped = testFlow(compute, { mocks: { actions: { Ask: { status: 'Skipped' } } } });
    expect(skipped.actions.map(({ status }) => status)).toEqual(['Skipped', 'Succeeded']);
    const mocks = { actions: { Ask: { status: 'Failed', outputs: { statusCode: 200, body: 'partly' } } } };
    expect(testFlow(flow, { mocks }).actions[0]).toMatchObject({
      status: 'Failed',
      outputs: { body: 'partly' },
    });
  });

  test.each<[string, Json, string]>([
    [
      'a status that does not exist',
      { Ask: { status: 'Faild' } },
      '"Faild"; known are Succeeded, Failed, Skipped',
    ],
    ['in a list', { Ask: [{ body: 1 }, { status: 'Waiting' }] }, '"Waiting"'],
    ['an answer that is no object', { Ask: 'well' }, 'is "well"'],
    ['an empty list', { Ask: [] }, 'is []'],
    ['a time that is none', { Ask: { body: 1, after: '5 minutes' } }, '"5 minutes"'],
  ])('%s is one error, and nothing runs', (_, actions, part) => {
    const { status, error, actions: ran } = testFlow(flow, { mocks: { actions } });
    expect([status, error?.code, ran]).toEqual(['NotStarted', 'MockInvalid', []]);
    expect(error?.message).toContain("The mock of 'Ask'");
    expect(error?.message).toContain(part);
  });

  test('the mocks of child flows are looked at too', () => {
    const mocks = { actions: {}, flows: { child: { actions: { Reply: { status: 'gone' } } } } };
    expect(testFlow(flow, { mocks }).error?.message).toContain("The mock of 'Reply'");
  });
});
