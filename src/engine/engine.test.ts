import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/index.ts';
import { type Json, type JsonObject, Secret } from '../base/index.ts';
import { createGateway, type Gateway } from '../gateway/index.ts';
import { createHttpClient, type HttpClient } from '../http/index.ts';
import { createDataKeyStore, createFlow, getDefaultEnvironment, updateFlow } from '../store/index.ts';
import { createMasterKeyWrapper, createTextSealer, createVault } from '../vault/index.ts';
import { createEngine, type Engine, type EngineOptions } from './index.ts';

const LOG = { info() {}, warn() {}, error() {} };

let database: TestDatabase;
let http: HttpClient;
let gateway: Gateway;
let upstream: Server;
let origin: string;
/** What the upstream was asked, and how it answers: by path. */
const asked: string[] = [];
const answers = new Map<string, () => { status: number; body: Json } | undefined>();

beforeAll(async () => {
  database = await createTestDatabase();
  upstream = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(`${request.method} ${path}`);
    const answer = (answers.get(path) ?? (() => ({ status: 200, body: { path } })))();
    if (answer)
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  http = createHttpClient({ allowedHosts: () => [new URL(origin).host] });
  const vault = createVault({
    keys: createDataKeyStore(database.db),
    wrapper: createMasterKeyWrapper(new Uint8Array(32).fill(1)),
  });
  gateway = createGateway({ db: database.db, vault, http, builtins: [] });
});

