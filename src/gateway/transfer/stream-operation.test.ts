import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../../test/gateway-world.ts';
import { serve, type TestServer } from '../../../test/servers.ts';
import type { JsonObject } from '../../base/index.ts';
import type { StreamCall, StreamOutcome } from '../types.ts';

let world: GatewayWorld;
beforeAll(async () => {
  world = await createGatewayWorld();
});

const closing: TestServer[] = [];
afterEach(async () => {
  for (const server of closing.splice(0)) await server.close();
});

const file = { type: 'string', format: 'binary' };
const FILES: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Files', version: '1' },
  paths: {
    '/files/{name}': {
      parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
      put: {
        operationId: 'Put',
        requestBody: { required: true, content: { 'application/octet-stream': { schema: file } } },
        responses: { 200: { description: '' } },
      },
      get: { operationId: 'Get', responses: { 200: { description: '' } } },
    },
    '/forms': {
      post: {
        operationId: 'Attach',
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: { type: 'object', required: ['file'], properties: { note: { type: 'string' }, file } },
            },
          },
        },
        responses: { 200: { description: '' } },
      },
    },
    '/json': {
      post: {
        operationId: 'Json',
        requestBody: { content: { 'application/json': { schema: {} } } },
        responses: { 200: { description: '' } },
      },
    },
  },
};

async function connect(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = await serve((request, response) => void answer(request, response));
  closing.push(server);
  world.allow(server.host);
  const { connectionId } = await world.connect({ ...FILES, servers: [{ url: server.url }] });
  return (operationId: string, rest: Partial<StreamCall> = {}): Promise<StreamOutcome> =>
    world.gateway.streamOperation({
      connectionId,
      operation: { operationId },
      inputs: { name: 'a.bin' },
      ...rest,
    });
}

const read = async ({ stream, error }: StreamOutcome) => {
  if (stream === undefined) throw new Error(error?.message);
  return Buffer.concat(await Readable.from(stream.body).toArray()).toString();
};

const MEGABYTE = 1024 * 1024;

async function* produce(megabytes: number) {
  const chunk = Buffer.alloc(MEGABYTE, 'x');
  for (let sent = 0; sent < megabytes; sent++) yield chunk;
}

async function countBytes(source: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of source) bytes += chunk.length;
  return bytes;
}

/** The most that memory grew while something ran. */
async function measureGrowth(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  try {
    await run();
  } finally {
    clearInterval(timer);
  }
  return (most - before) / MEGABYTE;
}

describe('files that pass through', () => {
  it('half a gigabyte up and down in flat memory', { timeout: 120_000 }, async () => {
    const call = await connect(async (request, response) => {
      if (request.method === 'GET') {
        response.writeHead(200, { 'content-type': 'video/mp4' });
        Readable.from(produce(512)).pipe(response);
        return;
      }
      response.end(JSON.stringify({ bytes: await countBytes(request) }));
    });
    let up = '';
    let down = 0;
    const grew = await measureGrowth(async () => {
      up = await read(await call('Put', { upload: { content: produce(512), lengthBytes: 512 * MEGABYTE } }));
      const { stream } = await call('Get');
      expect(stream?.headers['content-type']).toBe('video/mp4');
      down = await countBytes(stream?.body ?? produce(0));
    });
    console.log(`resident memory grew by ${Math.round(grew)} MiB over 2 × 512 MiB`);
    expect([JSON.parse(up), down]).toEqual([{ bytes: 512 * MEGABYTE }, 512 * MEGABYTE]);
    expect(grew).toBeLessThan(160);
  });

  it('in the part of a form that they belong to, with a length where it is known', async () => {
    const call = await connect(async (request, response) => {
      const form = await new Response(Readable.toWeb(request) as ReadableStream, {
        headers: { 'content-type': request.headers['content-type'] ?? '' },
      }).formData();
      const sent = form.get('file') as File;
      const { length } = request.headers['content-length'] ?? '';
      response.end(JSON.stringify([form.get('note'), sent.name, sent.type, await sent.text(), length > 0]));
    });
    const content = Readable.from([Buffer.from('abc'), Buffer.from('def')]);
    const upload = { content, mediaType: 'text/csv', fileName: 'a.csv', lengthBytes: 6 };
    const answer = await call('Attach', { inputs: { body: { note: 'hi' } }, upload });
    expect(JSON.parse(await read(answer))).toEqual(['hi', 'a.csv', 'text/csv', 'abcdef', true]);
  });

  it('not where an operation takes no file', async () => {
    const call = await connect((_request, response) => response.end());
    const { error } = await call('Json', { inputs: {}, upload: { content: produce(1) } });
    expect(error).toMatchObject({
      code: 'InvalidInputs',
      message: 'The operation Json takes no file as its body.',
    });
  });

  it('fail like other calls: with what the service said, beyond the limit, cut off, damaged', async () => {
    const call = await connect((request, response) => {
      const name = request.url?.split('/').at(-1);
      if (name === 'no')
        response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"not yours"}');
      else if (name === 'gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
      else if (name === 'large')
        response.writeHead(200, { 'content-length': String(5 * MEGABYTE) }).flushHeaders();
      else {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setImmediate(() => response.destroy());
      }
    });
    const get = (name: string) => call('Get', { inputs: { name }, maximumBytes: MEGABYTE });
    const refused = await get('no');
    expect(refused).toMatchObject({
      ok: false,
      outputs: { statusCode: 403, body: { message: 'not yours' } },
    });
    expect(refused.error?.message).toContain('not yours');
    expect((await get('large')).error?.code).toBe('ResponseTooLarge');
    await expect(read(await get('cut'))).rejects.toMatchObject({ error: { code: 'ConnectionLost' } });
    await expect(read(await get('gzip'))).rejects.toMatchObject({ error: { code: 'InvalidResponse' } });
  });
});

