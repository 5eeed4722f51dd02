import type { JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../../connector/index.ts';

const DATASET: JsonObject = {
  name: 'dataset',
  in: 'path',
  required: true,
  'x-ms-summary': 'Site',
  'x-ms-visibility': 'advanced',
  description:
    'Where the list lives. Patchbay keeps all lists of an environment together: leave it as it is.',
  schema: { type: 'string', default: 'default' },
};

const TABLE: JsonObject = {
  name: 'table',
  in: 'path',
  required: true,
  'x-ms-summary': 'List',
  description: 'The id or the name of the list.',
  schema: { type: 'string' },
  'x-ms-dynamic-values': {
    operationId: 'GetTables',
    parameters: { dataset: { parameter: 'dataset' } },
    'value-collection': 'value',
    'value-path': 'Name',
    'value-title': 'DisplayName',
  },
};

const ID: JsonObject = {
  name: 'id',
  in: 'path',
  required: true,
  'x-ms-summary': 'Id',
  description: 'The ID of the item.',
  schema: { type: 'integer', format: 'int64' },
};

const IF_MATCH: JsonObject = {
  name: 'If-Match',
  in: 'header',
  'x-ms-summary': 'ETag',
  'x-ms-visibility': 'advanced',
  description: 'Change the item only if its @odata.etag is still this one.',
  schema: { type: 'string' },
};

const FILTER: JsonObject = {
  name: '$filter',
  in: 'query',
  'x-ms-summary': 'Filter Query',
  description: "Which items, in OData: Status eq 'New' and Total gt 100.",
  schema: { type: 'string' },
};

const ORDER_BY: JsonObject = {
  name: '$orderby',
  in: 'query',
  'x-ms-summary': 'Order By',
  description: 'Columns to sort by, in OData: Created desc, Title.',
  schema: { type: 'string' },
};

const TOP: JsonObject = {
  name: '$top',
  in: 'query',
  'x-ms-summary': 'Top Count',
  description: 'How many items at most (100 if left out, 5,000 at most).',
  schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 5000 },
};

/** Parameters of SharePoint that flows carry along; they have no meaning here and are accepted. */
const FOLDER_PATH: JsonObject = {
  name: 'folderPath',
  in: 'query',
  'x-ms-visibility': 'internal',
  description: 'Without effect: lists have no folders.',
  schema: { type: 'string' },
};
const VIEW_SCOPE: JsonObject = {
  name: 'viewScopeOption',
  in: 'query',
  'x-ms-visibility': 'internal',
  description: 'Without effect: lists have no folders.',
  schema: { type: 'string' },
};
const VIEW: JsonObject = {
  name: 'view',
  in: 'query',
  'x-ms-visibility': 'internal',
  description: 'Without effect: lists have no views.',
  schema: { type: 'string' },
};

const DYNAMIC_ITEM: JsonObject = {
  operationId: 'GetTable',
  parameters: { dataset: { parameter: 'dataset' }, table: { parameter: 'table' } },
  'value-path': 'schema/items',
};

function respond(status: string, description: string, schema?: JsonObject): JsonObject {
  return { [status]: { description, ...(schema && { content: { 'application/json': { schema } } }) } };
}

const ITEM: JsonObject = { $ref: '#/components/schemas/Item' };
const ITEMS: JsonObject = { $ref: '#/components/schemas/ItemsList' };

const ITEM_BODY: JsonObject = {
  required: true,
  'x-ms-requestBody-name': 'item',
  content: {
    'application/json': { schema: { type: 'object', 'x-ms-dynamic-schema': DYNAMIC_ITEM } },
  },
};

