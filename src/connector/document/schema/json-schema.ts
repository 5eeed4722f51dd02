import { SCHEMA_EXTENSIONS } from './extensions.ts';
import { type DocumentSchema, flag, list, map, ref, text, when } from './schema-types.ts';

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const number = (description: string): DocumentSchema => ({ description, type: 'number' });
const count = (description: string): DocumentSchema => ({ description, type: 'integer', minimum: 0 });
const schemas = (description: string) => list(description, ref('schema'));
const single = (description: string): DocumentSchema => ({ ...ref('schema'), description });
const named = (description: string) => map(description, ref('schema'));

/** JSON Schema 2020-12 with what OpenAPI adds. Keywords nobody knows are allowed there, so they are here. */
export const SCHEMA: DocumentSchema = {
  description: 'The shape of a value.',
  type: ['object', 'boolean'],
  properties: {
    $ref: text('Where it is described: `#/components/schemas/Address`.', { 'x-suggest': 'references' }),
    type: {
      description: 'What kind of value it is; several in a list.',
      type: ['string', 'array'],
      'x-names': TYPES,
      examples: TYPES,
      items: { type: 'string', enum: TYPES },
      allOf: [when({ type: 'string' }, { enum: TYPES })],
    },
    title: text('Its name.'),
    description: text('What it is, in a sentence.'),
    format: text('What its text looks like, or how large a number is.', {
      examples: [
        'date-time',
        'date',
        'time',
        'email',
        'uri',
        'uuid',
        'byte',
        'binary',
        'html',
        'password',
        'int32',
        'int64',
        'float',
        'double',
      ],
    }),
    default: { description: 'What it is unless somebody says otherwise.' },
    enum: list('All it may be.', {}),
    const: { description: 'The one thing it may be.' },
    example: { description: 'A value as it might be.' },
    examples: { description: 'Values as they might be.', type: ['array', 'object'] },
    nullable: flag('Of OpenAPI 3.0: `null` is a value, too. In 3.1: `type: [string, "null"]`.'),
    deprecated: flag('Better not used any more.'),
    readOnly: flag('Stands in answers only.'),
    writeOnly: flag('Stands in requests only.'),
    properties: named('The members of an object.'),
    required: list('The members that must be there.', text('A name.', { 'x-suggest': 'propertyNames' }), {
      type: ['array', 'boolean'],
    }),
    additionalProperties: single('Members of other names: a schema, or `false` for none.'),
    patternProperties: named('Members whose names fit a pattern.'),
    propertyNames: single('What names may look like.'),
    unevaluatedProperties: single('Members that nothing else describes.'),
    minProperties: count('So many members at least.'),
    maxProperties: count('So many members at most.'),
    items: {
      description: 'The items of a list.',
      // A list of schemas is `prefixItems` today; it is understood.
      type: ['object', 'boolean', 'array'],
      items: ref('schema'),
      ...when({ type: ['object', 'boolean'] }, ref('schema')),
    },
    prefixItems: schemas('The first items of a list, one by one.'),
    contains: single('What some item must be.'),
    minItems: count('So many items at least.'),
    maxItems: count('So many items at most.'),
    uniqueItems: flag('No item stands twice.'),
    minLength: count('So many characters at least.'),
    maxLength: count('So many characters at most.'),
    pattern: text('A regular expression.'),
    minimum: number('Not less.'),
    maximum: number('Not more.'),
    exclusiveMinimum: { description: 'More than this.', type: ['number', 'boolean'] },
    exclusiveMaximum: { description: 'Less than this.', type: ['number', 'boolean'] },
    multipleOf: number('A multiple of this.'),
    allOf: schemas('All of these together.'),
    anyOf: schemas('At least one of these.'),
    oneOf: schemas('Exactly one of these.'),
    not: single('Not this.'),
    if: single('When this fits,'),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: single('this must fit too,'),
    else: single('otherwise this.'),
    $defs: named('Schemas used in here.'),
    discriminator: {
      description: 'The member that tells which of several schemas it is.',
      type: ['object', 'string'],
      properties: {
        propertyName: text('The member.'),
        mapping: map('Its values, and the schema of each.', { type: 'string', 'x-suggest': 'references' }),
      },
    },
    xml: { description: 'How it is written as XML.', type: 'object' },
    externalDocs: ref('externalDocs'),
    contentEncoding: text('How bytes are written as text.', { examples: ['base64'] }),
    contentMediaType: text('What the text or the bytes are.'),
    ...SCHEMA_EXTENSIONS,
  },
};
