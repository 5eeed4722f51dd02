import { type Kysely, sql } from 'kysely';
import { v7 as createId } from 'uuid';
import { type EnvironmentId, type Json, stringifyJson, type UserId } from '../base/index.ts';
import type { Database } from './database.ts';

export type ImportState = 'running' | 'done' | 'failed' | 'cancelled';

/** A document that is being read, without what it holds. */
export interface ConnectorImport {
  readonly id: string;
  readonly state: ImportState;
  readonly progress: Json;
  readonly report: Json | undefined;
  readonly problem: Json | undefined;
  readonly createdAt: string;
}

/** How long one may choose. */
const KEPT = sql<Date>`now() - interval '1 day'`;
/** A process that reads says so every few seconds; one that has said nothing for so long is gone. */
const SILENT = sql<Date>`now() - interval '30 seconds'`;

/** Begins one, and clears away those nobody finished. */
export async function createConnectorImport(
  db: Kysely<Database>,
  one: { readonly environmentId: EnvironmentId; readonly userId: UserId; readonly progress: Json },
): Promise<string> {
  await db.deleteFrom('connector_imports').where('created_at', '<', KEPT).execute();
  const id = createId();
  await db
    .insertInto('connector_imports')
    .values({
      id,
      environment_id: one.environmentId,
      user_id: one.userId,
      state: 'running',
      progress: stringifyJson(one.progress),
    })
    .execute();
  return id;
}

/** Of the person who began it, nobody else. One whose process is gone has failed without a problem. */
export async function findConnectorImport(
  db: Kysely<Database>,
  id: string,
  userId: UserId,
): Promise<ConnectorImport | undefined> {
  const row = await db
    .selectFrom('connector_imports')
    .select(['id', 'state', 'progress', 'report', 'problem', 'created_at'])
    .select(sql<boolean>`state = 'running' and updated_at < ${SILENT}`.as('is_silent'))
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    state: row.is_silent ? 'failed' : row.state,
    progress: row.progress,
    report: row.report ?? undefined,
    problem: row.problem ?? undefined,
    createdAt: row.created_at.toISOString(),
  };
}

/** What was read, once it is done. */
export async function findImportOutcome(
  db: Kysely<Database>,
  id: string,
  userId: UserId,
): Promise<Json | undefined> {
  const row = await db
    .selectFrom('connector_imports')
    .select('outcome')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('state', '=', 'done')
    .executeTakeFirst();
  return row?.outcome ?? undefined;
}

/** What is written while it runs; false when it runs no more: somebody has cancelled it. */
export async function saveConnectorImport(
  db: Kysely<Database>,
  id: string,
  change: {
    readonly state: ImportState;
    readonly progress?: Json;
    readonly report?: Json;
    readonly outcome?: Json;
    readonly problem?: Json;
  },
): Promise<boolean> {
  const { state, ...values } = change;
  const texts = Object.entries(values).map(([name, value]) => [name, stringifyJson(value)] as const);
  const result = await db
    .updateTable('connector_imports')
    .set({ state, updated_at: sql<Date>`now()`, ...Object.fromEntries(texts) })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
