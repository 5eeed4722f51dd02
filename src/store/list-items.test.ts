import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../test/postgres/index.ts';
import type { Json, JsonObject } from '../base/index.ts';
import { getDefaultEnvironment } from './environments.ts';
import type { ItemField, ItemFilter } from './list-filter.ts';
import {
  createListItem,
  createListItems,
  deleteListItem,
  findListItem,
  listItemChanges,
  listListItems,
  updateListItem,
} from './list-items.ts';
import { createList, findList } from './lists.ts';
import { withTransaction } from './transaction.ts';

const { db, pool } = await createTestDatabase();
let names = 0;

async function makeList(): Promise<string> {
  const { id: environmentId } = await getDefaultEnvironment(db);
  names += 1;
  return (await createList(db, { environmentId, name: `List ${names}`, columns: [] })).id;
}

test('items are numbered from 1 in their list and keep every digit of long numbers', async () => {
  const [listId, otherId] = [await makeList(), await makeList()];
  const order = { Title: 'Ärger "1"', Number: 12345678901234567890n, nested: { a: [1, null] } };
  expect(await createListItem(db, listId, order)).toMatchObject({ id: 1, version: 1, fields: order });
  expect(await createListItem(db, listId, {})).toMatchObject({ id: 2, createdSeq: 2, changedSeq: 2 });
  expect(await createListItem(db, otherId, {})).toMatchObject({ id: 1 });
  expect(await findListItem(db, listId, 1)).toMatchObject({ fields: order });
  expect((await findList(db, listId))?.itemCount).toBe(2);
});

test('many are made with one statement, in their order, all or none', async () => {
  const listId = await makeList();
  const made = await createListItems(db, listId, [{ n: 'a' }, { n: 'b' }, { n: 'c' }], 'me');
  expect(made.map(({ id, fields, createdSeq }) => [id, fields['n'], createdSeq])).toEqual([
    [1, 'a', 1],
    [2, 'b', 2],
    [3, 'c', 3],
  ]);
  const bad = createListItems(db, listId, [{ n: 'd' }, { n: 'nul \u0000' }]);
  await expect(bad).rejects.toMatchObject({ code: 'STORE_VALUE_INVALID', status: 400 });
  expect((await findList(db, listId))?.itemCount).toBe(3);
  await expect(createListItem(db, '01890000-0000-7000-8000-00000000dead', {})).rejects.toMatchObject({
    code: 'STORE_NOT_FOUND',
  });
});

test('a change leaves other fields, counts the version up and refuses an old one', async () => {
  const listId = await makeList();
  await createListItem(db, listId, { a: 1, b: 2 });
  const changed = await updateListItem(
    db,
    listId,
    1,
    { b: null, c: 3 },
    { expectedVersion: 1, updatedBy: 'me' },
  );
  expect(changed).toMatchObject({ version: 2, changedSeq: 2, createdSeq: 1, updatedBy: 'me' });
  expect(changed.fields).toEqual({ a: 1, b: null, c: 3 });
  await expect(updateListItem(db, listId, 1, { a: 9 }, { expectedVersion: 1 })).rejects.toMatchObject({
    code: 'STORE_VERSION_CONFLICT',
    status: 412,
    extra: { currentVersion: 2 },
  });
  await expect(updateListItem(db, listId, 7, {})).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
  await expect(deleteListItem(db, listId, 1, 1)).rejects.toMatchObject({ code: 'STORE_VERSION_CONFLICT' });
  await deleteListItem(db, listId, 1, 2);
  await expect(deleteListItem(db, listId, 1)).rejects.toMatchObject({ code: 'STORE_NOT_FOUND' });
  expect((await findList(db, listId))?.itemCount).toBe(0);
});

test('of writers that expect the same version one wins', async () => {
  const listId = await makeList();
  await createListItem(db, listId, {});
  const writes = Array.from({ length: 8 }, (_, n) =>
    updateListItem(db, listId, 1, { [`field${n}`]: n }, { expectedVersion: 1 }),
  );
  const outcomes = await Promise.allSettled(writes);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('writers at once lose no field, and a writer that waited sees what came before', async () => {
  const listId = await makeList();
  await createListItem(db, listId, {});
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => updateListItem(db, listId, 1, { [`field${n}`]: n })),
  );
  const item = await findListItem(db, listId, 1);
  expect(Object.keys(item?.fields ?? {})).toHaveLength(20);
  expect(item).toMatchObject({ version: 21, changedSeq: 21 });
});

