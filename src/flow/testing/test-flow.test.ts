import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
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
