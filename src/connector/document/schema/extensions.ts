import { choice, type DocumentSchema, fields, flag, list, map, ref, text } from './schema-types.ts';

/** The extensions of the Power Platform, by where they stand. docs/extensions.md says what Patchbay does with each. */

const OPERATION_ID: DocumentSchema = text('The operation that is called.', { 'x-suggest': 'operationIds' });

const SUMMARY = text('The label people see. Without it the title counts, then the name.');

const VISIBILITY = choice(
  'Who sees it: forms show required, important, normal and, on request, advanced fields.',
  {
    important: 'Shown first.',
    none: 'Shown after the important ones; the same as leaving it out.',
    advanced: 'Shown only on request.',
    internal: 'Hidden. A required input needs a default, which is sent.',
    normal: 'The same as none.',
  },
  { 'x-doubt': true },
);

const TEST_VALUE: DocumentSchema = { description: 'Filled in when an operation is tried, and in samples.' };

const PATH = (what: string) => text(`${what} A path into the answer, with slashes: \`data/items\`.`);

/** Inputs of an operation that another one asks: older form. */
const ARGUMENTS = map(
  'Inputs of the operation, by name: a value, or `{"parameter": name}` for what stands in another field.',
  {
    type: ['object', 'string', 'number', 'boolean', 'array', 'null'],
    properties: { parameter: text('The field whose value is taken.') },
  },
);

/** As `ARGUMENTS`: newer form. */
const REFERENCES = map(
  'Inputs of the operation, by name: `{"parameterReference": "body/order/id"}` or `{"value": 5}`.',
  {
    type: 'object',
    properties: {
      parameterReference: text('The field whose value is taken: a parameter, or a path into the body.'),
      value: { description: 'A value that is always the same.' },
    },
  },
);

const DYNAMIC_VALUES = fields(
  'A dropdown filled by an operation.',
  {
    operationId: OPERATION_ID,
    parameters: ARGUMENTS,
    'value-collection': PATH('Where the list is. Without it: the answer itself, or the first list in it.'),
    'value-path': PATH('The value of an item.'),
    'value-title': PATH('The title of an item. Without it the value is shown.'),
    'value-description': PATH('The description of an item.'),
    'value-selectable': PATH('Whether an item may be chosen.'),
    capability: text('`file-picker`: a tree of files instead of a list.', { examples: ['file-picker'] }),
    builtInOperation: text(
      'A list of the Power Platform, which has no counterpart here: the value is typed.',
    ),
  },
  { additionalProperties: {} },
);

const DYNAMIC_LIST = fields(
  'A dropdown filled by an operation; inputs may reach into the body.',
  {
    operationId: OPERATION_ID,
    parameters: REFERENCES,
    itemsPath: PATH('Where the list is.'),
    itemValuePath: PATH('The value of an item.'),
    itemTitlePath: PATH('The title of an item.'),
    itemDescriptionPath: PATH('The description of an item.'),
  },
  { additionalProperties: {} },
);

const DYNAMIC_SCHEMA = fields(
  'Fields that an operation names.',
  {
    operationId: OPERATION_ID,
    parameters: ARGUMENTS,
    'value-path': PATH('Where the schema is. Without it the answer is the properties.'),
  },
  { additionalProperties: {} },
);

const DYNAMIC_PROPERTIES = fields(
  'Fields that an operation names; inputs may reach into the body.',
  {
    operationId: OPERATION_ID,
    parameters: REFERENCES,
    itemValuePath: PATH('Where the schema is. Without it the answer is the schema.'),
  },
  { additionalProperties: {} },
);

