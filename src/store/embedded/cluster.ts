import { access, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { describeError, Secret } from '../../base/index.ts';
import { StoreError } from '../errors.ts';
import type { StoreLog } from '../log.ts';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { type HomeLock, lockHome } from './home-lock.ts';
import { ensureCluster, SUPERUSER } from './initdb.ts';
import { planLaunch } from './launcher.ts';
import { stopOrphan } from './orphan.ts';
import { ensurePassword } from './password.ts';
import type { ServerSettings } from './settings.ts';
import { type Supervisor, superviseServer } from './supervisor.ts';

export interface ClusterOptions {
  /** The folder for everything this Patchbay keeps; made when it is not there. */
  readonly home: string;
  /** Overrides of the server's settings for this start. */
  readonly settings?: ServerSettings;
  readonly log: StoreLog;
}

/** An embedded PostgreSQL that belongs to this process. */
export interface Cluster {
  /** Of the application's database, with the password. */
  readonly url: Secret;
  readonly port: number;
  /** Of the server that runs now. */
  pid(): number;
  stop(): Promise<void>;
}

/** The application's role and database. The role is no superuser: SQL alone can never leave the database. */
const NAME = 'patchbay';

/**
 * Locks the home and starts its PostgreSQL, making the cluster at the first start.
 *
 * @throws StoreError STORE_HOME_IN_USE at once when another process has the home
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const home = await ensureHome(options.home);
  const lock = lockHome(home);
  try {
    return await startLocked(home, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startLocked(
  home: string,
  lock: HomeLock,
  { settings, log }: ClusterOptions,
): Promise<Cluster> {
  const dataFolder = path.join(home, 'postgres');
  const password = await ensurePassword(home, await exists(dataFolder));
  const binaries = await findBinaries();
  const launcher = await planLaunch(await chooseAccount(dataFolder), [home, binaries.folder]);
  await ensureCluster(binaries, launcher, dataFolder, password.reveal());
  await stopOrphan(dataFolder, log);
  const logFile = path.join(home, 'postgres.log');
  const plan = { binaries, launcher, dataFolder, logFile, settings: settings ?? {} };
  const server = await superviseServer(plan, log);
  const stop = async () => {
    await server.stop();
    lock.release();
  };
  try {
    return await openCluster(server, password, lock, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openCluster(server: Supervisor, password: Secret, lock: HomeLock, stop: () => Promise<void>) {
  const { port } = server;
  await ensureDatabase(port, password);
  lock.announce({
    pid: process.pid,
    startedAt: new Date().toISOString(),
    url: `postgresql://${NAME}@127.0.0.1:${port}/${NAME}`,
  });
  return { url: new Secret(formatUrl(port, password.reveal())), port, pid: server.pid, stop };
}

async function ensureHome(home: string): Promise<string> {
  try {
    // Root's server runs under another account, which must pass through; every file inside keeps its own mode.
    await mkdir(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    return await realpath(home);
  } catch (cause) {
    const message = `${home} cannot be made: ${describeError(cause)}.`;
    throw new StoreError('STORE_HOME_NOT_WRITABLE', message, { cause });
  }
}

/** Makes role and database at the first start; also after one that ended in between. */
async function ensureDatabase(port: number, password: Secret): Promise<void> {
  const connection = { host: '127.0.0.1', port, user: SUPERUSER, password: password.reveal() };
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [NAME]);
    if (found.rowCount === 1) return;
    const role = await client.query('select 1 from pg_roles where rolname = $1', [NAME]);
    const literal = client.escapeLiteral(password.reveal());
    if (role.rowCount === 0) await client.query(`create role ${NAME} login createdb password ${literal}`);
    await client.query(`create database ${NAME} owner ${NAME}`);
  } finally {
    await client.end();
  }
}

function formatUrl(port: number, password: string): string {
  return `postgresql://${NAME}:${password}@127.0.0.1:${port}/${NAME}`;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
