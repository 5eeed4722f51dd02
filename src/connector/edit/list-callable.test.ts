import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { createBlankDefinition } from './create-blank.ts';
import { listCallable } from './list-callable.ts';

const responses = { '200': { description: 'ok' } };
const openapi: JsonObject = {
  ...createBlankDefinition('Parcels').openapi,
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/labels': {
      get: { operationId: 'List', summary: 'List labels', responses },
      post: { operationId: 'Create', responses },
    },
    '/new': { get: { operationId: 'Poll', 'x-ms-trigger': 'batch', responses } },
    '/hooks': {
      'x-ms-notification-content': { schema: { type: 'object' } },
      post: { operationId: 'Hook', 'x-ms-trigger': 'single', responses },
    },
  },
};

test('operations are listed as they will be compiled', () => {
  const { operations } = compileConnector({ ...createBlankDefinition('Parcels'), openapi });
  const compiled = operations.map(({ operationId, method, path, summary, trigger }) => ({
    operationId,
    method,
    path,
    summary,
    triggerType: trigger?.kind,
  }));
  expect(listCallable(openapi)).toEqual(compiled);
  expect(compiled.map(({ triggerType }) => triggerType)).toEqual([
    undefined,
    undefined,
    'polling',
    'webhook',
  ]);
});

test('what has no name yet cannot be called; what has not changed is the same object', () => {
  const unnamed = { paths: { '/labels': { get: { responses } } } };
  expect(listCallable(unnamed)).toEqual([]);
  expect(listCallable({ ...openapi })[0]).toBe(listCallable(openapi)[0]);
});
