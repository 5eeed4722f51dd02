import { randomUUID } from 'node:crypto';
import { afterAll, assert, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/index.ts';
import { type EnvironmentId, type Json, type JsonObject, Secret } from '../base/index.ts';
import { type CodeRunner, createCodeRunner } from '../code/index.ts';
import { createGateway, type Gateway } from '../gateway/index.ts';
import { createHttpClient, type HttpClient } from '../http/index.ts';
import {
  createDataKeyStore,
  createFlow,
  getDefaultEnvironment,
  insertRuns,
  updateFlow,
} from '../store/index.ts';
import { createMasterKeyWrapper, createTextSealer, createVault } from '../vault/index.ts';
import { CallbackUrls } from './callbacks/callback-urls.ts';
import { Children } from './children.ts';
import { FlowCache } from './flow-cache.ts';
import { createEngine, type Engine, type EngineOptions } from './index.ts';
import { DEFAULT_RUN_SETTINGS, toRunLimits } from './run-settings.ts';

const LOG = { info() {}, warn() {}, error() {} };
const SEALER = createTextSealer(new Secret<Uint8Array>(new Uint8Array(32).fill(2)), 'journal');
const TRIGGERS: JsonObject = { manual: { type: 'Request', kind: 'Http', inputs: {} } };

let database: TestDatabase;
let http: HttpClient;
let gateway: Gateway;
let code: CodeRunner;
let environmentId: EnvironmentId;

beforeAll(async () => {
  database = await createTestDatabase();
  http = createHttpClient({ allowedHosts: () => [] });
  const vault = createVault({
    keys: createDataKeyStore(database.db),
    wrapper: createMasterKeyWrapper(new Uint8Array(32).fill(1)),
  });
  code = createCodeRunner();
  gateway = createGateway({ db: database.db, vault, http, builtins: [], code });
  environmentId = (await getDefaultEnvironment(database.db)).id;
});

afterAll(async () => {
  await gateway.close();
  await code.close();
  await http.close();
});

async function withEngine<Result>(
  use: (engine: Engine) => Promise<Result>,
  options: Partial<EngineOptions> = {},
): Promise<Result> {
  const engine = createEngine({
    pool: database.pool,
    db: database.db,
    gateway,
    sealer: SEALER,
    log: LOG,
    ...options,
  });
  await engine.start();
  try {
    return await use(engine);
  } finally {
    await engine.stop();
  }
}

async function save(name: string, actions: JsonObject): Promise<string> {
  const definition = JSON.stringify({ triggers: TRIGGERS, actions });
  const flow = await createFlow(database.db, { environmentId, name, definition, connectionReferences: {} });
  await updateFlow(database.db, flow.id, { state: 'on' });
  return flow.id;
}

const hook = (flowId: string, body: Json) => ({
  flowId,
  triggerName: 'manual',
  method: 'POST',
  headers: {},
  queries: {},
  body,
  relativePath: '',
});

const runFlow = (flow: string, body: Json): JsonObject => ({
  type: 'Workflow',
  inputs: { host: { workflow: { id: flow } }, body },
});

const answer = (body: Json, after: string): JsonObject => ({
  type: 'Response',
  inputs: { statusCode: 200, body },
  runAfter: { [after]: ['Succeeded', 'Failed'] },
});

test('a flow runs another by its name and goes on with its answer', async () => {
  await save('Double', {
    Reply: { type: 'Response', inputs: { statusCode: 200, body: "@mul(triggerBody()['n'], 2)" } },
  });
  const parent = await save('Ask for a double', {
    Ask: runFlow('double', { n: '@triggerBody()' }),
    Reply: answer("@add(body('Ask'), 1)", 'Ask'),
  });
  await withEngine(async (engine) => {
    const { statusCode, body } = await engine.triggerRequest(hook(parent, 20));
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: 41 });
  });
});

