import { expect, test } from 'vitest';
import { openStore } from '../../src/store/index.ts';
import { createTestDatabase } from './index.ts';

const first = await createTestDatabase();

test('gives a migrated database with the default environment', async () => {
  const rows = await first.db.selectFrom('environments').select('name').execute();
  expect(rows).toEqual([{ name: 'Default' }]);
});

test('gives each caller a database of its own', async () => {
  const second = await createTestDatabase();
  await second.db.insertInto('settings').values({ key: 'only here', value: '1' }).execute();
  expect(await first.db.selectFrom('settings').selectAll().execute()).toEqual([]);
});

test('can be opened as a store of somebody else', async () => {
  const store = await openStore({ home: '.', databaseUrl: first.url });
  expect(store.kind).toBe('external');
  await store.close();
});
