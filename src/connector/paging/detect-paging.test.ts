import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { importConnector } from '../import/import-connector.ts';
import { detectPaging } from './detect-paging.ts';
import { findItems } from './find-items.ts';
import { readNextLink } from './link-header.ts';

const SHIPPING = new URL('../../../samples/shipping/openapi.yaml', import.meta.url);

function detect(operation: JsonObject, body?: Json, headers: JsonObject = {}) {
  const connector = compileConnector({
    openapi: {
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: { '/x': { get: { operationId: 'x', ...operation } } },
    },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  });
  const [compiled] = connector.operations;
  if (compiled === undefined) throw new Error('the document has an operation');
  return detectPaging(connector, compiled, body === undefined ? undefined : { headers, body })?.paging;
}

const query = (...names: string[]): Json => names.map((name) => ({ name, in: 'query', schema: {} }));

describe('how an operation pages', () => {
  it('is proposed for the operations of the sample API, from its document alone', () => {
    const { definition } = importConnector({
      name: 'openapi.yaml',
      files: [{ path: 'openapi.yaml', bytes: new Uint8Array(readFileSync(SHIPPING)) }],
    });
    if (definition === undefined) throw new Error('the sample imports');
    const connector = compileConnector(definition);
    const found = connector.operations.flatMap((operation) => {
      const paging = detectPaging(connector, operation)?.paging;
      return paging === undefined ? [] : [[operation.operationId, paging]];
    });
    expect(Object.fromEntries(found)).toEqual({
      ListShipments: {
        by: 'page',
        parameter: 'page',
        sizeParameter: 'per_page',
        total: 'total',
        pages: 'pages',
        items: 'shipments',
      },
      ListShipmentHistory: { by: 'nextLink', nextLink: 'next_page_url', items: 'shipments' },
    });
  });

  it('is proposed from a sample answer where the document has no schema', () => {
    const items = [{ id: 1 }];
    expect(detect({}, { value: items, '@odata.nextLink': 'https://a.example/x?p=2' })).toEqual({
      by: 'nextLink',
      nextLink: '@odata.nextLink',
      items: 'value',
    });
    expect(detect({}, { data: items, links: { next: '/x?page=2' } })).toMatchObject({
      nextLink: 'links/next',
    });
    expect(
      detect({ parameters: query('limit', 'after') }, { data: items, has_more: true, next_cursor: 'abc' }),
    ).toEqual({
      by: 'cursor',
      parameter: 'after',
      cursor: 'next_cursor',
      hasMore: 'has_more',
      items: 'data',
    });
    expect(detect({ parameters: query('offset', 'limit') }, { rows: items, total: 9 })).toEqual({
      by: 'offset',
      parameter: 'offset',
      sizeParameter: 'limit',
      total: 'total',
      items: 'rows',
    });
    expect(detect({ parameters: query('page') }, items)).toEqual({ by: 'page', parameter: 'page' });
    expect(detect({}, items, { link: '</x?page=2>; rel="next"' })).toEqual({ by: 'linkHeader' });
    expect(detect({ parameters: query('page') }, { name: 'no list' })).toBeUndefined();
    expect(detect({}, items)).toBeUndefined();
  });

  it('is what the definition declares before all else', () => {
    const declared = { by: 'page', parameter: 'p', first: 0, maximumItems: 10 };
    expect(detect({ 'x-patchbay-paging': declared, 'x-ms-pageable': { nextLinkName: 'n' } })).toEqual(
      declared,
    );
    expect(detect({ 'x-ms-pageable': { nextLinkName: 'nextlink' } })).toEqual({
      by: 'nextLink',
      nextLink: 'nextlink',
    });
    expect(detect({ 'x-patchbay-paging': { by: 'cursor', parameter: 'c' } })).toBeUndefined();
  });
});

describe('the list of a page', () => {
  it('is where it is said to be, or where services put it', () => {
    expect(findItems({ a: { b: [1] }, c: [2] }, 'a/b')).toEqual({ path: ['a', 'b'], items: [1] });
    expect(findItems({ 'a.b': [1] }, 'a.b')).toEqual({ path: ['a.b'], items: [1] });
    expect(findItems([1])).toEqual({ path: [], items: [1] });
    expect(findItems({ tags: [1], value: [2] })?.items).toEqual([2]);
    expect(findItems({ result: { orders: [1] } })?.path).toEqual(['result', 'orders']);
    expect(findItems({ a: [1], b: [2] })).toBeUndefined();
    expect(isJsonObject(findItems('text'))).toBe(false);
  });

  it('is followed by what a Link header names', () => {
    expect(readNextLink('<https://a.example/x?a=1,2>; rel="prev", </x?page=3>; title="a, b"; rel=next')).toBe(
      '/x?page=3',
    );
    expect(readNextLink('<https://a.example>; rel="last"')).toBeUndefined();
  });
});
