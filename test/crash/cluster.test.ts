import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { RunDetail } from '../../src/api/index.ts';
import { openStore } from '../../src/store/index.ts';
import { SHIPPING_KEY, startShippingApi } from '../product/shipping.ts';
import { createChance } from './chance.ts';
import { Cluster, type Family } from './cluster.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import {
  type Counts,
  findCallProblems,
  findJournalProblems,
  listAllRuns,
  readCounts,
  readRuns,
} from './verify.ts';

/**
 * The promises about crashes, kept by three nodes on one PostgreSQL while any of them dies at random: a loop of
 * parallel POSTs, a child flow, a wait, a webhook, and a polled trigger. Two minutes unless PATCHBAY_CRASH_SECONDS
 * says otherwise; repeat a run with PATCHBAY_CRASH_SEED.
 */

const seed = Number(process.env['PATCHBAY_CRASH_SEED'] ?? Date.now() % 1_000_000);
const seconds = Number(process.env['PATCHBAY_CRASH_SECONDS'] ?? 120);
/** Runs that began last need so long to end. */
const DRAIN_MS = 60_000;
/** What a node leaves behind is taken over within this time. */
const TAKEN_OVER_MS = 15_000;

const endings: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

async function createHome(): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'patchbay-cluster-'));
  await chmod(home, 0o711); // root's PostgreSQL runs under another account
  endings.push(() => rm(home, { recursive: true, force: true }));
  return home;
}

test(
  'three nodes lose nothing and repeat nothing, whichever of them dies, and PostgreSQL with them',
  async () => {
    console.log(`PATCHBAY_CRASH_SEED=${seed} PATCHBAY_CRASH_SECONDS=${seconds}`);
    const chance = createChance(seed);
    const shipping = await startShippingApi();
    endings.push(() => shipping.stop());
    // Long enough that calls are under way whenever somebody dies.
    await fetch(`${shipping.url}/v1/admin/behaviour`, {
      method: 'PUT',
      headers: { 'x-api-key': SHIPPING_KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ delay_ms: 150 }),
    });
    const store = await openStore({ home: await createHome() });
    endings.push(() => store.close());
    const cluster = new Cluster({
      home: await createHome(),
      databaseUrl: store.url.reveal(),
      pool: store.pool,
      chance,
      killPostgres: async () => {
        const pid = store.serverPid();
        try {
          if (pid !== undefined) process.kill(pid, 'SIGKILL');
        } catch (error) {
          // It is dead already: it was killed a moment ago and has not come back.
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
        }
      },
      whenReady: async () => {
        while (!(await store.pool.query('select 1').then(Boolean, () => false))) await sleep(50);
      },
    });
    endings.push(() => cluster.stop());
    const recorder = await startRecorder(cluster.findNode, chance);
    endings.push(() => recorder.server.close());
    await cluster.setUp(shipping, recorder);

    const endsAt = Date.now() + seconds * 1_000 - 30_000;
    const [, , longestOrphaned] = await Promise.all([
      Promise.all([cluster.load('a', endsAt), cluster.load('b', endsAt)]),
      cluster.killUntil(endsAt),
      cluster.watchOrphans(endsAt),
    ]);
    await recorder.stop();
    await untilPolled(cluster, recorder);
    if (!(await cluster.drain(DRAIN_MS)))
      throw new Error(`Runs have not ended: ${await cluster.describeOpen()} ${cluster.log()}`);

    const counts = await readCounts(shipping.url);
    const client = cluster.client();
    const problems: string[] = [];
    const known = new Set<string>();
    let interrupted = 0;
    for (const family of cluster.families) {
      const parents = await readRuns(client, await listAllRuns(client, family.parent));
      const children = await readRuns(client, await listAllRuns(client, family.child));
      for (const { id } of parents) known.add(id);
      problems.push(...findFamilyProblems(family, parents, children, recorder));
      for (const run of [...parents, ...children]) {
        interrupted += run.actions.filter(({ code }) => code === 'ActionInterrupted').length;
        problems.push(...findRunProblems(run, counts, family.keyed));
      }
    }
    for (const [reference, id] of cluster.acknowledged) {
      if (!known.has(id)) problems.push(`${reference} was acknowledged as ${id} and is lost`);
    }
    const told = await readRuns(client, await listAllRuns(client, cluster.newsFlow));
    problems.push(...findNewsProblems(told, recorder.news));
    await cluster.stop();
    problems.push(...(await findJournalProblems(store.pool)));
    const repeated = Object.values(counts.byKey).filter(({ requests }) => requests > 1).length;
    console.log({
      acknowledged: cluster.acknowledged.size,
      callbacks: recorder.accepted.size,
      news: recorder.news.length,
      interrupted,
      repeated,
      longestOrphaned,
      deaths: cluster.deaths,
    });
    expect(problems).toEqual([]);
    expect(longestOrphaned).toBeLessThan(TAKEN_OVER_MS);
    // Without these nothing would have been tried.
    expect(cluster.acknowledged.size).toBeGreaterThan(seconds / 8);
    expect(recorder.accepted.size).toBeGreaterThan(seconds / 8);
    expect(told.length).toBeGreaterThan(seconds / 8);
    expect(interrupted + repeated).toBeGreaterThan(0);
  },
  (seconds + 240) * 1_000,
);