const TREE_CALL = fields(
  'How nodes are asked for.',
  {
    operationId: OPERATION_ID,
    parameters: map('Inputs of the operation, by name.', {
      type: 'object',
      properties: {
        parameterReference: text('The field whose value is taken.'),
        selectedItemValuePath: PATH('A value of the node that was opened; only below `browse`.'),
        value: { description: 'A value that is always the same.' },
      },
    }),
    itemsPath: PATH('Where the nodes are.'),
    itemValuePath: PATH('The value of a node.'),
    itemTitlePath: PATH('The title of a node.'),
    itemFullTitlePath: PATH('The title of a node with all above it.'),
    itemIsParent: text(
      'Whether a node has others below it: `true`, or a filter such as `(is_folder eq true)`.',
    ),
    selectableFilter: text('Which nodes may be chosen, as a filter.'),
  },
  { additionalProperties: {} },
);

const DYNAMIC_TREE = fields('A tree that is opened level by level.', {
  settings: fields('What may be chosen.', {
    canSelectParentNodes: flag('Nodes that have others below them.'),
    canSelectLeafNodes: flag('Nodes that have none.'),
  }),
  open: { ...TREE_CALL, description: 'The first level.' },
  browse: { ...TREE_CALL, description: 'What is below a node.' },
});

/** Of parameters and of the fields of schemas alike. */
const ON_INPUTS: Readonly<Record<string, DocumentSchema>> = {
  'x-ms-summary': SUMMARY,
  'x-ms-visibility': VISIBILITY,
  'x-ms-test-value': TEST_VALUE,
  'x-ms-dynamic-values': DYNAMIC_VALUES,
  'x-ms-dynamic-list': DYNAMIC_LIST,
  'x-ms-dynamic-tree': DYNAMIC_TREE,
  'x-ms-dynamic-schema': DYNAMIC_SCHEMA,
  'x-ms-dynamic-properties': DYNAMIC_PROPERTIES,
  'x-ms-enum': { description: 'A note for generators of code; kept.', type: 'object' },
  'x-ms-enum-values': list(
    'Names for the values of `enum`.',
    fields(
      'A value and what it is called.',
      { value: { description: 'As in `enum`.' }, displayName: text('What people see.') },
      { additionalProperties: {} },
    ),
  ),
  'x-ms-editor': text('`dictionary`: a table of names and values.', { examples: ['dictionary'] }),
  'x-ms-editor-options': {
    description: 'Options of the field.',
    type: 'object',
    properties: {
      items: list(
        'Values with their titles, for a dropdown.',
        fields('An option.', { title: text('What people see.'), value: { description: 'What is sent.' } }),
      ),
    },
  },
  'x-ms-media-kind': text('Which files the form offers: `image`, `audio`, `video`, `document`.', {
    examples: ['image', 'audio', 'video', 'document'],
  }),
  'x-ms-client-name': text('A note for generators of code; kept.'),
  'x-nullable': flag('`null` is a value, too. In OpenAPI 3.1 a type may say so: `[string, "null"]`.'),
};

export const PARAMETER_EXTENSIONS: Readonly<Record<string, DocumentSchema>> = {
  ...ON_INPUTS,
  'x-ms-url-encoding': choice(
    'How the value is written into the path.',
    { single: 'Encoded once, as usual.', double: 'Encoded twice, for services that decode twice.' },
    { 'x-doubt': true },
  ),
};

export const SCHEMA_EXTENSIONS: Readonly<Record<string, DocumentSchema>> = {
  ...ON_INPUTS,
  'x-ms-notification-url': flag('The address that a webhook calls is put here.'),
  'x-ms-mutability': list(
    'When the field may be given.',
    choice('', {
      create: 'When the thing is made.',
      update: 'When it is changed.',
      read: 'It stands in answers.',
    }),
  ),
  'x-ms-secret': flag('A note: the value is a secret; kept.'),
  'x-ms-identifiers': list('A note for generators of code: what tells items apart; kept.', text('A path.')),
  'x-ms-discriminator-value': text('A note for generators of code; kept.'),
  'x-ms-deployment-version': { description: 'A note; kept.' },
};

