import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints, type RunUpdate } from '../../src/api/index.ts';
import { ApiError, streamRun } from '../../src/client/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const ECHO = {
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  actions: {
    Double: { type: 'Compose', runAfter: {}, inputs: "@mul(triggerBody()?['n'], 2)" },
    Answer: {
      type: 'Response',
      runAfter: { Double: ['Succeeded'] },
      inputs: { statusCode: 200, headers: { 'X-Flow': 'echo' }, body: { doubled: "@outputs('Double')" } },
    },
  },
};
const SLEEPER = {
  triggers: { manual: { type: 'Request', inputs: {} } },
  actions: { Sleep: { type: 'Wait', runAfter: {}, inputs: { interval: { count: 1, unit: 'Hour' } } } },
};

let patchbay: TestProduct;
beforeAll(async () => {
  patchbay = await startTestProduct();
});
afterAll(() => patchbay?.stop());

async function refuse(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw new Error('The call should have been refused.');
}

async function createFlow(name: string, definition: object, on = true) {
  const { client } = patchbay;
  const flow = await client.call(endpoints.createFlow, {
    body: { name, definition: JSON.stringify(definition) },
  });
  return on ? client.call(endpoints.patchFlow, { params: { id: flow.id }, body: { state: 'on' } }) : flow;
}

test('a Request trigger is called by its URL and answers what the flow responds', async () => {
  const { client } = patchbay;
  const flow = await createFlow('Echo', ECHO);
  const { url, method } = await client.call(endpoints.getTriggerUrl, { params: { id: flow.id } });
  const send = (to: string) =>
    fetch(to, { method, headers: { 'content-type': 'application/json' }, body: '{"n": 21}' });
  const answer = await send(url);
  expect([answer.status, answer.headers.get('x-flow'), await answer.json()]).toEqual([
    200,
    'echo',
    { doubled: 42 },
  ]);

  const runId = answer.headers.get('x-ms-workflow-run-id') ?? '';
  const updates: RunUpdate[] = [];
  for await (const update of streamRun(client, runId)) updates.push(update);
  expect(updates.at(-1)?.run.status).toBe('Succeeded');
  const run = await client.call(endpoints.getRun, { params: { id: runId } });
  expect(run).toMatchObject({ flowName: 'Echo', triggerName: 'manual', status: 'Succeeded' });
  expect(run.actions.map(({ key, status, outputs }) => [key, status, outputs])).toEqual([
    ['Double', 'Succeeded', 42],
    ['Answer', 'Succeeded', expect.anything()],
  ]);

  expect((await send(url.slice(0, -4))).status).toBe(404);
  await client.call(endpoints.patchFlow, { params: { id: flow.id }, body: { state: 'off' } });
  expect((await send(url)).status).toBe(409);
});

test('a definition comes back byte for byte, and each save is a version', async () => {
  const { client } = patchbay;
  const text = '{"triggers": {},\n\n  "actions":{  }, "order": 12345678901234567890}';
  const flow = await client.call(endpoints.createFlow, { body: { name: 'Bytes', definition: text } });
  expect(flow).toMatchObject({ definitionText: text, version: 1, state: 'off' });
  const body = { definition: `${text}\n`, note: 'A line more' };
  const saved = await client.call(endpoints.updateFlow, { params: { id: flow.id }, body, ifMatch: 1 });
  expect(saved).toMatchObject({ definitionText: `${text}\n`, version: 2 });
  const conflict = await refuse(
    client.call(endpoints.updateFlow, { params: { id: flow.id }, body, ifMatch: 1 }),
  );
  expect(conflict.status).toBe(412);
  const { value } = await client.call(endpoints.listFlowVersions, { params: { id: flow.id } });
  expect(value.map(({ version, note, createdBy }) => [version, note, createdBy])).toEqual([
    [2, 'A line more', 'Ada'],
    [1, undefined, 'Ada'],
  ]);
  const first = await client.call(endpoints.getFlowVersion, { params: { id: flow.id, version: 1 } });
  expect(first.definitionText).toBe(text);
});

test('a flow with a mistake is kept, says where it is, and cannot be turned on', async () => {
  const { client } = patchbay;
  const definition = `{
  "triggers": { "manual": { "type": "Request", "inputs": {} } },
  "actions": {
    "A": { "type": "Compose", "runAfter": {}, "inputs": "@outputs('Missing')" }
  }
}`;
  const flow = await client.call(endpoints.createFlow, { body: { name: 'Broken', definition } });
  expect(flow.check.ok).toBe(false);
  expect(flow.check.errors[0]).toMatchObject({ pointer: expect.stringContaining('/actions/A'), line: 4 });
  expect(flow.check.errors[0]?.message).toContain('Missing');
  const refused = await refuse(
    client.call(endpoints.patchFlow, { params: { id: flow.id }, body: { state: 'on' } }),
  );
  expect(refused).toMatchObject({ status: 422, code: 'FLOW_INVALID' });
  expect(refused.problems).toHaveLength(flow.check.errors.length);
});