describe('uploads in pieces', () => {
  it('follow what the service takes, and send a lost piece again', async () => {
    const received: Buffer[] = [];
    const seen: string[] = [];
    let failures = 1;
    const call = await connect(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      const { headers } = request;
      if (request.method === 'PUT') {
        seen.push(`${headers['x-ms-transfer-mode']} ${headers['x-ms-content-length']} ${body.length}`);
        response.writeHead(200, { location: '/up/1', 'x-ms-chunk-size': '4' }).end();
        return;
      }
      if (failures-- > 0) return response.writeHead(503, { 'retry-after-ms': '1' }).end();
      seen.push(`${request.method} ${request.url} ${headers['content-range']} ${headers['content-type']}`);
      // It takes in only three bytes of what it gets.
      const start = Number(/(\d+)-/.exec(headers['content-range'] ?? '')?.[1]);
      received.push(body.subarray(0, 3));
      const end = start + Math.min(3, body.length);
      response.writeHead(200, { range: `bytes=0-${end - 1}` }).end(end === 8 ? 'whole' : '');
    });
    void call;
    const { connectionId } = await world.connect({ ...FILES, servers: [{ url: closing.at(-1)?.url ?? '' }] });
    const outcome = await world.gateway.callOperation({
      connectionId,
      operation: { operationId: 'Put' },
      inputs: {
        name: 'a',
        body: { '$content-type': 'image/png', $content: Buffer.from('12345678').toString('base64') },
      },
      transferMode: 'chunked',
    });
    expect(outcome.outputs?.body).toBe('whole');
    expect(Buffer.concat(received).toString()).toBe('12345678');
    expect(seen).toEqual([
      'chunked 8 0',
      'PATCH /up/1 bytes 0-3/8 image/png',
      'PATCH /up/1 bytes 3-6/8 image/png',
      'PATCH /up/1 bytes 6-7/8 image/png',
    ]);
  });

  it('end with a clear error where the service does not say where they go', async () => {
    const call = await connect((_request, response) => response.end());
    void call;
    const outcome = await world.gateway.sendHttp({
      method: 'POST',
      uri: `${closing.at(-1)?.url}/x`,
      body: 'text',
      transferMode: 'chunked',
    });
    expect(outcome.error).toMatchObject({ code: 'InvalidResponse' });
    expect(outcome.error?.message).toContain('does not say where the pieces go');
  });
});

describe('downloads in pieces', () => {
  const whole = Buffer.from('0123456789');

  function serveRanges(change?: (from: number) => boolean) {
    return (request: IncomingMessage, response: ServerResponse) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      if (change?.(from)) return response.writeHead(200, { etag: '"2"' }).end('changed');
      const piece = whole.subarray(from, from + 4);
      response
        .writeHead(206, {
          'content-type': 'text/plain',
          etag: '"1"',
          'content-range': `bytes ${from}-${from + piece.length - 1}/${whole.length}`,
        })
        .end(piece);
    };
  }

  it('are put together', async () => {
    await connect(serveRanges());
    const uri = `${closing.at(-1)?.url}/x`;
    const outcome = await world.gateway.sendHttp({ method: 'GET', uri, transferMode: 'chunked' });
    expect(outcome.outputs).toMatchObject({ statusCode: 200, body: '0123456789' });
    expect(outcome.outputs?.headers['content-range']).toBeUndefined();
    const plain = await world.gateway.sendHttp({ method: 'GET', uri });
    expect(plain.outputs).toMatchObject({ statusCode: 206, body: '0123' });
  });

  it('are given up when what they are pieces of changes', async () => {
    await connect(serveRanges((from) => from > 0));
    const uri = `${closing.at(-1)?.url}/x`;
    const { error } = await world.gateway.sendHttp({ method: 'GET', uri, transferMode: 'chunked' });
    expect(error?.message).toContain('it changed meanwhile');
  });
});
