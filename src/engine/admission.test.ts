import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/index.ts';
import { type EnvironmentId, type FlowId, type Json, type JsonObject, Secret } from '../base/index.ts';
import { createGateway, type Gateway } from '../gateway/index.ts';
import { createHttpClient, type HttpClient } from '../http/index.ts';
import {
  createDataKeyStore,
  createFlow,
  deleteFlow,
  getDefaultEnvironment,
  listFlows,
  updateFlow,
} from '../store/index.ts';
import { createMasterKeyWrapper, createTextSealer, createVault } from '../vault/index.ts';
import { createEngine, type Engine, type RunView } from './index.ts';

const LOG = { info() {}, warn() {}, error() {} };

let database: TestDatabase;
let http: HttpClient;
let gateway: Gateway;
let environmentId: EnvironmentId;
/** Holds each call until it is let through, and knows how many were held at once. */
let gate: Server;
let gateUrl: string;
let held: { path: string; let: () => void }[] = [];
let mostHeld = 0;
let onHeld: (() => void) | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  gate = createServer((request, response) => {
    held.push({ path: request.url ?? '', let: () => response.writeHead(200).end('{}') });
    mostHeld = Math.max(mostHeld, held.length);
    onHeld?.();
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  gateUrl = `http://127.0.0.1:${(gate.address() as AddressInfo).port}`;
  http = createHttpClient({ allowedHosts: () => [new URL(gateUrl).host] });
  const vault = createVault({
    keys: createDataKeyStore(database.db),
    wrapper: createMasterKeyWrapper(new Uint8Array(32).fill(1)),
  });
  gateway = createGateway({ db: database.db, vault, http, builtins: [] });
  environmentId = (await getDefaultEnvironment(database.db)).id;
});

afterAll(async () => {
  await gateway.close();
  await http.close();
  gate.closeAllConnections();
  await new Promise((resolve) => gate.close(resolve));
});

/** Engines for one test. At its end no run of any flow is left, unless they are to be kept. */
async function withEngines<Result>(
  count: number,
  use: (...engines: Engine[]) => Promise<Result>,
  { keep = false } = {},
): Promise<Result> {
  const engines = Array.from({ length: count }, () =>
    createEngine({
      pool: database.pool,
      db: database.db,
      gateway,
      sealer: createTextSealer(new Secret<Uint8Array>(new Uint8Array(32).fill(2)), 'journal'),
      log: LOG,
    }),
  );
  for (const engine of engines) await engine.start();
  try {
    return await use(...engines);
  } finally {
    if (!keep) await forgetFlows(engines);
    held = [];
    await Promise.all(engines.map((engine) => engine.stop({ graceMs: 0 })));
  }
}

async function forgetFlows(engines: readonly Engine[]): Promise<void> {
  for (const { id } of (await listFlows(database.db, environmentId)).value) {
    await deleteFlow(database.db, id);
    for (const engine of engines) await engine.flowChanged(id);
  }
}

function letAll(): void {
  for (const { let: open } of held.splice(0)) open();
}

/** Resolves when so many calls are held at once. */
async function untilHeld(count: number): Promise<void> {
  if (held.length >= count) return;
  await new Promise<void>((resolve) => {
    onHeld = () => held.length >= count && resolve();
  });
}

let flows = 0;

/** A flow whose run lasts until its one call is let through. */
async function save(settings: JsonObject, more: JsonObject = {}): Promise<FlowId> {
  const triggers: JsonObject = { manual: { type: 'Request', kind: 'Http', inputs: {}, ...settings } };
  const call: JsonObject = {
    type: 'Http',
    inputs: { method: 'GET', uri: `${gateUrl}/@{coalesce(triggerBody()?['n'], 0)}` },
  };
  const definition = JSON.stringify({ triggers, actions: { Call: call, ...more } });
  const name = `Limited ${++flows}`;
  const flow = await createFlow(database.db, { environmentId, name, definition, connectionReferences: {} });
  await updateFlow(database.db, flow.id, { state: 'on' });
  return flow.id;
}

const limit = (runs: number, waiting?: number): JsonObject => ({
  runtimeConfiguration: {
    concurrency: { runs, ...(waiting === undefined ? {} : { maximumWaitingRuns: waiting }) },
  },
});

const start = (engine: Engine, flowId: string, body: Json = null) =>
  engine.triggerRequest({
    flowId,
    triggerName: 'manual',
    method: 'POST',
    headers: {},
    queries: {},
    body,
    relativePath: '',
  });

