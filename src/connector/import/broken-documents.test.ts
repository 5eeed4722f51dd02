import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS, readSource } from '../../../test/documents/read.ts';
import { importConnector } from './import-connector.ts';
import { IMPORT_PROBLEMS } from './problems.ts';

/** Code and line of the one error of each input that cannot be used. */
const UNUSABLE: Readonly<Record<string, string>> = {
  'aliases.yaml': 'CONNECTOR_YAML_SYNTAX',
  'answer.json': 'CONNECTOR_NOT_AN_API:1',
  'archive.json': 'CONNECTOR_ARCHIVE',
  'blank.yaml': 'CONNECTOR_EMPTY',
  'collection.json': 'CONNECTOR_NO_OPERATIONS:3',
  'cut-off.json': 'CONNECTOR_JSON_SYNTAX:7',
  'early-end.json': 'CONNECTOR_JSON_SYNTAX:9',
  'empty.json': 'CONNECTOR_EMPTY',
  'flow.json': 'CONNECTOR_FORMAT_UNSUPPORTED:1',
  'list.json': 'CONNECTOR_NOT_AN_API:1',
  'no-paths.json': 'CONNECTOR_NO_OPERATIONS:5',
  'noise.bin': 'CONNECTOR_BINARY',
  'old-swagger.json': 'CONNECTOR_VERSION_UNSUPPORTED:2',
  'prose.txt': 'CONNECTOR_NOT_AN_API:1',
  'service.wsdl': 'CONNECTOR_XML:1',
  'tabs.yaml': 'CONNECTOR_YAML_SYNTAX:3',
  'web-page.html': 'CONNECTOR_HTML:1',
};

/** Codes and lines of the warnings of each input that is repaired. */
const REPAIRED: Readonly<Record<string, readonly string[]>> = {
  'byte-order-mark.json': ['CONNECTOR_BYTE_ORDER_MARK:1'],
  'comments.json': ['CONNECTOR_COMMENT:6'],
  'control-character.json': ['CONNECTOR_CONTROL_CHARACTER:7'],
  'duplicate-keys.json': ['CONNECTOR_DUPLICATE_KEY:8'],
  'duplicate-keys.yaml': ['CONNECTOR_DUPLICATE_KEY:8'],
  'missing-bracket.json': ['CONNECTOR_MISSING_BRACKET:10'],
  'missing-comma.json': ['CONNECTOR_MISSING_COMMA:4'],
  'misspelt.json': ['CONNECTOR_MISSPELT_EXTENSION:7', 'CONNECTOR_MISSPELT_EXTENSION:8'],
  'no-server.yaml': [
    'CONNECTOR_MALFORMED:8',
    'CONNECTOR_MALFORMED:8',
    'CONNECTOR_MALFORMED:7',
    'CONNECTOR_PATH_SLASH:5',
    'CONNECTOR_NO_SERVER:1',
  ],
  'operation-ids.yaml': [
    'CONNECTOR_DUPLICATE_OPERATION_ID:10',
    'CONNECTOR_MISSING_OPERATION_ID:14',
    'CONNECTOR_PATH_PARAMETER:14',
  ],
  'references.yaml': ['CONNECTOR_DANGLING_REFERENCE:14', 'CONNECTOR_EXTERNAL_REFERENCE:16'],
  'surplus-bracket.json': ['CONNECTOR_SURPLUS_BRACKET:11'],
  'trailing-commas.json': ['CONNECTOR_TRAILING_COMMA:7', 'CONNECTOR_TRAILING_COMMA:8'],
  'webhooks.yaml': ['CONNECTOR_WEBHOOKS_ONLY:1'],
  'tabs-only.yaml': ['CONNECTOR_YAML_TABS:3'],
  'western.json': ['CONNECTOR_ENCODING:7'],
  'wide.json': ['CONNECTOR_ENCODING:1'],
};

const tell = ({ code, line }: { code: string; line?: number }) =>
  line === undefined ? code : `${code}:${line}`;
const read = (name: string) => importConnector(readSource(`broken/${name}`));

describe('importing what people have', () => {
  it.each(Object.entries(UNUSABLE))('refuses %s with one error', (name, expected) => {
    const result = read(name);
    expect(result.ok).toBe(false);
    expect(result.errors.map(tell)).toEqual([expected]);
    expect(result.errors[0]?.message).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')} .*[.]$`));
  });

  it.each(Object.entries(REPAIRED))('repairs %s and says so', (name, expected) => {
    const result = read(name);
    expect(result.errors).toEqual([]);
    expect(result.ok).toBe(true);
    expect(result.warnings.map(tell)).toEqual(expected);
  });

  it('has an expectation for every document', () => {
    const names = readdirSync(new URL('broken/', DOCUMENTS)).sort();
    expect([...Object.keys(UNUSABLE), ...Object.keys(REPAIRED)].sort()).toEqual(names);
  });

  it('tells only problems that are in the table', () => {
    const codes = Object.keys({ ...UNUSABLE, ...REPAIRED }).flatMap((name) => {
      const { warnings, errors } = read(name);
      return [...warnings, ...errors].map((problem) => problem.code);
    });
    expect(codes.filter((code) => !Object.hasOwn(IMPORT_PROBLEMS, code))).toEqual([]);
  });

  it('keeps the letters of a file that is not UTF-8', () => {
    const { definition } = read('western.json');
    expect(JSON.stringify(definition?.openapi)).toContain('Poissons d’étang.');
  });

  it('gives operations without an id the same ids each time', () => {
    const paths = JSON.stringify(read('operation-ids.yaml').definition?.openapi['paths']);
    expect(paths).toContain('"Fish_2"');
    expect(paths).toContain('"GetFishByFishIdScales"');
  });
});
