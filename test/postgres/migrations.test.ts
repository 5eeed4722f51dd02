import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/index.ts';
import { dumpSchema } from './dump-schema.ts';
import { createTestDatabase, runSql, withDatabase } from './index.ts';

const { url, pool } = await createTestDatabase();
const name = `patchbay_test_${randomBytes(6).toString('hex')}`;
const emptyUrl = withDatabase(url, name);
beforeAll(async () => {
  await runSql(url, `create database ${name}`);
});
afterAll(async () => {
  await runSql(url, `drop database ${name} with (force)`);
});

test('what the migrations make is what src/store/schema.sql says (vitest -u writes it)', async () => {
  await expect(await dumpSchema(pool)).toMatchFileSnapshot('../../src/store/schema.sql');
});

test('nodes that start at once on an empty database all come up, and it is migrated once', async () => {
  const stores = await Promise.all(
    Array.from({ length: 5 }, () => openStore({ home: '.', databaseUrl: emptyUrl })),
  );
  const rows = await stores[0]?.db.selectFrom('environments').select('name').execute();
  expect(rows).toEqual([{ name: 'Default' }]);
  await Promise.all(stores.map((store) => store.close()));
  const { rows: done } = await runSql(emptyUrl, 'select count(*)::integer as count from migrations');
  const { rows: here } = await runSql(url, 'select count(*)::integer as count from migrations');
  expect(done).toEqual(here);
});

test('a database that a newer version has changed is refused, not touched', async () => {
  await runSql(emptyUrl, `insert into migrations values ('9999-future', '2030-01-01')`);
  await expect(openStore({ home: '.', databaseUrl: emptyUrl })).rejects.toMatchObject({
    code: 'STORE_SCHEMA_NEWER',
    message: expect.stringContaining('9999-future'),
  });
});
