import { beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { BuiltinAnswer, BuiltinConnector } from '../../gateway/index.ts';
import { createList, getDefaultEnvironment } from '../../store/index.ts';
import { createLists } from './lists.ts';

let database: TestDatabase;
let environmentId: string;
let lists: BuiltinConnector;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  environmentId = (await getDefaultEnvironment(database.db)).id;
  lists = createLists(database.db);
});

const COLUMNS: Json = [
  { name: 'Title', type: 'text', required: true },
  { name: 'Total', type: 'number' },
  { name: 'Pieces', type: 'integer' },
  { name: 'Paid', type: 'boolean' },
  { name: 'Due', type: 'date' },
  { name: 'SeenAt', type: 'dateTime' },
  { name: 'Status', type: 'choice', choices: ['New', 'Done'] },
  { name: 'Owner', type: 'person' },
  { name: 'Link', type: 'hyperlink' },
  { name: 'Extra', type: 'json' },
];

async function makeList(): Promise<string> {
  const name = `Orders ${++count}`;
  await createList(database.db, { environmentId, name, columns: COLUMNS });
  return name;
}

function call(operationId: string, parameters: JsonObject, rest: { body?: Json; location?: string } = {}) {
  return lists.call({
    operationId,
    parameters,
    body: rest.body,
    environmentId,
    idempotencyKey: undefined,
    location: rest.location,
    signal: undefined,
  });
}

const post = (table: string, body: JsonObject) => call('PostItem', { table }, { body });

/** The values of one column of all items that an answer holds. */
function readColumn({ body }: BuiltinAnswer, name: string): Json[] {
  const value = isJsonObject(body) ? body['value'] : undefined;
  return Array.isArray(value) ? value.map((item) => (isJsonObject(item) ? (item[name] ?? null) : null)) : [];
}

function readMember({ body }: BuiltinAnswer, name: string): Json | undefined {
  return isJsonObject(body) ? body[name] : undefined;
}

