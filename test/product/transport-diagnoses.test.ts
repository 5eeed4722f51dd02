import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { createCertificate, serve, serveSecurely, serveSocket, type TestServer } from '../servers.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

/** Services that fail on the wire, each in its own way: what a test says of them, through the whole product. */

let patchbay: TestProduct;
const running: TestServer[] = [];

beforeAll(async () => {
  patchbay = await startTestProduct();
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

afterAll(() => patchbay?.stop());

async function start(server: Promise<TestServer>): Promise<TestServer> {
  const started = await server;
  running.push(started);
  return started;
}

/** Makes a connector of one operation at an address, and tries it. */
async function tryAt(url: string, options: { timeoutMs?: number; isAllowed?: boolean } = {}) {
  const { client } = patchbay;
  const { host, port, hostname, protocol } = new URL(url);
  const allowed = port === '' ? `${hostname}:${protocol === 'https:' ? 443 : 80}` : host;
  const hosts = options.isAllowed === false ? [] : [allowed];
  await client.call(endpoints.updateAllowedHosts, { body: { hosts } });
  const document = {
    openapi: '3.0.3',
    info: { title: `Service at ${host}`, version: '1' },
    servers: [{ url }],
    paths: { '/track': { get: { operationId: 'Track', responses: { '200': { description: 'ok' } } } } },
  };
  const { connector } = await client.call(endpoints.importConnector, {
    body: { text: JSON.stringify(document) },
  });
  const { id } = await client.call(endpoints.createConnection, {
    body: { connectorId: connector?.id ?? '', name: 'Mine', parameters: {} },
  });
  return client.call(endpoints.testOperation, {
    params: { id, operationId: 'Track' },
    body: { timeoutMs: options.timeoutMs ?? 10_000 },
  });
}

/** What people see first, and what programs see of the wire. */
async function diagnose(url: string, options: Parameters<typeof tryAt>[1] = {}) {
  const { ok, answer, causes, exchanges } = await tryAt(url, options);
  expect(ok).toBe(false);
  expect(answer).toBeUndefined();
  const [first] = causes;
  const { failure } = exchanges.at(-1) ?? {};
  return { id: first?.id, fix: first?.fix, title: first?.title, failure: [failure?.code, failure?.phase] };
}

test('a name that nobody knows', async () => {
  const { id, failure } = await diagnose('http://no-such-host.invalid');
  // Where there is no name server at all, that is what is said.
  expect(['host-unknown', 'name-server-silent']).toContain(id);
  expect(failure).toEqual(['DNS_FAILURE', 'connect']);
});

test('a port where nothing listens', async () => {
  const server = await serve(() => undefined);
  await server.close();
  expect(await diagnose(server.url)).toMatchObject({
    id: 'nothing-listens',
    failure: ['CONNECTION_REFUSED', 'connect'],
  });
});

test('a private address that nobody allowed', async () => {
  const server = await start(serve((_request, response) => response.end('{}')));
  expect(await diagnose(server.url, { isAllowed: false })).toMatchObject({
    id: 'address-not-allowed',
    fix: { kind: 'allow-host', host: server.host },
  });
});

/** Works when the connection to it is made, and not any more when it is tested. */
function failLater(fail: (response: ServerResponse) => void): Promise<TestServer> {
  let calls = 0;
  return serve((_request, response) => {
    calls += 1;
    if (calls === 1) response.end('{}');
    else fail(response);
  });
}

test('a service that takes the request and says nothing', async () => {
  const server = await start(failLater(() => undefined));
  expect(await diagnose(server.url, { timeoutMs: 300 })).toMatchObject({
    id: 'slow-service',
    failure: ['TIMEOUT', 'headers'],
  });
});

test('a service that begins to answer and does not finish', async () => {
  const begin = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"city":');
  };
  const server = await start(failLater(begin));
  expect(await diagnose(server.url, { timeoutMs: 500 })).toMatchObject({
    id: 'slow-answer',
    failure: ['TIMEOUT', 'body'],
  });
});

test('a service that hangs up in the middle of its answer', async () => {
  const server = await start(
    serveSocket((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"city"', () => socket.resetAndDestroy());
      });
    }),
  );
  expect(await diagnose(server.url)).toMatchObject({
    id: 'connection-lost',
    failure: ['CONNECTION_RESET', 'body'],
  });
});

test('a port that speaks something else', async () => {
  const server = await start(serveSocket((socket) => socket.end('220 mail.example ESMTP ready\r\n')));
  const { causes } = await tryAt(server.url);
  expect(causes.map(({ id }) => id)).toContain('not-http');
});

test('redirects in a circle', async () => {
  const server = await start(
    serve((request, response) => {
      response.writeHead(302, { location: request.url === '/track' ? '/other' : '/track' }).end();
    }),
  );
  expect(await diagnose(server.url)).toMatchObject({
    id: 'redirects-without-end',
    failure: ['TOO_MANY_REDIRECTS', expect.any(String)],
  });
});

test('https asked of a port that speaks http, with the edit that mends it', async () => {
  const server = await start(serve((_request, response) => response.end('{}')));
  expect(await diagnose(server.url.replace('http:', 'https:'))).toMatchObject({
    id: 'https-at-http-port',
    failure: ['TLS_FAILURE', 'connect'],
    fix: { kind: 'definition', edit: { edit: 'set-server', url: server.url } },
  });
});

const selfSigned = createCertificate('IP:127.0.0.1');
const expired = createCertificate('IP:127.0.0.1', ['-days', '-1']);

test.skipIf(selfSigned === undefined)('a certificate that only vouches for itself', async () => {
  if (selfSigned === undefined) return;
  const server = await start(serveSecurely((_request, response) => response.end('{}'), selfSigned));
  expect(await diagnose(server.url)).toMatchObject({
    id: 'certificate-self-signed',
    failure: ['TLS_FAILURE', 'connect'],
  });
});

test.skipIf(expired === undefined)('a certificate that has expired', async () => {
  if (expired === undefined) return;
  const server = await start(serveSecurely((_request, response) => response.end('{}'), expired));
  // Whether it is its age or its maker that is noticed first is OpenSSL's.
  const { id, failure } = await diagnose(server.url);
  expect(['certificate-expired', 'certificate-self-signed']).toContain(id);
  expect(failure).toEqual(['TLS_FAILURE', 'connect']);
});

test.skipIf(selfSigned === undefined)('http spoken to a port that wants https', async () => {
  if (selfSigned === undefined) return;
  const server = await start(serveSecurely((_request, response) => response.end('{}'), selfSigned));
  const { ok, causes } = await tryAt(server.url.replace('https:', 'http:'));
  expect(ok).toBe(false);
  expect(causes.map(({ id, fix }) => [id, fix?.kind])).toContainEqual(['http-at-https-port', 'definition']);
});
