import { expect, test } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { compileFlow } from './compile.ts';
import { testFlow } from './testing/test-flow.ts';
import { fireTrigger } from './trigger.ts';

/** What an expression of the run reads of the trigger's inputs. */
function readInputs(trigger: JsonObject, more: JsonObject = {}) {
  const actions = { Read: { type: 'Compose', inputs: "@trigger()['inputs']" } };
  const result = testFlow({ triggers: { start: trigger }, actions, ...more }, { trigger: { body: [1] } });
  return result.actions[0]?.outputs;
}

const host = { connectionName: 'files', operationId: 'OnNewFile' };

test('a Request trigger gives its method, path and schema as they are written', () => {
  const inputs = { method: 'POST', schema: { type: 'object', title: '@mention' } };
  expect(readInputs({ type: 'Request', kind: 'Http', inputs })).toEqual(inputs);
});

test('a polling trigger gives what it asked with, expressions evaluated', () => {
  const parameters = { folder: "@concat('/in/', parameters('site'))", size: 5 };
  const trigger = { type: 'OpenApiConnection', inputs: { host, parameters } };
  const more = { parameters: { site: { type: 'String', defaultValue: 'berlin' } } };
  expect(readInputs(trigger, more)).toEqual({ host, parameters: { folder: '/in/berlin', size: 5 } });
  const plain = { type: 'OpenApiConnection', inputs: { host, parameters: { size: 5 } } };
  expect(readInputs(plain)).toEqual({ host, parameters: { size: 5 } });
});

test('a trigger without inputs gives null', () => {
  expect(readInputs({ type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } })).toBeNull();
});

test('secure inputs, and those read from a secure parameter, are masked', () => {
  const secret = { type: 'OpenApiConnection', inputs: { host, parameters: { key: "@parameters('Key')" } } };
  const parameters = { key: { type: 'SecureString', defaultValue: 's3cret-value' } };
  expect(readInputs(secret, { parameters })).toEqual({ hidden: expect.stringContaining('secure') });
  const marked = {
    type: 'OpenApiConnection',
    inputs: { host, parameters: { key: 's3cret-value' } },
    runtimeConfiguration: { secureData: { properties: ['inputs'] } },
  };
  expect(readInputs(marked)).toEqual({ hidden: expect.stringContaining('secure') });
});

test('the record keeps what was evaluated only, and never the URL of a webhook', () => {
  const subscribe = { method: 'POST', uri: 'https://api.example/subscribe', body: '@listCallbackUrl()' };
  const flow = compileFlow({
    triggers: {
      hook: { type: 'HttpWebhook', inputs: { subscribe } },
      manual: { type: 'Request', inputs: { schema: { type: 'object' } } },
    },
    actions: {},
  });
  const fire = (name: string) => {
    const trigger = flow.triggers.find((candidate) => candidate.name === name);
    if (trigger === undefined) throw new Error(name);
    const callbackUrl = 'https://patchbay.example/hooks/secret';
    return fireTrigger(flow, trigger, { outputs: { body: 1 }, now: 0, callbackUrl });
  };
  expect(fire('hook')).toMatchObject({ triggers: [{ inputs: { subscribe: { method: 'POST' } } }] });
  expect(JSON.stringify(fire('hook'))).not.toContain('secret');
  expect(fire('manual')).toMatchObject({ triggers: [{ inputs: null }] });
});

test('conditions of a trigger see its inputs', () => {
  const trigger = {
    type: 'OpenApiConnection',
    inputs: { host, parameters: { size: 5 } },
    conditions: [{ expression: "@equals(trigger()['inputs']?['parameters']?['size'], 5)" }],
  };
  expect(readInputs(trigger)).toMatchObject({ parameters: { size: 5 } });
});