test('a reader that follows the sequence sees every item, in the order of the commits', async () => {
  const listId = await makeList();
  const seen: number[] = [];
  let after = 0;
  const poll = async () => {
    for (const item of await listItemChanges(db, listId, 'created', after, 10)) {
      seen.push(item.createdSeq);
      after = item.createdSeq;
    }
  };
  const writers = Promise.all(Array.from({ length: 60 }, (_, n) => createListItem(db, listId, { n })));
  const following = (async () => {
    while (seen.length < 60) await poll();
  })();
  await Promise.all([writers, following]);
  expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
});

test('an open transaction holds its number: nobody behind it is visible first', async () => {
  const listId = await makeList();
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
  const { promise: hasWritten, resolve: written } = Promise.withResolvers<void>();
  const slow = withTransaction(db, async (tx) => {
    await createListItem(tx, listId, { who: 'slow' });
    written();
    await mayCommit;
  });
  await hasWritten;
  const fast = createListItem(db, listId, { who: 'fast' });
  expect(await listItemChanges(db, listId, 'created', 0, 10)).toEqual([]);
  commit();
  await Promise.all([slow, fast]);
  const items = await listItemChanges(db, listId, 'created', 0, 10);
  expect(items.map(({ fields }) => fields['who'])).toEqual(['slow', 'fast']);
});

test('changed items come again with their new number, created ones do not', async () => {
  const listId = await makeList();
  await createListItems(db, listId, [{}, {}]);
  await updateListItem(db, listId, 1, { touched: true });
  const changed = await listItemChanges(db, listId, 'changed', 2, 10);
  expect(changed.map(({ id, changedSeq }) => [id, changedSeq])).toEqual([[1, 3]]);
  expect(await listItemChanges(db, listId, 'created', 2, 10)).toEqual([]);
});

const text = (field: string): ItemField => ({ field, type: 'text' });
const number = (field: string): ItemField => ({ field, type: 'number' });
const compare = (
  field: ItemField,
  operator: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le',
  value: string | number | bigint | boolean | null,
): ItemFilter => ({ kind: 'compare', field, operator, value });
const match = (field: string, how: 'startsWith' | 'endsWith' | 'contains', value: string): ItemFilter => ({
  kind: 'match',
  field: text(field),
  match: how,
  value,
});

let orders: string;
beforeAll(async () => {
  orders = await makeList();
  const rows: JsonObject[] = [
    { Status: 'New', Total: 9, Paid: true, At: '2026-01-01T10:00:00Z', Big: 9007199254740993n },
    { Status: 'new', Total: 10, Paid: false, At: '2026-01-01T11:30:00+02:00', Big: 9007199254740992n },
    { Status: 'Shipped 100%', Total: 100, At: '2026-02-01' },
    { Status: null, Total: 'a lot', Paid: 'yes', At: 'soon' },
    { "O'Brien": 'x', Total: -1.5 },
  ];
  await createListItems(db, orders, rows);
});

