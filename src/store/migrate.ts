import type { Kysely } from 'kysely';
import { type MigrationResultSet, Migrator } from 'kysely/migration';
import { describeError } from '../base/index.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import type { StoreLog } from './log.ts';
import { MIGRATIONS } from './migrations/index.ts';

/**
 * Brings the database up to date, in one transaction under an advisory lock: of nodes that start together one
 * migrates and the others wait for it.
 */
export async function migrateDatabase(db: Kysely<Database>, log: StoreLog): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock',
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw describeFailure(error, results);
  for (const { migrationName } of results ?? [])
    log.info({ migrationName }, 'The database was brought up to date.');
}

function describeFailure(cause: unknown, results: MigrationResultSet['results']) {
  const message = describeError(cause);
  if (/previously executed migration (\S+) is missing/.test(message)) {
    return new StoreError(
      'STORE_SCHEMA_NEWER',
      `This Patchbay does not know all of its changes: ${message}.`,
      { cause },
    );
  }
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'of the migrations';
  return new StoreError('STORE_MIGRATION_FAILED', `The migration ${failed} failed: ${message}`, { cause });
}
