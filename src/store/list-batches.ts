import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type JsonObject, type ListId, stringifyJson } from '../base/index.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { createListItems } from './list-items.ts';
import { withTransaction } from './transaction.ts';
import { guardWrite } from './write-errors.ts';

export interface ItemBatch {
  /** Names the batch in its list for a day. */
  readonly key: string;
  readonly items: readonly JsonObject[];
  readonly createdBy?: string | undefined;
}

const KEPT_FOR = '1 day';

/**
 * Adds items, all or none, unless a batch with this key was added before: whoever got no answer may send it again. How
 * many items the batch has. Of two that come at the same time one adds, and the other waits for it.
 *
 * @throws StoreError STORE_NOT_FOUND, STORE_VALUE_INVALID, STORE_KEY_REUSED
 */
export async function addItemBatch(
  db: Kysely<Database>,
  listId: ListId,
  { key, items, createdBy }: ItemBatch,
): Promise<number> {
  const digest = createHash('sha256').update(items.map(stringifyJson).join('\n')).digest('base64');
  return withTransaction(db, async (tx) => {
    await sql`
      delete from list_batches
      where list_id = ${listId} and created_at < clock_timestamp() - ${KEPT_FOR}::interval`.execute(tx);
    const { numInsertedOrUpdatedRows: isNew } = await guardWrite('The batch', () =>
      tx
        .insertInto('list_batches')
        .values({ list_id: listId, key, digest, item_count: items.length })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow(),
    );
    if (isNew === 1n) return (await createListItems(tx, listId, items, createdBy)).length;
    const before = await tx
      .selectFrom('list_batches')
      .select(['digest', 'item_count'])
      .where('list_id', '=', listId)
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    if (before.digest === digest) return before.item_count;
    throw new StoreError('STORE_KEY_REUSED', `The key '${key}' was used for a batch of other items.`);
  });
}
