import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import type { ConnectorDefinition, ImportSource } from '../../definition-types.ts';
import { createBlankDefinition } from '../../edit/create-blank.ts';
import { editAt } from '../../edit/edit-at.ts';
import { KNOWN_EXTENSIONS } from '../../import/extension-names.ts';
import { importConnector } from '../../import/import-connector.ts';
import { POLICY_TEMPLATES } from '../../policies/policy-templates.ts';
import { checkDocument } from './check-document.ts';
import { DOCUMENT_SCHEMAS, type DocumentPart } from './document-schema.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const CORPUS = process.env['PATCHBAY_CORPUS'];
const PARTS: readonly DocumentPart[] = ['openapi', 'properties'];

function readSource(folder: string, names: readonly string[]): ImportSource {
  const files = names.map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) }));
  return { name: names[0] ?? folder, files };
}

function define(source: ImportSource): ConnectorDefinition | undefined {
  return importConnector(source).definition;
}

function listProblems(definition: ConnectorDefinition) {
  return PARTS.flatMap((part) => checkDocument(definition[part], part));
}

const LIBRARY = define(readSource(join(ROOT, 'test/documents'), ['library.yaml']));
const GLASSHOUSE = join(ROOT, 'test/documents/glasshouse');

describe('documents of our own', () => {
  test.each<[string, ConnectorDefinition | undefined]>([
    ['library.yaml', LIBRARY],
    ['workshop.swagger.json', define(readSource(join(ROOT, 'test/documents'), ['workshop.swagger.json']))],
    ['glasshouse', define(readSource(GLASSHOUSE, readdirSync(GLASSHOUSE)))],
    ['the shipping API', define(readSource(join(ROOT, 'samples/shipping'), ['openapi.yaml']))],
    ['a blank one', createBlankDefinition('Parcels')],
  ])('%s has nothing to be said against', (_name, definition) => {
    expect(definition && listProblems(definition)).toEqual([]);
  });
});

describe('what is wrong is said where it stands', () => {
  const base: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'Parcels', version: '1' },
    paths: { '/labels': { post: { operationId: 'CreateLabel', responses: {} } } },
  };
  const POST = '/paths/~1labels/post';
  test.each<[string, Json, string]>([
    ['/openapi', '2.0', "error /openapi 'openapi' must be 3.1.0 or another 3.1: import"],
    ['/info/version', 1.5, "error /info/version 'version' must be text, not the number 1.5."],
    ['/info', { version: '1' }, "error /info 'info' needs 'title'."],
    [`${POST}/sumary`, 'x', `warning ${POST}/sumary 'sumary' is unknown here; 'summary' is probably meant.`],
    [
      `${POST}/x-ms-visibilty`,
      'x',
      `warning ${POST}/x-ms-visibilty 'x-ms-visibilty' says nothing; 'x-ms-visibility'`,
    ],
    [
      `${POST}/x-ms-visibility`,
      'hidden',
      `warning ${POST}/x-ms-visibility 'x-ms-visibility' must be one of important`,
    ],
    [
      `${POST}/x-ms-trigger`,
      'many',
      `error ${POST}/x-ms-trigger 'x-ms-trigger' must be one of single, batch`,
    ],
    [
      `${POST}/parameters`,
      [{ name: 'a', in: 'body' }],
      `error ${POST}/parameters/0/in 'in' must be one of path, query`,
    ],
    [
      `${POST}/parameters`,
      ['a'],
      `error ${POST}/parameters/0 Item 1 of 'parameters' must be an object, not 'a'.`,
    ],
    [`${POST}/responses/20`, {}, `warning ${POST}/responses/20 '20' is unknown here and is passed over.`],
    [`${POST}/responses/200`, [], `error ${POST}/responses/200 '200' must be an object, not a list.`],
    [`${POST}/x-patchbay-paging`, {}, `error ${POST}/x-patchbay-paging 'x-patchbay-paging' needs 'by'.`],
    [
      '/components',
      { securitySchemes: { key: { type: 'apiKey', in: 'body', name: 'k' } } },
      "error /components/securitySchemes/key/in 'in' must be one of header, query, cookie",
    ],
    [
      '/components',
      { schemas: { A: { type: 'text' } } },
      "error /components/schemas/A/type 'type' must be one of string",
    ],
  ])('%s: %j', (pointer, value, expected) => {
    const problems = checkDocument(
      editAt(base, pointer, () => value),
      'openapi',
    );
    expect(problems.map((one) => `${one.severity} ${one.pointer} ${one.message}`)[0]).toContain(expected);
  });

  test('a secret is sent to where it is kept sealed, and not repeated', () => {
    const oAuthSettings = { identityProvider: 'oauth2', clientSecret: 'hush' };
    const [problem, ...others] = checkDocument(
      { connectionParameters: { token: { oAuthSettings } } },
      'properties',
    );
    expect(problem?.message).toBe(
      "'clientSecret' must not stand here: enter it under Security, where it is kept sealed.",
    );
    expect(others).toEqual([]);
  });

  test('a document of nothing but mistakes tells of some', () => {
    const tags = Array.from({ length: 5000 }, () => 1);
    expect(checkDocument({ ...base, tags }, 'openapi')).toHaveLength(300);
  });
});

