import { PARAMETER_STYLES } from '../../parameter-styles.ts';
import { OPERATION_EXTENSIONS, PARAMETER_EXTENSIONS, PATH_EXTENSIONS } from './extensions.ts';
import { choice, type DocumentSchema, fields, flag, list, map, ref, refOr, text } from './schema-types.ts';

const METHODS = {
  get: 'Reads something.',
  put: 'Writes something whole; may be repeated.',
  post: 'Makes something, or does something.',
  delete: 'Takes something away.',
  options: 'Asks what is possible.',
  head: 'As `get`, without a body.',
  patch: 'Changes something in part.',
  trace: 'Shows what arrived.',
};

const MEDIA_TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
  'application/xml',
  'application/octet-stream',
];

const CONTENT = map('By media type.', ref('mediaType'), { 'x-names': MEDIA_TYPES });

/** What parameters and headers have in common. */
const VALUE_FIELDS: Readonly<Record<string, DocumentSchema>> = {
  description: text('What it is, in a sentence.'),
  required: flag('Whether it must be given. Parameters of the path always are.'),
  deprecated: flag('Better not used any more.'),
  allowEmptyValue: flag('Whether it may be sent without a value.'),
  schema: ref('schema'),
  example: { description: 'A value as it might be.' },
  examples: map('Values as they might be, by name.', refOr('example')),
  content: { ...CONTENT, description: 'The value is written as this media type.' },
  explode: flag('Whether each item of a list, or member of an object, stands on its own.'),
  allowReserved: flag('Whether characters such as `/` stay as they are.'),
  style: text('How lists and objects are written.', {
    enum: PARAMETER_STYLES,
  }),
  // Of documents that began as Swagger 2.0.
  'x-patchbay-style': text('How lists are written, where OpenAPI has no word for it.'),
};

export const OPERATION_PARTS: Readonly<Record<string, DocumentSchema>> = {
  pathItem: fields(
    'What can be called at an address.',
    {
      $ref: text('Where it is described.', { 'x-suggest': 'references' }),
      summary: text('What is there, in a few words.'),
      description: text('What is there.'),
      ...Object.fromEntries(
        Object.entries(METHODS).map(([method, description]) => [
          method,
          { ...ref('operation'), description },
        ]),
      ),
      servers: list('Where these are, if elsewhere.', ref('server')),
      parameters: list('Parameters of all methods.', refOr('parameter')),
      ...PATH_EXTENSIONS,
    },
    // A path is an object of methods, whatever else people write there.
    { 'x-names': ['get', 'post', 'put', 'patch', 'delete'] },
  ),
  operation: fields('One call: an action, or a trigger.', {
    operationId: text('Its name for flows and programs; no other operation has it.'),
    summary: text('Its name for people: “Create a label”.'),
    description: text('What it does, in a sentence.'),
    tags: list('Groups it belongs to.', text('A group.', { 'x-suggest': 'tags' })),
    externalDocs: ref('externalDocs'),
    parameters: list('What is asked for, beside the body.', refOr('parameter')),
    requestBody: refOr('requestBody'),
    responses: ref('responses'),
    callbacks: map('Calls that come back.', refOr('callback')),
    deprecated: flag('Not offered any more; flows that use it go on.'),
    security: list('How this call authenticates, if otherwise.', ref('securityRequirement')),
    servers: list('Where it is, if elsewhere.', ref('server')),
    ...OPERATION_EXTENSIONS,
  }),
  responses: {
    description: 'Answers by status: `200`, `4XX`, or `default` for all others.',
    type: 'object',
    patternProperties: {
      '^[1-5](?:[0-9][0-9]|XX|xx)$': refOr('response'),
      '^default$': refOr('response'),
      '^x-': {},
    },
    unevaluatedProperties: false,
    'x-names': ['200', '201', '202', '204', 'default'],
  },
  response: fields('An answer.', {
    summary: text('What it is, in a few words.'),
    description: text('What it means.'),
    headers: map('Headers by name.', refOr('header')),
    content: CONTENT,
    links: map('What can be called with it.', refOr('link')),
    'x-ms-summary': text('The label of the answer.'),
  }),
  requestBody: fields('What is sent.', {
    description: text('What it is.'),
    content: CONTENT,
    required: flag('Whether it must be given.'),
  }),
  mediaType: fields('Data in one form.', {
    schema: ref('schema'),
    example: { description: 'How it might look.' },
    examples: map('How it might look, by name.', refOr('example')),
    encoding: map('How parts of a form are written, by name.', ref('encoding')),
  }),
  encoding: fields('How a part of a form is written.', {
    contentType: text('Media type of the part.'),
    headers: map('Headers of the part.', refOr('header')),
    style: text('How lists and objects are written.'),
    explode: flag('Whether each item stands on its own.'),
    allowReserved: flag('Whether characters such as `/` stay as they are.'),
  }),
  parameter: fields(
    'Something that is asked for.',
    {
      name: text('As the service calls it.'),
      in: choice('Where it goes.', {
        path: 'Into the `{braces}` of the address.',
        query: 'Behind the `?`.',
        header: 'A header.',
        cookie: 'A cookie.',
      }),
      ...VALUE_FIELDS,
      ...PARAMETER_EXTENSIONS,
    },
    { required: ['name', 'in'] },
  ),
  header: fields('A header.', { ...VALUE_FIELDS, ...PARAMETER_EXTENSIONS }),
  example: fields('How something might look.', {
    summary: text('What it shows.'),
    description: text('What it shows, at length.'),
    value: { description: 'The value.' },
    externalValue: text('Where the value is.'),
  }),
  link: fields('What can be called with an answer.', {
    operationRef: text('The operation.'),
    operationId: text('The operation.', { 'x-suggest': 'operationIds' }),
    parameters: { description: 'Its inputs.', type: 'object' },
    requestBody: { description: 'Its body.' },
    description: text('What it is for.'),
    server: ref('server'),
  }),
  callback: map('Calls that come back, by address.', ref('pathItem')),
};