test('a child that fails, or is not there, fails the action that runs it', async () => {
  const child = await save('Breaks', {
    Break: { type: 'Compose', inputs: "@int('x')" },
    Reply: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { Break: ['Succeeded'] } },
  });
  const read = "@actions('Ask')['error']['code']";
  const failing = await save('Asks a breaking flow', {
    Ask: runFlow(child, null),
    Reply: answer(read, 'Ask'),
  });
  const lost = await save('Asks nobody', { Ask: runFlow('nobody', null), Reply: answer(read, 'Ask') });
  await withEngine(async (engine) => {
    expect((await engine.triggerRequest(hook(failing, null))).body).toBe('NoResponse');
    expect((await engine.triggerRequest(hook(lost, null))).body).toBe('ChildFlowNotFound');
  });
});

test('after a stop in the middle the child is not started again, and its answer still arrives', async () => {
  const child = await save('Slow', {
    Rest: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Second' } } },
    Reply: {
      type: 'Response',
      inputs: { statusCode: 200, body: 'rested' },
      runAfter: { Rest: ['Succeeded'] },
    },
  });
  const parent = await save('Asks a slow flow', {
    Ask: runFlow(child, null),
    Keep: { type: 'Compose', inputs: "@body('Ask')", runAfter: { Ask: ['Succeeded'] } },
  });
  const runId = await withEngine(async (engine) => {
    const started = await engine.runNow(parent, {});
    for (let runs = 0; runs === 0; )
      runs = (await engine.listRuns({ environmentId, flowId: child, limit: 5 })).length;
    return started.runId;
  });
  await withEngine(async (engine) => {
    await new Promise<void>((resolve) => {
      const stop = engine.watchRun(runId, ({ status }) => {
        if (status === 'Running') return;
        stop();
        resolve();
      });
    });
    const view = await engine.readRun(runId);
    expect(view?.actions.find(({ name }) => name === 'Keep')?.outputs).toBe('rested');
    expect(await engine.listRuns({ environmentId, flowId: child, limit: 5 })).toHaveLength(1);
  });
});

test('inline code is run over what it reads of the run', async () => {
  const flow = await save('Code', {
    Data: { type: 'Compose', inputs: [1, 2, 3] },
    Sum: {
      type: 'JavaScriptCode',
      inputs: { code: 'return workflowContext.actions.Data.outputs.reduce((a, b) => a + b);' },
      runAfter: { Data: ['Succeeded'] },
    },
    Reply: answer("@coalesce(body('Sum'), actions('Sum')['error']['code'])", 'Sum'),
  });
  const ask = (engine: Engine) => engine.triggerRequest(hook(flow, null));
  expect((await withEngine(ask, { code })).body).toBe(6);
  expect((await withEngine(ask)).body).toBe('ActionTypeNotSupported');
});

