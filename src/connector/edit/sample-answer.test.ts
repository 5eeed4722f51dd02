import { expect, test } from 'vitest';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { makeSampleAnswer } from './sample-answer.ts';

const schema = { type: 'object', properties: { id: { type: 'integer', example: 7 } } };
const content = { 'application/json': { schema } };
const connector = compileConnector({
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Parcels', version: '1' },
    paths: {
      '/a': { get: { operationId: 'A', responses: { 400: { content }, 201: { content } } } },
      '/b': { get: { operationId: 'B', responses: { default: { content } } } },
      '/c': { get: { operationId: 'C', responses: { 204: { description: 'Done' } } } },
    },
  },
  properties: {},
  source: { format: 'openapi-3.1' },
  files: {},
} as unknown as ConnectorDefinition);

test.each([
  ['A', { status: 201, body: { id: 7 } }],
  ['B', { status: 200, body: { id: 7 } }],
  ['C', { status: 204 }],
  ['None', { status: 200 }],
])('%s is answered as it describes its success', (operationId, answer) => {
  expect(makeSampleAnswer(connector, operationId)).toEqual(answer);
});
