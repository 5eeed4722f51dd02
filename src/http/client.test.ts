import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createCertificate, serve, serveSecurely, serveSocket, type TestServer } from '../../test/servers.ts';
import { createHttpClient } from './client.ts';
import { HttpError } from './errors.ts';
import type { HttpClient, HttpClientOptions, HttpRequest } from './types.ts';

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of closing.splice(0).reverse()) await thing.close();
});

function use<T extends { close(): Promise<void> }>(thing: T): T {
  closing.push(thing);
  return thing;
}

/** A client that may call exactly the given servers. */
function clientFor(servers: readonly TestServer[], options: HttpClientOptions = {}): HttpClient {
  const hosts = servers.map(({ host }) => host);
  return use(createHttpClient({ allowedHosts: () => hosts, ...options }));
}

async function failureOf(client: HttpClient, request: Partial<HttpRequest> & { url: string }) {
  const error = await client.send({ method: 'GET', ...request }).then(
    (response) => Promise.reject(new Error(`answered ${response.status}`)),
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpError)) throw error;
  return error;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('sending', () => {
  it('sends method, headers and body, and brings back status, headers, bytes and timings', async () => {
    const server = use(
      await serve(async (request, response) => {
        const chunks = await request.toArray();
        response.writeHead(201, { 'x-seen': `${request.method} ${request.url} ${request.headers['x-a']}` });
        response.end(Buffer.concat(chunks));
      }),
    );
    const answer = await clientFor([server]).send({
      method: 'POST',
      url: `${server.url}/items?a=1`,
      headers: { 'x-a': 'b' },
      body: '{"né":1}',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers['x-seen']).toBe('POST /items?a=1 b');
    expect(text(answer.body)).toBe('{"né":1}');
    expect(answer.timings.firstByteMs).toBeGreaterThan(0);
    expect(answer.timings.totalMs).toBeGreaterThanOrEqual(answer.timings.firstByteMs);
  });

  it('keeps connections open between calls', async () => {
    const ports = new Set<number | undefined>();
    const server = use(
      await serve((request, response) => {
        ports.add(request.socket.remotePort);
        response.end('ok');
      }),
    );
    const client = clientFor([server]);
    for (let i = 0; i < 20; i++) await client.send({ method: 'GET', url: `${server.url}/${i}` });
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('sends plain and odd paths as the URL standard writes them', async () => {
    const server = use(await serve((request, response) => response.end(request.url)));
    const client = clientFor([server]);
    const pathOf = async (path: string) => {
      const answer = await client.send({ method: 'GET', url: server.url + path });
      return text(answer.body);
    };
    await pathOf('/first'); // makes the origin known, so that the next ones may take the short way
    for (const path of [
      '/a/b%20c?x=%27&y=$z',
      '/a/../b',
      '/a/%2e%2E/b',
      '/a b',
      '/ä?q="',
      '/a#frag',
      '',
      '?q=1',
    ]) {
      const url = new URL(server.url + path);
      expect(await pathOf(path)).toBe(url.pathname + url.search);
    }
  });

  it('unfolds compressed answers', async () => {
    const server = use(
      await serve((_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync('hello '.repeat(1000)));
      }),
    );
    const answer = await clientFor([server]).send({ method: 'GET', url: server.url });
    expect(text(answer.body)).toBe('hello '.repeat(1000));
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.headers['content-length']).toBe('6000');
  });

  it('sends a reading request again when the service closed the kept-alive connection it used', async () => {
    let requests = 0;
    const server = use(
      await serveSocket((socket) => {
        let seen = 0;
        socket.on('data', () => {
          requests++;
          if (++seen === 2) socket.destroy();
          else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
        });
      }),
    );
    const client = clientFor([server], { connectionsPerOrigin: 1 });
    await client.send({ method: 'GET', url: server.url });
    const answer = await client.send({ method: 'GET', url: server.url });
    expect(text(answer.body)).toBe('ok');
    expect(requests).toBe(3);
    const error = await failureOf(client, { url: server.url, method: 'POST' });
    expect(error).toMatchObject({ code: 'CONNECTION_RESET', phase: 'headers' });
  });
});

describe('addresses', () => {
  it('refuses private addresses and names that lead to them, and says how to allow them', async () => {
    const server = use(await serve((_request, response) => response.end('secret')));
    const client = clientFor([]);
    for (const host of [
      server.host,
      `localhost:${server.port}`,
      `2130706433:${server.port}`,
      `0x7f.1:${server.port}`,
    ]) {
      const error = await failureOf(client, { url: `http://${host}/latest/meta-data` });
      expect(error).toMatchObject({ code: 'ADDRESS_NOT_ALLOWED', phase: 'connect' });
      expect(error.fix).toContain(`:${server.port}`);
      expect(error.message).not.toContain('meta-data');
    }
    for (const host of ['[::1]', '[::ffff:127.0.0.1]', '169.254.169.254', '017700000001']) {
      const error = await failureOf(client, { url: `http://${host}:${server.port}/` });
      expect(error.code).toBe('ADDRESS_NOT_ALLOWED');
    }
  });

  it('connects to the address it checked: a name that turns private later gains nothing', async () => {
    const server = use(await serve((_request, response) => response.end('secret')));
    const answers = ['93.184.216.34', '127.0.0.1'];
    const client = clientFor([], {
      connectTimeoutMs: 300,
      resolve: async () => [{ address: answers.shift() ?? '127.0.0.1', family: 4 }],
    });
    const url = `http://rebind.example:${server.port}/`;
    const first = await failureOf(client, { url, timeoutMs: 400 });
    expect(first.code).not.toBe('ADDRESS_NOT_ALLOWED'); // public: it was tried
    expect((await failureOf(client, { url })).code).toBe('ADDRESS_NOT_ALLOWED');
  });

  it('leaves out the private ones among the addresses of a name', async () => {
    const server = use(await serve((_request, response) => response.end('secret')));
    const client = clientFor([], {
      resolve: async () => [
        { address: '10.0.0.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    const error = await failureOf(client, { url: `http://both.example:${server.port}/` });
    expect(error).toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
  });

  it('stops using kept-alive connections when the permission for their host is withdrawn', async () => {
    const server = use(await serve((_request, response) => response.end('ok')));
    let hosts: readonly string[] = [server.host];
    const client = use(createHttpClient({ allowedHosts: () => hosts }));
    await client.send({ method: 'GET', url: `${server.url}/` });
    hosts = [server.host, 'other.example'];
    await client.send({ method: 'GET', url: `${server.url}/` });
    hosts = [];
    expect((await failureOf(client, { url: `${server.url}/` })).code).toBe('ADDRESS_NOT_ALLOWED');
  });
});

describe('redirects', () => {
  async function serveRedirects() {
    const other = use(
      await serve((request, response) => {
        response.end(JSON.stringify({ url: request.url, headers: request.headers }));
      }),
    );
    const server = use(
      await serve(async (request, response) => {
        const path = String(request.url);
        const body = Buffer.concat(await request.toArray()).toString();
        if (path === '/loop') response.writeHead(302, { location: '/loop' }).end();
        else if (path === '/private') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
        else if (path === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
        else if (path === '/away') response.writeHead(307, { location: `${other.url}/landed` }).end();
        else if (/^\/30\d$/.test(path))
          response.writeHead(Number(path.slice(1)), { location: '/home' }).end();
        else response.end(JSON.stringify({ method: request.method, body, headers: request.headers }));
      }),
    );
    return { server, client: clientFor([server, other], { maxRedirects: 3 }) };
  }

  it('follows them as browsers do', async () => {
    const { server, client } = await serveRedirects();
    const methodAfter = async (status: number, method: string) => {
      const answer = await client.send({
        method,
        url: `${server.url}/${status}`,
        body: 'x',
        headers: { 'content-type': 'text/plain' },
      });
      expect(answer.redirects).toBe(1);
      const { method: sent, body } = JSON.parse(text(answer.body));
      return `${sent} ${body}`;
    };
    expect(await methodAfter(302, 'POST')).toBe('GET ');
    expect(await methodAfter(303, 'PUT')).toBe('GET ');
    expect(await methodAfter(301, 'PUT')).toBe('PUT x');
    expect(await methodAfter(307, 'POST')).toBe('POST x');
  });

  it('keeps credentials on the origin and drops them when the redirect leaves it', async () => {
    const { server, client } = await serveRedirects();
    const headers = { authorization: 'Bearer s', cookie: 'c=1', 'X-Api-Key': 'k', 'x-other': 'o' };
    const send = async (path: string) => {
      const request = { method: 'GET', url: server.url + path, headers, credentialHeaders: ['x-api-key'] };
      return JSON.parse(text((await client.send(request)).body)).headers;
    };
    expect(await send('/302')).toMatchObject({ authorization: 'Bearer s', cookie: 'c=1', 'x-api-key': 'k' });
    const away = await send('/away');
    expect(away).toMatchObject({ 'x-other': 'o' });
    expect(Object.keys(away)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(away.cookie ?? away['x-api-key']).toBeUndefined();
  });

  it('checks the address and the scheme of every stop', async () => {
    const { server, client } = await serveRedirects();
    const refused = await failureOf(client, { url: `${server.url}/private` });
    // The first service has had the request, so it must not look as if nothing was sent.
    expect(refused).toMatchObject({ code: 'ADDRESS_NOT_ALLOWED', phase: 'headers' });
    expect((await failureOf(client, { url: `${server.url}/file` })).code).toBe('INVALID_URL');
  });

  it('gives up a loop', async () => {
    const { server, client } = await serveRedirects();
    const error = await failureOf(client, { url: `${server.url}/loop` });
    expect(error).toMatchObject({ code: 'TOO_MANY_REDIRECTS' });
  });

  it('hands a redirect back when asked not to follow', async () => {
    const { server, client } = await serveRedirects();
    const answer = await client.send({ method: 'GET', url: `${server.url}/302`, followRedirects: false });
    expect(answer).toMatchObject({ status: 302, redirects: 0 });
  });
});

describe('limits', () => {
  it('says in which phase the time ran out', async () => {
    const silent = use(await serve(() => undefined));
    const dripping = use(
      await serve((_request, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(timer));
      }),
    );
    const client = clientFor([silent, dripping]);
    const noAnswer = await failureOf(client, { url: silent.url, timeoutMs: 80 });
    expect(noAnswer).toMatchObject({ code: 'TIMEOUT', phase: 'headers' });
    expect(noAnswer.message).toBe(`${silent.host} accepted the request and did not answer within 80 ms.`);
    const slow = await failureOf(client, { url: dripping.url, timeoutMs: 120 });
    expect(slow).toMatchObject({ code: 'TIMEOUT', phase: 'body' });
  });

  it('never sends a call whose time ran out while it waited for a free connection', async () => {
    const seen: string[] = [];
    const answers: (() => void)[] = [];
    const server = use(
      await serve((request, response) => {
        seen.push(String(request.url));
        answers.push(() => response.end());
      }),
    );
    const client = clientFor([server], { connectionsPerOrigin: 1 });
    const first = client.send({ method: 'GET', url: `${server.url}/first` });
    const queued = await failureOf(client, { url: `${server.url}/queued`, timeoutMs: 100 });
    expect(queued).toMatchObject({ code: 'TIMEOUT', phase: 'connect' });
    answers[0]?.();
    await first;
    const last = client.send({ method: 'GET', url: `${server.url}/last` });
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    await last;
    expect(seen).toEqual(['/first', '/last']);
  });

  it('stops between two pieces of an answer that come too slowly', async () => {
    const server = use(await serve((_request, response) => response.writeHead(200).write('.')));
    const client = clientFor([server], { idleTimeoutMs: 100 });
    expect(await failureOf(client, { url: server.url })).toMatchObject({ code: 'TIMEOUT', phase: 'body' });
  });

  it('refuses answers beyond the size limit, announced, streamed or compressed', async () => {
    const server = use(
      await serve((request, response) => {
        if (request.url === '/announced') response.end('x'.repeat(2000));
        else if (request.url === '/bomb') {
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)));
        } else {
          for (let i = 0; i < 20; i++) response.write('x'.repeat(100));
          response.end();
        }
      }),
    );
    const client = clientFor([server], { maxResponseBytes: 1500 });
    for (const path of ['/announced', '/streamed', '/bomb']) {
      const error = await failureOf(client, { url: server.url + path });
      expect(error.code).toBe('RESPONSE_TOO_LARGE');
      expect(error.message).toContain('1.5 KiB');
    }
    const answer = await client.send({
      method: 'GET',
      url: `${server.url}/announced`,
      maxResponseBytes: 3000,
    });
    expect(answer.body.length).toBe(2000);
  });

  it('takes times that are longer than a timer can wait', async () => {
    const server = use(await serve((_request, response) => response.end('ok')));
    const answer = await clientFor([server]).send({
      method: 'GET',
      url: server.url,
      timeoutMs: 30 * 86_400_000,
    });
    expect(answer.status).toBe(200);
  });

  it('stops at once when it is cancelled', async () => {
    const server = use(await serve(() => undefined));
    const controller = new AbortController();
    const failure = failureOf(clientFor([server]), { url: server.url, signal: controller.signal });
    controller.abort();
    expect((await failure).code).toBe('ABORTED');
  });
});

describe('failures', () => {
  it('names a refused connection', async () => {
    const server = await serve(() => undefined);
    await server.close();
    const error = await failureOf(clientFor([server]), { url: `${server.url}/secret?key=1` });
    expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', phase: 'connect' });
    expect(error.message).toBe(`${server.host} refused the connection: nothing listens there.`);
  });

  it('names a host that does not exist', async () => {
    const client = use(createHttpClient());
    const error = await failureOf(client, { url: 'http://no-such-host.invalid/' });
    expect(error.code).toBe('DNS_FAILURE');
  });

  it('names a lost connection and when it was lost', async () => {
    const server = use(await serveSocket((socket) => socket.once('data', () => socket.resetAndDestroy())));
    const error = await failureOf(clientFor([server]), { url: server.url, method: 'POST', body: 'x' });
    expect(error).toMatchObject({ code: 'CONNECTION_RESET', phase: 'headers' });
    const half = use(
      await serveSocket((socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc')),
      ),
    );
    const cut = await failureOf(clientFor([half]), { url: half.url });
    expect(cut).toMatchObject({ code: 'CONNECTION_RESET', phase: 'body' });
  });

  it('names an answer that is not HTTP', async () => {
    const server = use(
      await serveSocket((socket) => socket.once('data', () => socket.end('220 mail ready\r\n'))),
    );
    expect((await failureOf(clientFor([server]), { url: server.url })).code).toBe('INVALID_RESPONSE');
  });

  it.each([
    ['ftp://example.com/', 'Only http and https can be called, not ftp.'],
    ['/relative', 'The URL is not absolute or not well formed.'],
    ['http://me:pa55word@example.com/', 'The URL of example.com holds a user name or password.'],
  ])('refuses the URL %s without repeating what may be secret in it', async (url, message) => {
    const error = await failureOf(use(createHttpClient()), { url });
    expect(error).toMatchObject({ code: 'INVALID_URL', message });
    expect(`${error.message}${error.fix}`).not.toContain('pa55word');
  });

  it('refuses a header with a line break', async () => {
    const server = use(await serve((_request, response) => response.end()));
    const error = await failureOf(clientFor([server]), { url: server.url, headers: { a: 'b\r\nc: d' } });
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).not.toContain('c: d');
  });
});

const certificate = createCertificate('IP:127.0.0.1,DNS:localhost');

describe.skipIf(certificate === undefined)('TLS', () => {
  it('calls a service whose certificate is trusted, and refuses one that is not', async () => {
    if (certificate === undefined) return;
    const server = use(await serveSecurely((_request, response) => response.end('ok'), certificate));
    const trusting = clientFor([server], { trustedCertificates: [certificate.cert] });
    expect((await trusting.send({ method: 'GET', url: server.url })).status).toBe(200);
    const error = await failureOf(clientFor([server]), { url: server.url });
    expect(error).toMatchObject({ code: 'TLS_FAILURE', phase: 'connect' });
    expect(error.message).toBe(`No secure connection to ${server.host}: its certificate is self-signed.`);
  });

  it('says that a certificate is for another host', async () => {
    const other = createCertificate('DNS:other.example');
    if (other === undefined) return;
    const server = use(await serveSecurely((_request, response) => response.end('ok'), other));
    const client = clientFor([server], { trustedCertificates: [other.cert] });
    const error = await failureOf(client, { url: server.url });
    expect(error.message).toContain('its certificate is for another host name');
  });

  it('says that a certificate has expired', async () => {
    const old = createCertificate('IP:127.0.0.1', ['-days', '-1']);
    if (old === undefined) return;
    const server = use(await serveSecurely((_request, response) => response.end('ok'), old));
    const error = await failureOf(clientFor([server], { trustedCertificates: [old.cert] }), {
      url: server.url,
    });
    expect(error.message).toContain('its certificate has expired');
  });

  it('says that a plain service does not speak TLS', async () => {
    const server = use(await serve((_request, response) => response.end('ok')));
    const error = await failureOf(clientFor([server]), { url: server.url.replace('http:', 'https:') });
    expect(error.code).toBe('TLS_FAILURE');
    expect(error.message).toContain('does not speak TLS');
  });
});
