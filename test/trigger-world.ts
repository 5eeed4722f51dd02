import { type JsonObject, parseJson, Secret } from '../src/base/index.ts';
import { Admission } from '../src/engine/admission.ts';
import { CallbackUrls } from '../src/engine/callbacks/callback-urls.ts';
import { FlowCache } from '../src/engine/flow-cache.ts';
import type { JobData, JobName } from '../src/engine/jobs.ts';
import { Observation } from '../src/engine/observation.ts';
import { DEFAULT_RUN_SETTINGS, toRunLimits } from '../src/engine/run-settings.ts';
import { Triggers } from '../src/engine/triggers/triggers.ts';
import type { Gateway } from '../src/gateway/index.ts';
import { createFlow, findTriggerState, getDefaultEnvironment, updateFlow } from '../src/store/index.ts';
import { createTextSealer } from '../src/vault/index.ts';
import type { TestDatabase } from './postgres/index.ts';

const log = { info() {}, warn() {}, error() {} };
const sealer = createTextSealer(new Secret<Uint8Array>(new Uint8Array(32).fill(2)), 'journal');

let flows = 0;

type Firing = JobData['fire-recurrence' | 'poll-trigger'];

/** A flow with a trigger `tick`, and the hands of the clock: jobs are kept until they are carried out. */
export async function createTriggerWorld(
  database: TestDatabase,
  trigger: JsonObject,
  turnedOnAt: string,
  gateway = {} as Gateway,
  parameters: JsonObject = {},
) {
  let now = Date.parse(turnedOnAt);
  const jobs: { readonly name: JobName; readonly job: Firing; readonly runAt: number }[] = [];
  const { db } = database;
  const cache = new FlowCache(db, gateway, new CallbackUrls(sealer, () => ''), () =>
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
  const triggers = new Triggers({
    db,
    flows: cache,
    gateway,
    urls: new CallbackUrls(sealer, () => ''),
    observation: new Observation(undefined, undefined),
    clock: { now: () => now, random: () => 0 },
    sealer,
    log,
    admission,
    jobs: {
      start: async () => undefined,
      send: async (name, data, runAt) => void jobs.push({ name, job: data as Firing, runAt }),
      stop: async () => undefined,
    },
    hostStored() {},
  });
  const { id: environmentId } = await getDefaultEnvironment(db);
  const definition = JSON.stringify({ parameters, triggers: { tick: trigger }, actions: {} });
  const name = `Clockwork ${++flows}`;
  const { id } = await createFlow(db, { environmentId, name, definition, connectionReferences: {} });
  await updateFlow(db, id, { state: 'on' });
  const handlers = triggers.handlers();
  return {
    id,
    arm: () => triggers.flowChanged(id),
    /** What a server does now and then, at this time. */
    async sweepAt(text: string): Promise<void> {
      now = Date.parse(text);
      await triggers.sweep();
    },
    /** Whoever had the jobs has died, and nobody has them. */
    loseJobs: () => void jobs.splice(0),
    /** What a server does that starts at this time: it arms, and carries out what is due until nothing is. */
    async startAt(text: string): Promise<void> {
      now = Date.parse(text);
      await triggers.flowChanged(id);
      await this.workAt(text);
    },
    /** Resolves when polls under way have ended; no more begin. */
    quiet: () => triggers.stop(),
    state: () => findTriggerState(db, id, 'tick'),
    async workAt(text: string): Promise<void> {
      now = Date.parse(text);
      for (let due = jobs.findIndex(isDue); due >= 0; due = jobs.findIndex(isDue)) {
        const [entry] = jobs.splice(due, 1);
        if (entry?.name === 'poll-trigger') await handlers[entry.name](entry.job);
        else if (entry) await handlers['fire-recurrence'](entry.job);
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
