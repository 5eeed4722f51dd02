import { describe, expect, it } from 'vitest';
import { importText } from '../../../../test/documents/read.ts';
import { compileConnector } from '../../compile/compile-connector.ts';
import { importConnector } from '../import-connector.ts';

const API = `openapi: 3.0.3
info: {title: Bakery, version: 1.10}
servers: [{url: https://bakery.example}]
paths:
  /bread: {get: {operationId: 12345, responses: {200: {description: Fine.}}}}
`;

const importYaml = (text: string) => {
  const result = importText(text, 'bakery.yaml');
  const told = result.warnings.map(({ code, line }) => [code, line]);
  const ids =
    result.definition && compileConnector(result.definition).operations.map((one) => one.operationId);
  return { ...result, told, ids };
};

describe('YAML with several documents', () => {
  it('is read as the first that describes an API, and says that there are more, with the line', () => {
    const { told, ids } = importYaml(`${API}---\nkind: Other\n`);
    expect(ids).toEqual(['12345']);
    expect(told).toEqual([['CONNECTOR_YAML_WARNING', 7]]);
  });

  it('of which others are empty is read without a word', () => {
    const { told, ids } = importYaml(`---\n---\n${API}...\n`);
    expect([told, ids]).toEqual([[], ['12345']]);
  });
});

describe('what YAML takes for something else', () => {
  it('an operationId of digits is a text', () => {
    expect(importYaml(API).ids).toEqual(['12345']);
  });

  it('a text that begins with a star is an error that says so, with the line', () => {
    const { errors } = importYaml(`${API}x-note: *bold\n`);
    expect(errors).toMatchObject([{ code: 'CONNECTOR_YAML_SYNTAX', line: 6 }]);
    expect(errors[0]?.message).toContain("no anchor '&bold'");
  });

  it('merged mappings, words for true and statuses as numbers are what was meant', () => {
    const text = `x-shared: &shared
  responses: {200: {description: Fine.}, default: {description: Not.}}
x-tags: &tags {tags: [on, no, 1]}
${API}  /rolls:
    post:
      <<: [*shared, *tags]
      deprecated: true
      operationId: Roll
`;
    const { definition, warnings } = importYaml(text);
    const operation = definition && compileConnector(definition).operation('Roll');
    expect(warnings).toEqual([]);
    expect(operation).toMatchObject({ tags: ['on', 'no', '1'], deprecated: true });
    expect(operation?.responses.map(({ status }) => status)).toEqual(['200', 'default']);
  });
});

describe('YAML in UTF-16 without a mark', () => {
  it.each([true, false])('is read, little-endian: %s', (isLittle) => {
    const bytes = new Uint8Array(API.length * 2);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < API.length; at++) view.setUint16(at * 2, API.charCodeAt(at), isLittle);
    const result = importConnector({ name: 'bakery', files: [{ path: 'bakery.yaml', bytes }] });
    expect(result.errors).toEqual([]);
    expect(result.warnings.map(({ code }) => code)).toEqual(['CONNECTOR_ENCODING']);
  });
});