test('text that is no JSON is a finding with its line', async () => {
  const { client } = patchbay;
  const check = await client.call(endpoints.checkFlow, { body: { definition: '{\n  "triggers": {\n,}' } });
  expect(check).toMatchObject({ ok: false, errors: [{ code: 'FLOW_NOT_JSON', line: 3 }] });
  const refused = await refuse(
    client.call(endpoints.createFlow, { body: { name: 'X', definition: 'nothing' } }),
  );
  expect(refused).toMatchObject({ status: 422, code: 'FLOW_INVALID' });
});

test('a check tells which connections are asked for and which are missing', async () => {
  const { client } = patchbay;
  const definition = {
    triggers: { manual: { type: 'Request', inputs: {} } },
    actions: {
      Send: {
        type: 'OpenApiConnection',
        runAfter: {},
        inputs: {
          host: {
            connectionName: 'post',
            operationId: 'SendEmailV2',
            apiId: '/providers/x/apis/shared_office365',
          },
          parameters: {},
        },
      },
    },
  };
  const missing = await client.call(endpoints.checkFlow, { body: { definition, connectionReferences: {} } });
  expect(missing.references).toEqual([{ name: 'post', connectorName: 'mail', usedBy: ['Send'] }]);
  expect(missing.errors.map(({ code }) => code)).toContain('FLOW_CONNECTION_UNKNOWN');

  const { value } = await client.call(endpoints.listConnections);
  const [mail, lists] = ['mail', 'lists'].map(
    (name) => value.find((one) => one.connector.name === name)?.id ?? '',
  );
  const check = (connectionId = '') =>
    client.call(endpoints.checkFlow, {
      body: { definition, connectionReferences: { post: { connectionId } } },
    });
  expect(await check(mail)).toMatchObject({ ok: true });
  expect((await check(lists)).errors.map(({ code }) => code)).toEqual(['FLOW_OPERATION_UNKNOWN']);
});

test('a run is started by hand, seen in the lists, and cancelled', async () => {
  const { client } = patchbay;
  const flow = await createFlow('Sleeper', SLEEPER, false);
  const { runId } = await client.call(endpoints.runFlow, { params: { id: flow.id }, body: {} });
  const runs = await client.call(endpoints.listRuns, { query: { flowId: flow.id } });
  expect(runs.value.map(({ id }) => id)).toEqual([runId]);
  const flows = await client.call(endpoints.listFlows);
  expect(flows.value.find(({ id }) => id === flow.id)?.lastRun).toMatchObject({ id: runId });

  const updates: RunUpdate[] = [];
  for await (const update of streamRun(client, runId)) {
    updates.push(update);
    if (updates.length === 1) await client.call(endpoints.cancelRun, { params: { id: runId } });
  }
  expect(updates.at(-1)?.run.status).toBe('Cancelled');
  const again = await refuse(client.call(endpoints.cancelRun, { params: { id: runId } }));
  expect(again.status).toBe(409);
});

test('runs are listed in pages, latest first', async () => {
  const { client } = patchbay;
  const flow = await createFlow('Many', { triggers: {}, actions: {} }, false);
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    ids.push((await client.call(endpoints.runFlow, { params: { id: flow.id }, body: {} })).runId);
  }
  const first = await client.call(endpoints.listRuns, { query: { flowId: flow.id, limit: 3 } });
  const second = await client.call(endpoints.listRuns, {
    query: { flowId: flow.id, limit: 3, cursor: first.nextCursor },
  });
  expect([...first.value, ...second.value].map(({ id }) => id)).toEqual(ids.toReversed());
  expect(second.nextCursor).toBeUndefined();
});

test('a deleted flow is gone with its runs', async () => {
  const { client } = patchbay;
  const flow = await createFlow('Short', { triggers: {}, actions: {} }, false);
  const { runId } = await client.call(endpoints.runFlow, { params: { id: flow.id }, body: {} });
  await client.call(endpoints.deleteFlow, { params: { id: flow.id } });
  expect((await refuse(client.call(endpoints.getFlow, { params: { id: flow.id } }))).status).toBe(404);
  expect((await refuse(client.call(endpoints.getRun, { params: { id: runId } }))).status).toBe(404);
});
