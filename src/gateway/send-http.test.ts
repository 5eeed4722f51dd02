import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type TestServer } from '../../test/servers.ts';
import type { Json, JsonObject } from '../base/index.ts';
import { createHttpClient, type HttpClient } from '../http/index.ts';
import { sendHttp } from './send-http.ts';
import type { HttpCall } from './types.ts';

let api: TestServer;
let http: HttpClient;

beforeAll(async () => {
  api = await serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('latin1');
    if (request.url === '/text') return response.setHeader('content-type', 'text/plain').end('hello');
    if (request.url === '/image')
      return response.setHeader('content-type', 'image/png').end(Buffer.from([1, 2]));
    response.statusCode = request.url === '/denied' ? 401 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }),
    );
  });
  const hosts = [api.host];
  http = createHttpClient({ allowedHosts: () => hosts });
});

afterAll(async () => {
  await http.close();
  await api.close();
});

const send = (call: Partial<HttpCall>) => sendHttp(http, { method: 'GET', uri: api.url, ...call });

async function echo(call: Partial<HttpCall>): Promise<{ url: string; body: string; headers: JsonObject }> {
  const { outputs, error } = await send(call);
  if (error !== undefined) throw new Error(error.message);
  return outputs?.body as { url: string; body: string; headers: JsonObject };
}

describe('sendHttp', () => {
  it('sends method, headers, queries and body', async () => {
    const { url, body, headers } = await echo({
      method: 'post',
      uri: `${api.url}/a?x=1%2B1`,
      queries: { y: 'ä b', z: 3, none: null },
      headers: { 'X-Number': 5, Host: 'evil.example', 'Content-Length': '3' },
      body: { a: [1, 9007199254740993n] },
      idempotencyKey: 'run/Http',
    });
    expect(url).toBe('/a?x=1%2B1&y=%C3%A4%20b&z=3');
    expect(body).toBe('{"a":[1,9007199254740993]}');
    expect(headers).toMatchObject({
      'x-number': '5',
      host: api.host,
      'content-type': 'application/json',
      'idempotency-key': 'run/Http',
    });
  });

  it.each<[Json, string | undefined, string]>([
    ['plain', 'text/plain; charset=utf-8', 'plain'],
    [[1, 2], 'application/json', '[1,2]'],
    [true, 'application/json', 'true'],
    [{ '$content-type': 'image/png', $content: 'AQI=' }, 'image/png', '\u0001\u0002'],
  ])('writes the body %j', async (body, type, text) => {
    const answer = await echo({ method: 'PUT', body });
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.body).toBe(text);
  });

  it('keeps a content type that is given', async () => {
    const { headers } = await echo({ method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a,b' });
    expect(String(headers['content-type'])).toMatch(/^text\/csv/);
  });

  it('reads text as text and bytes as base64', async () => {
    expect((await send({ uri: `${api.url}/text` })).outputs?.body).toBe('hello');
    expect((await send({ uri: `${api.url}/image` })).outputs?.body).toEqual({
      '$content-type': 'image/png',
      $content: 'AQI=',
    });
  });

  it('authenticates with Basic and Raw, and gives no credential back', async () => {
    const basic = await send({ authentication: { type: 'Basic', username: 'ann', password: 'pa55word' } });
    const raw = await send({ authentication: { type: 'Raw', value: 'Bearer tok-123456' } });
    expect(JSON.stringify([basic, raw])).toContain('••••••');
    for (const secret of ['pa55word', Buffer.from('ann:pa55word').toString('base64'), 'tok-123456']) {
      expect(JSON.stringify([basic, raw])).not.toContain(secret);
    }
    const denied = await send({
      uri: `${api.url}/denied`,
      authentication: { type: 'Basic', username: 'ann', password: 'pa55word' },
    });
    expect(denied.error?.message).toContain('a user name with password (Basic authentication) was sent');
  });

  it.each<[Json, string]>([
    [{ type: 'ManagedServiceIdentity' }, 'A managed identity is not supported in an Http action.'],
    [{ type: 'ActiveDirectoryOAuth' }, 'Microsoft Entra ID OAuth is not supported'],
    [{ type: 'Basic' }, 'Basic authentication needs a username.'],
    [{ type: 'Raw' }, 'Raw authentication needs a value'],
  ])('says which authentication it cannot use: %j', async (authentication, message) => {
    const { error } = await send({ authentication });
    expect(error?.message).toContain(message);
    expect(error?.sent).toBe(false);
  });

  it.each([
    ['', 'The uri of the Http action is empty.'],
    ['/relative', 'The uri of the Http action is not an absolute URL.'],
    ['ftp://example.com/x', "'ftp://example.com' is no address of a service."],
    ['http://me:pa55word@example.com/', 'holds a user name or password'],
    ['http://169.254.169.254/latest', 'was not called'],
  ])('refuses the uri %s', async (uri, message) => {
    const { error } = await send({ uri });
    expect(error?.message).toContain(message);
    expect(error?.message).not.toContain('pa55word');
  });
});
