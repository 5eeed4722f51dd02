import { expect, test } from 'vitest';
import { getByPointer, type JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { makeSampleInputs } from '../request/sample-inputs.ts';
import { applyEdit } from './apply-edit.ts';
import { shortenExample } from './save-example.ts';
import type { DefinitionEdit } from './types.ts';

const text = { type: 'string' };
const DEFINITION: ConnectorDefinition = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Tracking', version: '1' },
    servers: [{ url: 'https://api.example' }],
    components: { parameters: { Lang: { name: 'lang', in: 'query', schema: text } } },
    paths: {
      '/track/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        post: {
          operationId: 'Track',
          parameters: [
            { $ref: '#/components/parameters/Lang' },
            { name: 'carrier', in: 'query', schema: text, examples: { old: { value: 'dhl' } } },
          ],
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
          responses: {
            '200': { description: 'ok', content: { 'application/json; charset=utf-8': { schema: text } } },
          },
        },
      },
    },
  },
  properties: {},
  source: { format: 'openapi-3.1', fileName: null },
  files: {},
};
const PLACE = '/paths/~1track~1{id}';

function save(answer: object, inputs = {}): ConnectorDefinition {
  const edit = { edit: 'save-example', operationId: 'Track', answer, inputs } as DefinitionEdit;
  return applyEdit(DEFINITION, edit);
}

test('an answer becomes the example of its response, at the type as it is written there', () => {
  const { openapi } = save({ status: '200', mediaType: 'application/json', body: { city: 'Delft' } });
  expect(getByPointer(openapi, `${PLACE}/post/responses/200/content`)).toEqual({
    'application/json; charset=utf-8': { schema: text, example: { city: 'Delft' } },
  });
});

test('a status that nobody described gets a response for its example', () => {
  const { openapi } = save({ status: '404', mediaType: 'application/json', body: { message: 'No.' } });
  expect(getByPointer(openapi, `${PLACE}/post/responses/404`)).toEqual({
    description: 'Error',
    content: { 'application/json': { example: { message: 'No.' } } },
  });
});

test('inputs become examples, and are what a form is filled with; shared parameters and credentials stay out', () => {
  const answer = { status: '200', mediaType: 'application/json', body: 'ok' };
  const inputs = { id: '1Z', carrier: 'ups', lang: 'nl', body: { weight: 2 } };
  const saved = save(answer, inputs);
  expect(getByPointer(saved.openapi, `${PLACE}/parameters/0`)).toMatchObject({ example: '1Z' });
  expect(getByPointer(saved.openapi, `${PLACE}/post/parameters/1`)).toEqual({
    name: 'carrier',
    in: 'query',
    schema: text,
    example: 'ups',
  });
  expect(saved.openapi['components']).toEqual(DEFINITION.openapi['components']);
  const connector = compileConnector(saved);
  const operation = connector.operation('Track');
  expect(operation && makeSampleInputs(connector, operation)).toMatchObject({
    id: '1Z',
    carrier: 'ups',
    body: { weight: 2 },
  });
  const secret = save(answer, { body: { password: 'hunter2hunter2' } });
  expect(JSON.stringify(secret)).not.toContain('hunter2');
});

test('an operation that is gone changes nothing', () => {
  const answer = { status: '200', mediaType: 'application/json', body: 1 };
  expect(applyEdit(DEFINITION, { edit: 'save-example', operationId: 'Gone', answer })).toBe(DEFINITION);
});

test('lists in an example are cut to what shows how they go on', () => {
  expect(shortenExample({ items: [1, 2, 3, 4], name: 'x' })).toEqual({ items: [1, 2, 3], name: 'x' });
});

test('a body that operations share stays as it is', () => {
  const operation = { ...(getByPointer(DEFINITION.openapi, `${PLACE}/post`) as JsonObject) };
  const shared: ConnectorDefinition = {
    ...DEFINITION,
    openapi: {
      ...DEFINITION.openapi,
      components: {
        requestBodies: { Track: { content: { 'application/json': { schema: { type: 'object' } } } } },
      },
      paths: {
        '/track/{id}': {
          post: {
            ...operation,
            parameters: [],
            requestBody: { $ref: '#/components/requestBodies/Track' },
          },
        },
      },
    },
  };
  const answer = { status: '200', mediaType: 'application/json', body: { city: 'Delft' } };
  const edit: DefinitionEdit = {
    edit: 'save-example',
    operationId: 'Track',
    answer,
    inputs: { body: { a: 1 } },
  };
  const { openapi } = applyEdit(shared, edit);
  expect(getByPointer(openapi, `${PLACE}/post/requestBody`)).toEqual({
    $ref: '#/components/requestBodies/Track',
  });
});
