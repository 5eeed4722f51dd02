import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { inject } from 'vitest';
import { type Database, openStore, type Store } from '../../src/store/index.ts';
import { atEndOfFile } from './registry.ts';
import { runSql, withDatabase } from './server.ts';

/** A database of its own, migrated, with the default environment; dropped at the end of the test file. */
export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly db: Kysely<Database>;
  readonly store: Store;
}

/** How long ended connections may take to disappear from the server's list. */
const GOODBYE_MS = 2_000;

/**
 * Clones the migrated template. At the end of the file its pool is closed; a connection of anybody else that is
 * still open then fails the file, because a leak in a test is a leak in the product.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await askForServer();
  const name = `patchbay_test_${randomBytes(6).toString('hex')}`;
  await runSql(server.url, `create database ${name} template ${server.template}`);
  const url = withDatabase(server.url, name);
  const store = await openStore({ home: '.', databaseUrl: url, maxConnections: 10 });
  atEndOfFile(async () => {
    await store.close();
    const left = await waitForGoodbyes(server.url, name);
    await runSql(server.url, `drop database ${name} with (force)`);
    if (left.length > 0) throw new Error(`Connections were left open: ${left.join('; ')}`);
  });
  return { url, pool: store.pool, db: store.db, store };
}

interface ServerAddress {
  readonly url: string;
  readonly template: string;
}

async function askForServer(): Promise<ServerAddress> {
  const answer: unknown = JSON.parse(await text(connect(inject('testPostgresPort'), '127.0.0.1')));
  if (typeof answer === 'object' && answer !== null && 'error' in answer)
    throw new Error(String(answer.error));
  return answer as ServerAddress;
}

/** Who is still connected to the database, described; empty as soon as nobody is. */
async function waitForGoodbyes(url: string, name: string): Promise<string[]> {
  const endsAt = Date.now() + GOODBYE_MS;
  for (;;) {
    const { rows } = await runSql(
      url,
      `select application_name || ': ' || left(query, 100) as who from pg_stat_activity
       where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > endsAt) return rows.map((row: { who: string }) => row.who);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