describe('items', () => {
  it('are created, read, changed and deleted in the shapes of SharePoint', async () => {
    const table = await makeList();
    const created = await post(table, {
      Title: 'Telescope',
      Total: '12.50',
      Pieces: 3,
      Paid: 'true',
      Due: '2026-02-01T10:00:00Z',
      SeenAt: '2026-02-01T10:00:00+01:00',
      Status: { Value: 'New' },
      Owner: { Claims: 'i:0#.f|membership|ann@example.com' },
      Link: 'https://example.com/x',
      Extra: { a: [1] },
    });
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({
      ID: 1,
      '@odata.etag': '"1"',
      Title: 'Telescope',
      Total: 12.5,
      Pieces: 3,
      Paid: true,
      Due: '2026-02-01',
      SeenAt: '2026-02-01T09:00:00Z',
      Status: { Id: 0, Value: 'New' },
      'Status#Id': 0,
      Owner: { Email: 'ann@example.com', Claims: 'i:0#.f|membership|ann@example.com' },
      Link: 'https://example.com/x',
      Extra: { a: [1] },
      '{Identifier}': expect.stringContaining('1_.000'),
      Created: expect.stringMatching(/Z$/),
    });
    const changed = await call('PatchItem', { table, id: '1' }, { body: { Status: 'Done', Total: null } });
    expect(changed.body).toMatchObject({
      Status: { Value: 'Done' },
      Title: 'Telescope',
      '@odata.etag': '"2"',
    });
    expect(readMember(changed, 'Total')).toBeUndefined();
    expect((await call('GetItem', { table, id: 1 })).body).toEqual(changed.body);
    expect((await call('DeleteItem', { table, id: 1 })).status).toBe(200);
    const gone = await call('GetItem', { table, id: 1 });
    expect(gone.status).toBe(404);
    expect(gone.problem?.message).toBe(`The list ${table} has no item 1.`);
  });

  it('keep whole numbers beyond 2^53 exactly', async () => {
    const table = await makeList();
    await post(table, { Title: 'big', Pieces: '9007199254740993' });
    expect(readMember(await call('GetItem', { table, id: 1 }), 'Pieces')).toBe(9007199254740993n);
  });

  it('take back what was read, whatever only Patchbay sets', async () => {
    const table = await makeList();
    const { body } = await post(table, { Title: 'Telescope', Status: 'New', Owner: 'ann@example.com' });
    const again = await post(table, body as JsonObject);
    expect(again.body).toMatchObject({ ID: 2, Title: 'Telescope', Status: { Value: 'New' } });
  });

  it.each<[JsonObject, string]>([
    [{ Title: 'x', Total: 'much' }, 'Total must be a number, not “much”.'],
    [{ Title: 'x', Pieces: 1.5 }, 'Pieces must be a whole number, not 1.5.'],
    [{ Title: 'x', Paid: 'perhaps' }, 'Paid must be true or false, not “perhaps”.'],
    [{ Title: 'x', Due: '2026-02-31' }, 'Due must be a date like 2026-01-31, not “2026-02-31”.'],
    [{ Title: 'x', Status: 'Old' }, 'Status must be one of New, Done, not “Old”.'],
    [{ Title: 'x', Owner: 'Ann' }, 'Owner must be the email address of a person, not “Ann”.'],
    [
      { Title: 'x', Link: 'javascript:alert(1)' },
      'Link must be a link like https://example.com, not “javascript:alert(1)”.',
    ],
    [{ Title: { a: 1 } }, 'Title must be text, not {"a":1}.'],
    [{}, 'Title is required.'],
    [{ Title: '' }, 'Title is required.'],
    [{ Title: 'x', Totals: 1 }, 'The list has no column Totals. It has Title, Total,'],
    [{ Title: 'x', total: 1 }, 'The list has no column total. There is Total.'],
  ])('refuses %j', async (body, message) => {
    const table = await makeList();
    const answer = await post(table, body);
    expect(answer.status).toBe(400);
    expect(answer.problem?.message).toContain(message);
    expect(answer.problem?.fix).toBeTypeOf('string');
    expect(readColumn(await call('GetItems', { table }), 'ID')).toEqual([]);
  });

  it('change only if their ETag is still the expected one', async () => {
    const table = await makeList();
    await post(table, { Title: 'a' });
    const patch = (etag: string) =>
      call('PatchItem', { table, id: 1, 'If-Match': etag }, { body: { Title: 'b' } });
    expect((await patch('"1"')).status).toBe(200);
    expect((await patch('"1"')).status).toBe(412);
    expect((await patch('nonsense')).status).toBe(412);
    expect((await patch('*')).status).toBe(200);
    expect((await call('DeleteItem', { table, id: 1, 'If-Match': '"1"' })).status).toBe(412);
    expect((await call('DeleteItem', { table, id: 1, 'If-Match': '"3"' })).status).toBe(200);
  });
});

