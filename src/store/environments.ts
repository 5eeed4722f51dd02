import type { Kysely, Selectable } from 'kysely';
import { v7 as createId } from 'uuid';
import type { EnvironmentId } from '../base/index.ts';
import type { Database, EnvironmentsTable } from './database.ts';

export interface Environment {
  readonly id: EnvironmentId;
  readonly name: string;
  readonly createdAt: string;
}

const DEFAULT_NAME = 'Default';

/** Makes the environment that everything lives in unless it is there. */
export async function ensureDefaultEnvironment(db: Kysely<Database>): Promise<Environment> {
  const found = await findDefault(db);
  if (found !== undefined) return found;
  const row = { id: createId(), name: DEFAULT_NAME };
  await db
    .insertInto('environments')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return getDefaultEnvironment(db);
}

export async function getDefaultEnvironment(db: Kysely<Database>): Promise<Environment> {
  const found = await findDefault(db);
  if (found === undefined) throw new Error('The default environment is missing.');
  return found;
}

async function findDefault(db: Kysely<Database>): Promise<Environment | undefined> {
  const row = await db
    .selectFrom('environments')
    .selectAll()
    .where('name', '=', DEFAULT_NAME)
    .executeTakeFirst();
  return row === undefined ? undefined : toEnvironment(row);
}

/** Keeps each environment's data key, as the vault wrapped it. */
export function createDataKeyStore(db: Kysely<Database>) {
  const load = async (id: EnvironmentId): Promise<Uint8Array | undefined> => {
    const query = db.selectFrom('environments').select('wrapped_data_key').where('id', '=', id);
    return (await query.executeTakeFirst())?.wrapped_data_key ?? undefined;
  };
  return {
    load,
    /** Of several that try at once one wins, and all are told whose key holds. */
    async putFirst(id: EnvironmentId, wrapped: Uint8Array): Promise<Uint8Array | undefined> {
      await db
        .updateTable('environments')
        .set({ wrapped_data_key: Buffer.from(wrapped) })
        .where('id', '=', id)
        .where('wrapped_data_key', 'is', null)
        .execute();
      return load(id);
    },
  };
}

function toEnvironment(row: Selectable<EnvironmentsTable>): Environment {
  return { id: row.id, name: row.name, createdAt: row.created_at.toISOString() };
}
