import { brotliDecompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { endpoints } from '../api/index.ts';
import type { HookCall } from '../engine/index.ts';
import type { Principal } from '../identity/index.ts';
import { type Database, listRuns, type RunFilter } from '../store/index.ts';
import { createServer } from './create-server.ts';
import type { Services } from './services.ts';

const ANN: Principal = { userId: '1', name: 'Ann', email: 'ann@example.com', role: 'user', by: 'session' };
const FLOW = '0198a000-0000-7000-8000-000000000001';

let app: FastifyInstance;
afterEach(() => app.close());

/** A server over rooms that only have what the test needs. */
async function start(caller: Principal | undefined, rooms: object = {}): Promise<FastifyInstance> {
  const services = {
    identity: { authenticate: async () => caller, isSetupRequired: async () => true },
    logger: pino({ level: 'silent' }),
    version: '1.2.3',
    ...rooms,
  };
  app = await createServer(services as unknown as Services);
  return app;
}

test('every route is closed but those that are meant to be open', async () => {
  const { accessTable } = await start(undefined);
  const open = new Set<string>();
  for (const { method, url } of accessTable) {
    const answer = await app.inject({ method: method as 'GET', url: url.replaceAll(/:\w+/g, FLOW) });
    if (answer.statusCode !== 401) open.add(url);
  }
  expect([...open].sort()).toEqual([
    '/api/auth/get-session',
    '/api/auth/sign-in/email',
    '/api/auth/sign-out',
    '/api/openapi.json',
    '/api/setup',
    '/api/status',
    '/healthz',
    '/hooks/:flowId/:triggerName/:signature',
    '/hooks/:flowId/:triggerName/:signature/*',
    '/hooks/callback/*',
    '/oauth/callback',
    '/oauth/callback.js',
    '/readyz',
  ]);
});

test('every endpoint of the contract is on the server, open or closed as the contract says', async () => {
  const { accessTable } = await start(undefined);
  for (const { method, path, access } of Object.values(endpoints)) {
    expect(accessTable).toContainEqual({ method, url: path, access });
  }
});

test('an administrator’s route is closed to others', async () => {
  await start(ANN);
  const answer = await app.inject('/api/settings/mail');
  expect([answer.statusCode, answer.json().code]).toEqual([403, 'FORBIDDEN']);
});

test('a write that another site sends along with the cookie is refused, one of our own pages is not', async () => {
  await start(ANN);
  const send = (headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/api/schemas/infer',
      headers: { host: 'patchbay.test', ...headers },
      payload: { samples: [1] },
    });
  const refused = await send({ origin: 'https://evil.test' });
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'ORIGIN_REFUSED']);
  expect((await send({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  expect((await send({ origin: 'http://patchbay.test' })).statusCode).toBe(200);
  await app.close();
  await start({ ...ANN, by: 'key' });
  expect((await send({ origin: 'https://evil.test' })).statusCode).toBe(200);
});

test('input that is not as described is refused with the place', async () => {
  await start(ANN);
  const missing = await app.inject({ method: 'POST', url: '/api/schemas/infer', payload: {} });
  expect(missing.statusCode).toBe(400);
  expect(missing.headers['content-type']).toContain('application/problem+json');
  expect(missing.json()).toMatchObject({ code: 'INVALID_INPUT', pointer: '/samples', status: 400 });
  const limit = await app.inject('/api/flows?limit=many');
  expect(limit.json()).toMatchObject({ code: 'INVALID_INPUT', pointer: '/limit' });
  const id = await app.inject('/api/flows/seven');
  expect(id.json()).toMatchObject({ code: 'INVALID_INPUT', pointer: '/id' });
  const broken = await app.inject({
    method: 'POST',
    url: '/api/schemas/infer',
    headers: { 'content-type': 'application/json' },
    payload: '{"samples":',
  });
  expect(broken.json()).toMatchObject({ code: 'INVALID_JSON', status: 400 });
  const text = await app.inject({
    method: 'POST',
    url: '/api/schemas/infer',
    headers: { 'content-type': 'text/csv' },
    payload: 'a,b',
  });
  expect(text.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE', status: 415 });
});

test('a fault of our own tells nobody what it was', async () => {
  await start(ANN, {
    engine: {
      readRun: async () => {
        throw new Error('password=hunter2');
      },
    },
  });
  const answer = await app.inject(`/api/runs/${FLOW}`);
  expect([answer.statusCode, answer.json().code]).toEqual([500, 'INTERNAL']);
  expect(answer.body).not.toContain('hunter2');
});

test('a versioned write without a version is told to send one', async () => {
  await start(ANN);
  const answer = await app.inject({ method: 'PUT', url: `/api/flows/${FLOW}`, payload: {} });
  expect([answer.statusCode, answer.json().code]).toEqual([428, 'IF_MATCH_REQUIRED']);
});

test('an unknown address is a problem for programs and the studio for people', async () => {
  await start(undefined);
  const api = await app.inject('/api/nothing');
  expect([api.statusCode, api.json().code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  const page = await app.inject('/flows/1');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
});

test('a callback URL hands the call to the engine and answers what the flow responds', async () => {
  const calls: HookCall[] = [];
  await start(undefined, {
    engine: {
      verifySignature: async (_flow: string, _trigger: string, signature: string) => signature === 'right',
      triggerRequest: async (call: HookCall) => {
        calls.push(call);
        return {
          statusCode: 201,
          headers: { 'X-Order': 7 },
          body: { id: 12345678901234567890n },
          runId: 'r1',
        };
      },
    },
  });
  const send = (signature: string) =>
    app.inject({
      method: 'POST',
      url: `/hooks/${FLOW}/manual/${signature}/orders/7?dry=1`,
      headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
      payload: '{"n":12345678901234567890}',
    });
  expect((await send('wrong')).statusCode).toBe(404);
  const answer = await send('right');
  expect([answer.statusCode, answer.body]).toEqual([201, '{"id":12345678901234567890}']);
  expect(answer.headers).toMatchObject({ 'x-order': '7', 'x-ms-workflow-run-id': 'r1' });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({
    flowId: FLOW,
    triggerName: 'manual',
    method: 'POST',
    queries: { dry: '1' },
    body: { n: 12345678901234567890n },
    relativePath: 'orders/7',
  });
  expect(calls[0]?.headers).not.toHaveProperty('authorization');
});

test('somebody who guesses setup tokens is slowed down', async () => {
  await start(undefined, {
    identity: {
      authenticate: async () => undefined,
      completeSetup: async () => {
        throw new Error('wrong');
      },
    },
  });
  const payload = { token: 'x', name: 'x', email: 'x@example.com', password: 'xxxxxxxx' };
  const statuses = new Set<number>();
  for (let guess = 0; guess < 25; guess += 1) {
    statuses.add((await app.inject({ method: 'POST', url: '/api/setup', payload })).statusCode);
  }
  expect(statuses).toContain(429);
});

test('the description of the API says how to sign in and has every endpoint', async () => {
  await start(undefined);
  const document = (await app.inject('/api/openapi.json')).json();
  expect(document.openapi).toMatch(/^3\.1/);
  const ids = Object.values(document.paths).flatMap((item) =>
    Object.values(item as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
  );
  expect(ids).toEqual(expect.arrayContaining(Object.keys(endpoints)));
});

test('while the database is away, routes answer 503 and say when to ask again, and readiness says no', async () => {
  const pool = new pg.Pool({ connectionString: 'postgresql://nobody@127.0.0.1:1/none' });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const engine = { listRuns: (filter: RunFilter) => listRuns(db, filter) };
  await start(ANN, { db, engine, environmentId: FLOW });
  const answer = await app.inject({ url: '/api/runs' });
  expect(answer.statusCode).toBe(503);
  expect(answer.headers).toMatchObject({
    'retry-after': '2',
    'content-type': expect.stringContaining('application/problem+json'),
  });
  expect(answer.json()).toMatchObject({ code: 'DATABASE_AWAY', status: 503, fix: expect.any(String) });
  const ready = await app.inject({ url: '/readyz' });
  expect([ready.statusCode, ready.json().code]).toEqual([503, 'NOT_READY']);
  expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
  await pool.end();
});

test('what is read comes compressed to whoever takes it so; what is written is answered as it is', async () => {
  await start(ANN);
  const plain = await app.inject('/api/openapi.json');
  const packed = await app.inject({
    url: '/api/openapi.json',
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  });
  expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 5);
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(plain.body);
  expect(plain.headers['content-encoding']).toBeUndefined();

  const inferred = await app.inject({
    method: 'POST',
    url: '/api/schemas/infer',
    headers: { 'accept-encoding': 'br' },
    payload: { samples: [Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`a${index}`, 1]))] },
  });
  expect(inferred.rawPayload.length).toBeGreaterThan(2000);
  expect(inferred.headers['content-encoding']).toBeUndefined();
});
