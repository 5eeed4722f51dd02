/** Operations with extensions of every kind, in which nothing is wrong. */
import type { JsonObject } from '../../src/base/index.ts';

const text = (name: string, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  'x-ms-summary': name,
  ...more,
});

const answer = (schema: JsonObject): JsonObject => ({
  '200': { description: 'What there is.', content: { 'application/json': { schema } } },
});

const parameter = (name: string, place: string, more: JsonObject = {}): JsonObject => ({
  name,
  in: place,
  'x-ms-summary': name === 'shelf' ? 'Shelf' : 'Floor',
  description: 'Where the books stand.',
  schema: { type: 'string' },
  ...(place === 'path' ? { required: true, 'x-ms-url-encoding': 'single' } : {}),
  ...more,
});

const SHELVES: JsonObject = {
  type: 'object',
  properties: {
    value: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'string', 'x-ms-capabilities': { filterFunctions: ['eq', 'contains'] } },
          name: { type: 'string' },
          isParent: { type: 'boolean' },
        },
      },
    },
  },
};

const LIST: JsonObject = {
  operationId: 'ListShelves',
  parameters: { floor: { value: '1' } },
  itemsPath: 'value',
  itemValuePath: 'id',
  itemTitlePath: 'name',
};

/** A book as somebody puts it on a shelf: what may stand where depends on the floor. */
const BOOK: JsonObject = {
  type: 'object',
  required: ['floor', 'details'],
  properties: {
    floor: text('Floor'),
    secret: text('Secret', { 'x-ms-visibility': 'internal' }),
    place: text('Place', {
      'x-ms-dynamic-values': {
        operationId: 'ListShelves',
        parameters: { floor: { parameter: 'floor' } },
        'value-collection': 'value',
        'value-path': 'id',
        'value-title': 'name',
      },
      'x-ms-dynamic-list': { ...LIST, parameters: { floor: { parameterReference: 'body/floor' } } },
    }),
    folder: text('Folder', {
      'x-ms-dynamic-tree': {
        settings: { canSelectParentNodes: true },
        open: { ...LIST, itemIsParent: 'isParent' },
        browse: { ...LIST, parameters: { floor: { selectedItemValuePath: 'id' } } },
      },
    }),
    labels: { type: 'object', 'x-ms-editor': 'dictionary', additionalProperties: { type: 'string' } },
    details: {
      type: 'object',
      'x-ms-dynamic-schema': {
        operationId: 'GetShelfSchema',
        parameters: { shelf: { parameter: 'shelf' } },
        'value-path': 'schema/properties',
      },
      'x-ms-dynamic-properties': {
        operationId: 'GetShelfSchema',
        parameters: { shelf: { parameterReference: 'shelf' } },
        itemValuePath: 'schema',
      },
    },
  },
};

const HOOK: JsonObject = {
  type: 'object',
  required: ['target'],
  properties: {
    target: {
      type: 'object',
      'x-ms-visibility': 'internal',
      required: ['url'],
      properties: { url: { type: 'string', 'x-ms-notification-url': true } },
    },
  },
};

const json = (schema: JsonObject): JsonObject => ({
  required: true,
  content: { 'application/json': { schema } },
});

export const EXTENSION_PATHS: JsonObject = {
  '/shelves': {
    get: {
      operationId: 'ListShelves',
      summary: 'List shelves',
      description: 'Names the shelves of a floor.',
      'x-ms-pageable': { nextLinkName: 'nextLink' },
      'x-ms-api-annotation': { family: 'ListShelves', revision: 1, status: 'Production' },
      parameters: [parameter('floor', 'query', { required: true })],
      responses: answer(SHELVES),
    },
  },
  '/shelves/{shelf}/schema': {
    get: {
      operationId: 'GetShelfSchema',
      summary: 'Get the shape of a shelf',
      description: 'Says what is kept of each book.',
      'x-ms-visibility': 'internal',
      parameters: [parameter('shelf', 'path')],
      responses: answer({ type: 'object', properties: { schema: { type: 'object' } } }),
    },
  },
  '/shelves/{shelf}/books': {
    post: {
      operationId: 'AddBook',
      summary: 'Add a book',
      description: 'Puts a book on a shelf.',
      parameters: [parameter('shelf', 'path')],
      requestBody: json(BOOK),
      responses: answer({ type: 'object', properties: { id: { type: 'string' } } }),
    },
  },
  '/hooks': {
    'x-ms-notification-content': {
      description: 'Who has lent what.',
      schema: { type: 'object', properties: { id: { type: 'string' } } },
    },
    post: {
      operationId: 'OnLoan',
      summary: 'When a book is lent',
      description: 'This operation triggers when somebody takes a book home.',
      'x-ms-trigger': 'single',
      requestBody: json(HOOK),
      responses: { '201': { description: 'The hook is there.' } },
    },
  },
};