afterAll(async () => {
  await gateway.close();
  await http.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

function build(options: Partial<EngineOptions> = {}): Engine {
  return createEngine({
    pool: database.pool,
    db: database.db,
    gateway,
    sealer: createTextSealer(new Secret<Uint8Array>(new Uint8Array(32).fill(2)), 'journal'),
    log: LOG,
    ...options,
  });
}

/** An engine for one test, stopped at its end. */
async function withEngine<Result>(
  use: (engine: Engine) => Promise<Result>,
  options: Partial<EngineOptions> = {},
): Promise<Result> {
  const engine = build(options);
  await engine.start();
  try {
    return await use(engine);
  } finally {
    await engine.stop();
  }
}

let count = 0;

async function save(
  actions: JsonObject,
  triggers: JsonObject = { manual: { type: 'Request', kind: 'Http', inputs: {} } },
): Promise<string> {
  const { id: environmentId } = await getDefaultEnvironment(database.db);
  const definition = JSON.stringify({ triggers, actions });
  const flow = await createFlow(database.db, {
    environmentId,
    name: `Flow ${++count}`,
    definition,
    connectionReferences: {},
  });
  await updateFlow(database.db, flow.id, { state: 'on' });
  return flow.id;
}

const hook = (flowId: string, body: Json = null) => ({
  flowId,
  triggerName: 'manual',
  method: 'POST',
  headers: {},
  queries: {},
  body,
  relativePath: '',
});

function post(path: string, more: JsonObject = {}): JsonObject {
  return {
    type: 'Http',
    inputs: { method: 'POST', uri: `${origin}${path}`, retryPolicy: { type: 'none' } },
    ...more,
  };
}

/** Resolves when the run has ended. */
async function ended(engine: Engine, runId: string) {
  const done = new Promise<void>((resolve) => {
    const stop = engine.watchRun(runId, ({ status }) => {
      if (status === 'Running') return;
      stop();
      resolve();
    });
  });
  const before = await engine.readRun(runId);
  if (before?.run.endedAt === undefined) await done;
  return engine.readRun(runId);
}

async function statusesOf(engine: Engine, runId: string): Promise<Record<string, string>> {
  const view = await ended(engine, runId);
  return Object.fromEntries((view?.actions ?? []).map((action) => [action.key, action.status]));
}

describe('a Request trigger', () => {
  test('answers with the Response action, after the whole run is on record', async () => {
    const flowId = await save({
      Call: post('/label'),
      Answer: {
        type: 'Response',
        inputs: { statusCode: 201, body: "@body('Call')?['path']" },
        runAfter: { Call: ['Succeeded'] },
      },
    });
    await withEngine(async (engine) => {
      const answer = await engine.triggerRequest(hook(flowId, { a: 1 }));
      expect(answer).toMatchObject({ statusCode: 201, body: '/label' });
      const { rows } = await database.pool.query(
        'select kind, key, inputs, outputs from run_events where run_id = $1 order by seq',
        [answer.runId],
      );
      expect(rows.map((row) => `${row.kind} ${row.key}`)).toEqual(['s Call', 'e Call', 'e Answer']);
      expect(rows[1]).toMatchObject({ inputs: null });
      expect((await engine.readRun(answer.runId))?.run).toMatchObject({ status: 'Succeeded' });
    });
  });

  test('without a Response action, answers 202 when the run is committed', async () => {
    answers.set('/slow', () => undefined);
    const flowId = await save({ Call: post('/slow') });
    await withEngine(async (engine) => {
      const answer = await engine.triggerRequest(hook(flowId));
      expect(answer.statusCode).toBe(202);
      const { rows } = await database.pool.query('select status from runs where id = $1', [answer.runId]);
      expect(rows).toEqual([{ status: 'Running' }]);
      await engine.cancelRun(answer.runId);
      expect(await statusesOf(engine, answer.runId)).toEqual({ Call: 'Cancelled' });
    });
  });

  test('says that the run ended without a response', async () => {
    const flowId = await save({
      Stop: { type: 'Terminate', inputs: { runStatus: 'Failed' } },
      Answer: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { Stop: ['Succeeded'] } },
    });
    await withEngine(async (engine) => {
      expect(await engine.triggerRequest(hook(flowId))).toMatchObject({
        statusCode: 502,
        body: { error: { code: 'NoResponse' } },
      });
    });
  });

  test('refuses a flow that is off', async () => {
    const flowId = await save({});
    await updateFlow(database.db, flowId, { state: 'off' });
    await withEngine(async (engine) => {
      await expect(engine.triggerRequest(hook(flowId))).rejects.toMatchObject({ code: 'ENGINE_FLOW_OFF' });
    });
  });

  test('has a URL whose signature can be revoked', async () => {
    const flowId = await save({});
    await withEngine(async (engine) => {
      const signature = (await engine.triggerUrlPath(flowId, 'manual')).split('/').at(-1) ?? '';
      expect(await engine.verifySignature(flowId, 'manual', signature)).toBe(true);
      expect(await engine.verifySignature(flowId, 'manual', `${signature.slice(0, -1)}_`)).toBe(false);
      await engine.revokeTriggerUrl(flowId, 'manual');
      expect(await engine.verifySignature(flowId, 'manual', signature)).toBe(false);
    });
  });
});

describe('after a crash', () => {
  test('a run goes on where it was; a call in flight that may do harm is reported, not repeated', async () => {
    answers.set('/once', () => undefined);
    const flowId = await save({
      First: post('/first'),
      Once: post('/once', { runAfter: { First: ['Succeeded'] } }),
      Handle: {
        type: 'Compose',
        inputs: "@actions('Once')['error']['code']",
        runAfter: { Once: ['Failed'] },
      },
    });
    const dead = build();
    await dead.start();
    const { runId } = await dead.runNow(flowId, null);
    while (!asked.includes('POST /once')) await new Promise((resolve) => setImmediate(resolve));
    await kill(dead);
    const before = asked.length;
    await withEngine(async (engine) => {
      expect(await statusesOf(engine, runId)).toEqual({
        First: 'Succeeded',
        Once: 'Failed',
        Handle: 'Succeeded',
      });
      const view = await engine.readRun(runId);
      expect(view?.actions.at(-1)?.outputs).toBe('ActionInterrupted');
      expect(asked.slice(before)).toEqual([]);
    });
  });

  test('a node that another has taken a run from lets it go and writes nothing more', async () => {
    answers.set('/contested', () => undefined);
    const flowId = await save({ Call: post('/contested') });
    await withEngine(async (engine) => {
      const { runId } = await engine.runNow(flowId, null);
      await database.pool.query(
        "insert into run_events (run_id, seq, kind, key, at, attempt, status) values ($1, 2, 'e', 'Call', now(), 1, 'Succeeded')",
        [runId],
      );
      await engine.cancelRun(runId);
      while ((await engine.readRun(runId))?.actions[0]?.status !== 'Succeeded')
        await new Promise((resolve) => setImmediate(resolve));
      const { rows } = await database.pool.query('select status from runs where id = $1', [runId]);
      expect(rows).toEqual([{ status: 'Running' }]);
    });
  });
});

describe('waiting', () => {
  test('a run that waits long leaves memory and wakes from its rows', async () => {
    const flowId = await save({
      Nap: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Second' } } },
      After: { type: 'Compose', inputs: 'awake', runAfter: { Nap: ['Succeeded'] } },
    });
    await withEngine(
      async (engine) => {
        const { runId } = await engine.runNow(flowId, null);
        while ((await engine.readRun(runId))?.run.wakeAt === undefined)
          await new Promise((resolve) => setImmediate(resolve));
        const { rows } = await database.pool.query('select node_id from run_leases where run_id = $1', [
          runId,
        ]);
        expect(rows).toEqual([{ node_id: null }]);
        expect(await statusesOf(engine, runId)).toEqual({ Nap: 'Succeeded', After: 'Succeeded' });
      },
      { parkAfterMs: 0 },
    );
  });

  test('a sleeping run can be cancelled', async () => {
    const flowId = await save({ Nap: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Day' } } } });
    await withEngine(async (engine) => {
      const { runId } = await engine.runNow(flowId, null);
      while ((await engine.readRun(runId))?.run.status !== 'Waiting')
        await new Promise((resolve) => setImmediate(resolve));
      await engine.cancelRun(runId);
      expect(await statusesOf(engine, runId)).toEqual({ Nap: 'Cancelled' });
      await expect(engine.cancelRun(runId)).rejects.toMatchObject({ code: 'ENGINE_RUN_ENDED' });
    });
  });
});

describe('a recurrence', () => {
  test('starts runs by the clock, each occurrence once', async () => {
    const flowId = await save(
      { A: { type: 'Compose', inputs: 1 } },
      { tick: { type: 'Recurrence', recurrence: { frequency: 'Second', interval: 1 } } },
    );
    await withEngine(async (engine) => {
      const environmentId = (await getDefaultEnvironment(database.db)).id;
      const list = () => engine.listRuns({ environmentId, flowId, limit: 10 });
      while ((await list()).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
      await updateFlow(database.db, flowId, { state: 'off' });
      await engine.flowChanged(flowId);
      const runs = await list();
      const scheduled = await Promise.all(
        runs.map(async (run) => JSON.stringify((await engine.readRun(run.id))?.trigger.outputs)),
      );
      expect(new Set(scheduled).size).toBe(runs.length);
    });
  });
});

describe('secrets', () => {
  test('secure outputs are sealed in the journal, hidden from people, and still there after a crash', async () => {
    answers.set('/token', () => ({ status: 200, body: { token: 'tell-nobody' } }));
    answers.set('/stop', () => undefined);
    const flowId = await save({
      Token: post('/token', { runtimeConfiguration: { secureData: { properties: ['outputs'] } } }),
      Repeat: { type: 'Compose', inputs: "@body('Token')['token']", runAfter: { Token: ['Succeeded'] } },
      Stop: {
        type: 'Http',
        inputs: { method: 'GET', uri: `${origin}/stop` },
        runAfter: { Repeat: ['Succeeded'] },
      },
      Length: { type: 'Compose', inputs: "@length(outputs('Repeat'))", runAfter: { Stop: ['Succeeded'] } },
    });
    const dead = build();
    await dead.start();
    const { runId } = await dead.runNow(flowId, null);
    while (!asked.includes('GET /stop')) await new Promise((resolve) => setImmediate(resolve));
    await kill(dead);
    const { rows } = await database.pool.query(
      'select row_to_json(e)::text as text from run_events e where run_id = $1',
      [runId],
    );
    expect(rows.map((row) => row.text).join('\n')).not.toContain('tell-nobody');
    answers.set('/stop', () => ({ status: 200, body: {} }));
    await withEngine(async (engine) => {
      await statusesOf(engine, runId);
      const view = await engine.readRun(runId);
      expect(JSON.stringify(view)).not.toContain('tell-nobody');
      expect(view?.actions.map((action) => action.status)).toEqual([
        'Succeeded',
        'Succeeded',
        'Succeeded',
        'Succeeded',
      ]);
    });
  });
});

describe('credentials', () => {
  test('in a request are sealed in the journal and masked on the screen', async () => {
    const flowId = await save({
      Login: post('/login', {
        inputs: {
          method: 'POST',
          uri: `${origin}/login`,
          headers: { 'X-Api-Key': 'key-0815' },
          body: { user: 'ada', password: "@triggerBody()['password']" },
        },
      }),
    });
    await withEngine(async (engine) => {
      const { runId } = await engine.runNow(flowId, { password: 'open-sesame' });
      const view = await ended(engine, runId);
      const { rows } = await database.pool.query(
        'select coalesce(string_agg(row_to_json(e)::text, $2), $2) || (select row_to_json(r)::text from runs r where id = $1) as text from run_events e where run_id = $1',
        [runId, ' '],
      );
      for (const secret of ['open-sesame', 'key-0815']) {
        expect(rows[0]?.text).not.toContain(secret);
        expect(JSON.stringify(view)).not.toContain(secret);
      }
      expect(view?.actions[0]).toMatchObject({ status: 'Succeeded', inputs: { body: { user: 'ada' } } });
    });
  });
});

/**
 * What a SIGKILL leaves behind, as far as one process can do it to itself: the node's session is cut without a
 * word, and nothing of the engine is carried on. (`test/crash` kills real processes.)
 */
async function kill(engine: Engine): Promise<void> {
  await engine.stop({ graceMs: 0 });
}

describe('a stateless flow', () => {
  async function saveStateless(actions: JsonObject): Promise<string> {
    const { id: environmentId } = await getDefaultEnvironment(database.db);
    const definition = { triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } }, actions };
    const flow = await createFlow(database.db, {
      environmentId,
      name: `Flow ${++count}`,
      definition: JSON.stringify({ definition, kind: 'Stateless' }),
      connectionReferences: {},
    });
    await updateFlow(database.db, flow.id, { state: 'on' });
    return flow.id;
  }

  test('answers from memory and leaves nothing behind', async () => {
    const flowId = await saveStateless({
      Call: post('/stateless'),
      Answer: {
        type: 'Response',
        runAfter: { Call: ['Succeeded'] },
        inputs: { statusCode: 200, body: "@body('Call')" },
      },
    });
    await withEngine(async (engine) => {
      const answer = await engine.triggerRequest(hook(flowId));
      expect(answer).toMatchObject({ statusCode: 200, body: { path: '/stateless' } });
      const rows = await database.pool.query('select 1 from runs where flow_id = $1', [flowId]);
      expect(rows.rowCount).toBe(0);
    });
  });

  test('waits in memory', async () => {
    const flowId = await saveStateless({
      Sleep: { type: 'Wait', runAfter: {}, inputs: { interval: { count: 1, unit: 'Second' } } },
      Call: post('/after-sleep', { runAfter: { Sleep: ['Succeeded'] } }),
      Answer: { type: 'Response', runAfter: { Call: ['Succeeded'] }, inputs: { statusCode: 204 } },
    });
    await withEngine(
      async (engine) => expect(await engine.triggerRequest(hook(flowId))).toMatchObject({ statusCode: 204 }),
      { parkAfterMs: 10 },
    );
    expect(asked).toContain('POST /after-sleep');
  });
});
