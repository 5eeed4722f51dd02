import { describe, expect, it } from 'vitest';
import { getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { encodeBase64 } from '../base64.ts';
import type { ConnectorDefinition } from '../types.ts';
import { applyEdits } from './apply-edits.ts';
import { certifyConnector, fixCertification } from './certify.ts';
import { CERTIFICATION_RULES } from './rules.ts';
import type { CertifyOptions } from './types.ts';

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

const ITEM = { type: 'object', properties: { id: { type: 'string' } } };

/** Nothing is wrong with it. */
function createDefinition(): ConnectorDefinition {
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

const OPERATION = '/paths/~1books~1{id}/get';
const PARAMETER = `${OPERATION}/parameters/0`;
const SCHEMA = '/components/schemas/Thing';

interface Defect {
  readonly document?: Readonly<Record<string, Json | undefined>>;
  readonly properties?: Readonly<Record<string, Json | undefined>>;
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly options?: CertifyOptions;
}

/** One planted defect for each rule. */
const DEFECTS: Readonly<Record<string, Defect>> = {
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
  'CERT-DYNAMIC-PARAMETERS': {
    document: {
      [`${PARAMETER}/x-ms-dynamic-values`]: {
        operationId: 'GetBook',
        parameters: { shelf: 1 },
        'value-path': 'id',
      },
    },
  },
  'CERT-WEBHOOK-URL': {
    document: {
      [`${OPERATION}/x-ms-trigger`]: 'single',
      '/paths/~1books~1{id}/x-ms-notification-content': { schema: ITEM },
    },
  },
  'CERT-NOTIFICATION-CONTENT': {
    document: { [`${OPERATION}/x-ms-notification-content`]: { schema: ITEM } },
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
  'CERT-DYNAMIC-OPERATION': {
    document: { [`${PARAMETER}/x-ms-dynamic-values`]: { operationId: 'ListNumbers', 'value-path': 'id' } },
  },
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

function plant({ document, properties, files }: Defect): ConnectorDefinition {
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

describe('certifyConnector', () => {
  it('finds nothing wrong with a definition that is right', () => {
    expect(certifyConnector(createDefinition(), { isNew: true })).toEqual([]);
  });

  it('has a defect planted here for every rule', () => {
    expect(Object.keys(DEFECTS).sort()).toEqual(CERTIFICATION_RULES.map((rule) => rule.id).sort());
  });

  it.each(CERTIFICATION_RULES.map((rule) => [rule.id, rule] as const))('%s finds its defect', (id, rule) => {
    const { options = {}, ...defect } = DEFECTS[id] ?? {};
    const definition = plant(defect);
    const found = certifyConnector(definition, options).filter((finding) => finding.rule === id);
    expect(found).not.toEqual([]);
    for (const { message, severity } of found) {
      expect(message).toMatch(/^\S.*[.!]$/s);
      expect(severity).toBe(rule.severity);
    }
    expect(found.some((finding) => finding.fixable)).toBe(rule.fixes === true);
    if (rule.fixes !== true) return;
    const before = JSON.stringify(definition);
    const { definition: mended, fixed, left } = fixCertification(definition, options, { rule: id });
    expect(JSON.stringify(definition)).toBe(before);
    expect(fixed.map((finding) => finding.rule)).toContain(id);
    expect(left.filter((finding) => finding.rule === id && finding.fixable)).toEqual([]);
    expect(mended).not.toEqual(definition);
  });

  it('is stricter with connectors that were never published', () => {
    const definition = plant(DEFECTS['CERT-PARAM-SUMMARY'] ?? {});
    expect(certifyConnector(definition).map((one) => one.severity)).toEqual(['warning']);
    expect(certifyConnector(definition, { isNew: true }).map((one) => one.severity)).toEqual(['error']);
  });
});

describe('fixCertification', () => {
  const mend = (changes: Record<string, Json | undefined>, pointer: string): Json | undefined => {
    return getByPointer(fixCertification(plant({ document: changes })).definition.openapi, pointer);
  };

  it.each<[string, Json | undefined, Json]>([
    ['/info/title', 'Town Library API', 'Town Library'],
    ['/x-ms-connector-metadata/1/propertyName', 'Privacy Policy', 'Privacy policy'],
    ['/x-ms-connector-metadata/2/propertyValue', 'data; content and files', 'Data;Content and Files'],
    [`${OPERATION}/summary`, 'Get books & more.', 'Get books and more'],
    [`${OPERATION}/summary`, undefined, 'Get book'],
    [`${OPERATION}/description`, 'Finds a book', 'Finds a book.'],
    [`${PARAMETER}/x-ms-summary`, undefined, 'Id'],
    [`${OPERATION}/parameters/1/required`, false, true],
  ])('mends %s: %j', (pointer, written, expected) => {
    expect(mend({ [pointer]: written }, pointer)).toEqual(expected);
  });

  it('takes a schema from the default answer, and leaves the shared one to the others', () => {
    const shared: JsonObject = { description: 'No.', content: { 'application/json': { schema: ITEM } } };
    const changes = {
      '/components/responses': { Problem: shared },
      [`${OPERATION}/responses/default`]: { $ref: '#/components/responses/Problem' },
    };
    expect(mend(changes, `${OPERATION}/responses/default`)).toEqual({ description: 'No.' });
    expect(mend(changes, '/components/responses/Problem')).toEqual(shared);
  });

  it('mends one finding alone when it is asked to', () => {
    const definition = plant({
      document: { [`${OPERATION}/summary`]: 'Get it.', [`${OPERATION}/description`]: 'Finds a book' },
    });
    const { fixed, left } = fixCertification(definition, {}, { rule: 'CERT-OP-DESC-PUNCT' });
    expect(fixed.map((one) => one.rule)).toEqual(['CERT-OP-DESC-PUNCT']);
    expect(left.some((one) => one.rule === 'CERT-OP-SUMMARY-END')).toBe(true);
  });

  it('survives documents that hold anything anywhere', () => {
    for (const broken of [null, 7, 'x', [], {}] satisfies Json[]) {
      for (const place of [
        '/info',
        '/paths',
        '/components',
        '/servers',
        OPERATION,
        `${OPERATION}/parameters`,
      ]) {
        const definition = plant({ document: { [place]: broken } });
        expect(isJsonObject(fixCertification(definition).definition.openapi)).toBe(true);
      }
    }
  });
});
