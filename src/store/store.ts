import type { Kysely } from 'kysely';
import type pg from 'pg';
import { Secret } from '../base/index.ts';
import type { Database } from './database.ts';
import { type Cluster, startCluster } from './embedded/cluster.ts';
import type { ServerSettings } from './embedded/settings.ts';
import { ensureDefaultEnvironment } from './environments.ts';
import { checkDatabase } from './external.ts';
import { SILENT_LOG, type StoreLog } from './log.ts';
import { migrateDatabase } from './migrate.ts';
import { createDatabase, createPool } from './pool.ts';

export interface StoreOptions {
  /** The folder for what Patchbay keeps; the embedded cluster lives in its `postgres`. */
  readonly home: string;
  /** The user's own PostgreSQL (14 or later) instead of the embedded one. */
  readonly databaseUrl?: string;
  /** Overrides of the embedded server's settings for this start. */
  readonly settings?: ServerSettings;
  /** Most connections of the pool; 20 unless given. */
  readonly maxConnections?: number;
  readonly log?: StoreLog;
}

export interface Store {
  readonly kind: 'embedded' | 'external';
  readonly pool: pg.Pool;
  readonly db: Kysely<Database>;
  /** With the password, for other clients of the same database. */
  readonly url: Secret;
  /** Process id of the embedded server. */
  serverPid(): number | undefined;
  /** Ends the pool, stops the embedded server and frees the folder. May be called twice. */
  close(): Promise<void>;
}

/** How long `close` waits for somebody who still holds a connection. */
const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Opens the store: starts or reaches PostgreSQL, brings the tables up to date and makes the default environment.
 *
 * @throws StoreError that says what is wrong and what to do
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const log = options.log ?? SILENT_LOG;
  const { databaseUrl } = options;
  if (databaseUrl === undefined) {
    const cluster = await startCluster({ home: options.home, settings: options.settings, log });
    return openPool(cluster.url, cluster, options, log);
  }
  await checkDatabase(databaseUrl);
  return openPool(new Secret(databaseUrl), undefined, options, log);
}

async function openPool(
  url: Secret,
  cluster: Cluster | undefined,
  options: StoreOptions,
  log: StoreLog,
): Promise<Store> {
  const pool = createPool({ url: url.reveal(), maxConnections: options.maxConnections ?? 20, log });
  const db = createDatabase(pool);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closeAll(pool, cluster, log);
    return closing;
  };
  try {
    await migrateDatabase(db, log);
    await ensureDefaultEnvironment(db);
  } catch (error) {
    await close();
    throw error;
  }
  const kind = cluster === undefined ? 'external' : 'embedded';
  return { kind, pool, db, url, serverPid: () => cluster?.pid(), close };
}

async function closeAll(pool: pg.Pool, cluster: Cluster | undefined, log: StoreLog): Promise<void> {
  const timeout = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => timeout.resolve('late'), CLOSE_TIMEOUT_MS);
  const outcome = await Promise.race([pool.end(), timeout.promise]);
  clearTimeout(timer);
  if (outcome === 'late')
    log.warn({ inUse: pool.totalCount }, 'Closing while database connections are in use.');
  await cluster?.stop();
}
