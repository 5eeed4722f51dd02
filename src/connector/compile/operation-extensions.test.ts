import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { findSuperseded } from '../offered-operations.ts';
import { compileConnector } from './compile-connector.ts';

function compile(operations: Record<string, JsonObject>, root: JsonObject = {}) {
  const paths = Object.entries(operations).map(([operationId, operation]) => {
    return [`/${operationId}`, { get: { operationId, responses: {}, ...operation } }];
  });
  return compileConnector({
    openapi: {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: Object.fromEntries(paths),
      ...root,
    },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  });
}

const annotate = (family: string, revision: number, more: JsonObject = {}) => ({
  'x-ms-api-annotation': { family, revision, ...more },
});

describe('revisions', () => {
  it('of one family give way to the newest that is not deprecated', () => {
    const { operations } = compile({
      A1: annotate('A', 1),
      A3: { ...annotate('A', 3), deprecated: true },
      A2: annotate('A', 2),
      B1: annotate('B', 1),
      Plain: {},
      Old: { deprecated: true, ...annotate('', 1, { replacement: { operationId: 'Plain' } }) },
    });
    expect([...findSuperseded(operations)]).toEqual([
      ['A1', 'A2'],
      ['Old', 'Plain'],
    ]);
  });

  it('carry their status in lower case, whatever the document does', () => {
    const { operations } = compile({ A: annotate('A', 1, { status: 'Production' }) });
    expect(operations[0]?.extensions.annotation).toEqual({ family: 'A', revision: 1, status: 'production' });
  });
});

it('an operation that changes nothing may be repeated, whatever its method', () => {
  const search = (more: JsonObject) => {
    const post = { operationId: 'Search', responses: {}, ...more };
    const { operations } = compileConnector({
      openapi: { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/search': { post } } },
      properties: {},
      source: { format: 'openapi-3.1', fileName: null },
      files: {},
    });
    return operations[0]?.idempotent;
  };
  expect(search({})).toBe(false);
  expect(search({ 'x-ms-safe-operation': true })).toBe(true);
  expect(search({ 'x-ms-safe-operation': 'no' })).toBe(false);
});

describe('a word of a person', () => {
  const data = (entry: JsonObject) => ({ 'x-ms-openai-data': { operations: [entry] } });
  it.each([
    ['of the operation itself', { A: { 'x-ms-require-user-confirmation': true } }, {}, true],
    [
      'in its data for agents',
      { A: data({ operationId: 'A', 'x-ms-require-user-confirmation': true }) },
      {},
      true,
    ],
    ['at the root', { A: {} }, data({ operationId: 'A', 'x-ms-require-user-confirmation': true }), true],
    [
      'at the root, for another',
      { A: {} },
      data({ operationId: 'B', 'x-ms-require-user-confirmation': true }),
      false,
    ],
    ['not asked for', { A: data({ operationId: 'A', 'x-ms-require-user-confirmation': false }) }, {}, false],
  ])('%s', (_name, operations, root, expected) => {
    expect(compile(operations, root).operations[0]?.extensions.requiresConfirmation).toBe(expected);
  });
});

describe('capabilities', () => {
  it('name the operation that tests a connection, with or without inputs', () => {
    const test = (testConnection: JsonObject) =>
      compile({}, { 'x-ms-capabilities': { testConnection } }).testConnection;
    expect(test({ operationId: 'A' })).toEqual({ operationId: 'A', parameters: {} });
    expect(test({ operationId: 'A', parameters: { a: 1, b: { value: 2 } } })?.parameters).toEqual({
      a: 1,
      b: 2,
    });
    expect(test({})).toBeUndefined();
  });

  it('of an operation say that bodies may go in pieces', () => {
    const { operations } = compile({
      A: { 'x-ms-capabilities': { chunkTransfer: true }, 'x-ms-no-generic-test': true },
      B: {},
    });
    expect(operations.map(({ extensions }) => extensions.chunkTransfer)).toEqual([true, false]);
    expect(operations.map(({ extensions }) => extensions.noGenericTest)).toEqual([true, false]);
  });
});

it('a trigger names the operation that shows what it brings', () => {
  const { operations } = compile({
    T: {
      'x-ms-trigger': 'single',
      'x-ms-operation-context': {
        simulate: { operationId: 'A', parameters: { top: 1, of: { parameter: 'x' } } },
      },
    },
  });
  expect(operations[0]?.extensions.simulate).toEqual({
    operationId: 'A',
    arguments: [
      { name: 'top', from: 'value', value: 1 },
      { name: 'of', from: 'input', reference: 'x' },
    ],
  });
});
