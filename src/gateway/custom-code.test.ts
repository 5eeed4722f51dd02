import { beforeAll, describe, expect, it } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../test/gateway-world.ts';
import { serve, type TestServer } from '../../test/servers.ts';
import type { Json, JsonObject } from '../base/index.ts';
import type { OperationCall } from './types.ts';

const KEY = 'sk_live_0123456789';

let world: GatewayWorld;
let other: TestServer;
const seenElsewhere: { url: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];

beforeAll(async () => {
  world = await createGatewayWorld();
  other = await serve(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    seenElsewhere.push({ url: request.url ?? '', headers: request.headers, body });
    response.setHeader('content-type', 'application/json');
    response.end('{"token":"t-1"}');
  });
  return () => other.close();
});

const RESPONSES: Json = { '200': { description: 'ok', content: { 'application/json': { schema: {} } } } };

const API: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Shops', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  security: [{ key: [] }],
  paths: {
    '/shops': {
      get: {
        operationId: 'FindShops',
        parameters: [{ name: 'tag', in: 'query', schema: { type: 'string' } }],
        responses: RESPONSES,
      },
      post: {
        operationId: 'MakeShop',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: RESPONSES,
      },
    },
  },
};

const encode = (text: string) => Buffer.from(text).toString('base64');

/** The service says what it received, unless the test says otherwise. */
async function connect(files: Record<string, string>, properties: JsonObject = {}, site = 'north') {
  world.answerWith((request, response) => {
    response.setHeader('content-type', 'application/json');
    const { method, url, headers, body } = request;
    response.end(JSON.stringify({ method, url, key: headers['x-key'] === KEY, body }));
  });
  const encoded = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encode(text)]));
  const { connectionId } = await world.connect(
    API,
    { key: KEY, api_key: KEY },
    { site },
    { connectionParameters: { api_key: { type: 'securestring' }, site: { type: 'string' } }, ...properties },
    encoded,
  );
  return connectionId;
}

async function call(script: string, rest: Partial<OperationCall> = {}, properties: JsonObject = {}) {
  const connectionId = await connect({ 'script.ts': script }, properties);
  const operation = { operationId: 'FindShops' };
  return world.gateway.callOperation({ connectionId, operation, inputs: { tag: 'a, b' }, ...rest });
}

