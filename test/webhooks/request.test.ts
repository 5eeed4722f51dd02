import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/index.ts';
import type { Engine } from '../../src/engine/index.ts';
import { createWebhookWorld, MANUAL, until, type WebhookWorld } from './webhook-world.ts';

let world: WebhookWorld;
let engine: Engine;

beforeAll(async () => {
  world = await createWebhookWorld();
  engine = world.build();
  await engine.start();
});

afterAll(() => engine.stop());

const request = (inputs: JsonObject, more: JsonObject = {}): JsonObject => ({
  manual: { type: 'Request', kind: 'Http', inputs, ...more },
});

const call = (flowId: string, more: JsonObject = {}) =>
  engine.triggerRequest({
    flowId,
    triggerName: 'manual',
    method: 'POST',
    headers: {},
    queries: {},
    body: null,
    relativePath: '',
    ...more,
  });

async function outputsOf(runId: string) {
  const view = await until(async () => {
    const found = await engine.readRun(runId);
    return found?.run.endedAt === undefined ? undefined : found;
  });
  return view.actions[0]?.outputs;
}

test('the parameters of a relative path and the queries are outputs; other paths and methods are refused', async () => {
  const triggers = request({ method: 'put', relativePath: '/orders/{id}' });
  const inputs =
    "@concat(triggerOutputs()['relativePathParameters']['id'], triggerOutputs()['queries']['a'])";
  const flowId = await world.save(triggers, { Show: { type: 'Compose', inputs } });
  const given = { method: 'PUT', relativePath: 'orders/12', queries: { a: 'x' } };
  expect(await outputsOf((await call(flowId, given)).runId)).toBe('12x');
  await expect(call(flowId, { ...given, method: 'POST' })).rejects.toMatchObject({
    code: 'ENGINE_TRIGGER_METHOD',
  });
  await expect(call(flowId, { ...given, relativePath: 'bills/12' })).rejects.toMatchObject({
    code: 'ENGINE_TRIGGER_PATH',
  });
});

const schema: JsonObject = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', title: 'Name', 'x-ms-dynamically-added': true } },
};

test('a body is checked against the schema only where the trigger asks for it', async () => {
  const checked = await world.save(request({ schema }, { operationOptions: 'EnableSchemaValidation' }), {});
  const lax = await world.save(request({ schema }), {});
  await expect(call(checked, { body: {} })).rejects.toMatchObject({ code: 'ENGINE_INPUTS_INVALID' });
  expect((await call(checked, { body: { text: 'a' } })).statusCode).toBe(202);
  expect((await call(lax, { body: {} })).statusCode).toBe(202);
});

test('what is entered in the form of a button is checked, and may be named by its titles', async () => {
  const triggers = { manual: { type: 'Request', kind: 'Button', inputs: { schema } } };
  const flowId = await world.save(triggers, { Show: { type: 'Compose', inputs: "@triggerBody()['text']" } });
  expect(await outputsOf((await engine.runNow(flowId, { Name: 'Ada' })).runId)).toBe('Ada');
  await expect(engine.runNow(flowId, { Name: 5 })).rejects.toMatchObject({ code: 'ENGINE_INPUTS_INVALID' });
});

test('listCallbackUrl() outside a webhook action is the URL of the trigger', async () => {
  const flowId = await world.save(MANUAL, { Show: { type: 'Compose', inputs: '@listCallbackUrl()' } });
  const url = await outputsOf((await call(flowId)).runId);
  expect(url).toBe(`https://patchbay.test${await engine.triggerUrlPath(flowId, 'manual')}`);
});

test('splitOn of a Request trigger begins a run for each element', async () => {
  const triggers = request({}, { splitOn: '@triggerBody()' });
  const flowId = await world.save(triggers, {});
  await call(flowId, { body: [1, 2, 3] });
  const { rows } = await world.pool.query('select 1 from runs where flow_id = $1', [flowId]);
  expect(rows).toHaveLength(3);
});
