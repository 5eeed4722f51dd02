import type { Kysely } from 'kysely';
import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { BuiltinAnswer, BuiltinCall, BuiltinConnector } from '../../gateway/index.ts';
import {
  createListItem,
  type Database,
  deleteListItem,
  findListItem,
  listListItems,
  listLists,
  updateListItem,
} from '../../store/index.ts';
import { answerErrors } from '../answer-error.ts';
import { checkFields } from './check-fields.ts';
import { ListError } from './errors.ts';
import { openList } from './find-list.ts';
import { buildItemBody, formatEtag, readEtag } from './item-body.ts';
import { buildItemSchema } from './item-schema.ts';
import { pollItems } from './poll-items.ts';
import { resolveFilter, resolveOrderBy } from './resolve-query.ts';

type Handler = (db: Kysely<Database>, call: BuiltinCall) => Promise<BuiltinAnswer>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  GetTables: getTables,
  GetTable: getTable,
  GetItems: getItems,
  GetItem: getItem,
  PostItem: postItem,
  PatchItem: patchItem,
  DeleteItem: deleteItem,
  GetOnNewItems: (db, call) => pollItems(db, call, 'created'),
  GetOnUpdatedItems: (db, call) => pollItems(db, call, 'changed'),
};

/** The Lists connector: the operations of SharePoint's lists on lists that Patchbay keeps. */
export function createLists(db: Kysely<Database>): BuiltinConnector {
  return {
    name: 'lists',
    call: (call) =>
      answerErrors(async () => {
        const handler = HANDLERS[call.operationId];
        if (handler === undefined) throw new TypeError(`Lists has no operation ${call.operationId}.`);
        return handler(db, call);
      }),
  };
}

/** As many as SharePoint gives when nobody says how many. */
const DEFAULT_TOP = 100;

async function getTables(db: Kysely<Database>, call: BuiltinCall): Promise<BuiltinAnswer> {
  const { value } = await listLists(db, call.environmentId, { limit: 200 });
  return { status: 200, body: { value: value.map(({ id, name }) => ({ Name: id, DisplayName: name })) } };
}

async function getTable(db: Kysely<Database>, call: BuiltinCall): Promise<BuiltinAnswer> {
  const { list, columns } = await openList(db, call.environmentId, call.parameters['table']);
  const schema = { type: 'array', items: buildItemSchema(columns) };
  return { status: 200, body: { name: list.id, title: list.name, schema } };
}

async function getItems(db: Kysely<Database>, call: BuiltinCall): Promise<BuiltinAnswer> {
  const { list, columns } = await openList(db, call.environmentId, call.parameters['table']);
  const filter = readOption(call, '$filter');
  const orderBy = readOption(call, '$orderby');
  const top = readTop(call.parameters['$top']);
  const cursor = call.location === undefined ? undefined : readSkipToken(call.location);
  const page = await listListItems(db, list.id, {
    filter: filter === undefined ? undefined : resolveFilter(columns, filter),
    order: orderBy === undefined ? undefined : resolveOrderBy(columns, orderBy),
    limit: top ?? DEFAULT_TOP,
    cursor,
  });
  const value = page.value.map((item) => buildItemBody(list, columns, item));
  // Whoever says how many items he wants gets no more.
  if (page.nextCursor === undefined || top !== undefined) return { status: 200, body: { value } };
  const query = new URLSearchParams({ $skiptoken: page.nextCursor });
  const nextLink = `patchbay://lists/datasets/default/tables/${list.id}/items?${query}`;
  return { status: 200, body: { value, '@odata.nextLink': nextLink } };
}

async function getItem(db: Kysely<Database>, call: BuiltinCall): Promise<BuiltinAnswer> {
  const { list, columns } = await openList(db, call.environmentId, call.parameters['table']);
  const id = readId(call.parameters['id']);
  const item = await findListItem(db, list.id, id);
  if (item === undefined) {
    throw new ListError('LIST_ITEM_NOT_FOUND', `The list ${list.name} has no item ${id}.`);
  }
  return answerItem(buildItemBody(list, columns, item), item.version);
}

async function postItem(db: Kysely<Database>, call: BuiltinCall): Promise<BuiltinAnswer> {
  const { list, columns } = await openList(db, call.environmentId, call.parameters['table']);
  const item = await createListItem(db, list.id, checkFields(columns, readItem(call.body), 'create'));
  return answerItem(buildItemBody(list, columns, item), item.version);
}

async function patchItem(db: Kysely<Database>, call: BuiltinCall): Promise<BuiltinAnswer> {
  const { list, columns } = await openList(db, call.environmentId, call.parameters['table']);
  const fields = checkFields(columns, readItem(call.body), 'update');
  const expectedVersion = readExpectedVersion(call);
  const item = await updateListItem(db, list.id, readId(call.parameters['id']), fields, { expectedVersion });
  return answerItem(buildItemBody(list, columns, item), item.version);
}

async function deleteItem(db: Kysely<Database>, call: BuiltinCall): Promise<BuiltinAnswer> {
  const { list } = await openList(db, call.environmentId, call.parameters['table']);
  await deleteListItem(db, list.id, readId(call.parameters['id']), readExpectedVersion(call));
  return { status: 200, body: null };
}

function answerItem(body: JsonObject, version: number): BuiltinAnswer {
  return { status: 200, headers: { etag: formatEtag(version) }, body };
}

function readItem(body: Json | undefined): JsonObject {
  if (body === undefined || body === null) return {};
  if (isJsonObject(body)) return body;
  throw new ListError('LIST_INPUT_INVALID', 'The item must be an object with the columns by name.');
}

function readId(value: Json | undefined): number {
  const id = typeof value === 'string' ? Number(value.trim() === '' ? Number.NaN : value) : value;
  if (typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= 2_147_483_647) return id;
  const shown = value === undefined || value === null ? 'nothing' : `“${String(value)}”`;
  throw new ListError('LIST_INPUT_INVALID', `The id of the item must be a whole number, not ${shown}.`);
}

function readTop(value: Json | undefined): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const top = Number(value);
  if (Number.isInteger(top) && top > 0) return Math.min(top, 5000);
  throw new ListError('LIST_INPUT_INVALID', `$top must be a whole number above 0, not “${String(value)}”.`);
}

function readOption(call: BuiltinCall, name: string): string | undefined {
  const value = call.parameters[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function readExpectedVersion(call: BuiltinCall): number | undefined {
  const version = readEtag(call.parameters['If-Match']);
  // An ETag that names no version of an item is one that it does not have: as good as outdated.
  return version !== undefined && Number.isNaN(version) ? 0 : version;
}

function readSkipToken(location: string): string | undefined {
  return URL.parse(location)?.searchParams.get('$skiptoken') ?? undefined;
}
