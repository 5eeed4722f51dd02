import { describe, expect, it } from 'vitest';
import { importText } from '../../../../test/documents/read.ts';
import { type JsonObject, stringifyJson } from '../../../base/index.ts';
import { compileConnector } from '../../compile/compile-connector.ts';

const named = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

function record(
  method: string,
  url: string,
  more: JsonObject = {},
  answer: JsonObject = { id: 7, name: 'Ada' },
): JsonObject {
  return {
    request: {
      method,
      url,
      headers: named({
        ':method': method,
        Authorization: 'Bearer s3cret',
        'User-Agent': 'Mozilla',
        'X-Shop': 's-7',
      }),
      cookies: named({ session: 's3cret', _ga: 'statistics' }),
      ...more,
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: named({ 'Set-Cookie': 'session=s3cret' }),
      content: { mimeType: 'application/json; charset=utf-8', text: stringifyJson(answer) },
    },
  };
}

const page: JsonObject = {
  request: { method: 'GET', url: 'https://bakery.example/logo.png', headers: [] },
  response: { status: 200, content: { mimeType: 'image/png', text: 'AAAA', encoding: 'base64' } },
};

function importEntries(entries: JsonObject[]) {
  return importText(
    stringifyJson({ log: { version: '1.2', creator: { name: 'test' }, entries } }),
    'visit.har',
  );
}

const visit = importEntries([
  page,
  record('GET', 'https://api.bakery.example/v2/customers/42?page=1'),
  record('GET', 'https://api.bakery.example/v2/customers/43?page=2&full=true', {}, { id: 8, name: null }),
  record('GET', 'https://api.bakery.example/v2/customers/7d444840-9dc0-11d1-b245-5ffdce74fad2/orders'),
  record('POST', 'https://api.bakery.example/v2/sign-in', {
    postData: { mimeType: 'application/json', text: '{"user": "ada", "password": "s3cret"}' },
  }),
  record('POST', 'https://api.bakery.example/v2/form', {
    postData: { mimeType: 'application/x-www-form-urlencoded', text: 'a=1&b=two' },
  }),
  record('POST', 'https://statistics.example/collect'),
]);

describe('a HAR recording', () => {
  const connector = visit.definition && compileConnector(visit.definition);

  it('becomes the operations of the host that was called most', () => {
    expect(visit.format).toBe('har');
    expect(connector?.baseUrl).toBe('https://api.bakery.example');
    expect(connector?.operations.map((one) => `${one.method} ${one.path}`)).toEqual([
      'GET /v2/customers/{customerId}',
      'GET /v2/customers/{customerId}/orders',
      'POST /v2/sign-in',
      'POST /v2/form',
    ]);
    expect(visit.warnings.map(({ code }) => code)).toEqual(['CONNECTOR_REQUEST_LEFT_OUT']);
    expect(visit.warnings[0]?.message).toContain('https://statistics.example');
  });

  it('turns credentials into the authentication and keeps no recorded value', () => {
    const text = stringifyJson(visit.definition as unknown as JsonObject);
    expect(text).not.toContain('s3cret');
    expect(text).not.toContain('Ada');
    expect(text).not.toContain('statistics');
    const credentials = connector?.authentication[0]?.credentials;
    expect(credentials?.map((rule) => rule.type)).toEqual(['bearer', 'apiKey']);
    expect(credentials?.[1]).toMatchObject({ in: 'cookie', name: 'session' });
  });

  it('infers parameters and schemas from all calls of an operation', () => {
    const [read] = connector?.operations ?? [];
    expect(read?.parameters.map((one) => [one.name, one.in, one.required, one.schema['type']])).toEqual([
      ['customerId', 'path', true, 'string'],
      ['page', 'query', false, 'integer'],
      ['X-Shop', 'header', false, 'string'],
      ['full', 'query', false, 'boolean'],
    ]);
    const properties = read?.successResponse?.schema?.['properties'] as JsonObject;
    expect(properties['name']).toMatchObject({ type: ['string', 'null'] });
    const form = connector?.operations[3]?.body;
    expect([form?.kind, form?.fields?.map(({ name }) => name)]).toEqual(['form', ['a', 'b']]);
  });

  it('of nothing but a page is one clear error', () => {
    expect(importEntries([page]).errors.map(({ code }) => code)).toEqual(['CONNECTOR_NO_OPERATIONS']);
  });
});

describe('a recording of a browser', () => {
  const text = [
    '------WebKitFormBoundaryX',
    'Content-Disposition: form-data; name="photo"; filename="a.png"',
    'Content-Type: image/png',
    '',
    '',
    '------WebKitFormBoundaryX',
    'Content-Disposition: form-data; name="note"',
    '',
    'two\r\nlines',
    '------WebKitFormBoundaryX--',
    '',
  ].join('\r\n');
  const upload = record('POST', 'https://bakery.example/api/photos', {
    postData: { mimeType: 'multipart/form-data; boundary=----WebKitFormBoundaryX', text },
  });
  const socket = { ...record('GET', 'https://bakery.example/api/live'), _resourceType: 'websocket' };
  const { definition } = importText(stringifyJson({ log: { entries: [upload, socket] } }), 'x.har');

  it('shows the fields of a form in parts, and calls nothing a call that is none', () => {
    if (definition === undefined) throw new Error('not imported');
    const { operations } = compileConnector(definition);
    expect(operations.map(({ path }) => path)).toEqual(['/api/photos']);
    expect(operations[0]?.body?.fields?.map(({ name, file }) => [name, file])).toEqual([
      ['photo', true],
      ['note', false],
    ]);
  });
});
