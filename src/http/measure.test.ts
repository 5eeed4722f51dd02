import { hasSubscribers } from 'node:diagnostics_channel';
import { afterEach, expect, it } from 'vitest';
import { createCertificate, serve, serveSecurely, type TestServer } from '../../test/servers.ts';
import { createHttpClient } from './client.ts';
import type { HttpClientOptions } from './types.ts';

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of closing.splice(0).reverse()) await thing.close();
});

function clientFor(server: TestServer, options: HttpClientOptions = {}) {
  const client = createHttpClient({
    allowedHosts: () => [server.host, `localhost:${server.port}`],
    ...options,
  });
  closing.push(client);
  return client;
}

async function started(server: Promise<TestServer>) {
  closing.push(await server);
  return server;
}

it('tells what a new connection took, and that the next call needed none', async () => {
  const server = await started(serve((_request, response) => response.end('ok')));
  const client = clientFor(server, { connectionsPerOrigin: 1 });
  const request = { method: 'GET', url: `http://localhost:${server.port}/`, measure: true };
  const first = await client.send(request);
  expect(first.timings.reused).toBe(false);
  expect(first.timings.dnsMs).toBeGreaterThan(0);
  expect(first.timings.connectMs).toBeGreaterThan(0);
  expect(first.timings.tlsMs).toBeUndefined();
  const { dnsMs = 0, connectMs = 0, firstByteMs, totalMs } = first.timings;
  expect(dnsMs + connectMs).toBeLessThanOrEqual(firstByteMs);
  expect(firstByteMs).toBeLessThanOrEqual(totalMs);
  const second = await client.send(request);
  expect(second.timings).toEqual({
    reused: true,
    firstByteMs: expect.any(Number),
    totalMs: expect.any(Number),
  });
});

const pem = createCertificate('DNS:localhost');

it.skipIf(pem === undefined)('tells TLS apart from the connection below it', async () => {
  if (pem === undefined) return;
  const server = await started(serveSecurely((_request, response) => response.end('ok'), pem));
  const client = clientFor(server, { trustedCertificates: [pem.cert] });
  const url = `https://localhost:${server.port}/`;
  const { timings } = await client.send({ method: 'GET', url, measure: true });
  expect(timings.connectMs).toBeGreaterThan(0);
  expect(timings.tlsMs).toBeGreaterThan(0);
});

it('knows of calls at the same time which of them opened a connection', async () => {
  const waiting: (() => void)[] = [];
  const server = await started(
    serve((request, response) => {
      waiting.push(() => response.end(String(request.socket.remotePort)));
      if (waiting.length === 2) for (const answer of waiting.splice(0)) answer();
    }),
  );
  const client = clientFor(server);
  const known = new Set<string>();
  for (const _round of [1, 2, 3, 4]) {
    const send = () => client.send({ method: 'GET', url: server.url, measure: true });
    const both = await Promise.all([send(), send()]);
    const ports = both.map(({ body }) => new TextDecoder().decode(body));
    expect(both.map(({ timings }) => timings.reused)).toEqual(ports.map((port) => known.has(port)));
    for (const port of ports) known.add(port);
  }
});

it('listens to undici only while a call is measured', async () => {
  let during: boolean | undefined;
  const server = await started(
    serve((_request, response) => {
      during = hasSubscribers('undici:client:sendHeaders');
      response.end();
    }),
  );
  const client = clientFor(server);
  await client.send({ method: 'GET', url: server.url, measure: true });
  expect(during).toBe(true);
  const { timings, hops } = await client.send({ method: 'GET', url: server.url });
  expect(during).toBe(false);
  expect([timings.reused, hops]).toEqual([undefined, undefined]);
  await expect(client.send({ method: 'GET', url: 'http://localhost:1/', measure: true })).rejects.toThrow();
  expect(hasSubscribers('undici:client:sendHeaders')).toBe(false);
});

it('tells where redirects led, without their queries', async () => {
  const server = await started(
    serve((request, response) => {
      if (request.url?.startsWith('/new')) response.end('here');
      else response.writeHead(302, { location: '/new?token=abc' }).end();
    }),
  );
  const answer = await clientFor(server).send({
    method: 'GET',
    url: `${server.url}/old?key=1`,
    measure: true,
  });
  expect(answer.hops).toEqual([{ status: 302, from: `${server.url}/old`, to: `${server.url}/new` }]);
});
