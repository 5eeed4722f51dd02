/** A definition in which nothing is wrong, and one defect for each rule to plant in it. */
import type { Json } from '../../src/base/index.ts';
import { encodeBase64 } from '../../src/connector/base64.ts';
import { applyEdits } from '../../src/connector/certify/apply-edits.ts';
import type { CertifyOptions } from '../../src/connector/certify/types.ts';
import type { ConnectorDefinition } from '../../src/connector/definition-types.ts';
import { EXTENSION_DEFECTS } from './extension-defects.ts';
import { EXTENSION_PATHS } from './extension-paths.ts';

const README = [
  '# Publisher',
  '# Prerequisites',
  '# Supported Operations',
  '# Obtaining Credentials',
  '# Known Issues and Limitations',
].join('\n');

function encodeText(text: string): string {
  return encodeBase64(new TextEncoder().encode(text));
}

/** The head of a PNG image; nothing reads further. */
function createPng(width: number, height: number): string {
  const bytes = new Uint8Array(24);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return encodeBase64(bytes);
}

export const ITEM = { type: 'object', properties: { id: { type: 'string' } } };

/** Nothing is wrong with it. */
export function createDefinition(): ConnectorDefinition {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Town Library',
        version: '1.0',
        description: 'Lends books, and says when they have to be back on the shelf.',
        contact: { name: 'Library', email: 'help@library.example', url: 'https://library.example/help' },
      },
      'x-ms-connector-metadata': [
        { propertyName: 'Website', propertyValue: 'https://library.example' },
        { propertyName: 'Privacy policy', propertyValue: 'https://library.example/privacy' },
        { propertyName: 'Categories', propertyValue: 'Data;Content and Files' },
      ],
      servers: [{ url: 'https://api.library.example/v1' }],
      security: [{ key: [] }],
      paths: {
        ...EXTENSION_PATHS,
        '/books/{id}': {
          get: {
            operationId: 'GetBook',
            summary: 'Get a book',
            description: 'Finds a book by the number on its back.',
            parameters: [
              {
                name: 'id',
                in: 'path',
                required: true,
                schema: { type: 'string' },
                'x-ms-summary': 'Number',
                description: 'What stands on the back of the book.',
                'x-ms-url-encoding': 'single',
              },
              {
                name: 'lang',
                in: 'query',
                required: true,
                'x-ms-visibility': 'internal',
                schema: { type: 'string', default: 'en' },
              },
            ],
            responses: {
              '200': { description: 'The book.', content: { 'application/json': { schema: ITEM } } },
            },
          },
        },
      },
      components: {
        securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
        schemas: {},
      },
    },
    properties: { iconBrandColor: '#1a2b3c', publisher: 'Town of Wells', stackOwner: 'Wells Library' },
    source: { format: 'power-platform', fileName: 'apiDefinition.swagger.json' },
    files: { 'icon.png': createPng(160, 160), 'readme.md': encodeText(README) },
  };
}

export const OPERATION = '/paths/~1books~1{id}/get';
export const PARAMETER = `${OPERATION}/parameters/0`;
const SCHEMA = '/components/schemas/Thing';

export interface Defect {
  readonly document?: Readonly<Record<string, Json | undefined>>;
  readonly properties?: Readonly<Record<string, Json | undefined>>;
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly options?: CertifyOptions;
}