/** Looks until what is looked for is there. */
async function until<Value>(read: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const withStatus = (engine: Engine, runId: string, status: string) =>
  until(async () => {
    const view = await engine.readRun(runId);
    return view?.run.status === status ? view : undefined;
  });

const childOf = (engine: Engine, flowId: string) =>
  until(async () => (await engine.listRuns({ environmentId, flowId, limit: 1 }))[0]);

/** Takes so long. */
const rest = (seconds: number): JsonObject => ({
  type: 'Wait',
  inputs: { interval: { count: seconds, unit: 'Second' } },
});

async function saveFamily(name: string, seconds: number): Promise<{ parent: string; child: string }> {
  const child = await save(`${name} child`, {
    Rest: rest(seconds),
    Reply: {
      type: 'Response',
      inputs: { statusCode: 200, body: 'rested' },
      runAfter: { Rest: ['Succeeded'] },
    },
  });
  const parent = await save(name, {
    Ask: runFlow(child, null),
    Reply: answer("@body('Ask')", 'Ask'),
  });
  return { parent, child };
}

test('a parent that waits for its child sleeps, and the answer wakes it and reaches its caller', async () => {
  const { parent } = await saveFamily('Patient', 2);
  await withEngine(
    async (engine) => {
      const called = engine.triggerRequest(hook(parent, null));
      const run = await childOf(engine, parent);
      await withStatus(engine, run.id, 'Waiting');
      expect((await called).body).toBe('rested');
      expect((await withStatus(engine, run.id, 'Succeeded')).run.id).toBe(run.id);
      expect((await database.pool.query('select * from run_children')).rows).toEqual([]);
    },
    { parkAfterMs: 100 },
  );
});

test('whoever cancels a parent cancels the child that it waits for, asleep or not', async () => {
  for (const parkAfterMs of [50, 60_000]) {
    const { parent, child } = await saveFamily(`Cancelled ${parkAfterMs}`, 600);
    await withEngine(
      async (engine) => {
        const { runId } = await engine.runNow(parent, {});
        const { id } = await childOf(engine, child);
        if (parkAfterMs === 50) await withStatus(engine, runId, 'Waiting');
        await engine.cancelRun(runId);
        await withStatus(engine, runId, 'Cancelled');
        await withStatus(engine, id, 'Cancelled');
      },
      { parkAfterMs },
    );
  }
});

test('a child is given up when the time of the action that runs it is up', async () => {
  const { child } = await saveFamily('Hurried', 600);
  const parent = await save('Hurries', {
    Ask: { ...runFlow(child, null), limit: { timeout: 'PT1S' } },
    Reply: {
      type: 'Response',
      inputs: { statusCode: 200, body: "@actions('Ask')['status']" },
      runAfter: { Ask: ['TimedOut'] },
    },
  });
  await withEngine(async (engine) => {
    expect((await engine.triggerRequest(hook(parent, null))).body).toBe('TimedOut');
    await withStatus(engine, (await childOf(engine, child)).id, 'Cancelled');
  });
});

test('a child whose parent ended while nobody could tell it is cancelled by who looks next', async () => {
  const { parent, child } = await saveFamily('Left behind', 600);
  await withEngine(async (engine) => {
    const { runId } = await engine.runNow(parent, {});
    const { id } = await childOf(engine, child);
    // As a node leaves it that dies after the commit of the parent's end.
    await database.pool.query(`update runs set status = 'Cancelled', ended_at = now() where id = $1`, [
      runId,
    ]);
    await withStatus(engine, id, 'Cancelled');
  });
});

test('a child that another node starts in the same moment is found, and started once', async () => {
  const { db } = database;
  const child = await save('Wanted by two', { Nothing: { type: 'Compose', inputs: 1 } });
  const urls = new CallbackUrls(SEALER, () => 'http://localhost');
  const flows = new FlowCache(db, gateway, urls, () => toRunLimits(DEFAULT_RUN_SETTINGS));
  const parent = await flows.latest(await save('One of two', { Ask: runFlow(child, null) }));
  const action = parent.flow.actions.get('Ask');
  assert(action);
  const children = new Children({
    db,
    flows,
    clock: { now: () => Date.now(), random: () => 0.5 },
    sealer: SEALER,
    log: LOG,
    answers: { wait: () => expect.unreachable(), hasAnswered: async () => false },
    begin: async (_loaded, _trigger, rows) => {
      await insertRuns(db, null, rows); // the other node, between our look and our own try
      await insertRuns(db, null, rows);
      return true;
    },
    cancel: async () => undefined,
  });
  const outcome = await children.run({
    parent,
    parentRunId: randomUUID(),
    parentTrigger: {},
    startedAt: Date.now(),
    command: { type: 'startChild', key: 'Ask', action, flow: child, trigger: undefined, inputs: {} },
    signal: new AbortController().signal,
    waiting: () => undefined,
  });
  expect(outcome).toMatchObject({ status: 'Succeeded', outputs: { statusCode: 202 } });
  const { rows } = await database.pool.query('select id from runs where flow_id = $1', [child]);
  expect(rows).toHaveLength(1);
});
