import type { Kysely } from 'kysely';
import { type Json, stringifyJson } from '../base/index.ts';
import type { Database } from './database.ts';

/** A setting of the installation; undefined when nobody has set it. */
export async function findSetting(db: Kysely<Database>, key: string): Promise<Json | undefined> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

export async function saveSetting(db: Kysely<Database>, key: string, value: Json): Promise<void> {
  const text = stringifyJson(value);
  await db
    .insertInto('settings')
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text, updated_at: new Date() }))
    .execute();
}

export async function deleteSetting(db: Kysely<Database>, key: string): Promise<void> {
  await db.deleteFrom('settings').where('key', '=', key).execute();
}

/** Takes a setting away; of several that try at once one is given its value. */
export async function takeSetting(db: Kysely<Database>, key: string): Promise<Json | undefined> {
  const row = await db.deleteFrom('settings').where('key', '=', key).returning('value').executeTakeFirst();
  return row?.value;
}
