import { expect, test } from 'vitest';
import { createTestDatabase } from '../../test/postgres/index.ts';
import { getDefaultEnvironment } from './environments.ts';
import { addItemBatch } from './list-batches.ts';
import { createList, findList } from './lists.ts';

const { db, pool } = await createTestDatabase();
let names = 0;

async function makeList(): Promise<string> {
  const { id: environmentId } = await getDefaultEnvironment(db);
  names += 1;
  return (await createList(db, { environmentId, name: `List ${names}`, columns: [] })).id;
}

const items = [{ n: 1 }, { n: 2 }, { n: 3 }];

test('a batch that is sent again is added once, be it at the same time', async () => {
  const listId = await makeList();
  const batch = { key: 'file:1', items };
  const counts = await Promise.all(Array.from({ length: 8 }, () => addItemBatch(db, listId, batch)));
  expect(counts).toEqual(Array(8).fill(3));
  expect((await findList(db, listId))?.itemCount).toBe(3);
  // In another list, and under another key, it is another one.
  const otherId = await makeList();
  await addItemBatch(db, otherId, batch);
  await addItemBatch(db, otherId, { key: 'file:2', items });
  expect((await findList(db, otherId))?.itemCount).toBe(6);
});

test('a batch that was refused takes no key', async () => {
  const listId = await makeList();
  const refused = addItemBatch(db, listId, { key: 'file:1', items: [{ n: 'nul \u0000' }] });
  await expect(refused).rejects.toMatchObject({ code: 'STORE_VALUE_INVALID' });
  expect(await addItemBatch(db, listId, { key: 'file:1', items })).toBe(3);
});

test('other items under the same key are refused', async () => {
  const listId = await makeList();
  await addItemBatch(db, listId, { key: 'file:1', items });
  await expect(addItemBatch(db, listId, { key: 'file:1', items: [{ n: 4 }] })).rejects.toMatchObject({
    code: 'STORE_KEY_REUSED',
    status: 409,
  });
  expect((await findList(db, listId))?.itemCount).toBe(3);
});

test('a key is forgotten after a day', async () => {
  const listId = await makeList();
  await addItemBatch(db, listId, { key: 'file:1', items });
  await pool.query(
    "update list_batches set created_at = created_at - interval '25 hours' where list_id = $1",
    [listId],
  );
  expect(await addItemBatch(db, listId, { key: 'file:1', items })).toBe(3);
  expect((await findList(db, listId))?.itemCount).toBe(6);
});

test('a list that is not there is told', async () => {
  const batch = { key: 'file:1', items };
  await expect(addItemBatch(db, '01890000-0000-7000-8000-00000000dead', batch)).rejects.toMatchObject({
    code: 'STORE_NOT_FOUND',
  });
});