describe('queries', () => {
  async function makeOrders(): Promise<string> {
    const table = await makeList();
    await post(table, { Title: "O'Neill", Total: 5, Status: 'New', Due: '2026-01-01', Paid: true });
    await post(table, { Title: 'Lovelace', Total: 50, Status: 'Done', Due: '2026-02-01', Paid: false });
    await post(table, {
      Title: 'lovell',
      Total: 500,
      Owner: 'ann@example.com',
      SeenAt: '2026-01-01T12:00:00Z',
    });
    return table;
  }

  it.each([
    ["Title eq 'O''Neill'", [1]],
    ['Total gt 5', [2, 3]],
    ["Total ge '5' and Total lt 500", [1, 2]],
    ["Status eq 'New'", [1]],
    ["Status/Value ne 'New'", [2, 3]],
    ['Status eq null', [3]],
    ['Status ne null', [1, 2]],
    ["startswith(Title, 'LOV')", [2, 3]],
    ["substringof('lace', Title) or Paid", [1, 2]],
    ["not (Title eq 'lovell')", [1, 2]],
    ['Paid eq 0', [2]],
    ["Due lt datetime'2026-01-15T00:00:00Z'", [1]],
    ["Due eq '2026-02-01'", [2]],
    ["SeenAt gt '2026-01-01T12:30:00+01:00'", [3]],
    ["Owner/EMail eq 'ANN@example.com'", [3]],
    ['ID ne 2', [1, 3]],
    ["Created gt '2020-01-01'", [1, 2, 3]],
  ])('selects items where %s', async (filter, ids) => {
    const table = await makeOrders();
    const answer = await call('GetItems', { table, $filter: filter });
    expect(answer.problem).toBeUndefined();
    expect(readColumn(answer, 'ID')).toEqual(ids);
  });

  it.each([
    ["Titel eq 'x'", '$filter, character 1: there is no column Titel; there are ID, Title, Total,'],
    ["Total eq 'x'", '$filter, character 10: Total is a number, and “x” is not.'],
    ["Due gt 'soon'", '$filter, character 8: Due is a date, and “soon” is not.'],
    ["contains(Total, 'x')", '$filter, character 10: contains searches in text, and Total is not text.'],
    ['Total gt null', '$filter, character 10: null can only be compared with eq and ne.'],
    ['Extra eq 1', '$filter, character 1: items cannot be selected by Extra.'],
  ])('says what is wrong with %s', async (filter, message) => {
    const answer = await call('GetItems', { table: await makeOrders(), $filter: filter });
    expect(answer.status).toBe(400);
    expect(answer.problem?.message).toContain(message);
  });

  it('sorts, and gives no more than asked for', async () => {
    const table = await makeOrders();
    const sorted = await call('GetItems', { table, $orderby: 'Total desc', $top: '2' });
    expect(readColumn(sorted, 'Total')).toEqual([500, 50]);
    expect(readMember(sorted, '@odata.nextLink')).toBeUndefined();
    expect((await call('GetItems', { table, $top: 0 })).problem?.message).toContain('$top must be');
  });

  it('finds a list by id, by name and by a doubly encoded name, and describes its columns', async () => {
    const table = await makeOrders();
    const tables = await call('GetTables', {});
    const value = readMember(tables, 'value') as JsonObject[];
    const id = value.find(({ DisplayName }) => DisplayName === table)?.['Name'] ?? '';
    for (const name of [id, encodeURIComponent(table), table]) {
      expect(readColumn(await call('GetItems', { table: name }), 'ID')).toEqual([1, 2, 3]);
    }
    expect((await call('GetItems', { table: 'Nope' })).problem?.message).toBe('There is no list “Nope”.');
    const { body } = await call('GetTable', { table });
    expect(body).toMatchObject({
      title: table,
      schema: {
        items: {
          required: ['Title'],
          properties: {
            Total: { type: 'number' },
            Status: { properties: { Value: { enum: ['New', 'Done'] } } },
            ID: { readOnly: true },
          },
        },
      },
    });
  });
});

describe('triggers', () => {
  it('start with what comes after the first poll and skip nothing', async () => {
    const table = await makeList();
    await post(table, { Title: 'before' });
    const first = await call('GetOnNewItems', { table });
    expect(first).toMatchObject({ status: 202, headers: { 'retry-after': '1' } });
    let location = String(first.headers?.['location']);
    expect(location).toMatch(/^patchbay:\/\/lists\//);
    expect((await call('GetOnNewItems', { table }, { location })).status).toBe(202);
    for (let i = 0; i < 120; i++) await post(table, { Title: `item ${i}` });
    const seen: Json[] = [];
    for (;;) {
      const answer = await call('GetOnNewItems', { table }, { location });
      location = String(answer.headers?.['location']);
      if (answer.status === 202) break;
      seen.push(...readColumn(answer, 'Title'));
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => `item ${i}`));
  });

  it('fire for changes only where changes are asked for', async () => {
    const table = await makeList();
    const start = async (operationId: string) =>
      String((await call(operationId, { table })).headers?.['location']);
    const [created, updated] = [await start('GetOnNewItems'), await start('GetOnUpdatedItems')];
    await post(table, { Title: 'a' });
    await post(table, { Title: 'b' });
    await call('PatchItem', { table, id: 1 }, { body: { Title: 'a2' } });
    expect(readColumn(await call('GetOnNewItems', { table }, { location: created }), 'Title')).toEqual([
      'a2',
      'b',
    ]);
    expect(readColumn(await call('GetOnUpdatedItems', { table }, { location: updated }), 'Title')).toEqual([
      'b',
      'a2',
    ]);
  });
});
