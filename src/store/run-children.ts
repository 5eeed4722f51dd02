import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';

/** A child that its parent waits for. */
export interface RunChild {
  readonly childId: string;
  readonly parentId: string;
  readonly key: string;
}

/** Notes that a parent waits for a child; to be written with the child's run. */
export async function noteChild(db: Kysely<Database>, child: RunChild): Promise<void> {
  await db
    .insertInto('run_children')
    .values({ child_id: child.childId, parent_id: child.parentId, key: child.key })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The parent has its answer, or has given the child up. */
export async function forgetChild(db: Kysely<Database>, childId: string): Promise<void> {
  await db.deleteFrom('run_children').where('child_id', '=', childId).execute();
}

/** Parents that sleep while a child of theirs has ended. */
export async function listAnsweredParents(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ parent_id: string }>`
    select distinct c.parent_id from run_children c
    join run_leases l on l.run_id = c.parent_id and l.node_id is null and l.wake_at is not null
    join runs r on r.id = c.child_id and r.ended_at is not null`.execute(db);
  return rows.map((row) => row.parent_id);
}

/** The child that an action waits for. */
export async function findChild(
  db: Kysely<Database>,
  parentId: string,
  key: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('run_children')
    .select('child_id')
    .where('parent_id', '=', parentId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.child_id;
}

/** The children that a run waits for. */
export async function listChildren(db: Kysely<Database>, parentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('run_children')
    .select('child_id')
    .where('parent_id', '=', parentId)
    .execute();
  return rows.map((row) => row.child_id);
}

/** Children whose parent has ended without their answer, or is gone. */
export async function listAbandonedChildren(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ child_id: string }>`
    select c.child_id from run_children c
    left join runs p on p.id = c.parent_id where p.id is null or p.ended_at is not null`.execute(db);
  return rows.map((row) => row.child_id);
}
