import { beforeAll, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/base/index.ts';
import type { Engine } from '../../src/engine/index.ts';
import { deleteFlow, updateFlow } from '../../src/store/index.ts';
import { createWebhookWorld, until, type WebhookWorld } from './webhook-world.ts';

let world: WebhookWorld;

beforeAll(async () => {
  world = await createWebhookWorld();
});

const trigger = (more: JsonObject = {}): JsonObject => ({
  Apple: {
    type: 'OpenApiConnectionWebhook',
    inputs: {
      host: { connectionName: 'orchard', operationId: 'WhenAppleFalls' },
      parameters: { 'body/tree': 'Pippin' },
    },
    ...more,
  },
});

async function withEngine(use: (engine: Engine) => Promise<void>) {
  const engine = world.build();
  await engine.start();
  try {
    await use(engine);
  } finally {
    await engine.stop();
  }
}

let hooks = 0;

/** The service accepts subscriptions and ends them. */
function accept(body: JsonObject = {}, withLocation = true) {
  world.answerWith((request, response) => {
    if (request.method === 'DELETE') return response.writeHead(204).end();
    const location = withLocation ? { location: `/hooks/${++hooks}` } : {};
    return response
      .writeHead(201, { 'content-type': 'application/json', ...location })
      .end(JSON.stringify(body));
  });
}

/** The signature at the end of the URL that the service was given. */
const subscribed = (nth = 0) =>
  until(() => {
    const request = world.seen.filter(({ method }) => method === 'POST')[nth];
    const url = request && (JSON.parse(request.body) as { target: { url: string } }).target.url;
    return url?.split('/').at(-1);
  });

const isOn = (engine: Engine, flowId: string) =>
  until(async () => ((await engine.listTriggers(flowId))[0]?.status === 'on' ? true : undefined));

async function call(engine: Engine, flowId: string, signature: string, body: Json, more = {}) {
  if (!(await engine.verifySignature(flowId, 'Apple', signature))) throw new Error('unknown');
  const given = { method: 'POST', headers: {}, queries: {}, relativePath: '', body, signature, ...more };
  return engine.triggerRequest({ flowId, triggerName: 'Apple', ...given });
}

const countRuns = async (flowId: string) =>
  (await world.pool.query('select 1 from runs where flow_id = $1', [flowId])).rows.length;

test('a flow that is on has a subscription, each call starts one run, and turning it off ends it', async () => {
  accept();
  const flowId = await world.save(trigger(), {
    Kind: { type: 'Compose', inputs: "@triggerBody()?['kind']" },
  });
  await withEngine(async (engine) => {
    const signature = await subscribed();
    await isOn(engine, flowId);
    expect(JSON.parse(world.seen[0]?.body ?? '')).toMatchObject({ tree: 'Pippin' });
    const { runId } = await call(engine, flowId, signature, { kind: 'Cox' });
    await until(async () => (await engine.readRun(runId))?.run.endedAt);
    expect((await engine.readRun(runId))?.actions[0]).toMatchObject({ outputs: 'Cox' });
    await updateFlow(world.db, flowId, { state: 'off' });
    await engine.flowChanged(flowId);
    await until(() => world.seen.find(({ method }) => method === 'DELETE'));
    expect(world.seen.at(-1)?.url).toBe(`/hooks/${hooks}`);
    await expect(call(engine, flowId, signature, {})).rejects.toThrow();
    expect(await countRuns(flowId)).toBe(1);
  });
});

test('starting again keeps the subscription; a changed trigger gets another, and the old one is ended', async () => {
  accept();
  const flowId = await world.save(trigger(), {});
  await withEngine(async (engine) => {
    await subscribed();
    await isOn(engine, flowId);
  });
  await withEngine(async (engine) => {
    await isOn(engine, flowId);
    expect(world.seen.length).toBe(1);
    const changed = JSON.stringify({ triggers: trigger(), actions: {} }).replace('Pippin', 'Bramley');
    await world.pool.query('update flow_versions set definition = $2 where flow_id = $1', [flowId, changed]);
    await engine.flowChanged(flowId);
    await subscribed(1);
    await until(() => world.seen.find(({ method }) => method === 'DELETE'));
    const asked = world.seen.filter(({ method }) => method === 'POST');
    expect(asked[1]?.body).toContain('Bramley');
  });
});

test('a service that fails leaves the flow on, and the trigger says what is wrong', async () => {
  world.answerWith((_request, response) => response.writeHead(503).end());
  const flowId = await world.save(trigger(), {});
  await withEngine(async (engine) => {
    const report = await until(async () => {
      const [first] = await engine.listTriggers(flowId);
      return first?.status === 'failing' ? first : undefined;
    });
    expect(report.error).toMatch(/could not be asked to call/);
    expect(report.nextAt).toBeGreaterThan(Date.now());
    await updateFlow(world.db, flowId, { state: 'off' });
    await engine.flowChanged(flowId);
  });
});

test('without a Location the matching DELETE of the definition ends the subscription, also of a deleted flow', async () => {
  accept({ data: { id: 'h-77' } }, false);
  const flowId = await world.save(trigger(), {});
  await withEngine(async (engine) => {
    await subscribed();
    await isOn(engine, flowId);
    await deleteFlow(world.db, flowId);
    await engine.flowChanged(flowId);
    await until(() => world.seen.find(({ method }) => method === 'DELETE'));
    expect(world.seen.at(-1)?.url).toBe('/hooks/h-77');
  });
});

test('a subscription that a service refuses to end is kept in mind, shown, and ended when the service lets it', async () => {
  accept();
  const flowId = await world.save(trigger(), {});
  await withEngine(async (engine) => {
    await subscribed();
    await isOn(engine, flowId);
    world.answerWith((_request, response) => response.writeHead(403).end());
    await updateFlow(world.db, flowId, { state: 'off' });
    await engine.flowChanged(flowId);
    const [ending] = await until(async () => {
      const [report] = await engine.listTriggers(flowId);
      return report !== undefined && report.endings.length > 0 ? report.endings : undefined;
    });
    expect(ending).toMatchObject({ attempts: 1, error: expect.stringContaining('403') });
    expect(ending?.nextAt).toBeGreaterThan(Date.now() + 3_000_000);
    // Two days of refusals later it is still tried, once a day.
    accept();
    const soon = Date.now();
    await world.pool.query(
      `update webhook_subscriptions set attempts = 60, next_at = to_timestamp($2::float8 / 1000) where flow_id = $1`,
      [flowId, soon],
    );
    await world.pool.query(
      `update pgboss.job set start_after = now(), data = jsonb_set(data, '{at}', to_jsonb($1::bigint))
       where name = 'end-webhook' and state < 'active'`,
      [soon],
    );
    await until(async () =>
      (await engine.listTriggers(flowId))[0]?.endings.length === 0 ? true : undefined,
    );
    expect(world.seen.at(-1)?.method).toBe('DELETE');
  });
});

test('a subscription that ends is renewed before it does', async () => {
  accept({ expires_in: 2 });
  const flowId = await world.save(trigger(), {});
  await withEngine(async (engine) => {
    const first = await subscribed();
    await isOn(engine, flowId);
    const second = await subscribed(1);
    expect(second).not.toBe(first);
    await until(() => world.seen.find(({ method }) => method === 'DELETE'));
    await updateFlow(world.db, flowId, { state: 'off' });
    await engine.flowChanged(flowId);
  });
});

test('splitOn begins a run for each element, all of them or none', async () => {
  accept();
  const flowId = await world.save(
    trigger({
      splitOn: "@triggerBody()?['apples']",
      splitOnConfiguration: { correlation: { clientTrackingId: "@triggerBody()?['id']" } },
    }),
    {},
  );
  await withEngine(async (engine) => {
    const signature = await subscribed();
    await isOn(engine, flowId);
    await call(engine, flowId, signature, { apples: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
    expect(await countRuns(flowId)).toBe(3);
    const { rows } = await world.pool.query('select trigger from runs where flow_id = $1', [flowId]);
    const ids = rows.map((row: { trigger: string }) => JSON.parse(row.trigger).clientTrackingId);
    expect(ids.sort()).toEqual(['a', 'b', 'c']);
  });
});

test('a guessed signature and the one of another flow are unknown; a handshake starts no run', async () => {
  accept();
  const [one, two] = [await world.save(trigger(), {}), await world.save(trigger(), {})];
  await withEngine(async (engine) => {
    await Promise.all([isOn(engine, one), isOn(engine, two)]);
    const path = (await engine.listTriggers(one))[0]?.urlPath ?? '';
    const signature = path.split('/').at(-1) ?? '';
    expect(await engine.verifySignature(one, 'Apple', signature)).toBe(true);
    expect(await engine.verifySignature(two, 'Apple', signature)).toBe(false);
    expect(await engine.verifySignature(one, 'Apple', 'guess')).toBe(false);
    expect(await engine.verifySignature('no-flow', 'Apple', signature)).toBe(false);
    const answer = await call(engine, one, signature, null, {
      method: 'GET',
      queries: { 'hub.mode': 'subscribe', 'hub.challenge': '4711' },
    });
    expect(answer).toMatchObject({ statusCode: 200, body: '4711' });
    expect(await countRuns(one)).toBe(0);
  });
});
