import {
  endpoints,
  type ListItem as ItemView,
  type ListColumn,
  type List as ListView,
} from '../../api/index.ts';
import type { Json, JsonObject } from '../../base/index.ts';
import { checkFields, ListError, readColumns, resolveFilter, resolveOrderBy } from '../../builtin/index.ts';
import {
  addItemBatch,
  createList,
  createListItem,
  createListItems,
  deleteList,
  deleteListItem,
  findList,
  findListItem,
  type List,
  type ListItem,
  listListItems,
  listLists,
  updateList,
  updateListItem,
} from '../../store/index.ts';
import { ServerError } from '../errors.ts';
import { implement, type Route, setEtag } from '../route.ts';
import type { Services } from '../services.ts';

const DEFAULT_TOP = 100;

export const listRoutes: Route[] = [
  implement(endpoints.listLists, async ({ query }, { db, environmentId }) => {
    const page = await listLists(db, environmentId, query);
    return { ...page, value: page.value.map(viewList) };
  }),

  implement(endpoints.createList, async ({ body, caller }, { db, environmentId }) => {
    const columns = toJson(readColumns(toJson(body.columns)));
    const { name, description } = body;
    return viewList(
      await createList(db, { environmentId, name, description, columns, createdBy: caller?.userId }),
    );
  }),

  implement(endpoints.getList, async ({ params }, services) =>
    viewList(await requireList(params.id, services)),
  ),

  implement(endpoints.updateList, async ({ params, body }, services) => {
    const before = await requireList(params.id, services);
    const columns = body.columns && readColumns(toJson(body.columns));
    const kept = new Set(columns?.map((column) => column.name));
    const removedFields = columns && readColumns(before.columns).map(({ name }) => name);
    const changed = await updateList(
      services.db,
      params.id,
      {
        name: body.name,
        description: body.description,
        columns: columns && toJson(columns),
        removedFields: removedFields?.filter((name) => !kept.has(name)),
      },
      before.version,
    );
    return viewList(changed);
  }),

  implement(endpoints.deleteList, async ({ params }, { db }) => {
    await deleteList(db, params.id);
    return undefined;
  }),

  implement(endpoints.listItems, async ({ params, query }, services) => {
    const list = await requireList(params.id, services);
    const columns = readColumns(list.columns);
    const page = await listListItems(services.db, list.id, {
      filter: query.filter ? resolveFilter(columns, query.filter) : undefined,
      order: query.orderby ? resolveOrderBy(columns, query.orderby) : undefined,
      limit: query.top ?? DEFAULT_TOP,
      cursor: query.cursor,
    });
    return { ...page, value: page.value.map(viewItem) };
  }),

  implement(endpoints.createItem, async ({ params, body, caller, reply }, services) => {
    const list = await requireList(params.id, services);
    const fields = checkFields(readColumns(list.columns), body.fields, 'create');
    const item = await createListItem(services.db, list.id, withoutEmpty(fields), caller?.email);
    setEtag(reply, item.version);
    return viewItem(item);
  }),

  implement(endpoints.addItems, async ({ params, body, caller }, services) => {
    const list = await requireList(params.id, services);
    const columns = readColumns(list.columns);
    const checked = body.items.map(({ fields }) => check(columns, fields));
    const refused = checked.flatMap(({ message }, index) =>
      message === undefined ? [] : [{ index, message }],
    );
    if (refused.length > 0) return { created: 0, refused };
    const items = checked.flatMap(({ fields }) => (fields === undefined ? [] : [withoutEmpty(fields)]));
    const { key } = body;
    if (key !== undefined) {
      const batch = { key, items, createdBy: caller?.email };
      return { created: await addItemBatch(services.db, list.id, batch), refused };
    }
    const created = await createListItems(services.db, list.id, items, caller?.email);
    return { created: created.length, refused };
  }),

  implement(endpoints.getItem, async ({ params, reply }, { db }) => {
    const item = await findListItem(db, params.id, params.itemId);
    if (item === undefined) throw new ServerError('NOT_FOUND', `The list has no item ${params.itemId}.`);
    setEtag(reply, item.version);
    return viewItem(item);
  }),

  implement(endpoints.updateItem, async ({ params, body, ifMatch, caller, reply }, services) => {
    const list = await requireList(params.id, services);
    const fields = checkFields(readColumns(list.columns), body.fields, 'update');
    const options = { expectedVersion: ifMatch, updatedBy: caller?.email };
    const item = await updateListItem(services.db, list.id, params.itemId, fields, options);
    setEtag(reply, item.version);
    return viewItem(item);
  }),

  implement(endpoints.deleteItem, async ({ params, ifMatch }, { db }) => {
    await deleteListItem(db, params.id, params.itemId, ifMatch);
    return undefined;
  }),
];

async function requireList(id: string, { db }: Services): Promise<List> {
  const list = await findList(db, id);
  if (list === undefined) throw new ServerError('NOT_FOUND', `There is no list ${id}.`);
  return list;
}

function viewList(list: List): ListView {
  const { id, name, description, columns, itemCount, createdAt, updatedAt } = list;
  return {
    id,
    name,
    description: description || undefined,
    columns: readColumns(columns) as ListColumn[],
    itemCount,
    createdAt,
    updatedAt,
  };
}

function viewItem({ id, version, fields, createdAt, updatedAt }: ListItem): ItemView {
  return { id, version, fields, createdAt, updatedAt };
}

function check(columns: ReturnType<typeof readColumns>, given: JsonObject) {
  try {
    return { fields: checkFields(columns, given, 'create') };
  } catch (error) {
    if (error instanceof ListError) return { message: error.message };
    throw error;
  }
}

function withoutEmpty(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function toJson(value: unknown): Json {
  return value as Json;
}