test('every extension that an import knows is described', () => {
  const described = JSON.stringify(DOCUMENT_SCHEMAS);
  expect(KNOWN_EXTENSIONS.filter((name) => !described.includes(`"${name}"`))).toEqual([]);
});

test('every parameter of every policy template is described', () => {
  const described = JSON.stringify(DOCUMENT_SCHEMAS.properties);
  const names = POLICY_TEMPLATES.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  expect(names.filter((name) => !described.includes(`"x-ms-apimTemplateParameter.${name}"`))).toEqual([]);
});

describe('any validator of JSON Schema comes to the same verdict', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, logger: false });
  const verdicts = Object.fromEntries(PARTS.map((part) => [part, ajv.compile(DOCUMENT_SCHEMAS[part])]));
  const isTypo = (message: string) => message.includes('says nothing');

  function compare(value: JsonObject, part: DocumentPart): void {
    const own = checkDocument(value, part).filter(({ message }) => !isTypo(message));
    const isFine = verdicts[part]?.(value) === true;
    expect(own.length === 0, JSON.stringify([own[0], verdicts[part]?.errors?.[0]])).toBe(isFine);
  }

  /** Everything in a document, by pointer. */
  function listPointers(value: Json, pointer = ''): string[] {
    const members = Array.isArray(value) || isJsonObject(value) ? Object.entries(value) : [];
    const below = members.flatMap(([key, member]) =>
      listPointers(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    );
    return [pointer, ...below];
  }

  test('of a document with anything anywhere', () => {
    const document = LIBRARY?.openapi ?? {};
    const anything = fc
      .jsonValue({ maxDepth: 1 })
      .filter((value) => !/"__proto__"/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(fc.constantFrom(...listPointers(document).slice(1)), anything, (pointer, value) => {
        compare(
          editAt(document, pointer, () => value as Json),
          'openapi',
        );
      }),
      { numRuns: 400 },
    );
  });

  test('of properties with anything anywhere', () => {
    const glasshouse = define(readSource(GLASSHOUSE, readdirSync(GLASSHOUSE)))?.properties ?? {};
    fc.assert(
      fc.property(
        fc.constantFrom(...listPointers(glasshouse).slice(1)),
        fc.jsonValue({ maxDepth: 1 }),
        (pointer, value) =>
          compare(
            editAt(glasshouse, pointer, () => value as Json),
            'properties',
          ),
      ),
      { numRuns: 200 },
    );
  });
});

describe.skipIf(CORPUS === undefined)('documents of others (PATCHBAY_CORPUS)', { timeout: 300_000 }, () => {
  /** Types that are none are what an import says of them, too. */
  const TRUE_ERRORS = /^'type' must be one of string, number/;

  test('have no errors but those that are some', () => {
    const openapi = join(CORPUS ?? '', 'openapi');
    const connectors = join(CORPUS ?? '', 'connectors');
    const sources = [
      ...readdirSync(openapi).map((name) => readSource(openapi, [name])),
      ...readdirSync(connectors).map((name) => {
        const folder = join(connectors, name);
        return readSource(folder, readdirSync(folder));
      }),
    ];
    const definitions = sources.flatMap((source) => define(source) ?? []);
    const wrong = definitions.flatMap((definition) =>
      listProblems(definition)
        .filter(({ severity, message }) => severity === 'error' && !TRUE_ERRORS.test(message))
        .map(({ pointer, message }) => `${definition.source.fileName} ${pointer} ${message}`),
    );
    expect(wrong).toEqual([]);
    expect(definitions.length).toBeGreaterThan(600);
  });
});