describe('custom code in a call', () => {
  it('changes the request before it goes out, credentials and all', async () => {
    const { ok, outputs } = await call(`
      const LISTS: Record<string, string[]> = { FindShops: ['tag'] };
      export default async function run(ctx) {
        const q = ctx.request.url.searchParams;
        for (const name of LISTS[ctx.operationId] ?? []) {
          const values = q.getAll(name).flatMap((v: string) => v.split(',')).map((v) => v.trim()).filter(Boolean);
          q.delete(name);
          for (const v of values) q.append(name, v);
        }
        return ctx.send();
      }`);
    expect({ ok, body: outputs?.body }).toEqual({
      ok: true,
      body: { method: 'GET', url: '/shops?tag=a&tag=b', key: true, body: '' },
    });
  });

  it('makes the answer, and tells what it had to work with', async () => {
    const script = `export default async (ctx) => ctx.json({
      id: ctx.operationId, params: ctx.params, connection: ctx.connection,
      header: ctx.request.headers.get('x-key') !== null, correlation: ctx.correlationId.length,
      originalHasKey: ctx.originalUrl.includes('key'),
    }, 201)`;
    const { outputs } = await call(script);
    expect(outputs).toMatchObject({
      statusCode: 201,
      body: {
        id: 'FindShops',
        params: { tag: 'a, b' },
        header: true,
        correlation: 36,
        originalHasKey: false,
      },
    });
    expect(JSON.stringify(outputs)).not.toContain(KEY);
    expect(outputs?.body).toMatchObject({ connection: { site: 'north' } });
    expect(world.seen).toEqual([]);
  });

  it('leaves operations alone that it does not serve', async () => {
    const script = `export default async (ctx) => ctx.json('never')`;
    const { outputs } = await call(script, {}, { scriptOperations: ['MakeShop'] });
    expect(outputs?.body).toMatchObject({ url: '/shops?tag=a%2C%20b' });
  });

  it('keeps a token for the next run of the same connection', async () => {
    const connectionId = await connect({
      'script.ts': `
        import { cache } from 'connector:util';
        export default async (ctx) => {
          let token = await cache.get('token');
          if (token === null) {
            const answer = await ctx.send({ url: new URL('/token', ctx.request.url), form: { grant: 'x' } });
            token = (await answer.body.json()).body.length;
            await cache.set('token', token, 60);
          }
          ctx.request.headers.set('authorization', 'Bearer ' + token);
          return ctx.send();
        }`,
    });
    const operation = { operationId: 'FindShops' };
    for (const _ of [1, 2]) await world.gateway.callOperation({ connectionId, operation, inputs: {} });
    expect(world.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /token',
      'GET /shops',
      'GET /shops',
    ]);
    expect(world.seen.map(({ headers }) => headers['x-key'] === KEY)).toEqual([true, true, true]);
  });

  it('takes credentials off what goes to another host, however they got there', async () => {
    world.allow(other.host);
    seenElsewhere.length = 0;
    const script = `export default async (ctx) => {
      const copy = ctx.request.clone();
      const key = ctx.request.headers.get('x-key');
      copy.url = new URL('${other.url}/a?k=' + key);
      copy.headers.set('x-again', 'key=' + key);
      copy.headers.set('x-kept', 'yes');
      await ctx.send(copy);
      await ctx.send({ url: '${other.url}/b', auth: 'inherit' });
      return ctx.json({});
    }`;
    const { ok, trace } = await call(script, { trace: true });
    expect(ok).toBe(true);
    expect(seenElsewhere.map(({ url }) => url)).toEqual(['/a', '/b']);
    expect(JSON.stringify(seenElsewhere)).not.toContain(KEY);
    expect(seenElsewhere[0]?.headers['x-kept']).toBe('yes');
    const step = trace?.find((one) => one.step === 'custom code');
    expect(step?.value['sends']).toMatchObject([{ credentialsRemoved: ['x-again', 'x-key', 'k'] }, {}]);
  });

  it('reaches no address that calls may not reach', async () => {
    for (const url of ['http://127.0.0.1:1/', 'http://169.254.169.254/latest/meta-data', 'http://[::1]/']) {
      const { error } = await call(`export default (ctx) => ctx.send({ url: '${url}' })`);
      expect(error).toMatchObject({ code: 'AddressNotAllowed' });
    }
    const { outputs } = await call(`export default async (ctx) => {
      try { return await ctx.send({ url: 'file:///etc/passwd' }); } catch (error) { return ctx.json(error.code); }
    }`);
    expect(outputs?.body).toBe('INVALID_URL');
  });

  it('shows in the trace what it sent and logged, secrets masked', async () => {
    const script = `export default async (ctx) => {
      ctx.log.info('about to send', { key: ctx.request.headers.get('x-key'), password: 'hunter2', tag: 'a' });
      ctx.request.headers.set('x-made', 'here');
      return ctx.send();
    }`;
    const { trace } = await call(script, { trace: true });
    const step = trace?.find((one) => one.step === 'custom code');
    expect(step?.value).toMatchObject({
      file: 'script.ts',
      sends: [{ method: 'GET', headers: { 'x-made': 'here' }, statusCode: 200 }],
      logs: [{ level: 'info', message: 'about to send', data: { tag: 'a' } }],
      response: { statusCode: 200 },
    });
    expect(JSON.stringify(trace)).not.toContain(KEY);
    expect(JSON.stringify(trace)).not.toContain('hunter2');
  });

  it('fails with its own lines, and still shows what it logged', async () => {
    const script = `export default async function run(ctx) {
  ctx.log.warn('here');
  return shape(null);
}
function shape(order: { id: number } | null) {
  return order.id;
}`;
    const { ok, error, trace } = await call(script, { trace: true });
    expect(ok).toBe(false);
    expect(error).toMatchObject({
      code: 'ScriptFailed',
      message: expect.stringContaining('script.ts line 6, column 1'),
      sent: false,
      retryable: false,
    });
    expect(trace?.at(-1)).toMatchObject({
      step: 'custom code',
      value: {
        logs: [{ message: 'here' }],
        stack: [expect.stringContaining('shape (script.ts:6:'), expect.any(String)],
      },
    });
  });

  it('does not repeat secrets that a script puts into its error', async () => {
    const { error } = await call(
      `export default (ctx) => { throw new Error(ctx.request.headers.get('x-key')) }`,
    );
    expect(error?.message).not.toContain(KEY);
  });

  it('fails as the request did when the script does not catch it, and counts what was sent before', async () => {
    const gone = `export default (ctx) => ctx.send({ url: 'http://${world.api.host.replace(/:\d+$/, ':9')}/' })`;
    expect((await call(gone)).error).toMatchObject({ sent: false });
    const later = `export default async (ctx) => { await ctx.send(); return ctx.send({ url: 'http://nowhere.invalid/' }) }`;
    expect((await call(later)).error).toMatchObject({ code: 'DnsFailure', sent: true });
  });

  it('judges what the script answers like any answer', async () => {
    const { ok, error } = await call(`export default (ctx) => ctx.fail(404, 'No shop of that name.')`);
    expect({ ok, code: error?.code }).toEqual({ ok: false, code: 'NotFound' });
    expect(error?.message).toContain('No shop of that name.');
  });

  it('waits for accepted work after the script', async () => {
    const connectionId = await connect({ 'script.ts': 'export default (ctx) => ctx.send()' });
    let asked = 0;
    world.answerWith((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url.startsWith('/shops')) {
        response.writeHead(202, { location: '/jobs/1', 'retry-after': '0' }).end();
      } else {
        asked += 1;
        response.end('{"done":true}');
      }
    });
    const operation = { operationId: 'FindShops' };
    const { outputs } = await world.gateway.callOperation({ connectionId, operation, inputs: {} });
    expect({ body: outputs?.body, asked }).toEqual({ body: { done: true }, asked: 1 });
  });

  it('refuses an operation whose C# is not ported, before anything is sent', async () => {
    const connectionId = await connect({ 'script.csx': 'public class Script : ScriptBase {}' });
    const operation = { operationId: 'FindShops' };
    const { error } = await world.gateway.callOperation({ connectionId, operation, inputs: {} });
    expect(error).toMatchObject({
      code: 'ScriptNeedsPort',
      sent: false,
      fix: expect.stringContaining('patchbay connector port'),
    });
    expect(world.seen).toEqual([]);
  });

  it('ends with the call', async () => {
    const signal = AbortSignal.timeout(100);
    const script = `import { sleep } from 'connector:util'; export default async (ctx) => { await sleep(4000); return ctx.send() }`;
    const { error } = await call(script, { signal });
    expect(error?.code).toBe('ActionCancelled');
    const late = await call(script, { timeoutMs: 100 });
    expect(late.error?.code).toBe('ScriptTimedOut');
    expect(world.seen).toEqual([]);
  });

  it('is not safe to repeat, whatever its method, unless the definition says so', async () => {
    const connectionId = await connect({ 'script.ts': 'export default (ctx) => ctx.send()' });
    const operation = { operationId: 'FindShops' };
    const facts = await world.gateway.describeOperation(connectionId, undefined, operation);
    expect(facts.idempotent).toBe(false);
  });
});
