import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const KEY = 'files-key-0123456789';
let patchbay: TestProduct;
let url: string;

/** Keeps what it is sent as an image, and gives the name and the key it was asked with back as a page. */
const files = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<script>"${request.url}"</script>`);
    return;
  }
  const { 'content-type': type, 'x-api-key': key } = request.headers;
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ bytes: body.length, type, known: key === KEY, url: request.url }));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(files.address() as AddressInfo).port}`;
  patchbay = await startTestProduct();
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [host] } });
  const parameters = [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }];
  const responses = { 200: { description: '' } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Files', version: '1' },
    servers: [{ url: `http://${host}` }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    paths: {
      '/files/{name}': {
        parameters,
        get: { operationId: 'GetFile', summary: 'Get', responses },
        put: {
          operationId: 'PutFile',
          summary: 'Put',
          requestBody: { required: true, content: { 'application/octet-stream': {} } },
          responses,
        },
      },
    },
  };
  const { connector } = await patchbay.client.call(endpoints.importConnector, {
    body: { text: JSON.stringify(document), fileName: 'files.json' },
  });
  if (connector === undefined) throw new Error('the document was not imported');
  const connection = await patchbay.client.call(endpoints.createConnection, {
    body: { connectorId: connector.id, parameters: { api_key: KEY } },
  });
  url = `${patchbay.url}/api/connections/${connection.id}/operations`;
});

afterAll(async () => {
  await patchbay?.stop();
  files.close();
});

function post(operation: string, init: { headers?: Record<string, string>; body?: BodyInit }, query = '') {
  const headers = { authorization: `Bearer ${patchbay.apiKey}`, ...init.headers };
  return fetch(`${url}/${operation}/stream${query}`, { method: 'POST', ...init, headers });
}

test('a file goes through to the service with its type, and the answer comes back', async () => {
  const answer = await post('PutFile', {
    headers: { 'x-patchbay-parameters': '{"name":"a b.png"}', 'content-type': 'image/png' },
    body: new Uint8Array(3_000_000),
  });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({
    bytes: 3_000_000,
    type: 'image/png',
    known: true,
    url: '/files/a%20b.png',
  });
});

test('what a service answers is a file, never a page of ours', async () => {
  const answer = await post('GetFile', {
    headers: { 'content-type': 'application/json' },
    body: '{"parameters":{"name":"x"}}',
  });
  expect(await answer.text()).toBe('<script>"/files/x"</script>');
  expect(answer.headers.get('content-disposition')).toBe('attachment');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
});

test('what is too large, unreadable or not allowed is said so', async () => {
  const headers = { 'x-patchbay-parameters': '{"name":"a"}', 'content-type': 'image/png' };
  expect((await post('PutFile', { headers, body: 'x'.repeat(100) }, '?maximumBytes=10')).status).toBe(413);
  const broken = await post('PutFile', { headers: { ...headers, 'x-patchbay-parameters': '{' }, body: 'x' });
  expect(await broken.json()).toMatchObject({ status: 400, detail: expect.stringContaining('is not JSON') });
  const stranger = await fetch(`${url}/GetFile/stream`, { method: 'POST' });
  expect(stranger.status).toBe(401);
});
