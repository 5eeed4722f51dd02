import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { HttpRequestPlan } from '../request-types.ts';
import { advancePoll } from './advance-poll.ts';

const REQUEST: HttpRequestPlan = {
  method: 'GET',
  baseUrl: 'https://api.example/v1',
  path: '/orders',
  query: [{ name: 'kind', value: 'a' }],
  headers: [],
  cookies: [],
};

function poll(body: Json, extension: JsonObject, more: JsonObject = {}, headers: JsonObject = {}) {
  const connector = compileConnector({
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Orders', version: '1' },
      paths: {
        '/orders': {
          get: {
            operationId: 'OnOrder',
            'x-ms-trigger': 'batch',
            parameters: [{ name: 'since', in: 'query', schema: {}, 'x-ms-trigger-value': extension }],
            responses: {},
            ...more,
          },
        },
      },
    },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  });
  const operation = connector.operation('OnOrder');
  if (operation === undefined) throw new Error('OnOrder is there');
  return advancePoll({ statusCode: 200, headers, body }, operation, REQUEST, '/v1/orders?since=0');
}

const PATHS = { 'value-collection': 'value', 'value-path': 'at' };

describe('where the next poll goes', () => {
  it.each<[string, Json, string]>([
    ['the greatest number', { value: [{ at: 9 }, { at: 10 }] }, '10'],
    ['digits in texts', { value: [{ at: '9' }, { at: '10' }] }, '10'],
    [
      'ids longer than numbers are exact',
      { value: [{ at: '9007199254740993' }, { at: '9007199254740992' }] },
      '9007199254740993',
    ],
    [
      'the latest instant, whatever its offset',
      { value: [{ at: '2026-01-02T00:30:00+02:00' }, { at: '2026-01-01T23:00:00Z' }] },
      '2026-01-01T23%3A00%3A00Z',
    ],
    ['the last of other texts', { value: [{ at: 'b' }, { at: 'a' }] }, 'a'],
    ['an answer that is a list', [{ at: 3 }], '3'],
    ['an answer that has the value itself', { at: 'cursor', tags: ['a'] }, 'cursor'],
    ['items without a value are passed over', { value: [{ at: 3 }, { at: null }, {}] }, '3'],
  ])('%s', (_name, body, since) => {
    expect(poll(body, PATHS)).toMatchObject({
      statusCode: 200,
      headers: { location: `/v1/orders?kind=a&since=${since}` },
      body,
    });
  });

  it('is the same again when there is no news', () => {
    expect(poll({ value: [] }, PATHS)).toEqual({
      statusCode: 202,
      headers: { location: '/v1/orders?since=0' },
      body: null,
    });
  });

  it('is what the service says, when it says it', () => {
    const headers = { location: '/v1/orders?cursor=7' };
    expect(poll({ value: [{ at: 9 }] }, PATHS, {}, headers).headers).toEqual(headers);
  });

  it('is no matter of actions and webhooks', () => {
    const others: JsonObject[] = [{ 'x-ms-trigger': null }, { 'x-ms-trigger-metadata': { mode: 'webhook' } }];
    for (const more of others) expect(poll({ value: [{ at: 9 }] }, PATHS, more).headers).toEqual({});
  });
});
