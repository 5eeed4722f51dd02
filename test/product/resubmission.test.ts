import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints, type Run, type RunDetail } from '../../src/api/index.ts';
import { ApiError, streamRun } from '../../src/client/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

let patchbay: TestProduct;
let upstream: Server;
let origin: string;
/** Paths that were called, and those that answer 500. */
const asked: string[] = [];
const broken = new Set<string>();

beforeAll(async () => {
  patchbay = await startTestProduct();
  upstream = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    response
      .writeHead(broken.has(path) ? 500 : 200, { 'content-type': 'application/json' })
      .end('{"ok":true}');
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  origin = `127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [origin] } });
});
afterAll(async () => {
  await patchbay?.stop();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

const post = (path: string, after: object = {}) => ({
  type: 'Http',
  runAfter: after,
  inputs: {
    method: 'POST',
    uri: `http://${origin}${path}`,
    body: '@triggerBody()',
    retryPolicy: { type: 'none' },
  },
});

async function createFlow(name: string) {
  const definition = {
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: {
      Label: post(`/${name}/label`),
      Track: post(`/${name}/track`, { Label: ['Succeeded'] }),
      Mail: post(`/${name}/mail`, { Track: ['Succeeded'] }),
    },
  };
  return patchbay.client.call(endpoints.createFlow, {
    body: { name, definition: JSON.stringify(definition) },
  });
}

async function finish(run: Pick<Run, 'id'>): Promise<RunDetail> {
  for await (const _update of streamRun(patchbay.client, run.id));
  return patchbay.client.call(endpoints.getRun, { params: { id: run.id } });
}

async function run(flowId: string): Promise<RunDetail> {
  const { runId } = await patchbay.client.call(endpoints.runFlow, {
    params: { id: flowId },
    body: { inputs: { n: 1 } },
  });
  return finish({ id: runId });
}

const statuses = (detail: RunDetail) => detail.actions.map(({ key, status }) => `${key} ${status}`);

test('a failed run is repeated from the action that failed, and what came before is not done twice', async () => {
  const { client } = patchbay;
  const flow = await createFlow('parcel');
  broken.add('/parcel/track');
  const failed = await run(flow.id);
  expect(statuses(failed)).toEqual(['Label Succeeded', 'Track Failed', 'Mail Skipped']);
  broken.clear();
  asked.length = 0;
  const again = await client.call(endpoints.resubmitRun, {
    params: { id: failed.id },
    body: { action: 'Track' },
  });
  const repeated = await finish(again);
  expect(statuses(repeated)).toEqual(['Label Succeeded', 'Track Succeeded', 'Mail Succeeded']);
  expect(asked).toEqual(['/parcel/track', '/parcel/mail']);
  expect(repeated).toMatchObject({ status: 'Succeeded', origin: { runId: failed.id, action: 'Track' } });
  expect(repeated.trigger?.outputs).toEqual(failed.trigger?.outputs);
});

test('a run is repeated from its trigger with the flow as it is now', async () => {
  const { client } = patchbay;
  const flow = await createFlow('whole');
  const first = await run(flow.id);
  asked.length = 0;
  const again = await client.call(endpoints.resubmitRun, { params: { id: first.id }, body: {} });
  expect(await finish(again)).toMatchObject({ status: 'Succeeded', origin: { runId: first.id } });
  expect(asked).toEqual(['/whole/label', '/whole/track', '/whole/mail']);
});

test('the failed runs of a flow are repeated together', async () => {
  const { client } = patchbay;
  const flow = await createFlow('many');
  broken.add('/many/label');
  const failed = [await run(flow.id), await run(flow.id), await run(flow.id)];
  broken.clear();
  await run(flow.id);
  const { value, nextCursor } = await client.call(endpoints.resubmitRuns, { body: { flowId: flow.id } });
  expect(value.map(({ runId }) => runId)).toEqual(failed.map(({ id }) => id).reverse());
  expect(nextCursor).toBeUndefined();
  for (const { newRunId } of value)
    expect(await finish({ id: newRunId ?? '' })).toMatchObject({ status: 'Succeeded' });
});

test('runs are found by what their actions track', async () => {
  const { client } = patchbay;
  const definition = {
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: {
      Order: {
        type: 'Compose',
        runAfter: {},
        inputs: '@triggerBody()',
        trackedProperties: {
          order: "@action()['outputs']['n']",
          kind: 'web',
          password: 'not to be found by',
        },
      },
    },
  };
  const flow = await client.call(endpoints.createFlow, {
    body: { name: 'Tracked', definition: JSON.stringify(definition) },
  });
  const tracked = await run(flow.id);
  const find = async (property: string) =>
    (await client.call(endpoints.listRuns, { query: { property } })).value.map(({ id }) => id);
  expect(await find('order:1')).toEqual([tracked.id]);
  expect(await find('kind:web')).toEqual([tracked.id]);
  expect(await find('order:2')).toEqual([]);
  expect(await find('password:not to be found by')).toEqual([]);
});

test.each([
  ['an action that never ran', { action: 'Mail' }, 409, "'Mail' did not run in this run"],
  ['an unknown action', { action: 'Nothing' }, 409, "no action 'Nothing'"],
])('%s cannot be chosen', async (_what, body, status, sentence) => {
  const { client } = patchbay;
  const name = `refused ${_what}`.replaceAll(' ', '-');
  const flow = await createFlow(name);
  broken.add(`/${name}/label`);
  const failed = await run(flow.id);
  const error = await client
    .call(endpoints.resubmitRun, { params: { id: failed.id }, body })
    .catch((reason) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect([error.status, error.message]).toEqual([status, expect.stringContaining(sentence)]);
});