const CASES: [string, ItemFilter, number[]][] = [
  ['text equals, whatever the case', compare(text('Status'), 'eq', 'NEW'), [1, 2]],
  ['not equal holds for an empty cell', compare(text('Status'), 'ne', 'new'), [3, 4, 5]],
  ['equals null: null or absent', compare(text('Status'), 'eq', null), [4, 5]],
  ['not null', compare(text('Status'), 'ne', null), [1, 2, 3]],
  ['numbers by value, not as text', compare(number('Total'), 'gt', 9), [2, 3]],
  ['a number that is text is empty', compare(number('Total'), 'eq', null), [4]],
  ['negative fractions', compare(number('Total'), 'le', -1.5), [5]],
  ['numbers beyond 2^53 exactly', compare(number('Big'), 'eq', 9007199254740993n), [1]],
  ['booleans', compare({ field: 'Paid', type: 'boolean' }, 'eq', false), [2]],
  [
    'instants across time zones',
    compare({ field: 'At', type: 'dateTime' }, 'lt', '2026-01-01T10:00:00Z'),
    [2],
  ],
  [
    'a date without zone is UTC',
    compare({ field: 'At', type: 'dateTime' }, 'ge', '2026-02-01T00:00:00Z'),
    [3],
  ],
  ['the id', compare({ column: 'id' }, 'ge', 4), [4, 5]],
  ['when it was made', compare({ column: 'createdAt' }, 'gt', '2020-01-01T00:00:00Z'), [1, 2, 3, 4, 5]],
  ['starts with', match('Status', 'startsWith', 'SHIP'), [3]],
  ['ends with; % stands for itself', match('Status', 'endsWith', '%'), [3]],
  ['contains', match('Status', 'contains', 'e'), [1, 2, 3]],
  ['contains _, which is no wildcard', match('Status', 'contains', '_'), []],
  [
    'and',
    { kind: 'and', operands: [compare(text('Status'), 'eq', 'new'), compare(number('Total'), 'ge', 10)] },
    [2],
  ],
  [
    'or',
    { kind: 'or', operands: [compare({ column: 'id' }, 'eq', 5), match('Status', 'startsWith', 's')] },
    [3, 5],
  ],
  [
    'not holds where the inner is unknown',
    { kind: 'not', operand: compare(number('Total'), 'gt', 9) },
    [1, 4, 5],
  ],
  ['nothing to join', { kind: 'and', operands: [] }, [1, 2, 3, 4, 5]],
  ['a name with a quote', compare(text("O'Brien"), 'eq', 'x'), [5]],
  ['a name that is SQL', compare(text("x') or true --"), 'eq', 'x'), []],
  ['a value that is SQL', compare(text('Status'), 'eq', "' or true --"), []],
];

test.each(CASES)('filter: %s', async (_name, filter, expected) => {
  const page = await listListItems(db, orders, { filter });
  expect(page.value.map(({ id }) => id)).toEqual(expected);
});

test('a value that is not of the field’s type is refused, not guessed', async () => {
  const filter = compare(number('Total'), 'gt', 'many');
  await expect(listListItems(db, orders, { filter })).rejects.toMatchObject({ code: 'STORE_VALUE_INVALID' });
  const impossible = compare({ field: 'At', type: 'dateTime' }, 'gt', '2026-02-31');
  await expect(listListItems(db, orders, { filter: impossible })).rejects.toMatchObject({
    code: 'STORE_VALUE_INVALID',
  });
});

test('order: empty cells first, the id between equals', async () => {
  const byTotal = await listListItems(db, orders, { order: [{ field: number('Total'), descending: true }] });
  expect(byTotal.value.map(({ id }) => id)).toEqual([3, 2, 1, 5, 4]);
  const byStatus = await listListItems(db, orders, { order: [{ field: text('Status') }] });
  expect(byStatus.value.map(({ id }) => id)).toEqual([4, 5, 1, 2, 3]);
});

test.each([{ order: undefined }, { order: [{ field: number('Total') }] }])(
  'pages follow each other without gap or repetition: %j',
  async ({ order }) => {
    const ids: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listListItems(db, orders, { limit: 2, order, cursor });
      ids.push(...page.value.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect([...ids].sort()).toEqual([1, 2, 3, 4, 5]);
  },
);

test.each(['', 'x', 'W10', 'WyJhIl0'])('a made-up cursor %j is refused', async (cursor) => {
  await expect(listListItems(db, orders, { cursor })).rejects.toMatchObject({ code: 'STORE_CURSOR_INVALID' });
});

test('deleting and changing at once never deadlocks', async () => {
  const listId = await makeList();
  await createListItems(
    db,
    listId,
    Array.from({ length: 40 }, () => ({}) as Record<string, Json>),
  );
  const ids = Array.from({ length: 40 }, (_, n) => n + 1);
  await Promise.all([
    ...ids.map((id) => updateListItem(db, listId, id, { id }).catch(expectGone)),
    ...ids.map((id) => deleteListItem(db, listId, id)),
  ]);
  expect((await findList(db, listId))?.itemCount).toBe(0);
  const { rows } = await pool.query('select count(*) as left from list_items where list_id = $1', [listId]);
  expect(rows).toEqual([{ left: 0 }]);
});

function expectGone(error: unknown): void {
  expect(error).toMatchObject({ code: 'STORE_NOT_FOUND' });
}
