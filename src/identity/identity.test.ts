import { randomBytes } from 'node:crypto';
import { getMigrations } from 'better-auth/db/migration';
import { expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../test/postgres/index.ts';
import { Secret } from '../base/index.ts';
import { createAuth } from './auth.ts';
import { createIdentity } from './identity.ts';

const { db, pool } = await createTestDatabase();
const secret = new Secret<Uint8Array>(randomBytes(32));
const identity = createIdentity({ db, secret });
const BASE = 'http://127.0.0.1:4000';
const ADMIN = { name: 'Ada', email: 'Ada@example.com', password: 'correct horse' };

function post(path: string, body: object, headers: Record<string, string> = {}): Request {
  return new Request(`${BASE}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: BASE, ...headers },
    body: JSON.stringify(body),
  });
}

/** The cookies of an answer as a browser would send them back. */
function readCookies(headers: Headers): Headers {
  const cookie = headers.getSetCookie().map((text) => text.split(';')[0]);
  return new Headers({ cookie: cookie.join('; ') });
}

const signIn = (password: string, address: string) =>
  identity.handle(post('/sign-in/email', { email: ADMIN.email, password }), address);

test('the tables are those better-auth wants', async () => {
  const { toBeCreated, toBeAdded } = await getMigrations(createAuth({ db, secret }).options);
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
});

test('the administrator is made once, by the latest link only', async () => {
  expect(await identity.isSetupRequired()).toBe(true);
  const old = await identity.createSetupToken();
  const token = (await identity.createSetupToken()).reveal();
  const wrong = { code: 'IDENTITY_SETUP_TOKEN' };
  await expect(identity.completeSetup({ ...ADMIN, token: old.reveal() })).rejects.toMatchObject(wrong);
  await expect(identity.completeSetup({ ...ADMIN, token: 'guess' })).rejects.toMatchObject(wrong);

  const both = await Promise.allSettled([
    identity.completeSetup({ ...ADMIN, token }),
    identity.completeSetup({ ...ADMIN, email: 'eve@example.com', token }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await identity.isSetupRequired()).toBe(false);
  await expect(identity.completeSetup({ ...ADMIN, token })).rejects.toMatchObject({
    code: 'IDENTITY_SETUP_DONE',
  });
  expect(JSON.stringify((await pool.query('select * from settings')).rows)).not.toContain(token);
  await pool.query("update users set email = 'ada@example.com'");
});

test('a link that has expired makes nobody', async () => {
  const { db: empty } = await createTestDatabase();
  const other = createIdentity({ db: empty, secret });
  const token = (await other.createSetupToken()).reveal();
  vi.useFakeTimers({ now: Date.now() + 25 * 60 * 60 * 1000, toFake: ['Date'] });
  try {
    const late = other.completeSetup({ ...ADMIN, token });
    await expect(late).rejects.toMatchObject({ code: 'IDENTITY_SETUP_TOKEN' });
  } finally {
    vi.useRealTimers();
  }
  expect(await other.isSetupRequired()).toBe(true);
  const { principal, headers } = await other.completeSetup({ ...ADMIN, token });
  expect(principal).toMatchObject({ name: 'Ada', email: 'ada@example.com', role: 'admin', by: 'session' });
  expect(await other.authenticate(readCookies(headers))).toMatchObject(principal);
});

test.each([
  [{ name: ' ' }, '/name'],
  [{ email: 'nobody' }, '/email'],
  [{ password: 'short' }, '/password'],
])('setup refuses %j and says where', async (change, pointer) => {
  const input = { ...ADMIN, token: 'x', ...change };
  await expect(identity.completeSetup(input)).rejects.toMatchObject({
    code: 'IDENTITY_INPUT_INVALID',
    pointer,
  });
});

test('email and password open a session, and signing out closes it at once', async () => {
  const response = await signIn(ADMIN.password, '198.51.100.1');
  expect(response.status).toBe(200);
  expect(response.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
  const cookies = readCookies(response.headers);
  expect(await identity.authenticate(cookies)).toMatchObject({
    email: 'ada@example.com',
    role: 'admin',
    by: 'session',
  });

  const cookie = cookies.get('cookie') ?? '';
  const bye = await identity.handle(post('/sign-out', {}, { cookie }), '198.51.100.1');
  expect(bye.status).toBe(200);
  expect(await identity.authenticate(cookies)).toBeUndefined();
});

test('a cookie that was changed, or none, is nobody', async () => {
  expect(await identity.authenticate(new Headers())).toBeUndefined();
  const cookies = readCookies((await signIn(ADMIN.password, '198.51.100.2')).headers);
  const forged = (cookies.get('cookie') ?? '').replace(/=\w{5}/, '=AAAAA');
  expect(await identity.authenticate(new Headers({ cookie: forged }))).toBeUndefined();
});

test('nobody signs up, and a page of another site cannot sign in', async () => {
  const signUp = post('/sign-up/email', { name: 'Eve', email: 'eve@example.com', password: 'long enough' });
  expect((await identity.handle(signUp, '198.51.100.3')).status).toBe(400);
  const foreign = post('/sign-in/email', ADMIN, { origin: 'https://evil.example', cookie: 'a=b' });
  expect((await identity.handle(foreign, '198.51.100.3')).status).toBe(403);
  expect((await pool.query('select count(*) from users')).rows).toEqual([{ count: 1 }]);
});

test('after ten wrong passwords an address has to wait, whatever it claims to be; others do not', async () => {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const forged = {
      'x-forwarded-for': `203.0.113.${attempt}`,
      'x-patchbay-client-address': `203.0.113.${attempt}`,
    };
    const request = post('/sign-in/email', { email: ADMIN.email, password: 'wrong pass' }, forged);
    statuses.push((await identity.handle(request, '198.51.100.4')).status);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  expect((await signIn(ADMIN.password, '198.51.100.5')).status).toBe(200);
});

test('a person cannot make himself administrator', async () => {
  await pool.query("update users set role = 'user'");
  const cookie = readCookies((await signIn(ADMIN.password, '198.51.100.6')).headers).get('cookie') ?? '';
  await identity.handle(post('/update-user', { role: 'admin', name: 'Ada' }, { cookie }), '198.51.100.6');
  expect((await identity.authenticate(new Headers({ cookie })))?.role).toBe('user');
  await pool.query("update users set role = 'admin'");
});