const ANNOTATION = fields(
  'Operations of one family are one thing: the newest revision that is not deprecated is offered.',
  {
    family: text('Name of the family.'),
    revision: { description: '1, 2, 3 …', type: ['integer', 'string'] },
    status: text('`Production` or `Preview`, which is shown.', { examples: ['Production', 'Preview'] }),
    replacement: fields(
      'What to use instead of a deprecated operation.',
      { api: text('Name of the connector.'), operationId: OPERATION_ID },
      { additionalProperties: {} },
    ),
    expires: text('When it goes.'),
  },
  { additionalProperties: {} },
);

const CONFIRMATION = flag('A person has to agree before an agent or a program calls it.');

const OPENAI_DATA: DocumentSchema = {
  description: 'What agents are told; kept, and shown with the operation.',
  type: ['object', 'array'],
  properties: {
    'openai-enabled': flag('Whether agents may use it.'),
    operations: list('Operations that agents may call.', {
      type: 'object',
      properties: { operationId: OPERATION_ID, 'x-ms-require-user-confirmation': CONFIRMATION },
    }),
  },
};

const NOTIFICATION_CONTENT: DocumentSchema = {
  description: 'What a webhook brings.',
  type: 'object',
  properties: {
    $ref: text('Where it is described.', { 'x-suggest': 'references' }),
    description: text('What it is, in a sentence.'),
    'x-ms-summary': SUMMARY,
    schema: ref('schema'),
    headers: { description: 'Headers that come along, by name.', type: 'object' },
  },
};

const PAGING = fields(
  'How the answers continue.',
  {
    by: choice('What leads to the next page.', {
      nextLink: 'The answer holds its address.',
      linkHeader: 'The header `Link` with `rel="next"`.',
      page: 'A parameter that counts pages.',
      offset: 'A parameter that says how many items to pass over.',
      cursor: 'A mark in the answer that is given back.',
      none: 'Nothing: there is one page.',
    }),
    nextLink: PATH('Where the address of the next page is.'),
    parameter: text('The query parameter that changes from page to page.'),
    sizeParameter: text('The query parameter that says how many items a page has.'),
    cursor: PATH('Where the mark is.'),
    hasMore: PATH('Where the answer says whether there is more.'),
    first: { description: 'Number of the first page; 1 unless it is said.', type: 'integer', minimum: 0 },
    total: PATH('Where the answer says how many items there are.'),
    pages: PATH('Where the answer says how many pages there are.'),
    items: PATH('Where the items are.'),
    maximumItems: {
      description: 'No more items than this are fetched, whatever a caller asks for.',
      type: 'integer',
      minimum: 0,
    },
  },
  { required: ['by'] },
);

export const OPERATION_EXTENSIONS: Readonly<Record<string, DocumentSchema>> = {
  'x-ms-summary': SUMMARY,
  'x-ms-visibility': {
    ...VISIBILITY,
    description: 'Where it is listed: important ones first, internal ones not at all.',
  },
  'x-ms-trigger': choice('The operation is a trigger: it starts flows.', {
    single: 'Each answer or call is one event.',
    batch: 'The answer is a list; each item is an event.',
  }),
  'x-ms-trigger-hint': text('What to do to see the trigger fire.'),
  'x-ms-trigger-metadata': fields(
    'How the trigger learns of events.',
    {
      kind: text('', { examples: ['query'] }),
      mode: text('`polling`: it asks; `webhook`: it is called.', { examples: ['polling', 'webhook'] }),
    },
    { additionalProperties: {} },
  ),
  'x-ms-trigger-value': fields(
    'The next poll of the trigger gives the parameter the newest value of the answer before.',
    {
      'value-collection': text('Path of the list in the answer.'),
      'value-path': text('Path of the value in an item.'),
    },
    { additionalProperties: {} },
  ),
  'x-ms-notification-content': NOTIFICATION_CONTENT,
  'x-ms-pageable': fields(
    'Answers continue on further pages, which are followed.',
    {
      nextLinkName: {
        description: 'The member that holds the address of the next page.',
        type: ['string', 'null'],
      },
      itemName: text('The member that holds the items.'),
    },
    { additionalProperties: {} },
  ),
  'x-ms-api-annotation': ANNOTATION,
  'x-ms-no-generic-test': flag('Never called only to try a connection.'),
  'x-ms-capabilities': {
    description: 'What the operation can do.',
    type: 'object',
    properties: { chunkTransfer: flag('Large bodies may go in pieces.') },
  },
  'x-ms-require-user-confirmation': CONFIRMATION,
  'x-ms-openai-data': OPENAI_DATA,
  'x-ms-operation-context': {
    description: 'How to show what a trigger brings.',
    type: 'object',
    properties: {
      simulate: {
        description: 'The operation that shows an example.',
        type: 'object',
        properties: { operationId: OPERATION_ID, parameters: ARGUMENTS },
      },
    },
  },
  'x-ms-safe-operation': flag(
    'Calling it changes nothing: it may be repeated after a failure, whatever its method.',
  ),
  'x-ms-long-running-operation': flag('The answer 202 is followed to its end.'),
  'x-ms-long-running-operation-options': {
    description: 'A note for generators of code; kept.',
    type: 'object',
  },
  'x-ms-notification': { description: 'Kept.' },
  'x-ms-docs': { description: 'Kept.' },
  'x-ms-requestBody-name': text('What the body is called in Swagger 2.0; kept for exports.'),
  'x-patchbay-paging': PAGING,
  'x-patchbay-idempotent': flag(
    'May be sent again after a crash or a time-out, although it is a POST or PATCH.',
  ),
  'x-patchbay-idempotency-header': text('The header in which each call gets a key of its own.', {
    examples: ['Idempotency-Key'],
  }),
};

