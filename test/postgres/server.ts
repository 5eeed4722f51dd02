import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openStore, type Store } from '../../src/store/index.ts';

/** The server that the tests of one run share, with a migrated database to clone. */
export interface TestServer {
  /** Connects to a database whose user may create others. */
  readonly url: string;
  /** The migrated database; nobody may be connected to it while it is cloned. */
  readonly template: string;
  stop(): Promise<void>;
}

const PREFIX = 'patchbay-test-';

/** Nothing of a test outlives a crash of the machine: the disk need not be waited for. */
const FAST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
};

/** Uses the PostgreSQL at `url` (its user may create databases), or starts an embedded one in a temporary folder. */
export async function startTestServer(url: string | undefined): Promise<TestServer> {
  if (url !== undefined) return withTemplate(url, async () => {});
  await removeLeftovers();
  const home = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  const store = await openStore({ home, settings: FAST_SETTINGS });
  try {
    return await withTemplate(store.url.reveal(), () => stopEmbedded(store, home));
  } catch (error) {
    await stopEmbedded(store, home);
    throw error;
  }
}

async function withTemplate(url: string, stopServer: () => Promise<void>): Promise<TestServer> {
  const template = `patchbay_template_${process.pid}_${Date.now().toString(36)}`;
  await runSql(url, `create database ${template}`);
  const store = await openStore({ home: tmpdir(), databaseUrl: withDatabase(url, template) });
  await store.close();
  const stop = async () => {
    await runSql(url, `drop database ${template} with (force)`);
    await stopServer();
  };
  return { url, template, stop };
}

async function stopEmbedded(store: Store, home: string): Promise<void> {
  await store.close();
  await rm(home, { recursive: true, force: true });
}

/** A run that was killed leaves its server behind: opening its store again takes that over and stops it. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^patchbay-test-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const home = path.join(tmpdir(), name);
    const store = await openStore({ home }).catch(() => undefined);
    await store?.close();
    await rm(home, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Runs one statement on a connection of its own. */
export async function runSql(url: string, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // the server may be killed under it; the statement fails then
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}
