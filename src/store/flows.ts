import { type Kysely, type Selectable, sql } from 'kysely';
import { v7 as createId } from 'uuid';
import { type EnvironmentId, type FlowId, type Json, stringifyJson } from '../base/index.ts';
import type { Database, FlowsTable } from './database.ts';
import { loadPage, type Page, type PageRequest } from './paging.ts';
import { withTransaction } from './transaction.ts';
import { createConflict, createNotFound, guardWrite } from './write-errors.ts';

export type FlowState = 'on' | 'off';

export interface Flow {
  readonly id: FlowId;
  readonly environmentId: EnvironmentId;
  readonly name: string;
  readonly state: FlowState;
  readonly latestVersion: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface FlowContent {
  /** The definition as the text it came in. */
  readonly definition: string;
  readonly connectionReferences: Json;
  readonly note?: string | undefined;
  /** The user who saves it. */
  readonly savedBy?: string | undefined;
}

export interface NewFlow extends FlowContent {
  readonly environmentId: EnvironmentId;
  readonly name: string;
}

/** Makes a flow with its version 1, turned off. */
export async function createFlow(db: Kysely<Database>, flow: NewFlow): Promise<Flow> {
  return withTransaction(db, async (tx) => {
    const row = await guardWrite(`The flow '${flow.name}'`, () =>
      tx
        .insertInto('flows')
        .values({
          id: createId(),
          environment_id: flow.environmentId,
          name: flow.name,
          latest_version: 1,
          created_by: flow.savedBy ?? null,
        })
        .returningAll()
        .executeTakeFirstOrThrow(),
    );
    await insertVersion(tx, row.id, 1, flow);
    return toFlow(row);
  });
}

/**
 * Saves the next version. With `expectedVersion` only if that is the latest.
 *
 * @throws StoreError STORE_NOT_FOUND, STORE_VERSION_CONFLICT
 */
export async function saveFlowVersion(
  db: Kysely<Database>,
  id: FlowId,
  content: FlowContent,
  expectedVersion?: number,
): Promise<Flow> {
  return withTransaction(db, async (tx) => {
    const current = await tx
      .selectFrom('flows')
      .select(['name', 'latest_version'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (current === undefined) throw createNotFound(`The flow ${id}`);
    if (expectedVersion !== undefined && current.latest_version !== expectedVersion) {
      throw createConflict(`The flow '${current.name}'`, expectedVersion, current.latest_version);
    }
    const version = current.latest_version + 1;
    await guardWrite(`The flow '${current.name}'`, () => insertVersion(tx, id, version, content));
    const row = await tx
      .updateTable('flows')
      .set({ latest_version: version, updated_at: new Date() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toFlow(row);
  });
}

/** Renames a flow or turns it on or off; its version stays. @throws StoreError STORE_NOT_FOUND */
export async function updateFlow(
  db: Kysely<Database>,
  id: FlowId,
  change: { readonly name?: string | undefined; readonly state?: FlowState | undefined },
): Promise<Flow> {
  const row = await db
    .updateTable('flows')
    .set({ name: change.name, state: change.state, updated_at: new Date() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw createNotFound(`The flow ${id}`);
  return toFlow(row);
}

/** By name. */
export async function listFlows(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
  request: PageRequest = {},
): Promise<Page<Flow>> {
  const key = sql<string>`lower(name)`;
  const query = db
    .selectFrom('flows')
    .selectAll()
    .select(key.as('sort_key'))
    .where('environment_id', '=', environmentId);
  const page = await loadPage(query, { key, id: sql<string>`id` }, request);
  return { ...page, value: page.value.map(toFlow) };
}

export async function findFlow(db: Kysely<Database>, id: FlowId): Promise<Flow | undefined> {
  const row = await db.selectFrom('flows').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toFlow(row);
}

/** The id of the flow of an environment that has this id, or else this name in any case. */
export async function findFlowByName(
  db: Kysely<Database>,
  environmentId: string,
  name: string,
  mayBeId: boolean,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('flows')
    .select('id')
    .where('environment_id', '=', environmentId)
    .where((where) => {
      const named = where(sql<string>`lower(name)`, '=', name.toLowerCase());
      return mayBeId ? where.or([where('id', '=', name), named]) : named;
    })
    .orderBy('created_at')
    .executeTakeFirst();
  return row?.id;
}

/** Deletes a flow with its versions and runs. @throws StoreError STORE_NOT_FOUND */
export async function deleteFlow(db: Kysely<Database>, id: FlowId): Promise<void> {
  const result = await db.deleteFrom('flows').where('id', '=', id).executeTakeFirst();
  if (result.numDeletedRows === 0n) throw createNotFound(`The flow ${id}`);
}

async function insertVersion(
  tx: Kysely<Database>,
  flowId: FlowId,
  version: number,
  content: FlowContent,
): Promise<void> {
  await tx
    .insertInto('flow_versions')
    .values({
      flow_id: flowId,
      version,
      definition: content.definition,
      connection_references: stringifyJson(content.connectionReferences),
      note: content.note ?? null,
      created_by: content.savedBy ?? null,
    })
    .execute();
}

function toFlow(row: Selectable<FlowsTable>): Flow {
  return {
    id: row.id,
    environmentId: row.environment_id,
    name: row.name,
    state: row.state,
    latestVersion: row.latest_version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
