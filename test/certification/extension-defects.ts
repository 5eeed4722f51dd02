/** Defects of extensions, schemas and media types to plant, by rule. */
import type { Json, JsonObject } from '../../src/base/index.ts';

const BOOK = '/paths/~1shelves~1{shelf}~1books/post';
const BODY = `${BOOK}/requestBody/content/application~1json/schema`;
const PLACE = `${BODY}/properties/place`;
const DETAILS = `${BODY}/properties/details`;
const TREE = `${BODY}/properties/folder/x-ms-dynamic-tree`;
const SHELVES = '/paths/~1shelves/get';
const ANSWER = `${SHELVES}/responses/200/content/application~1json/schema/properties/value`;
const HOOK = '/paths/~1hooks';
const HOOK_BODY = `${HOOK}/post/requestBody/content/application~1json/schema`;
const SCHEMA = '/components/schemas/Thing';

interface DocumentDefect {
  readonly document: Readonly<Record<string, Json | undefined>>;
}

const changes = (document: DocumentDefect['document']): DocumentDefect => ({ document });

const revision = (path: string, annotation: JsonObject, more: JsonObject = {}): [string, JsonObject] => [
  `/paths/~1${path}`,
  {
    get: {
      operationId: path,
      summary: 'x',
      description: 'y.',
      responses: {},
      'x-ms-api-annotation': annotation,
      ...more,
    },
  },
];

/** A filter of the shelves' ids. */
const filter = (functions: Json) =>
  changes({ [`${ANSWER}/items/properties/id/x-ms-capabilities`]: { filterFunctions: functions } });

/** A list in a parameter instead of a body; the twin would say which of two inputs is meant. */
const inParameter = (extension: string, written: Json) =>
  changes({ [`${BOOK}/parameters/0/${extension}`]: written });

function nest(levels: number): JsonObject {
  return levels === 0 ? { type: 'string' } : { type: 'object', properties: { a: nest(levels - 1) } };
}

const MANY = Object.fromEntries(
  Array.from({ length: 1100 }, (_, index) => [`p${index}`, { type: 'string' }]),
);

