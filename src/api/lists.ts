import { type Static, Type } from 'typebox';
import { createPage, Id, IdParams, Instant, JsonRecord, nameSchema, PageQuery, Version } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

const tags = ['Lists'];

export const ColumnType = Type.Union([
  Type.Literal('text'),
  Type.Literal('multilineText'),
  Type.Literal('number'),
  Type.Literal('integer'),
  Type.Literal('boolean'),
  Type.Literal('date'),
  Type.Literal('dateTime'),
  Type.Literal('choice'),
  Type.Literal('person'),
  Type.Literal('hyperlink'),
  Type.Literal('json'),
]);
export type ColumnType = Static<typeof ColumnType>;

export const ListColumn = nameSchema(
  'ListColumn',
  Type.Object({
    name: Type.String({
      pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
      maxLength: 64,
      description: 'What expressions call it. Never changes.',
    }),
    title: Type.Optional(
      Type.String({ maxLength: 200, description: 'What people read; by default the name.' }),
    ),
    type: ColumnType,
    required: Type.Optional(Type.Boolean()),
    choices: Type.Optional(Type.Array(Type.String(), { description: 'The values of a choice column.' })),
  }),
);
export type ListColumn = Static<typeof ListColumn>;

export const List = nameSchema(
  'List',
  Type.Object({
    id: Id,
    name: Type.String(),
    description: Type.Optional(Type.String()),
    columns: Type.Array(ListColumn),
    itemCount: Type.Integer({ minimum: 0 }),
    createdAt: Instant,
    updatedAt: Instant,
  }),
);
export type List = Static<typeof List>;

export const ListItem = nameSchema(
  'ListItem',
  Type.Object({
    id: Type.Integer({ minimum: 1, description: 'Counts up in its list.' }),
    version: Version,
    fields: JsonRecord,
    createdAt: Instant,
    updatedAt: Instant,
  }),
);
/** A row: `fields` by column name; an empty cell is absent or null. */
export type ListItem = Static<typeof ListItem>;

const Name = Type.String({ minLength: 1, maxLength: 200 });
const Columns = Type.Array(ListColumn, { maxItems: 200 });
const ItemParams = Type.Object({ id: Id, itemId: Type.Integer({ minimum: 1 }) });
const ItemBody = Type.Object({ fields: JsonRecord });

export const listEndpoints = {
  listLists: defineEndpoint({
    method: 'GET',
    path: '/api/lists',
    summary: 'List the lists',
    tags,
    access: 'user',
    query: PageQuery,
    response: createPage(List),
  }),
  createList: defineEndpoint({
    method: 'POST',
    path: '/api/lists',
    summary: 'Create a list',
    tags,
    access: 'user',
    body: Type.Object({ name: Name, description: Type.Optional(Type.String()), columns: Columns }),
    response: List,
    status: 201,
  }),
  getList: defineEndpoint({
    method: 'GET',
    path: '/api/lists/:id',
    summary: 'Read a list',
    tags,
    access: 'user',
    params: IdParams,
    response: List,
  }),
  updateList: defineEndpoint({
    method: 'PATCH',
    path: '/api/lists/:id',
    summary: 'Rename a list or change its columns',
    description: 'A column that is left out is removed with its values.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({
      name: Type.Optional(Name),
      description: Type.Optional(Type.String()),
      columns: Type.Optional(Columns),
    }),
    response: List,
  }),
  deleteList: defineEndpoint({
    method: 'DELETE',
    path: '/api/lists/:id',
    summary: 'Delete a list with its items',
    tags,
    access: 'user',
    params: IdParams,
  }),
  listItems: defineEndpoint({
    method: 'GET',
    path: '/api/lists/:id/items',
    summary: 'List the items of a list',
    tags,
    access: 'user',
    params: IdParams,
    query: Type.Object({
      filter: Type.Optional(Type.String({ description: "OData: `Status eq 'New' and Total gt 10`" })),
      orderby: Type.Optional(Type.String({ description: 'OData: `Total desc`; by default the id.' })),
      top: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, default: 100 })),
      cursor: Type.Optional(Type.String()),
    }),
    response: createPage(ListItem),
  }),
  createItem: defineEndpoint({
    method: 'POST',
    path: '/api/lists/:id/items',
    summary: 'Add an item',
    tags,
    access: 'user',
    params: IdParams,
    body: ItemBody,
    response: ListItem,
    status: 201,
  }),
  addItems: defineEndpoint({
    method: 'POST',
    path: '/api/lists/:id/items/batch',
    summary: 'Add many items',
    description:
      'All or none: when some do not fit the columns, nothing is added, and `refused` says which, counted from 0, and why. With a key the same batch can be sent again, for a day, when no answer came: it is added once.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({
      items: Type.Array(ItemBody, { minItems: 1, maxItems: 1000 }),
      key: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          description: 'Names this batch in the list: a UUID, say. Other items under it are refused.',
        }),
      ),
    }),
    response: Type.Object({
      created: Type.Integer(),
      refused: Type.Array(Type.Object({ index: Type.Integer(), message: Type.String() })),
    }),
  }),
  getItem: defineEndpoint({
    method: 'GET',
    path: '/api/lists/:id/items/:itemId',
    summary: 'Read an item',
    tags,
    access: 'user',
    params: ItemParams,
    response: ListItem,
  }),
  updateItem: defineEndpoint({
    method: 'PATCH',
    path: '/api/lists/:id/items/:itemId',
    summary: 'Change fields of an item',
    description: 'Fields that are not given keep their values; null empties one.',
    tags,
    access: 'user',
    params: ItemParams,
    body: ItemBody,
    response: ListItem,
    ifMatch: 'optional',
  }),
  deleteItem: defineEndpoint({
    method: 'DELETE',
    path: '/api/lists/:id/items/:itemId',
    summary: 'Delete an item',
    tags,
    access: 'user',
    params: ItemParams,
    ifMatch: 'optional',
  }),
};
