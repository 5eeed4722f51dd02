import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { type Product, startPatchbay } from '../../src/cli/compose.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { streamRun } from '../../src/client/index.ts';
import { createTestDatabase } from '../postgres/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import { serve, type TestServer } from '../servers.ts';

/** A span as a collector gets it (OTLP over HTTP, JSON). */
interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { readonly message?: string };
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

let api: TestProduct;
let worker: Product;
let upstream: TestServer;
let collector: TestServer;
let home: string;
const received: IncomingHttpHeaders[] = [];
const spans: Span[] = [];
const polls: string[] = [];

beforeAll(async () => {
  upstream = await serve((request, response) => {
    received.push(request.headers);
    if (request.url !== '/') polls.push(request.url ?? '');
    if (request.url === '/broken') return response.writeHead(500).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"parcel":7}');
  });
  collector = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
      };
      for (const { scopeSpans } of body.resourceSpans)
        for (const scope of scopeSpans) spans.push(...scope.spans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const { url } = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'patchbay-worker-'));
  const shared = {
    PATCHBAY_DATABASE_URL: url,
    PATCHBAY_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    PATCHBAY_LOG_LEVEL: 'error',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
  api = await startTestProduct({ ...shared, PATCHBAY_ROLE: 'api' });
  await api.client.call(endpoints.updateAllowedHosts, { body: { hosts: [upstream.host] } });
  worker = await startPatchbay(
    readSettings({ ...shared, PATCHBAY_PORT: '0', PATCHBAY_ROLE: 'worker' }, home),
    '0.0.0',
  );
});

afterAll(async () => {
  await worker?.stop();
  await api?.stop();
  await upstream?.close();
  await collector?.close();
  await rm(home, { recursive: true, force: true });
});

async function createFlow(name: string, actions: object) {
  const definition = { triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } }, actions };
  const { client } = api;
  const { id } = await client.call(endpoints.createFlow, {
    body: { name, definition: JSON.stringify(definition) },
  });
  await client.call(endpoints.patchFlow, { params: { id }, body: { state: 'on' } });
  const { url } = await client.call(endpoints.getTriggerUrl, { params: { id } });
  return { id, url };
}

const ask = () => ({ Ask: { type: 'Http', runAfter: {}, inputs: { method: 'GET', uri: upstream.url } } });
const RESPOND = {
  Answer: {
    type: 'Response',
    runAfter: { Ask: ['Succeeded'] },
    inputs: { statusCode: 201, headers: { 'x-from': 'flow' }, body: "@body('Ask')" },
  },
};

test('a caller is answered by the node it called, whichever node carried the run out', async () => {
  const { url } = await createFlow('Synchronous', { ...ask(), ...RESPOND });
  const answer = await fetch(url, { method: 'POST', headers: { traceparent: `00-${TRACE}-${CALLER}-01` } });
  expect([answer.status, answer.headers.get('x-from'), await answer.json()]).toEqual([
    201,
    'flow',
    { parcel: 7 },
  ]);
});

test('a run that ends without answering tells its caller so', async () => {
  const { url } = await createFlow('Silent', {
    End: { type: 'Terminate', runAfter: {}, inputs: { runStatus: 'Failed' } },
    Answer: { type: 'Response', runAfter: { End: ['Succeeded'] }, inputs: { statusCode: 200 } },
  });
  expect((await fetch(url, { method: 'POST' })).status).toBe(502);
});

test('a run that was started by hand, repeated or cancelled at one node is carried out by the other', async () => {
  const { client } = api;
  const { id } = await createFlow('By hand', ask());
  const { runId } = await client.call(endpoints.runFlow, { params: { id }, body: { inputs: null } });
  for await (const _ of streamRun(client, runId));
  const again = await client.call(endpoints.resubmitRun, { params: { id: runId }, body: {} });
  for await (const _ of streamRun(client, again.id));
  expect((await client.call(endpoints.getRun, { params: { id: again.id } })).status).toBe('Succeeded');

  const sleeper = await createFlow('Sleeper', {
    Sleep: { type: 'Wait', runAfter: {}, inputs: { interval: { count: 1, unit: 'Hour' } } },
  });
  const sleeping = await client.call(endpoints.runFlow, {
    params: { id: sleeper.id },
    body: { inputs: null },
  });
  await client.call(endpoints.cancelRun, { params: { id: sleeping.runId } });
  for await (const _ of streamRun(client, sleeping.runId));
  expect((await client.call(endpoints.getRun, { params: { id: sleeping.runId } })).status).toBe('Cancelled');
});

