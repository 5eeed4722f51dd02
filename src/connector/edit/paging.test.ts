import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { listPaging, previewPaging, setPaging } from './paging.ts';

const LIST = {
  type: 'object',
  properties: {
    data: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
    meta: { type: 'object', properties: { total: { type: 'integer' }, next: { type: 'string' } } },
  },
};

function operation(
  operationId: string,
  schema: JsonObject,
  parameters: readonly string[],
  more: JsonObject = {},
) {
  return {
    operationId,
    parameters: parameters.map((name) => ({ name, in: 'query', schema: { type: 'integer' } })),
    responses: { '200': { description: 'OK', content: { 'application/json': { schema } } } },
    ...more,
  } as JsonObject;
}

function define(): ConnectorDefinition {
  const openapi: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'https://api.shop.example/v1' }],
    paths: {
      '/orders': { get: operation('ListOrders', LIST, ['page', 'per_page']) },
      '/tags': { get: operation('ListTags', { type: 'array', items: { type: 'string' } }, []) },
      '/one': { get: operation('GetOne', { type: 'object', properties: { id: { type: 'string' } } }, []) },
      '/linked': {
        get: operation('ListLinked', LIST, [], { 'x-ms-pageable': { nextLinkName: 'meta/next' } }),
      },
    },
  };
  return {
    format: 'openapi3.1',
    openapi,
    properties: {},
    files: {},
    source: {},
  } as unknown as ConnectorDefinition;
}

const list = (definition: ConnectorDefinition) => listPaging(compileConnector(definition));
const find = (definition: ConnectorDefinition, id: string) =>
  list(definition).find(({ operationId }) => operationId === id);
const ORDERS = '/paths/~1orders/get';
const LINKED = '/paths/~1linked/get';

describe('pages of a definition', () => {
  it('lists what gives lists, with a proposal where nothing is said', () => {
    expect(list(define()).map(({ operationId }) => operationId)).toEqual([
      'ListOrders',
      'ListTags',
      'ListLinked',
    ]);
    expect(find(define(), 'ListOrders')?.proposal?.paging).toMatchObject({ by: 'page', parameter: 'page' });
    expect(find(define(), 'ListTags')?.proposal).toBeUndefined();
    expect(find(define(), 'ListLinked')?.paging).toEqual({ by: 'nextLink', nextLink: 'meta/next' });
  });

  it('declares, keeps what is half typed, says none, and takes it all back', () => {
    const before = define();
    const half = setPaging(before, ORDERS, { by: 'offset', maximumItems: 50 });
    expect(find(half, 'ListOrders')).toMatchObject({
      own: { by: 'offset', maximumItems: 50 },
      paging: undefined,
    });
    const none = setPaging(before, LINKED, { by: 'none' });
    expect(find(none, 'ListLinked')).toMatchObject({ own: { by: 'none' }, paging: undefined });
    expect(setPaging(none, LINKED, undefined)).toEqual(before);
    expect(none.openapi['info']).toBe(before.openapi['info']);
  });
});

describe('previewPaging', () => {
  const preview = (pointer: string, id: string, paging: JsonObject) =>
    previewPaging(compileConnector(setPaging(define(), pointer, paging)), id);

  it('counts pages and items', () => {
    const page = preview(ORDERS, 'ListOrders', { by: 'page', parameter: 'page', total: 'meta/total' });
    expect(page?.first).toMatch(/^GET https:\/\/api\.shop\.example\/v1\/orders\?(?!page)/);
    expect(page?.next).toMatch(/[?&]page=2(?:&|$)/);
    const offset = preview(ORDERS, 'ListOrders', { by: 'offset', parameter: 'page' });
    expect(offset?.next).toMatch(/[?&]page=25(?:&|$)/);
  });

  it('follows marks and links, wherever the answer holds them', () => {
    const cursor = preview(ORDERS, 'ListOrders', { by: 'cursor', parameter: 'page', cursor: 'meta/next' });
    expect(cursor?.next).toContain('page=mark-of-page-2');
    const link = preview(LINKED, 'ListLinked', { by: 'nextLink', nextLink: 'links/next' });
    expect(link?.next).toBe('GET https://api.shop.example/v1/linked?…');
    expect(preview(LINKED, 'ListLinked', { by: 'linkHeader' })?.next).toBe(link?.next);
    expect(preview(LINKED, 'ListLinked', { by: 'none' })).toBeUndefined();
  });
});
