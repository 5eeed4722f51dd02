import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { applyEdit } from '../diagnose/apply-edit.ts';
import { listRequestExamples, listResponseExamples } from './list-examples.ts';

function define(operation: JsonObject, components: JsonObject = {}): ConnectorDefinition {
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Parcels', version: '1' },
      servers: [{ url: 'https://api.example.com' }],
      paths: { '/labels': { post: { operationId: 'Create', ...operation } } },
      components,
    },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  };
}

function read(definition: ConnectorDefinition) {
  const connector = compileConnector(definition);
  const operation = connector.operation('Create');
  if (operation === undefined) throw new Error('There is no operation.');
  return {
    requests: listRequestExamples(connector, operation),
    ok: listResponseExamples(connector, operation, '200'),
  };
}

const parameters: JsonObject[] = [
  { name: 'carrier', in: 'query', schema: { type: 'string' }, example: 'ups' },
  { name: 'test', in: 'query', schema: { type: 'boolean' } },
];

test('each named example of the body is one, with the examples of the parameters; shared ones are followed', () => {
  const { requests, ok } = read(
    define(
      {
        parameters,
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object' },
              examples: {
                small: { summary: 'A small parcel', value: { weight: 1 } },
                large: { $ref: '#/components/examples/Large' },
                elsewhere: { externalValue: 'https://example.com/one.json' },
              },
            },
          },
        },
        responses: {
          '200': { description: 'ok', content: { 'application/json': { example: { id: 'lb_1' } } } },
        },
      },
      { examples: { Large: { value: { weight: 30 } } } },
    ),
  );
  expect(requests).toEqual([
    { title: 'A small parcel', inputs: { carrier: 'ups', body: { weight: 1 } } },
    { title: 'large', inputs: { carrier: 'ups', body: { weight: 30 } } },
  ]);
  expect(ok).toEqual([{ title: 'Example', value: { id: 'lb_1' } }]);
});

test('where a response has none of its own, its schema may; where nothing has one, there is none', () => {
  const schema = { $ref: '#/components/schemas/Label' };
  const components = { schemas: { Label: { type: 'object', example: { id: 'lb_2' } } } };
  const responses = { '200': { description: 'ok', content: { 'application/json': { schema } } } };
  expect(read(define({ responses }, components))).toEqual({
    requests: [],
    ok: [{ title: 'Example', value: { id: 'lb_2' } }],
  });
  expect(read(define({ responses: { '200': { description: 'ok' } } }))).toEqual({ requests: [], ok: [] });
});

test('what a test was saved as is what is listed', () => {
  const before = define({ parameters, responses: { '200': { description: 'ok' } } });
  const after = applyEdit(before, {
    edit: 'save-example',
    operationId: 'Create',
    answer: { status: '200', mediaType: 'application/json', body: { id: 'lb_3' } },
    inputs: { carrier: 'dhl', test: true },
  });
  expect(read(after)).toEqual({
    requests: [{ title: 'Example', inputs: { carrier: 'dhl', test: true } }],
    ok: [{ title: 'Example', value: { id: 'lb_3' } }],
  });
});
