import { describe, expect, it } from 'vitest';
import { importText } from '../../../test/documents/read.ts';
import { type JsonObject, stringifyJson } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';

const operation = { operationId: 'A', responses: { 200: { description: 'A.' } } };

function importSwagger(more: JsonObject) {
  const document = {
    swagger: '2.0',
    info: { title: 'Odd', version: '1' },
    paths: { '/a': { get: operation } },
  };
  return importText(stringifyJson({ ...document, ...more }, 2));
}

describe('the address of a Swagger document', () => {
  it.each([
    [{ host: 'https://a.example' }, 'https://a.example'],
    [{ host: 'http://a.example:8080/v1/' }, 'http://a.example:8080/v1'],
    [{ host: ' a.example ', basePath: 'v1' }, 'https://a.example/v1'],
    [{ host: 'a.example/v1', basePath: '/v1' }, 'https://a.example/v1'],
    [{ host: 'a.example', basePath: 'https://a.example/v2' }, 'https://a.example/v2'],
    [{ host: 'a.example', basePath: '//v3' }, 'https://a.example/v3'],
  ])('%j is read as it is meant, with a warning', (address, url) => {
    const { definition, warnings } = importSwagger(address);
    expect(definition && compileConnector(definition).baseUrl).toBe(url);
    const told = warnings.find(({ code }) => code === 'CONNECTOR_HOST');
    expect(told?.pointer).toMatch(/^\/(?:host|basePath)$/);
    expect(told?.line).toBeGreaterThan(1);
  });

  it('in its right form is taken as it stands', () => {
    const { definition, warnings } = importSwagger({ host: 'a.example', basePath: '/' });
    expect(definition?.openapi['servers']).toEqual([{ url: 'https://a.example/' }]);
    expect(warnings).toEqual([]);
  });
});

describe('keywords that mean nothing', () => {
  const told = (definitions: JsonObject, more: JsonObject = {}) =>
    importSwagger({ host: 'a.example', definitions, ...more }).warnings.map(({ code, pointer, line }) => {
      return [code, pointer, typeof line];
    });

  it.each([
    ['type', 'string,null'],
    ['type', 'datetime'],
    ['enum', 'a, b'],
    ['minLength', '3'],
    ['maximum', '9'],
    ['pattern', '['],
  ])('%s: %j are told with their place', (key, value) => {
    expect(told({ T: { type: 'object', properties: { a: { [key]: value } } } })).toEqual([
      ['CONNECTOR_KEYWORD', `/definitions/T/properties/a/${key}`, 'number'],
    ]);
  });

  it('are told of `required: true` on a property', () => {
    expect(told({ T: { properties: { a: { type: 'string', required: true } } } })).toEqual([
      ['CONNECTOR_KEYWORD', '/definitions/T/properties/a/required', 'number'],
    ]);
  });

  it('are no members of the same name, no examples and no extensions', () => {
    const properties = { type: { type: 'string' }, enum: { type: 'string' }, pattern: { type: 'integer' } };
    const example = { type: 'nonsense', enum: 3 };
    expect(told({ T: { type: 'object', properties, example, 'x-own': { type: 'nonsense' } } })).toEqual([]);
  });

  it('are ways to authenticate that nobody knows, too', () => {
    const securityDefinitions = { a: { type: 'oauth3' }, b: { type: 'basic' } };
    expect(told({}, { securityDefinitions })).toEqual([
      ['CONNECTOR_AUTHENTICATION_UNSUPPORTED', '/securityDefinitions/a', 'number'],
    ]);
  });
});

describe('a text over several lines', () => {
  const text = `{
  "swagger": "2.0", "host": "a.example",
  "info": { "title": "Odd", "version": "1", "description": "one
two\tthree" },
  "paths": { "/a": { "get": { "operationId": "A", "parameters": [
    { "name": "q", "in": "query", "type": "int" } ], "responses": {} } } }
}`;

  it('is read, with a warning, and lines after it are counted right', () => {
    const { definition, warnings } = importText(text);
    expect(definition?.openapi['info']).toMatchObject({ description: 'one\ntwo\tthree' });
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([
      ['CONNECTOR_CONTROL_CHARACTER', 3],
      ['CONNECTOR_KEYWORD', 6],
    ]);
  });

  it('that is never closed is an error with its line', () => {
    const { errors } = importText(text.replace('three"', 'three'));
    expect(errors).toMatchObject([{ code: 'CONNECTOR_JSON_SYNTAX', line: 3 }]);
  });
});

it('says that a member called __proto__ that names nothing is left out, and where', () => {
  const text = `{
  "openapi": "3.1.0", "info": { "title": "P", "version": "1" }, "servers": [{ "url": "https://a.example" }],
  "paths": { "/a": { "get": { "operationId": "A", "responses": {} } } },
  "components": { "schemas": { "S": { "type": "object",
    "__proto__": { "type": "string" } } } }
}`;
  const { ok, warnings } = importText(text);
  expect(ok).toBe(true);
  expect(warnings).toContainEqual(
    expect.objectContaining({
      code: 'CONNECTOR_MALFORMED',
      pointer: '/components/schemas/S/__proto__',
      line: 5,
    }),
  );
});