test('polls begin runs, and fail', async () => {
  const { client } = api;
  const trigger = (path: string) => ({
    type: 'Http',
    recurrence: { frequency: 'Hour', interval: 1 },
    inputs: { method: 'GET', uri: `${upstream.url}${path}` },
  });
  for (const name of ['/polled', '/broken']) {
    const definition = JSON.stringify({ triggers: { poll: trigger(name) }, actions: ask() });
    const { id } = await client.call(endpoints.createFlow, { body: { name, definition } });
    await client.call(endpoints.patchFlow, { params: { id }, body: { state: 'on' } });
    if (name === '/broken') continue;
    const ended = () => client.call(endpoints.listRuns, { query: { flowId: id, status: 'Succeeded' } });
    await expect.poll(async () => (await ended()).value.length, { timeout: 20_000 }).toBe(1);
  }
  await expect.poll(() => polls.includes('/broken'), { timeout: 20_000 }).toBe(true);
});

test('a worker answers those who watch over it, and nobody else', async () => {
  const get = async (path: string, key?: string) =>
    (
      await fetch(
        `${worker.url}${path}`,
        key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } },
      )
    ).status;
  expect([await get('/healthz'), await get('/readyz'), await get('/metrics')]).toEqual([200, 200, 401]);
  expect([await get('/metrics', api.apiKey), await get('/api/flows', api.apiKey), await get('/')]).toEqual([
    200, 404, 404,
  ]);
});

test('the metrics count runs, actions and calls where they happened', async () => {
  const answer = await fetch(`${worker.url}/metrics`, { headers: { authorization: `Bearer ${api.apiKey}` } });
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(text).toMatch(/patchbay_run_duration_seconds_count\{status="Succeeded"\} [1-9]/);
  expect(text).toMatch(/patchbay_action_duration_seconds_count\{type="Http",status="Succeeded"\} [1-9]/);
  expect(text).toMatch(/patchbay_call_duration_seconds_count\{code="OK"\} [1-9]/);
  expect(text).toMatch(/patchbay_journal_batch_runs_count [1-9]/);
  expect(text).toMatch(/patchbay_runs_in_memory \d/);
  expect(text).toMatch(/patchbay_jobs_due_oldest_seconds \d/);
  expect(text).toMatch(/patchbay_runs_waiting_oldest_seconds \d/);
});

test('the spans of a run join the trace of its caller, and the service that is called joins it too', async () => {
  await worker.stop();
  const sent = received.map((headers) => headers.traceparent).find((header) => header?.includes(TRACE));
  const run = spans.find(({ name, traceId }) => name === 'flow Synchronous' && traceId === TRACE);
  const call = spans.find(({ name, traceId }) => name === 'Ask' && traceId === TRACE);
  expect(run?.parentSpanId).toBe(CALLER);
  expect(call?.parentSpanId).toBe(run?.spanId);
  expect(sent).toBe(`00-${TRACE}-${call?.spanId}-01`);
});

test('a poll has a span, the run that it began a link to it, and the service joins its trace', async () => {
  const find = (name: string) => spans.filter((span) => span.name === name);
  // Either node may have polled; each sends its spans now and then.
  const polled = () => find('poll /polled/poll').length + find('poll /broken/poll').length;
  await expect.poll(polled, { timeout: 20_000 }).toBe(2);
  const [poll] = find('poll /polled/poll');
  const [run] = find('flow /polled');
  expect(poll?.parentSpanId ?? '').toBe('');
  expect(run?.traceId).not.toBe(poll?.traceId);
  expect(run?.links).toMatchObject([{ traceId: poll?.traceId, spanId: poll?.spanId }]);
  expect(poll?.attributes).toContainEqual({ key: 'patchbay.poll.runs', value: { intValue: 1 } });
  const traceparents = received.map(({ traceparent }) => traceparent);
  expect(traceparents).toContain(`00-${poll?.traceId}-${poll?.spanId}-01`);
  const [broken] = find('poll /broken/poll');
  expect(broken?.status.message).toContain('500');
  expect(find('flow /broken')).toEqual([]);
});
