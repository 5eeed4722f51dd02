import { describe, expect, it } from 'vitest';
import { parseOperationUrl, type UrlParameter } from './parse-operation-url.ts';
import type { ServerParts } from './server-url.ts';

const SERVER: ServerParts = { scheme: 'https', host: 'api.shipping.example', basePath: '/v1' };

function show(parameters: readonly UrlParameter[]): string[] {
  return parameters.map(
    (one) =>
      `${one.in} ${one.name}${one.value === undefined ? '' : `=${one.value}`}${one.isList ? '[]' : ''}`,
  );
}

describe('the address of an operation', () => {
  it('gives path and query parameters at once', () => {
    const url = parseOperationUrl(
      'https://api.shipping.example/v1/tracking/{id}?carrier_code={carrier_code}&tracking_number={tracking_number}',
      SERVER,
    );
    expect(url).toMatchObject({ path: '/tracking/{id}', errors: [], notes: [] });
    expect(url.server).toBeUndefined();
    expect(show(url.parameters)).toEqual(['path id', 'query carrier_code', 'query tracking_number']);
  });

  it.each([
    ['/tracking', '/tracking', undefined],
    ['tracking', '/tracking', undefined],
    ['', '/', undefined],
    ['api.shipping.example/v1/tracking', '/tracking', undefined],
    ['HTTPS://API.Shipping.example/v1', '/', undefined],
    ['//api.shipping.example/v1/a//b', '/a/b', undefined],
    ['https://api.shipping.example/v10/a', '/v10/a', 'https://api.shipping.example'],
    ['https://api.shipping.example/v2/a', '/v2/a', 'https://api.shipping.example'],
    ['http://api.shipping.example/v1/a', '/v1/a', 'http://api.shipping.example'],
    ['https://files.shipping.example:8443/a', '/a', 'https://files.shipping.example:8443'],
    ['/v1/{ id }/x', '/v1/{id}/x', undefined],
    ['/a/%7Bid%7D', '/a/{id}', undefined],
    ['/a b', '/a%20b', undefined],
    ['/a%20b', '/a%20b', undefined],
    ['/orders/:orderId/lines', '/orders/{orderId}/lines', undefined],
    ['/v1/names:cancel', '/v1/names:cancel', undefined],
    ["/Orders('{id}')", "/Orders('{id}')", undefined],
  ])('%s is %s', (text, path, server) => {
    const url = parseOperationUrl(text, SERVER);
    expect([url.path, url.server, url.errors]).toEqual([path, server, []]);
  });

  it('takes the method that stands before it', () => {
    expect(parseOperationUrl('post /labels', SERVER)).toMatchObject({ method: 'POST', path: '/labels' });
    expect(parseOperationUrl('/get this', SERVER).method).toBeUndefined();
  });

  it('reads encoded names and values, fixed values, lists, and names without a value', () => {
    const { parameters } = parseOperationUrl(
      '/a?%24filter={filter}&api-version=2024%2D01&tag=a&tag=b&flag&q=&{open}&full+name={x}',
    );
    expect(show(parameters)).toEqual([
      'query $filter',
      'query api-version=2024-01',
      'query tag[]',
      'query flag',
      'query q',
      'query open',
      'query full name',
    ]);
  });

  it('leaves out fragments and credentials, and says so', () => {
    const url = parseOperationUrl('https://ada:pw@api.shipping.example/v1/a#part', SERVER);
    expect([url.path, url.server]).toEqual(['/a', undefined]);
    expect(url.notes).toHaveLength(2);
    expect(url.notes.join(' ')).not.toContain('pw');
  });

  it('keeps ? and # within braces', () => {
    expect(parseOperationUrl('/a/{x?}/b').path).toBe('/a/{x?}/b');
  });

  it.each([
    ['/a/{id', 'A brace is missing'],
    ['/a/{}', 'needs a name'],
    ['/a/{id}/b/{id}', 'twice'],
    ['/a?={x}', 'no name'],
    ['/a?x{y}=1', 'cannot be the name'],
    ['/{connectionId}/a', 'connectionId'],
  ])('%s has an error: %s', (text, message) => {
    expect(parseOperationUrl(text).errors.join(' ')).toContain(message);
  });

  it('without a server of its own takes that of the address', () => {
    expect(parseOperationUrl('https://host.example/base/a')).toMatchObject({
      path: '/base/a',
      server: 'https://host.example',
    });
  });
});
