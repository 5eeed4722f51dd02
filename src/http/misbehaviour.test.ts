import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { serve, serveSocket, type TestServer } from '../../test/servers.ts';
import { createHttpClient } from './client.ts';
import { HttpError } from './errors.ts';
import type { HttpClientOptions, HttpRequest } from './types.ts';

/** Services that break the rules of HTTP, each in its own way: every one gives an answer or one clear error. */

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of closing.splice(0).reverse()) await thing.close();
});

/** A service that writes exactly this to whoever asks, and then does with the connection what `then` says. */
async function speak(text: string | Buffer, then: 'end' | 'reset' | 'hang' = 'end') {
  const server = await serveSocket((socket) => {
    socket.once('data', () => {
      socket.write(text, () => {
        if (then === 'end') socket.end();
        if (then === 'reset') socket.resetAndDestroy();
      });
    });
  });
  closing.push(server);
  return server;
}

function clientFor(servers: readonly TestServer[], options: HttpClientOptions = {}) {
  const hosts = servers.map(({ host }) => host);
  const client = createHttpClient({ allowedHosts: () => hosts, ...options });
  closing.push(client);
  return client;
}

async function ask(server: TestServer, options: HttpClientOptions = {}, request: Partial<HttpRequest> = {}) {
  return clientFor([server], options).send({ method: 'GET', url: `${server.url}/x`, ...request });
}

async function failureOf(
  server: TestServer,
  options: HttpClientOptions = {},
  request: Partial<HttpRequest> = {},
) {
  const error = await ask(server, options, request).then(
    (answer) => Promise.reject(new Error(`answered ${answer.status}`)),
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpError)) throw error;
  return { code: error.code, phase: error.phase, message: error.message };
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('a body that is not what its headers say', () => {
  it.each([
    ['is shorter than its length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf', 'end'],
    ['is reset on the way', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf', 'reset'],
    ['ends within a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\na\r\nhalf', 'end'],
    [
      'ends before the last chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n',
      'end',
    ],
  ] as const)('%s', async (_name, answer, then) => {
    const server = await speak(answer, then);
    expect(await failureOf(server)).toMatchObject({ code: 'CONNECTION_RESET', phase: 'body' });
  });

  it('has a chunk whose size is no number', async () => {
    const server = await speak('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhalf\r\n');
    expect(await failureOf(server)).toMatchObject({ code: 'INVALID_RESPONSE' });
  });

  it('goes on behind its length: the rest is not taken for the next answer', async () => {
    const server = await speak(
      'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\nevil',
      'hang',
    );
    const client = clientFor([server], { connectionsPerOrigin: 1 });
    const answers = [];
    for (let count = 0; count < 2; count++) {
      const outcome = await client.send({ method: 'GET', url: server.url, timeoutMs: 2_000 }).then(
        ({ body }) => text(body),
        (error: HttpError) => error.code,
      );
      answers.push(outcome);
    }
    expect(answers).not.toContain('evil');
  });

  it('has two lengths that differ, or a length beside chunks', async () => {
    const two = await speak('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 4\r\n\r\nokok');
    expect((await failureOf(two)).code).toBe('INVALID_RESPONSE');
    const both = await speak(
      'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
    );
    expect((await failureOf(both)).code).toBe('INVALID_RESPONSE');
  });

  it('says it is compressed and is not, is cut, or is compressed in a way nobody knows', async () => {
    const plain = await serve((_q, answer) =>
      answer.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
    );
    const cut = await serve((_q, answer) => {
      answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(5_000)).subarray(0, 20));
    });
    const unknown = await serve((_q, answer) =>
      answer.writeHead(200, { 'content-encoding': 'snappy' }).end('raw'),
    );
    closing.push(plain, cut, unknown);
    expect((await failureOf(plain)).message).toMatch(/is compressed, and damaged/);
    expect((await failureOf(cut)).code).toBe('INVALID_RESPONSE');
    expect(text((await ask(unknown)).body)).toBe('raw');
  });

  it('drips too slowly for the time that is left', async () => {
    const server = await serve((_request, answer) => {
      answer.writeHead(200);
      const timer = setInterval(() => answer.write('.'), 20);
      answer.once('close', () => clearInterval(timer));
    });
    closing.push(server);
    expect(await failureOf(server, {}, { timeoutMs: 150 })).toMatchObject({ code: 'TIMEOUT', phase: 'body' });
  });
});

describe('headers', () => {
  it('that are too many to hold are refused', async () => {
    const server = await speak(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`);
    expect((await failureOf(server)).code).toBe('RESPONSE_TOO_LARGE');
  });

  it('that come twice are kept both, cookies apart', async () => {
    const server = await speak(
      'HTTP/1.1 200 OK\r\nx-a: 1\r\nset-cookie: a=1, b\r\nset-cookie: c=2\r\nx-a: 2\r\ncontent-length: 0\r\n\r\n',
    );
    const { headers } = await ask(server);
    expect([headers['x-a'], headers['set-cookie']]).toEqual([
      ['1', '2'],
      ['a=1, b', 'c=2'],
    ]);
  });

  it('in letters that are not ASCII do no harm', async () => {
    const server = await speak(
      Buffer.from('HTTP/1.1 200 OK\r\nx-a: caf\u00e9\r\ncontent-length: 0\r\n\r\n', 'latin1'),
    );
    expect((await ask(server)).status).toBe(200);
  });

  it('of a status before the answer are passed over', async () => {
    const server = await speak(
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
    );
    const answer = await ask(server);
    expect([answer.status, text(answer.body), answer.headers['link']]).toEqual([200, 'ok', undefined]);
  });

  it('of an upgrade nobody asked for are an error', async () => {
    const server = await speak(
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'hang',
    );
    expect(['INVALID_RESPONSE', 'CONNECTION_RESET']).toContain(
      (await failureOf(server, {}, { timeoutMs: 2_000 })).code,
    );
  });

  it('that promise a body where none may come are believed by none', async () => {
    const empty = await speak('HTTP/1.1 204 No Content\r\n\r\n');
    expect((await ask(empty)).body.length).toBe(0);
    const head = await speak('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n', 'hang');
    const answer = await ask(head, {}, { method: 'HEAD', timeoutMs: 2_000 });
    expect([answer.status, answer.body.length, answer.headers['content-length']]).toEqual([200, 0, '500']);
  });
});

describe('a connection that is gone when it is used again', () => {
  it('is not used for what might be done twice, unless nothing was sent', async () => {
    let posts = 0;
    const server = await serveSocket((socket) => {
      socket.on('data', () => {
        posts++;
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', () => socket.end());
      });
    });
    closing.push(server);
    const client = clientFor([server], { connectionsPerOrigin: 1 });
    for (let count = 0; count < 20; count++) {
      // The service closes after each answer: either the client has seen it, and connects anew, or it says so.
      await client.send({ method: 'POST', url: server.url, body: 'x' }).catch((error: HttpError) => {
        expect(error.code).toBe('CONNECTION_RESET');
      });
    }
    expect(posts).toBeLessThanOrEqual(20);
  });
});
