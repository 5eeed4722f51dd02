import { describe, expect, it } from 'vitest';
import { importText } from '../../test/documents/read.ts';
import { equalJson, isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { compileConnector } from './compile/compile-connector.ts';
import { printText } from './document/print-text.ts';
import { exportConnector } from './export/export-connector.ts';
import type { ExportFormat } from './export/types.ts';
import { importConnector } from './import/import-connector.ts';
import { finishRequest } from './request/finish-request.ts';
import { prepareRequest } from './request/prepare-request.ts';
import { makeSampleInputs } from './request/sample-inputs.ts';
import { readResponse } from './response/read-response.ts';

const SCHEMA =
  '{"type":"object","properties":{"__proto__":{"$ref":"#/WHERE/__proto__"},"plain":{"type":"string"}}}';
const NAMED =
  '{"type":"object","required":["polluted"],"properties":{"polluted":{"type":"string","example":"yes"}}}';

const OPENAPI =
  `{"openapi":"3.1.0","info":{"title":"P","version":"1"},"servers":[{"url":"https://p.example"}],
  "paths":{"/a":{"post":{"operationId":"A","requestBody":{"required":true,"content":{"application/json":{"schema":${SCHEMA}}}},
  "responses":{"200":{"description":"ok","content":{"application/json":{"schema":${SCHEMA}}}}}}}},
  "components":{"schemas":{"__proto__":${NAMED}}}}`.replaceAll('WHERE', 'components/schemas');
const SWAGGER = `{"swagger":"2.0","info":{"title":"P","version":"1"},"host":"p.example",
  "paths":{"/a":{"post":{"operationId":"A","parameters":[{"name":"body","in":"body","required":true,"schema":${SCHEMA}}],
  "responses":{"200":{"description":"ok","schema":${SCHEMA}}}}}},
  "definitions":{"__proto__":${NAMED}}}`.replaceAll('WHERE', 'definitions');

const SOURCES: readonly (readonly [string, string, string])[] = [
  ['OpenAPI 3.1', OPENAPI, 'api.json'],
  ['OpenAPI 3.0', OPENAPI.replace('3.1.0', '3.0.3'), 'api.json'],
  ['OpenAPI in YAML', printText(JSON.parse(OPENAPI) as JsonObject, 'yaml'), 'api.yaml'],
  ['OpenAPI with comments', OPENAPI.replace('{', '{ // by hand\n'), 'api.json'],
  ['Swagger 2.0', SWAGGER, 'api.json'],
];
const FORMATS: readonly ExportFormat[] = [
  ...(['openapi-3.1', 'openapi-3.0', 'swagger-2.0'] as const),
  ...(['power-platform', 'postman', 'typescript'] as const),
];

/** Nothing may reach what all objects have. */
function expectClean(): void {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
}

function ownMember(value: Json | undefined): Json | undefined {
  return isJsonObject(value) ? Object.getOwnPropertyDescriptor(value, '__proto__')?.value : undefined;
}

describe.each(SOURCES)('a field and a schema called __proto__ in %s', (_title, text, name) => {
  const { definition, warnings } = importText(text, name);
  if (definition === undefined) throw new Error('not imported');

  it('are kept without a word', () => {
    expect(warnings.filter(({ message }) => message.includes('__proto__'))).toEqual([]);
    const { components } = definition.openapi;
    const schemas = isJsonObject(components) ? components['schemas'] : undefined;
    expect(ownMember(schemas)).toMatchObject({ required: ['polluted'] });
    expectClean();
  });

  it('are sampled, sent and read like others, and no object gets another prototype', () => {
    const connector = compileConnector(definition);
    const operation = connector.operation('A') ?? expect.fail('A');
    const inputs = makeSampleInputs(connector, operation);
    const method = connector.authenticationMethod();
    const { body } = finishRequest(prepareRequest({ connector, operation, method, values: {} }, inputs));
    const sent = JSON.parse(String(body)) as JsonObject;
    expect(ownMember(sent)).toEqual({ polluted: 'yes' });
    const answer = {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: new TextEncoder().encode('{"__proto__":{"polluted":"yes"},"plain":"a"}'),
    };
    const read = readResponse(operation, answer, definition.openapi).body;
    expect(ownMember(read)).toEqual({ polluted: 'yes' });
    expect(Reflect.get(read as object, 'polluted')).toBeUndefined();
    expectClean();
  });

  it.each(FORMATS)('go out as %s', (format) => {
    const { files } = exportConnector(definition, format);
    const [first] = files;
    expect(new TextDecoder().decode(first?.bytes)).toContain('__proto__');
    expectClean();
    if (format !== definition.source.format) return;
    const again = importConnector({ name: 'again', files: files.slice(0, 1) }).definition;
    expect(equalJson(again?.openapi, definition.openapi)).toBe(true);
  });
});

it('is left out with a warning where it names nothing', () => {
  const text = OPENAPI.replace('"operationId":"A"', '"operationId":"A","__proto__":{"deprecated":true}');
  const { definition, warnings } = importText(text);
  expect(warnings).toContainEqual(
    expect.objectContaining({ code: 'CONNECTOR_MALFORMED', pointer: '/paths/~1a/post/__proto__' }),
  );
  if (definition === undefined) throw new Error('not imported');
  expect(compileConnector(definition).operation('A')?.deprecated).toBe(false);
});