const PATHS: JsonObject = {
  '/datasets/{dataset}/tables': {
    get: {
      operationId: 'GetTables',
      summary: 'Get lists',
      description: 'The lists of the environment.',
      parameters: [DATASET],
      responses: respond('200', 'The lists.', { $ref: '#/components/schemas/TablesList' }),
    },
  },
  '/$metadata.json/datasets/{dataset}/tables/{table}': {
    get: {
      operationId: 'GetTable',
      summary: 'Get list columns',
      description: 'The name of a list and the schema of its items.',
      'x-ms-visibility': 'internal',
      parameters: [DATASET, TABLE],
      responses: respond('200', 'The list.', { $ref: '#/components/schemas/TableMetadata' }),
    },
  },
  '/datasets/{dataset}/tables/{table}/items': {
    get: {
      operationId: 'GetItems',
      summary: 'Get items',
      description: 'Gets the items of a list.',
      'x-ms-visibility': 'important',
      'x-ms-pageable': { nextLinkName: '@odata.nextLink' },
      parameters: [DATASET, TABLE, FILTER, ORDER_BY, TOP, FOLDER_PATH, VIEW_SCOPE, VIEW],
      responses: respond('200', 'The items.', ITEMS),
    },
    post: {
      operationId: 'PostItem',
      summary: 'Create item',
      description: 'Creates a new item in a list.',
      'x-ms-visibility': 'important',
      parameters: [DATASET, TABLE, VIEW],
      requestBody: ITEM_BODY,
      responses: respond('200', 'The item that was created.', ITEM),
    },
  },
  '/datasets/{dataset}/tables/{table}/items/{id}': {
    get: {
      operationId: 'GetItem',
      summary: 'Get item',
      description: 'Gets a single item by its ID.',
      'x-ms-visibility': 'important',
      parameters: [DATASET, TABLE, ID, VIEW],
      responses: respond('200', 'The item.', ITEM),
    },
    patch: {
      operationId: 'PatchItem',
      summary: 'Update item',
      description: 'Changes columns of an item; columns that are left out stay as they are.',
      'x-ms-visibility': 'important',
      'x-patchbay-idempotent': true,
      parameters: [DATASET, TABLE, ID, VIEW, IF_MATCH],
      requestBody: ITEM_BODY,
      responses: respond('200', 'The changed item.', ITEM),
    },
    delete: {
      operationId: 'DeleteItem',
      summary: 'Delete item',
      description: 'Deletes an item from a list.',
      parameters: [DATASET, TABLE, ID, IF_MATCH],
      responses: respond('200', 'The item is gone.'),
    },
  },
  '/datasets/{dataset}/tables/{table}/onnewitems': {
    get: {
      operationId: 'GetOnNewItems',
      summary: 'When an item is created',
      description: 'Starts a flow for every item that is created.',
      'x-ms-visibility': 'important',
      'x-ms-trigger': 'batch',
      'x-ms-trigger-metadata': { kind: 'query', mode: 'polling' },
      'x-ms-trigger-hint': 'Create an item in the list to see it work.',
      parameters: [DATASET, TABLE, FOLDER_PATH, VIEW],
      responses: {
        ...respond('200', 'The new items.', ITEMS),
        ...respond('202', 'There are none yet.'),
      },
    },
  },
  '/datasets/{dataset}/tables/{table}/onupdateditems': {
    get: {
      operationId: 'GetOnUpdatedItems',
      summary: 'When an item is created or modified',
      description: 'Starts a flow for every item that is created, and again each time it is modified.',
      'x-ms-visibility': 'important',
      'x-ms-trigger': 'batch',
      'x-ms-trigger-metadata': { kind: 'query', mode: 'polling' },
      'x-ms-trigger-hint': 'Change an item in the list to see it work.',
      parameters: [DATASET, TABLE, FOLDER_PATH, VIEW],
      responses: {
        ...respond('200', 'The created and modified items.', ITEMS),
        ...respond('202', 'There are none yet.'),
      },
    },
  },
};

const SCHEMAS: JsonObject = {
  Item: { type: 'object', 'x-ms-dynamic-schema': DYNAMIC_ITEM },
  ItemsList: {
    type: 'object',
    properties: {
      value: { type: 'array', items: { type: 'object', 'x-ms-dynamic-schema': DYNAMIC_ITEM } },
    },
  },
  TablesList: {
    type: 'object',
    properties: {
      value: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            Name: { type: 'string', description: 'The id of the list.' },
            DisplayName: { type: 'string', description: 'The name of the list.' },
          },
        },
      },
    },
  },
  TableMetadata: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      title: { type: 'string' },
      schema: { type: 'object', description: 'JSON Schema of an array of items.' },
    },
  },
};

/** The list operations of SharePoint's connector: the same ids, parameters and shapes, so its flows run on it. */
export const listsDefinition: ConnectorDefinition = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Lists',
      description:
        'Lists with typed columns, kept by Patchbay. The operations are those of SharePoint lists.',
      version: '1.0',
    },
    'x-ms-connector-metadata': [{ propertyName: 'Categories', propertyValue: 'Data;Productivity' }],
    servers: [{ url: 'patchbay://lists' }],
    paths: PATHS,
    components: { schemas: SCHEMAS },
    'x-ms-capabilities': { testConnection: { operationId: 'GetTables', parameters: {} } },
  },
  properties: { iconBrandColor: '#036c70', capabilities: ['actions', 'triggers'], publisher: 'Patchbay' },
  source: { format: 'openapi-3.1', fileName: null },
  files: {},
};