/** A defect for each rule, or several of different kinds. */
export const DEFECTS: Readonly<Record<string, Defect | readonly Defect[]>> = {
  'CERT-TITLE-REQUIRED': { document: { '/info/title': '' } },
  'CERT-TITLE-LENGTH': { document: { '/info/title': 'The Library of a Town that Lies at the Sea' } },
  'CERT-TITLE-WORDS': { document: { '/info/title': 'Town Library API' } },
  'CERT-TITLE-PRODUCT': { document: { '/info/title': 'Library for Power BI' } },
  'CERT-TITLE-END': { document: { '/info/title': 'Town Library!' } },
  'CERT-TITLE-ENGLISH': { document: { '/info/title': 'Bücherei' } },
  'CERT-DESC-LENGTH': { document: { '/info/description': 'Lends books.' } },
  'CERT-DESC-PRODUCT': {
    document: { '/info/description': 'Lends books to flows of Power Automate, and to others.' },
  },
  'CERT-DESC-PRODUCT-OTHER': {
    document: { '/info/description': 'Lends books to reports in Power BI and to others.' },
  },
  'CERT-DESC-API': { document: { '/info/description': 'The API of the town library, which lends books.' } },
  'CERT-DESC-PLAIN': {
    document: { '/info/description': 'Lends books, see https://library.example for more of it.' },
  },
  'CERT-CONTACT': { document: { '/info/contact': undefined } },
  'CERT-CONTACT-FIELDS': { document: { '/info/contact/email': undefined } },
  'CERT-CONTACT-FORM': { document: { '/info/contact/email': 'library' } },
  'CERT-META-REQUIRED': { document: { '/x-ms-connector-metadata': undefined } },
  'CERT-META-FIELDS': { document: { '/x-ms-connector-metadata/1/propertyName': 'Privacy Policy' } },
  'CERT-META-URL': { document: { '/x-ms-connector-metadata/0/propertyValue': 'library.example' } },
  'CERT-CATEGORY-ENUM': { document: { '/x-ms-connector-metadata/2/propertyValue': 'data;Website' } },
  'CERT-CATEGORY-MAX': { document: { '/x-ms-connector-metadata/2/propertyValue': 'Data;AI;Website' } },
  'CERT-HOST': { document: { '/servers': [] } },
  'CERT-HOST-PROD': { document: { '/servers/0/url': 'https://staging.library.example' } },
  'CERT-HTTPS': { document: { '/servers/0/url': 'http://api.library.example' } },
  'CERT-SIZE': { document: { '/x-large': 'x'.repeat(1024 * 1024) } },
  'CERT-SECURITY-REF': { document: { '/security/0': { other: [] } } },
  'CERT-OP-SUMMARY': { document: { [`${OPERATION}/summary`]: undefined } },
  'CERT-OP-SUMMARY-LENGTH': { document: { [`${OPERATION}/summary`]: `Get ${'a '.repeat(40)}book` } },
  'CERT-OP-SUMMARY-CHARS': { document: { [`${OPERATION}/summary`]: 'Get a book & more' } },
  'CERT-OP-SUMMARY-ALNUM': { document: { [`${OPERATION}/summary`]: 'Get a book, quickly' } },
  'CERT-OP-SUMMARY-END': { document: { [`${OPERATION}/summary`]: 'Get a book.' } },
  'CERT-OP-DESCRIPTION': { document: { [`${OPERATION}/description`]: undefined } },
  'CERT-OP-DESC-PUNCT': { document: { [`${OPERATION}/description`]: 'Finds a book by its number' } },
  'CERT-OP-DESC-COPY': { document: { [`${OPERATION}/description`]: 'Get a book.' } },
  'CERT-OP-PRODUCT': { document: { [`${OPERATION}/description`]: 'Finds a book for Power Apps.' } },
  'CERT-TRIGGER-WHEN': { document: { [`${OPERATION}/x-ms-trigger`]: 'batch' } },
  'CERT-BOUNDS': { document: { [`${PARAMETER}/schema`]: { type: 'string', minLength: 5, maxLength: 2 } } },
  'CERT-PATTERN': { document: { [`${PARAMETER}/schema`]: { type: 'string', pattern: '(' } } },
  'CERT-ENUM-UNIQUE': { document: { [`${PARAMETER}/schema`]: { type: 'string', enum: ['a', 'b', 'a'] } } },
  'CERT-ENUM-VALUES': {
    document: {
      [`${PARAMETER}/schema`]: {
        type: 'string',
        enum: ['a'],
        'x-ms-enum-values': [{ value: 'b', displayName: 'B' }],
      },
    },
  },
  'CERT-DISCRIMINATOR': {
    document: { '/components/schemas': { S: { ...ITEM, discriminator: { propertyName: 'kind' } } } },
  },
  'CERT-TAG-UNIQUE': { document: { '/tags': [{ name: 'Books' }, { name: 'Books' }] } },
  'CERT-OPID-REQUIRED': { document: { [`${OPERATION}/operationId`]: undefined } },
  'CERT-OPID-UNIQUE': {
    document: {
      '/paths/~1shelves': { get: { operationId: 'GetBook', summary: 'x', description: 'y.', responses: {} } },
    },
  },
  'CERT-OPID-CHARS': { document: { [`${OPERATION}/operationId`]: 'Get_Book' } },
  'CERT-OPID-PASCAL': { document: { [`${OPERATION}/operationId`]: 'getBook' } },
  'CERT-OPID-LENGTH': { document: { [`${OPERATION}/operationId`]: 'Get'.repeat(30) } },
  'CERT-PATH-FORM': { document: { '/paths/~1books?all': { get: { operationId: 'All', responses: {} } } } },
  'CERT-PATH-UNIQUE': {
    document: { '/paths/~1Books~1{book}': { get: { operationId: 'Other', responses: {} } } },
  },
  'CERT-OPS-COUNT': { document: { '/paths': {} } },
  'CERT-GET-BODY': { document: { [`${OPERATION}/requestBody`]: { content: {} } } },
  'CERT-DEPRECATED-SUFFIX': { document: { [`${OPERATION}/deprecated`]: true } },
  'CERT-RESP-ANY': { document: { [`${OPERATION}/responses`]: {} } },
  'CERT-RESP-SUCCESS': { document: { [`${OPERATION}/responses`]: { default: { description: 'x' } } } },
  'CERT-RESP-DEFAULT-SCHEMA': {
    document: {
      [`${OPERATION}/responses/default`]: {
        description: 'x',
        content: { 'application/json': { schema: ITEM } },
      },
    },
  },
  'CERT-RESP-SCHEMA': { document: { [`${OPERATION}/responses/200/content`]: undefined } },
  'CERT-RESP-ONE-SCHEMA': {
    document: {
      [`${OPERATION}/responses/404`]: { description: 'x', content: { 'application/json': { schema: ITEM } } },
    },
  },
  'CERT-RESP-ONE-SUCCESS': { document: { [`${OPERATION}/responses/204`]: { description: 'x' } } },
  'CERT-RESP-EMPTY': { document: { [`${OPERATION}/responses/200/content/application~1json/schema`]: {} } },
  'CERT-RESP-CODE': { document: { [`${OPERATION}/responses/ok`]: { description: 'x' } } },
  'CERT-PARAM-SUMMARY': { document: { [`${PARAMETER}/x-ms-summary`]: undefined } },
  'CERT-PARAM-DESCRIPTION': { document: { [`${PARAMETER}/description`]: undefined } },
  'CERT-PARAM-SUMMARY-LENGTH': { document: { [`${PARAMETER}/x-ms-summary`]: 'x'.repeat(81) } },
  'CERT-PARAM-DESC-PUNCT': { document: { [`${PARAMETER}/description`]: 'What stands on the back' } },
  'CERT-PARAM-DESC-COPY': { document: { [`${PARAMETER}/description`]: 'number.' } },
  'CERT-PATHPARAM-MATCH': { document: { [`${PARAMETER}/name`]: 'number' } },
  'CERT-PATHPARAM-REQUIRED': { document: { [`${PARAMETER}/required`]: false } },
  'CERT-PATHPARAM-ENCODING': { document: { [`${PARAMETER}/x-ms-url-encoding`]: undefined } },
  'CERT-PARAM-UNIQUE': {
    document: {
      [`${OPERATION}/parameters/1`]: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string' },
        'x-ms-summary': 'Number',
        description: 'Once more.',
        'x-ms-url-encoding': 'single',
      },
    },
  },
  'CERT-PARAM-CONNECTIONID': { document: { [`${OPERATION}/parameters/1/name`]: 'connectionId' } },
  'CERT-INTERNAL-DEFAULT': { document: { [`${OPERATION}/parameters/1/required`]: false } },
  'CERT-INTERNAL-NODEFAULT': { document: { [`${OPERATION}/parameters/1/schema/default`]: undefined } },
  'CERT-DEFAULT-TYPE': {
    document: { [`${OPERATION}/parameters/1/schema`]: { type: 'integer', default: '7' } },
  },
  'CERT-ARRAY-ITEMS': { document: { [SCHEMA]: { type: 'array' } } },
  'CERT-ENUM-EMPTY': { document: { [SCHEMA]: { type: 'string', enum: [] } } },
  'CERT-REQUIRED-EMPTY': { document: { [SCHEMA]: { type: 'object', required: [] } } },
  'CERT-REQUIRED-UNDEFINED': { document: { [SCHEMA]: { type: 'object', properties: {}, required: ['a'] } } },
  'CERT-REF': { document: { [SCHEMA]: { $ref: '#/components/schemas/Nothing' } } },
  'CERT-REF-SIBLINGS': { document: { [SCHEMA]: { $ref: '#/components/schemas', description: 'x' } } },
  ...EXTENSION_DEFECTS,
  'CERT-COLOR': { properties: { '/iconBrandColor': 'blue' } },
  'CERT-COLOR-BANNED': { properties: { '/iconBrandColor': '#FFFFFF' } },
  'CERT-COLOR-IP': { options: { isIndependent: true }, files: { 'icon.png': undefined } },
  'CERT-ICON-IP': { options: { isIndependent: true }, properties: { '/iconBrandColor': '#da3b01' } },
  'CERT-ICON': { files: { 'icon.png': createPng(160, 90) } },
  'CERT-PUBLISHER': { properties: { '/publisher': undefined } },
  'CERT-STACKOWNER': { properties: { '/stackOwner': undefined } },
  'CERT-OWNER-DIFFERENT': {
    options: { isIndependent: true },
    properties: { '/iconBrandColor': '#da3b01', '/stackOwner': 'Town of Wells' },
    files: { 'icon.png': undefined },
  },
  'CERT-README': { files: { 'readme.md': undefined } },
  'CERT-README-SECTIONS': { files: { 'readme.md': encodeText('# Publisher') } },
};

export function plant({ document, properties, files }: Defect): ConnectorDefinition {
  const toEdits = (part: 'document' | 'properties', changes: Defect['document'] = {}) =>
    Object.entries(changes).map(([pointer, value]) => ({
      part,
      pointer,
      ...(value === undefined ? {} : { value }),
    }));
  const edited = applyEdits(createDefinition(), [
    ...toEdits('document', document),
    ...toEdits('properties', properties),
  ]);
  const all = { ...edited.files, ...files };
  const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...edited, files: Object.fromEntries(kept) };
}
