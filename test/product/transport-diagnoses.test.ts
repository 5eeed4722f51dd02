import type { ServerResponse } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import {
  createCertificate,
  createSignedCertificate,
  serve,
  serveSecurely,
  serveSocket,
  type TestServer,
} from '../servers.ts';
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
const past = { from: '20200101000000Z', until: '20210101000000Z' };
const present = { from: '20200101000000Z', until: '20990101000000Z' };
const expired = createSignedCertificate('IP:127.0.0.1', past);
const otherName = createSignedCertificate('DNS:parcels.example', present);

/** As an installation does whose administrator trusts an authority of its own. */
async function trusting<Result>(authority: string, work: () => Promise<Result>): Promise<Result> {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, authority]);
  try {
    return await work();
  } finally {
    setDefaultCACertificates(before);
  }
}

test.skipIf(selfSigned === undefined)(
  'a certificate that only vouches for itself, with what it shows',
  async () => {
    if (selfSigned === undefined) return;
    const server = await start(serveSecurely((_request, response) => response.end('{}'), selfSigned));
    const { causes, exchanges } = await tryAt(server.url);
    expect(causes.map(({ id }) => id)).toEqual(['certificate-self-signed']);
    expect(exchanges.at(-1)?.failure).toMatchObject({
      code: 'TLS_FAILURE',
      phase: 'connect',
      certificate: { subject: 'test', issuer: 'test', selfSigned: true, names: ['127.0.0.1'] },
    });
    expect(causes[0]?.evidence).toMatch(
      /It showed a certificate of test, signed by itself, valid from \d{4}-\d\d-\d\d until \d{4}-\d\d-\d\d, for 127\.0\.0\.1\./,
    );
  },
);

test.skipIf(expired === undefined)('a certificate that has expired', async () => {
  if (expired === undefined) return;
  const server = await start(serveSecurely((_request, response) => response.end('{}'), expired));
  const { causes, exchanges } = await trusting(expired.authority, () => tryAt(server.url));
  expect(causes.map(({ id }) => id)).toEqual(['certificate-expired']);
  expect(exchanges.at(-1)?.failure?.certificate).toEqual({
    subject: 'Parcel service',
    issuer: 'Test authority',
    selfSigned: false,
    validFrom: '2020-01-01T00:00:00.000Z',
    validTo: '2021-01-01T00:00:00.000Z',
    names: ['127.0.0.1'],
  });
  expect(causes[0]?.evidence).toContain(
    'It showed a certificate of Parcel service, signed by Test authority, valid from 2020-01-01 until 2021-01-01, for 127.0.0.1.',
  );
});

test.skipIf(expired === undefined)('a certificate with several faults: each is told at once', async () => {
  if (expired === undefined) return;
  const server = await start(serveSecurely((_request, response) => response.end('{}'), expired));
  const { causes } = await tryAt(server.url.replace('127.0.0.1', 'localhost'));
  // OpenSSL names one of them, and not the same in all its versions.
  const ids = causes.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['certificate-expired', 'certificate-other-name']));
  expect(causes.at(-1)?.evidence).toBe('It is for 127.0.0.1, and localhost was called.');
});

test.skipIf(otherName === undefined)(
  'a certificate for another name, with the edit that calls it by that name',
  async () => {
    if (otherName === undefined) return;
    const server = await start(serveSecurely((_request, response) => response.end('{}'), otherName));
    const { causes } = await trusting(otherName.authority, () => tryAt(server.url));
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatchObject({
      id: 'certificate-other-name',
      fix: {
        kind: 'definition',
        label: `Set the base URL to https://parcels.example:${server.port}`,
        edit: { edit: 'set-server', url: `https://parcels.example:${server.port}` },
      },
    });
    expect(causes[0]?.evidence).toContain('for parcels.example.');
  },
);

test.skipIf(selfSigned === undefined)('http spoken to a port that wants https', async () => {
  if (selfSigned === undefined) return;
  const server = await start(serveSecurely((_request, response) => response.end('{}'), selfSigned));
  const { ok, causes } = await tryAt(server.url.replace('https:', 'http:'));
  expect(ok).toBe(false);
  expect(causes.map(({ id, fix }) => [id, fix?.kind])).toContainEqual(['http-at-https-port', 'definition']);
});
