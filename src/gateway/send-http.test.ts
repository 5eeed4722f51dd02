import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type TestServer } from '../../test/servers.ts';
import type { Json, JsonObject } from '../base/index.ts';
import { createHttpClient, type HttpClient } from '../http/index.ts';
import { sendHttp } from './send-http.ts';
import type { HttpCall } from './types.ts';

let api: TestServer;
let http: HttpClient;
const tokenRequests: JsonObject[] = [];

beforeAll(async () => {
  api = await serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('latin1');
    if (request.url?.endsWith('/oauth2/token')) return answerToken(body, response);
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

/** As the v1 endpoint of Microsoft Entra ID: numbers are texts. */
function answerToken(body: string, response: ServerResponse) {
  tokenRequests.push(Object.fromEntries(new URLSearchParams(body)));
  response.setHeader('content-type', 'application/json');
  if (!body.includes('client_secret=right-s3cret')) {
    response.statusCode = 401;
    const error_description = `AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1`;
    return response.end(JSON.stringify({ error: 'invalid_client', error_description }));
  }
  const access_token = `tok-of-entra-${tokenRequests.length}`;
  return response.end(JSON.stringify({ token_type: 'Bearer', expires_in: '3599', access_token }));
}

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

  it('writes $multipart with a boundary of its own', async () => {
    const body: Json = {
      '$content-type': 'multipart/form-data',
      $multipart: [
        { headers: { 'Content-Disposition': 'form-data; name="note"' }, body: 'grüße' },
        {
          headers: { 'Content-Disposition': 'form-data; name="file"; filename="a.png"' },
          body: { '$content-type': 'image/png', $content: 'AQI=' },
        },
        {
          headers: { 'Content-Disposition': 'form-data; name="data"', 'content-type': 'application/json' },
          body: { a: 1 },
        },
      ],
    };
    const headers = { 'Content-Type': 'multipart/form-data' };
    const answer = await echo({ method: 'POST', headers, body });
    const [, boundary = ''] =
      /^multipart\/form-data; boundary=(\S+)$/.exec(String(answer.headers['content-type'])) ?? [];
    const [, ...pieces] = answer.body.split(`--${boundary}`);
    expect(pieces).toEqual([
      `\r\nContent-Disposition: form-data; name="note"\r\n\r\n${Buffer.from('grüße').toString('latin1')}\r\n`,
      '\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\u0001\u0002\r\n',
      '\r\nContent-Disposition: form-data; name="data"\r\ncontent-type: application/json\r\n\r\n{"a":1}\r\n',
      '--\r\n',
    ]);
  });

  it('a header of a part cannot begin another one', async () => {
    const headers = { 'Content-Disposition': 'form-data; name="a"\r\nX-Evil: 1' };
    const { body } = await echo({ method: 'POST', body: { $multipart: [{ headers, body: 'x' }] } });
    expect(body).not.toContain('\r\nX-Evil');
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

  it('signs in to Microsoft Entra ID with a secret, keeps the token, and asks again after a 401', async () => {
    const authentication = {
      type: 'ActiveDirectoryOAuth',
      authority: `${api.url}/`,
      tenant: 'tenant-1',
      clientId: 'client-1',
      secret: 'right-s3cret',
      audience: 'https://api.example/',
    };
    tokenRequests.length = 0;
    const echoed = await send({ uri: `${api.url}/length`, authentication });
    expect(echoed.ok).toBe(true);
    await send({ authentication });
    expect(tokenRequests).toEqual([
      {
        grant_type: 'client_credentials',
        client_id: 'client-1',
        client_secret: 'right-s3cret',
        resource: 'https://api.example/',
      },
    ]);
    const denied = await send({ uri: `${api.url}/denied`, authentication });
    expect(denied.error?.message).toContain('a token of Microsoft Entra ID was sent');
    await send({ authentication });
    expect(tokenRequests).toHaveLength(2);
    expect(JSON.stringify([echoed, denied])).toContain('••••••');
    expect(JSON.stringify([echoed, denied])).not.toContain('tok-of-entra');
  });

  it('says in one line why it got no token, without the secret, and sends nothing then', async () => {
    const authentication = {
      type: 'ActiveDirectoryOAuth',
      authority: api.url,
      tenant: 'tenant-1',
      clientId: 'client-1',
      secret: 'wrong-s3cret',
      audience: 'https://api.example/',
    };
    const { error } = await send({ authentication });
    expect(error).toMatchObject({ code: 'OAuthFailed', sent: false });
    expect(error?.message).toContain(
      'gives the client client-1 no token: AADSTS7000215: Invalid client secret provided.',
    );
    expect(JSON.stringify(error)).not.toContain('wrong-s3cret');
  });

  it.each<[Json, string]>([
    [
      { type: 'ManagedServiceIdentity', identity: 'x' },
      'the identity of a resource of Azure, and this server is',
    ],
    [
      { type: 'ActiveDirectoryOAuth', tenant: 't' },
      'needs clientId, secret (or pfx and password), audience.',
    ],
    [{ type: 'ActiveDirectoryOAuth', pfx: 'AA==' }, 'needs tenant, clientId, audience.'],
    [
      { type: 'ActiveDirectoryOAuth', tenant: 't', clientId: 'c', audience: 'a', pfx: '%%' },
      'ActiveDirectoryOAuth authentication needs "pfx"',
    ],
    [{ type: 'Oauth9' }, 'The authentication type Oauth9 is not supported'],
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