async function ended(engine: Engine, runId: string): Promise<RunView> {
  for (;;) {
    const view = await engine.readRun(runId);
    if (view?.run.endedAt !== undefined) return view;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const statusOf = async (engine: Engine, runId: string) => (await engine.readRun(runId))?.run.status;

test('so many runs are under way at once, over all nodes; the others wait and begin in turn', async () => {
  const flowId = await save(limit(2));
  await withEngines(2, async (one, two) => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) {
      ids.push((await start(n % 2 === 0 ? (one as Engine) : (two as Engine), flowId, { n })).runId);
    }
    await untilHeld(2);
    expect(await Promise.all(ids.map((id) => statusOf(one as Engine, id)))).toEqual([
      'Running',
      'Running',
      'Waiting',
      'Waiting',
      'Waiting',
      'Waiting',
    ]);
    const order: string[] = [];
    while (order.length < 6) {
      await untilHeld(1);
      const [next] = held.splice(0, 1);
      order.push(next?.path ?? '');
      next?.let();
    }
    expect(order.slice().sort()).toEqual(['/0', '/1', '/2', '/3', '/4', '/5']);
    expect(order.indexOf('/5')).toBeGreaterThan(order.indexOf('/2'));
    for (const id of ids) expect((await ended(one as Engine, id)).run.status).toBe('Succeeded');
    expect(mostHeld).toBe(2);
    // The last slots are given back a moment after the runs have ended.
    while ((await database.pool.query('select * from run_slots')).rows.length > 0);
  });
});

test('a caller is refused when as many wait as may, and is told so', async () => {
  const flowId = await save(limit(1, 1));
  await withEngines(1, async (engine) => {
    await start(engine as Engine, flowId);
    await start(engine as Engine, flowId);
    await expect(start(engine as Engine, flowId)).rejects.toMatchObject({
      code: 'ENGINE_TOO_MANY_RUNS',
      status: 429,
      extra: { retryAfterMs: 5_000 },
    });
  });
});

test('a caller of a flow with a Response waits for the turn of its run', async () => {
  const flowId = await save(limit(1), {
    Reply: {
      type: 'Response',
      inputs: { statusCode: 200, body: "@triggerBody()['n']" },
      runAfter: { Call: ['Succeeded'] },
    },
  });
  await withEngines(1, async (engine) => {
    const answers = [1, 2, 3].map((n) => start(engine as Engine, flowId, { n }));
    for (let call = 0; call < 3; call++) {
      await untilHeld(1);
      held.splice(0, 1)[0]?.let();
    }
    expect((await Promise.all(answers)).map(({ body }) => body)).toEqual([1, 2, 3]);
  });
});

test('of a batch that splitOn gives, the first ones begin and the others wait', async () => {
  const flowId = await save({ ...limit(1, 0), splitOn: '@triggerBody()' });
  await withEngines(1, async (engine) => {
    await start(engine as Engine, flowId, [{ n: 1 }, { n: 2 }, { n: 3 }]);
    await expect(start(engine as Engine, flowId, [{ n: 4 }])).rejects.toMatchObject({ status: 429 });
    for (let call = 0; call < 3; call++) {
      await untilHeld(1);
      expect(held).toHaveLength(1);
      held.splice(0, 1)[0]?.let();
    }
  });
});

test('a run that waits survives the end of every node, and can be cancelled', async () => {
  const flowId = await save(limit(1));
  const ids = await withEngines(
    1,
    async (engine) => {
      const first = await start(engine as Engine, flowId, { n: 1 });
      const second = await start(engine as Engine, flowId, { n: 2 });
      const third = await start(engine as Engine, flowId, { n: 3 });
      await untilHeld(1);
      await (engine as Engine).cancelRun(second.runId);
      return [first.runId, second.runId, third.runId] as const;
    },
    { keep: true },
  );
  await withEngines(1, async (engine) => {
    await untilHeld(1);
    letAll();
    await untilHeld(1);
    letAll();
    expect((await ended(engine as Engine, ids[2])).run.status).toBe('Succeeded');
    expect(await statusOf(engine as Engine, ids[1])).toBe('Cancelled');
  });
});

test('SingleInstance skips an occurrence while a run is under way, and the schedule goes on', async () => {
  const flowId = await save({
    type: 'Recurrence',
    recurrence: { frequency: 'Second', interval: 1 },
    operationOptions: 'SingleInstance',
  });
  await withEngines(1, async (engine) => {
    await untilHeld(1);
    const at = async () => (await (engine as Engine).listTriggers(flowId))[0]?.nextAt ?? 0;
    // The schedule moves on twice while the run is held.
    const first = await at();
    for (let moved = 0, last = first; moved < 2; ) {
      const next = await at();
      if (next !== last) moved++;
      last = next;
    }
    expect(held).toHaveLength(1);
    expect(await (engine as Engine).listRuns({ environmentId, flowId, limit: 5 })).toHaveLength(1);
    letAll();
    await untilHeld(1);
    await updateFlow(database.db, flowId, { state: 'off' });
    await (engine as Engine).flowChanged(flowId);
  });
});

test('a limit that is raised lets in those who wait', async () => {
  const flowId = await save(limit(1));
  await withEngines(1, async (engine) => {
    for (let n = 0; n < 3; n++) await start(engine as Engine, flowId, { n });
    await untilHeld(1);
    await database.pool.query(
      `update flow_versions set definition = replace(definition, '"runs":1', '"runs":3') where flow_id = $1`,
      [flowId],
    );
    await (engine as Engine).flowChanged(flowId);
    await untilHeld(3);
    expect(held).toHaveLength(3);
  });
});
