import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints, type List } from '../../src/api/index.ts';
import { ApiError } from '../../src/client/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

let patchbay: TestProduct;
let list: List;
beforeAll(async () => {
  patchbay = await startTestProduct();
  list = await patchbay.client.call(endpoints.createList, {
    body: {
      name: 'Orders',
      columns: [
        { name: 'Title', type: 'text', required: true },
        { name: 'Total', type: 'number' },
        { name: 'Status', type: 'choice', choices: ['New', 'Done'] },
      ],
    },
  });
});
afterAll(() => patchbay?.stop());

const add = (fields: Record<string, string | number>) =>
  patchbay.client.call(endpoints.createItem, { params: { id: list.id }, body: { fields } });

test('items are added, found by filter and order, changed by who has seen them, and deleted', async () => {
  const { client } = patchbay;
  for (let total = 1; total <= 5; total += 1)
    await add({ Title: `Order ${total}`, Total: total, Status: 'New' });
  const found = await client.call(endpoints.listItems, {
    params: { id: list.id },
    query: { filter: "Total gt 2 and Status eq 'New'", orderby: 'Total desc', top: 2 },
  });
  expect(found.value.map(({ fields }) => fields['Total'])).toEqual([5, 4]);
  const [item] = found.value;
  const params = { id: list.id, itemId: item?.id ?? 0 };
  const changed = await client.call(endpoints.updateItem, {
    params,
    body: { fields: { Status: 'Done' } },
    ifMatch: 1,
  });
  expect(changed).toMatchObject({ version: 2, fields: { Title: 'Order 5', Status: 'Done' } });
  const stale = client.call(endpoints.updateItem, { params, body: { fields: { Total: 0 } }, ifMatch: 1 });
  await expect(stale).rejects.toMatchObject({ status: 412 });
  await client.call(endpoints.deleteItem, { params });
  await expect(client.call(endpoints.getItem, { params })).rejects.toMatchObject({ status: 404 });
});

test('a value that does not fit its column is refused with the column', async () => {
  await expect(add({ Title: 'x', Total: 'many' })).rejects.toMatchObject({ status: 400, pointer: '/Total' });
  await expect(add({ Total: 1 })).rejects.toMatchObject({ pointer: '/Title' });
  await expect(add({ Title: 'x', Colour: 'red' })).rejects.toMatchObject({ code: 'LIST_UNKNOWN_COLUMN' });
  const query = { filter: 'Total gt' };
  const bad = patchbay.client.call(endpoints.listItems, { params: { id: list.id }, query });
  await expect(bad).rejects.toBeInstanceOf(ApiError);
});

test('a column that is left out goes with its values', async () => {
  const { client } = patchbay;
  const item = await add({ Title: 'Wide', Total: 1 });
  const columns = list.columns.filter(({ name }) => name !== 'Total');
  await client.call(endpoints.updateList, { params: { id: list.id }, body: { columns } });
  const after = await client.call(endpoints.getItem, { params: { id: list.id, itemId: item.id } });
  expect(after.fields).toEqual({ Title: 'Wide' });
});