export const EXTENSION_DEFECTS: Readonly<Record<string, readonly DocumentDefect[]>> = {
  'CERT-SECURITY-EMPTY': [changes({ '/security': [{ key: ['read'] }] })],
  'CERT-SECURITY-SCOPES': [
    changes({
      '/components/securitySchemes/oauth': {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://a.example',
            tokenUrl: 'https://b.example',
            scopes: { read: '' },
          },
        },
      },
      '/security': [{ oauth: [] }],
    }),
  ],
  'CERT-SECURITY-SCHEME': [
    changes({ '/components/securitySchemes/key/name': undefined }),
    changes({ '/components/securitySchemes/key/in': 'cookie' }),
    changes({ '/components/securitySchemes/key/type': 'magic' }),
    changes({
      '/components/securitySchemes/key': {
        type: 'oauth2',
        flows: { authorizationCode: { authorizationUrl: 'https://a.example', scopes: {} } },
      },
    }),
  ],
  'CERT-DOCUMENT-FORM': [changes({ [`${SHELVES}/deprecated`]: 'yes' })],
  'CERT-DOCUMENT-UNKNOWN': [changes({ [`${SHELVES}/sumary`]: 'List shelves' })],
  'CERT-NEXT-LINK': [changes({ [`${SHELVES}/x-ms-pageable/nextLinkName`]: 'nextlink' })],

  'CERT-REVISION-EMPTY': [
    changes({ [`${SHELVES}/x-ms-api-annotation/revision`]: undefined }),
    changes({ [`${SHELVES}/x-ms-api-annotation/revision`]: 'one' }),
  ],
  'CERT-REVISION-UNIQUE': [
    changes(Object.fromEntries([revision('shelves2', { family: 'ListShelves', revision: 1 })])),
    changes(
      Object.fromEntries([
        revision('a', { family: 'Empty' }),
        revision('b', { family: 'Empty' }, { deprecated: true }),
      ]),
    ),
  ],
  'CERT-REVISION-ACTIVE': [
    changes(
      Object.fromEntries([
        revision('shelves2', { family: 'ListShelves', revision: 2, status: 'Production' }),
      ]),
    ),
  ],
  'CERT-REVISION-ID': [changes({ [`${SHELVES}/x-ms-api-annotation/revision`]: 2 })],
  'CERT-STATUS': [
    changes({ [`${SHELVES}/x-ms-api-annotation/status`]: 'production' }),
    changes({ [`${SHELVES}/x-ms-api-annotation/status`]: 'Finished' }),
  ],
  'CERT-STATUS-AHEAD': [changes({ '/info/x-ms-api-annotation': { status: 'Preview' } })],
  'CERT-REPLACEMENT': [
    changes({ [`${SHELVES}/x-ms-api-annotation/replacement`]: { api: 'library', operationId: 'AddBook' } }),
    changes({
      [`${SHELVES}/deprecated`]: true,
      [`${SHELVES}/x-ms-api-annotation/replacement`]: { operationId: 'AddBook' },
    }),
    changes({
      [`${SHELVES}/deprecated`]: true,
      [`${SHELVES}/x-ms-api-annotation/replacement`]: { api: 'library' },
    }),
  ],

  'CERT-WEBHOOK-URL': [
    changes({ [`${HOOK_BODY}/properties/target/properties/url/x-ms-notification-url`]: undefined }),
  ],
  'CERT-CALLBACK-PLACE': [changes({ [`${BOOK}/parameters/0/x-ms-notification-url`]: true })],
  'CERT-CALLBACK-TEXT': [changes({ [`${HOOK_BODY}/properties/target/properties/url/type`]: 'integer' })],
  'CERT-CALLBACK-INTERNAL': [changes({ [`${HOOK_BODY}/properties/target/x-ms-visibility`]: undefined })],
  'CERT-CALLBACK-REQUIRED': [
    changes({ [`${HOOK_BODY}/required`]: undefined }),
    changes({ [`${HOOK_BODY}/properties/target/required`]: undefined }),
  ],
  'CERT-NOTIFICATION-MISSING': [changes({ [`${HOOK}/x-ms-notification-content`]: undefined })],
  'CERT-NOTIFICATION-CONTENT': [changes({ [`${BOOK}/x-ms-notification-content`]: { schema: {} } })],
  'CERT-NOTIFICATION-BOTH': [changes({ [`${HOOK}/post/x-ms-notification`]: { operationId: 'OnLoan' } })],

  'CERT-DYNAMIC-OPERATION': [
    changes({ [`${PLACE}/x-ms-dynamic-values/operationId`]: 'ListNumbers' }),
    changes({ [`${TREE}/browse/operationId`]: 'ListNumbers' }),
    changes({ '/x-ms-capabilities': { testConnection: { operationId: 'Ping' } } }),
    changes({ [`${HOOK}/post/x-ms-operation-context`]: { simulate: { operationId: 'LastLoan' } } }),
  ],
  'CERT-DYNAMIC-FORM': [
    changes({ [`${PLACE}/x-ms-dynamic-values`]: 'ListShelves' }),
    changes({ [`${PLACE}/x-ms-dynamic-values/operationId`]: undefined }),
  ],
  'CERT-DYNAMIC-PARAMETERS': [changes({ [`${PLACE}/x-ms-dynamic-values/parameters/cellar`]: 'wine' })],
  'CERT-DYNAMIC-REFERENCE': [
    changes({ [`${PLACE}/x-ms-dynamic-values/parameters/floor`]: { parameter: 'cellar' } }),
    changes({ [`${PLACE}/x-ms-dynamic-list/parameters/floor`]: { parameterReference: 'body/cellar' } }),
  ].map(({ document }) =>
    changes({
      ...document,
      [`${DETAILS}/x-ms-dynamic-schema`]: undefined,
      [`${DETAILS}/x-ms-dynamic-properties`]: undefined,
    }),
  ),
  'CERT-DYNAMIC-MISSING': [changes({ [`${PLACE}/x-ms-dynamic-list/parameters`]: undefined })],
  'CERT-DYNAMIC-OPTIONAL': [changes({ [`${BODY}/required`]: ['details'] })],
  'CERT-DYNAMIC-TYPE': [
    changes({ [`${PLACE}/x-ms-dynamic-values/parameters/floor`]: ['1'] }),
    changes({ [`${SHELVES}/parameters/0/schema/type`]: 'integer' }),
  ],
  'CERT-DYNAMIC-INTERNAL': [
    changes({ [`${PLACE}/x-ms-dynamic-values/parameters/floor`]: { parameter: 'secret' } }),
  ],
  'CERT-DYNAMIC-LIST': [
    changes({ [`${PLACE}/x-ms-dynamic-values/value-collection`]: 'items' }),
    changes({ [ANSWER]: { type: 'string' } }),
  ],
  'CERT-DYNAMIC-ITEM': [
    changes({ [`${PLACE}/x-ms-dynamic-values/value-path`]: 'number' }),
    changes({ [`${PLACE}/x-ms-dynamic-list/itemTitlePath`]: 'title' }),
    changes({ [`${DETAILS}/x-ms-dynamic-schema/value-path`]: 'shape' }),
  ],
  'CERT-DYNAMIC-AMBIGUOUS': [
    changes({
      [`${PLACE}/x-ms-dynamic-list`]: undefined,
      [`${BODY}/properties/labels`]: { type: 'object', properties: { floor: { type: 'string' } } },
    }),
    changes({
      [`${DETAILS}/x-ms-dynamic-properties`]: undefined,
      [`${BODY}/properties/shelf`]: { type: 'string' },
    }),
  ],
  'CERT-DYNAMIC-TWIN': [
    changes({ [`${PLACE}/x-ms-dynamic-list`]: undefined }),
    changes({
      [`${DETAILS}/x-ms-dynamic-properties`]: undefined,
      [`${DETAILS}/x-ms-dynamic-schema/parameters/shelf`]: { parameter: 'floor' },
    }),
  ],
  'CERT-DYNAMIC-PROPERTIES-PATH': [changes({ [`${DETAILS}/x-ms-dynamic-properties`]: undefined })],
  'CERT-DYNAMIC-PATHS': [changes({ [`${DETAILS}/x-ms-dynamic-properties/itemValuePath`]: undefined })],
  'CERT-DYNAMIC-POSITION': [
    inParameter('x-ms-dynamic-schema', { operationId: 'ListShelves', parameters: { floor: '1' } }),
  ],
  'CERT-DYNAMIC-SELECTION': [changes({ [`${TREE}/open/parameters/floor`]: { selectedItemValuePath: 'id' } })],
  'CERT-DYNAMIC-TREE': [
    inParameter('x-ms-dynamic-values', { capability: 'file-picker' }),
    changes({
      [`${BOOK}/parameters/0/x-ms-dynamic-values`]: { capability: 'file-picker' },
      '/x-ms-capabilities': { 'file-picker': { open: { operationId: 'ListShelves' } } },
    }),
  ],

  'CERT-MEDIA-TYPE': [
    changes({ [`${BOOK}/requestBody/content`]: { json: { schema: { type: 'object', properties: {} } } } }),
  ],
  'CERT-MEDIA-SCHEMA': [
    changes({ [`${BOOK}/requestBody/content`]: { 'text/plain': { schema: { type: 'array', items: {} } } } }),
  ],
  'CERT-BINARY-FORM': [
    changes({
      [`${BOOK}/requestBody/content`]: {
        'application/x-www-form-urlencoded': {
          schema: { type: 'object', properties: { cover: { type: 'string', format: 'binary' } } },
        },
      },
    }),
  ],
  'CERT-BINARY-PROPERTY': [
    changes({
      [`${BODY}/properties/cover`]: { type: 'string', contentMediaType: 'application/octet-stream' },
    }),
  ],
  'CERT-RESP-HEADERS': [
    changes({ [`${SHELVES}/responses/200/headers`]: { ETag: { schema: {} }, etag: { schema: {} } } }),
  ],

  'CERT-PATH-TEMPLATE': ['/a/{id=7}', '/a/{}', '/a/{id'].map((path) =>
    changes({ [`/paths/${path.replaceAll('/', '~1')}`]: { get: { operationId: 'A', responses: {} } } }),
  ),
  'CERT-PARAM-ENCODING': [
    changes({ [`${SHELVES}/parameters/0/x-ms-url-encoding`]: 'single' }),
    changes({ [`${BOOK}/parameters/0/x-ms-url-encoding`]: 'twice' }),
  ],
  'CERT-PARAM-EMPTY': [changes({ [`${BOOK}/parameters/0/allowEmptyValue`]: true })],
  'CERT-PARAM-SAME-NAME': [
    changes({
      [`${BOOK}/parameters`]: [
        { name: 'shelf', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'shelf', in: 'header', schema: { type: 'integer' } },
      ],
    }),
  ],
  'CERT-PARAM-FIELD-NAME': [
    changes({
      [`${BOOK}/x-patchbay-form-parameters`]: true,
      [`${BOOK}/requestBody/content`]: {
        'multipart/form-data': { schema: { type: 'object', properties: { 'a"b': { type: 'string' } } } },
      },
    }),
  ],

  'CERT-REF-LOOP': ['schemas', 'parameters', 'responses'].map((group) =>
    changes({
      [`/components/${group}`]: {
        A: { $ref: `#/components/${group}/B` },
        B: { $ref: `#/components/${group}/A` },
      },
    }),
  ),
  'CERT-REQUIRED-LOOP': [
    changes({
      [SCHEMA]: {
        type: 'object',
        required: ['self'],
        properties: { self: { $ref: '#/components/schemas/Thing' } },
      },
    }),
    changes({
      [SCHEMA]: { type: 'object', required: ['b'], properties: { b: { $ref: '#/components/schemas/B' } } },
      '/components/schemas/B': { allOf: [{ $ref: '#/components/schemas/Thing' }] },
    }),
  ],
  'CERT-SCHEMA-DEPTH': [changes({ [SCHEMA]: nest(21) })],
  'CERT-SCHEMA-COUNT': [changes({ [`${BODY}/properties`]: MANY, [`${BODY}/required`]: ['p1'] })],
  'CERT-REQUIRED-OBJECT': [changes({ [SCHEMA]: { type: 'array', items: {}, required: ['a'] } })],
  'CERT-READONLY-INPUT': [changes({ [`${BODY}/properties/floor/readOnly`]: true })],
  'CERT-FORMAT': [changes({ [SCHEMA]: { type: 'string', format: 'phone' } })],
  'CERT-DEFAULT-ENUM': [
    changes({ [SCHEMA]: { type: 'string', enum: ['red', 'green'], default: 'Red' } }),
    changes({ [SCHEMA]: { type: 'string', enum: ['red', 'green'], default: 'blue' } }),
  ],
  'CERT-EDITOR-DICTIONARY': [
    changes({ [`${BODY}/properties/labels/additionalProperties`]: undefined }),
    changes({ [`${BODY}/properties/labels/type`]: 'string' }),
  ],
  'CERT-FILTER-FUNCTIONS': [filter([]), filter(['eq', 'eq']), filter(['sounds-like'])],
  'CERT-FILTER-INPUT': [
    changes({ [`${BODY}/properties/floor/x-ms-capabilities`]: { filterFunctions: ['eq'] } }),
  ],
};
