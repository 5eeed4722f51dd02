import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/index.ts';
import { SHIPPING_KEY, startShippingApi } from '../product/shipping.ts';
import { createChance } from './chance.ts';
import { type CrashKind, type Database, embeddedDatabase, Rig } from './rig.ts';
import { findJournalProblems, findRunProblems, listAllRuns, readCounts, readRuns } from './verify.ts';

/**
 * The promises about crashes, kept by the real server under load: it is killed at random instants, and with it, or
 * alone, its PostgreSQL. Repeat a run with PATCHBAY_CRASH_SEED; kill more often with PATCHBAY_CRASH_CYCLES.
 */

const seed = Number(process.env['PATCHBAY_CRASH_SEED'] ?? Date.now() % 1_000_000);
const cycles = Number(process.env['PATCHBAY_CRASH_CYCLES'] ?? 24);
const embeddedCycles = Math.ceil(cycles / 4);
const KINDS: readonly CrashKind[] = [
  'recovering',
  'server',
  'server',
  'starting',
  'server',
  'postgres',
  'server',
  'both',
];
const chance = createChance(seed);
console.log(
  `PATCHBAY_CRASH_SEED=${seed}: ${cycles} crashes on a given PostgreSQL, ${embeddedCycles} on its own.`,
);

const endings: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

const shipping = await startShippingApi();
endings.push(() => shipping.stop());
// Long enough that calls are under way whenever somebody dies.
await fetch(`${shipping.url}/v1/admin/behaviour`, {
  method: 'PUT',
  headers: { 'x-api-key': SHIPPING_KEY, 'content-type': 'application/json' },
  body: JSON.stringify({ delay_ms: 25 }),
});

async function createHome(): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'patchbay-crash-'));
  await chmod(home, 0o711); // root's PostgreSQL runs under another account
  endings.push(() => rm(home, { recursive: true, force: true }));
  return home;
}

async function crashAgainAndAgain(rig: Rig, times: number): Promise<void> {
  for (let cycle = 1; cycle <= times; cycle++) {
    await rig.crash(KINDS[cycle % KINDS.length] ?? 'server');
  }
}

async function waitForDatabase({ pool }: Store): Promise<void> {
  while (!(await pool.query('select 1').then(Boolean, () => false))) await sleep(50);
}

async function expectPromisesKept(rig: Rig): Promise<void> {
  if (!(await rig.drain(60_000))) throw new Error(`Runs have not ended. The server's log: ${rig.log()}`);
  const client = rig.client();
  const counts = await readCounts(shipping.url);
  const problems: string[] = [];
  const known = new Set<string>();
  const statuses: Record<string, number> = {};
  let interrupted = 0;
  for (const flow of rig.flows) {
    const runs = await readRuns(client, await listAllRuns(client, flow.id));
    for (const run of runs) {
      known.add(run.id);
      statuses[run.status] = (statuses[run.status] ?? 0) + 1;
      interrupted += run.actions.filter(({ code }) => code === 'ActionInterrupted').length;
      problems.push(...findRunProblems(run, counts, flow.keyed));
    }
  }
  for (const [reference, id] of rig.acknowledged) {
    if (!known.has(id)) problems.push(`${reference} was acknowledged as ${id} and is lost`);
  }
  const repeated = Object.values(counts.byKey).filter(({ requests }) => requests > 1).length;
  console.log({
    acknowledged: rig.acknowledged.size,
    ...statuses,
    interrupted,
    repeated,
    crashes: rig.crashes,
  });
  expect(problems).toEqual([]);
  // Without these nothing would have been tried.
  expect(rig.acknowledged.size).toBeGreaterThan(0);
  expect(interrupted).toBeGreaterThan(0);
  expect(repeated).toBeGreaterThan(0);
}

test('no accepted run is lost and no settled action is repeated, whoever is killed whenever', async () => {
  const databaseHome = await createHome();
  const store = await openStore({ home: databaseHome });
  endings.push(() => store.close());
  const database: Database = {
    url: store.url.reveal(),
    pid: async () => store.serverPid(),
    whenReady: () => waitForDatabase(store),
  };
  const rig = new Rig(await createHome(), database, chance);
  endings.push(() => rig.stop());
  await rig.setUp(shipping);
  await crashAgainAndAgain(rig, cycles);
  await expectPromisesKept(rig);
  await rig.stop();
  expect(await findJournalProblems(store.pool)).toEqual([]);
}, 600_000);

test('the same holds when PostgreSQL is its own and is left behind or dies with it', async () => {
  const home = await createHome();
  const rig = new Rig(home, embeddedDatabase(home), chance);
  endings.push(() => rig.stop());
  await rig.setUp(shipping);
  await crashAgainAndAgain(rig, embeddedCycles);
  await expectPromisesKept(rig);
  await rig.stop();
  const store = await openStore({ home });
  endings.push(() => store.close());
  expect(await findJournalProblems(store.pool)).toEqual([]);
}, 600_000);