export const PATH_EXTENSIONS: Readonly<Record<string, DocumentSchema>> = {
  'x-ms-notification-content': NOTIFICATION_CONTENT,
};

const PICKER_CALL: DocumentSchema = {
  type: 'object',
  properties: { operationId: OPERATION_ID, parameters: { type: 'object' } },
};

export const ROOT_EXTENSIONS: Readonly<Record<string, DocumentSchema>> = {
  'x-ms-capabilities': {
    description: 'What the connector can do.',
    type: 'object',
    properties: {
      testConnection: {
        description: 'The operation that a new connection is tried with.',
        type: 'object',
        properties: {
          operationId: OPERATION_ID,
          parameters: { description: 'Its inputs by name, as values.', type: ['object', 'null'] },
        },
      },
      'file-picker': {
        description: 'How files are chosen, for `x-ms-dynamic-values` with this capability.',
        type: 'object',
        properties: {
          open: { ...PICKER_CALL, description: 'The first level.' },
          browse: { ...PICKER_CALL, description: 'What is below a folder.' },
          'value-title': PATH('The title of a file.'),
          'value-collection': PATH('Where the files are.'),
          'value-folder-property': PATH('Whether it is a folder.'),
          'value-media-property': PATH('What kind of file it is.'),
        },
      },
    },
  },
  'x-ms-connector-metadata': list(
    'Facts for the gallery: *Website*, *Privacy policy*, *Categories*.',
    fields(
      'A fact.',
      {
        propertyName: text('', { examples: ['Website', 'Privacy policy', 'Categories'] }),
        propertyValue: { description: 'What it is.' },
      },
      { additionalProperties: {} },
    ),
  ),
  'x-ms-openai-data': OPENAI_DATA,
  'x-ms-openai-manifest': {
    description: 'What agents are told of the connector; kept.',
    type: ['object', 'array'],
  },
  'x-ms-parameterized-host': { description: 'A note for generators of code; kept.' },
  'x-ms-paths': { description: 'Further paths, of generators of code; kept.' },
  'x-patchbay-rate-limit': { description: 'How many calls the service takes.', type: ['object', 'array'] },
};

export const INFO_EXTENSIONS: Readonly<Record<string, DocumentSchema>> = {
  'x-ms-api-annotation': ANNOTATION,
  'x-ms-keywords': list('Words by which people find it.', text('A word.')),
  'x-ms-deployment-version': { description: 'A note; kept.' },
};