/** Every piece of news has been asked for. */
async function untilPolled(cluster: Cluster, recorder: Recorder): Promise<void> {
  const client = cluster.client();
  for (const endsAt = Date.now() + DRAIN_MS; Date.now() < endsAt; await sleep(500)) {
    const runs = await listAllRuns(client, cluster.newsFlow).catch(() => []);
    if (runs.length >= recorder.news.length) return;
  }
}

function findRunProblems(run: RunDetail, counts: Counts, keyed: boolean): string[] {
  const calls = run.actions.filter(({ type }) => type === 'OpenApiConnection');
  const problems = calls.flatMap((action) =>
    findCallProblems(action, counts, keyed).map((problem) => `${action.key} ${problem}`),
  );
  const interrupted = run.actions.filter(({ code }) => code === 'ActionInterrupted');
  if (run.status !== 'Succeeded' && interrupted.length === 0) {
    problems.push(`${run.status} without an interruption: ${run.error?.message}`);
  }
  if (keyed && interrupted.some(({ type }) => type === 'OpenApiConnection')) {
    problems.push('gave up a call that could have been repeated by its key');
  }
  return problems.map((problem) => `${run.id}: ${problem}`);
}

/** Each parent has one child and one subscription, and its callback counts once it was accepted. */
function findFamilyProblems(
  { name }: Family,
  parents: readonly RunDetail[],
  children: readonly RunDetail[],
  recorder: Recorder,
): string[] {
  const problems: string[] = [];
  const childrenOf = Map.groupBy(children, referenceOf);
  for (const run of parents) {
    const reference = referenceOf(run);
    const own = childrenOf.get(reference)?.length ?? 0;
    if (own !== 1) problems.push(`${reference} has ${own} children`);
    const asked = recorder.subscriptions.get(reference) ?? 0;
    if (asked > 1) problems.push(`${reference} subscribed ${asked} times`);
    const hook = run.actions.find((action) => action.name === 'Hook');
    if (recorder.accepted.has(reference) && hook?.status !== 'Succeeded') {
      problems.push(`${reference} was called back, and its action is ${hook?.status} (${hook?.code})`);
    }
    const ask = run.actions.find((action) => action.name === 'Ask');
    if (ask?.status !== 'Succeeded') problems.push(`${reference} has no answer of its child: ${ask?.code}`);
  }
  const strangers = children.filter(
    (run) => !parents.some((parent) => referenceOf(parent) === referenceOf(run)),
  );
  return [...problems, ...strangers.map(({ id }) => `${id} has no parent`)].map((text) => `${name}: ${text}`);
}

function findNewsProblems(runs: readonly RunDetail[], news: readonly number[]): string[] {
  const told = runs.map((run) => Number(run.actions.find((action) => action.name === 'Number')?.outputs));
  const times = Map.groupBy(told, (number) => number);
  return news
    .map((number) => [number, times.get(number)?.length ?? 0] as const)
    .filter(([, count]) => count !== 1)
    .map(([number, count]) => `News ${number} started ${count} runs`);
}

function referenceOf(run: RunDetail): string {
  const outputs = run.trigger?.outputs as { body?: { reference?: string } } | undefined;
  return outputs?.body?.reference ?? '';
}
