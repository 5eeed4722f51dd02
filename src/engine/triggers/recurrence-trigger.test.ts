import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts';
import { type JsonObject, parseJson, Secret } from '../../base/index.ts';
import type { Gateway } from '../../gateway/index.ts';
import { createFlow, ensureTriggerState, getDefaultEnvironment, updateFlow } from '../../store/index.ts';
import { createTextSealer } from '../../vault/index.ts';
import { Admission } from '../admission.ts';
import { CallbackUrls } from '../callbacks/callback-urls.ts';
import { FlowCache } from '../flow-cache.ts';
import type { JobData } from '../jobs.ts';
import { DEFAULT_RUN_SETTINGS, toRunLimits } from '../run-settings.ts';
import { RecurrenceTriggers } from './recurrence-trigger.ts';

const log = { info() {}, warn() {}, error() {} };
const sealer = createTextSealer(new Secret<Uint8Array>(new Uint8Array(32).fill(2)), 'journal');

let database: TestDatabase;
let flows = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});

type Firing = JobData['fire-recurrence'];

/** A flow with a recurrence, and the hands of the clock: jobs are kept until they are carried out. */
async function createWorld(trigger: JsonObject, turnedOnAt: string) {
  let now = Date.parse(turnedOnAt);
  const jobs: { readonly job: Firing; readonly runAt: number }[] = [];
  const { db } = database;
  const cache = new FlowCache(db, {} as Gateway, new CallbackUrls(sealer, () => ''), () =>
    toRunLimits(DEFAULT_RUN_SETTINGS),
  );
  const admission = new Admission({
    db,
    flows: cache,
    log,
    nodeId: () => null,
    maximumWaiting: () => null,
    begin() {},
  });
  const triggers = new RecurrenceTriggers({
    db,
    flows: cache,
    gateway: {} as Gateway,
    urls: new CallbackUrls(sealer, () => ''),
    clock: { now: () => now, random: () => 0 },
    sealer,
    log,
    admission,
    jobs: {
      start: async () => undefined,
      send: async (_name, data, runAt) => void jobs.push({ job: data as Firing, runAt }),
      stop: async () => undefined,
    },
    hostStored() {},
  });
  const { id: environmentId } = await getDefaultEnvironment(db);
  const definition = JSON.stringify({ triggers: { tick: trigger }, actions: {} });
  const name = `Clockwork ${++flows}`;
  const { id } = await createFlow(db, { environmentId, name, definition, connectionReferences: {} });
  await updateFlow(db, id, { state: 'on' });
  await ensureTriggerState(db, { flowId: id, triggerName: 'tick', kind: 'recurrence', signature: name });
  const loaded = await cache.latest(id);
  const [compiled] = loaded.flow.triggers;
  if (!compiled) throw new Error('The flow has no trigger.');
  return {
    arm: () => triggers.arm({ loaded, trigger: compiled }),
    /** What a server does that starts at this time: it arms, and carries out what is due until nothing is. */
    async startAt(text: string): Promise<void> {
      now = Date.parse(text);
      await triggers.arm({ loaded, trigger: compiled });
      for (let due = jobs.findIndex(isDue); due >= 0; due = jobs.findIndex(isDue)) {
        const [entry] = jobs.splice(due, 1);
        if (entry) await triggers.fire(entry.job);
      }
      function isDue({ runAt }: { readonly runAt: number }) {
        return runAt <= now;
      }
    },
    next: () => jobs.map(({ job }) => new Date(job.at).toISOString()),
    async runs(): Promise<JsonObject[]> {
      const { rows } = await database.pool.query<{ trigger: string }>(
        'select trigger from runs where flow_id = $1 order by id',
        [id],
      );
      return rows.map((row) => parseJson(row.trigger) as JsonObject);
    },
  };
}

test('one run starts for all occurrences that were missed, and the schedule goes on as it was', async () => {
  const world = await createWorld(
    { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } },
    '2026-03-01T10:15:00Z',
  );
  await world.startAt('2026-03-01T10:15:00Z');
  expect(await world.runs()).toHaveLength(1);
  await world.startAt('2026-03-01T15:40:00Z');
  expect(await world.runs()).toHaveLength(2);
  expect(world.next()).toEqual(['2026-03-01T16:15:00.000Z']);
});

test('a sliding window leaves none out', async () => {
  const world = await createWorld(
    { type: 'SlidingWindow', recurrence: { frequency: 'Hour', interval: 1 } },
    '2026-03-01T10:00:00Z',
  );
  await world.startAt('2026-03-01T10:00:00Z');
  const before = (await world.runs()).length;
  await world.startAt('2026-03-01T13:30:00Z');
  const windows = (await world.runs()).slice(before).map(({ outputs }) => outputs);
  expect(windows).toHaveLength(3);
  expect(world.next()).toEqual(['2026-03-01T14:00:00.000Z']);
});

test('a window for which there is no room waits for it', async () => {
  const world = await createWorld(
    {
      type: 'SlidingWindow',
      recurrence: { frequency: 'Hour', interval: 1 },
      operationOptions: 'SingleInstance',
    },
    '2026-03-01T10:00:00Z',
  );
  await world.arm();
  await world.startAt('2026-03-01T10:00:00Z');
  expect(await world.runs()).toHaveLength(1);
  await world.startAt('2026-03-01T11:00:00Z');
  expect(await world.runs()).toHaveLength(1);
  expect(world.next()).toEqual(['2026-03-01T11:00:00.000Z']);
  await database.pool.query('update runs set ended_at = now() where ended_at is null');
  await world.startAt('2026-03-01T11:00:05Z');
  expect(await world.runs()).toHaveLength(2);
  expect(world.next()).toEqual(['2026-03-01T12:00:00.000Z']);
});

test('a schedule that is looked at again is planned once', async () => {
  const world = await createWorld(
    { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } },
    '2026-03-01T10:00:00Z',
  );
  await world.startAt('2026-03-01T10:00:00Z');
  await world.arm();
  await world.arm();
  expect(world.next()).toHaveLength(1);
  expect(await world.runs()).toHaveLength(1);
});
