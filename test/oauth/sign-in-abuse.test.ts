import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { authEndpoints, endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import { type DialectProvider, importDialect, startDialectProvider } from './dialect-provider.ts';

let product: TestProduct;
let provider: DialectProvider;
let connectionId = '';
let connectorId = '';

beforeAll(async () => {
  product = await startTestProduct();
  provider = await startDialectProvider();
  await product.client.call(endpoints.updateAllowedHosts, { body: { hosts: [provider.host] } });
  connectorId = await importDialect(product.client, provider, 'Orders', {
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'oauth2',
          customParameters: {
            AuthorizationUrl: { value: `${provider.url}/authorize` },
            TokenUrl: { value: `${provider.url}/token` },
          },
        },
      },
    },
  });
  await product.client.call(endpoints.updateConnectorSignIn, {
    params: { id: connectorId },
    body: { clientId: 'app', clientSecret: 'the secret of the application' },
  });
});
afterAll(async () => {
  await product?.stop();
  await provider?.close();
});
beforeEach(async () => {
  provider.extra = {};
  provider.refusal = undefined;
  provider.asked.length = 0;
  const made = await product.client.call(endpoints.createConnection, { body: { connectorId } });
  connectionId = made.id;
});

/** Signs in to Patchbay as a browser does. @returns the session's cookie */
async function openSession(): Promise<string> {
  const response = await fetch(product.url + authEndpoints.signIn.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url },
    body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse' }),
  });
  expect(response.status).toBe(200);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

/** Begins a sign-in, and is sent back by the provider. @returns the address that it sends the browser to */
async function goThere(headers: Record<string, string>): Promise<string> {
  const path = endpoints.signInConnection.path.replace(':id', connectionId);
  const begun = await fetch(product.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url, ...headers },
  });
  expect(begun.status).toBe(200);
  const { authorizationUrl } = (await begun.json()) as { authorizationUrl: string };
  const sent = await fetch(authorizationUrl, { redirect: 'manual' });
  return sent.headers.get('location') ?? '';
}

async function comeBack(url: string, headers: Record<string, string>) {
  const response = await fetch(url, { redirect: 'manual', headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const read = () => product.client.call(endpoints.getConnection, { params: { id: connectionId } });
const asProgram = () => ({ authorization: `Bearer ${product.apiKey}` });

test('only the browser session that began a sign-in finishes it, not another of the same person', async () => {
  const [first, second] = [await openSession(), await openSession()];
  const back = await goThere({ cookie: first });
  const strangers: Record<string, string>[] = [{}, { cookie: second }, asProgram()];
  for (const stranger of strangers) {
    expect(await comeBack(back, stranger)).toMatchObject({ status: 400 });
  }
  expect(provider.asked).toHaveLength(0);
  expect(await comeBack(back, { cookie: first })).toMatchObject({ status: 200 });
  expect((await read()).status).toBe('connected');
});

test('a state serves once, a made-up or altered one never', async () => {
  const back = await goThere(asProgram());
  const altered = back.replace(/state=(.)/, (_all, first: string) => `state=${first === 'A' ? 'B' : 'A'}`);
  const without = back.replace(/state=[^&]*/, '');
  for (const address of [altered, without, back.replace('state=', `state=${'x'.repeat(600)}`)]) {
    expect((await comeBack(address, asProgram())).status).toBe(400);
  }
  expect((await comeBack(back, asProgram())).status).toBe(200);
  expect((await comeBack(back, asProgram())).status).toBe(400);
  expect(provider.asked).toHaveLength(1);
});

test('an answer that names another issuer is not used: its code is for somebody else', async () => {
  provider.extra = { iss: 'https://honest.example.com' };
  const page = await comeBack(await goThere(asProgram()), asProgram());
  expect(page.status).toBe(400);
  expect(page.text).toContain('comes from another identity provider');
  expect(provider.asked).toHaveLength(0);
  expect((await read()).statusDetail?.code).toBe('SignInMixedUp');
  provider.extra = { iss: provider.url };
  expect((await comeBack(await goThere(asProgram()), asProgram())).status).toBe(200);
});

test('the page leads nowhere, runs no script of others, and is framed by nobody', async () => {
  const hostile = '"><script src=https://evil.example/x.js></script>';
  provider.refusal = {
    error: 'access_denied',
    error_description: hostile,
    redirect: 'https://evil.example/',
  };
  const page = await comeBack(await goThere(asProgram()), asProgram());
  expect(page.status).toBe(400);
  expect(page.headers.get('location')).toBeNull();
  expect(page.text).not.toContain('<script src=https');
  expect([...page.text.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, address]) => address)).toEqual([
    '/connections',
    '/oauth/callback.js',
  ]);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(page.headers.get('cache-control')).toBe('no-store');
});

test('what the provider says is told as one sentence, with what to do', async () => {
  provider.refusal = { error: 'access_denied', error_description: 'The user\ndenied  access.' };
  await comeBack(await goThere(asProgram()), asProgram());
  const { status, statusDetail } = await read();
  expect(status).toBe('needs-sign-in');
  expect(statusDetail).toMatchObject({
    code: 'SignInDenied',
    message: `${provider.host} did not give its consent (The user denied access.).`,
    fix: expect.stringContaining('Sign in again'),
  });
});

test('a failed attempt to sign in anew leaves a connection that works as it is', async () => {
  expect((await comeBack(await goThere(asProgram()), asProgram())).status).toBe(200);
  provider.refusal = { error: 'access_denied' };
  expect((await comeBack(await goThere(asProgram()), asProgram())).status).toBe(400);
  expect((await read()).status).toBe('connected');
});

test('no code, token or secret stands in an address, an answer of the API or a page', async () => {
  const back = await goThere(asProgram());
  const page = await comeBack(back, asProgram());
  const shown = [
    page.text,
    JSON.stringify(await read()),
    JSON.stringify(await product.client.call(endpoints.getConnectorSignIns, { params: { id: connectorId } })),
    JSON.stringify(provider.authorization),
    back,
  ].join('\n');
  expect(shown).not.toMatch(/token-1|the secret of the application|the\+secret|the%20secret/);
  expect(page.text).not.toContain('a-code');
  // The address with the code is taken out of the history by the page itself.
  const script = await comeBack(`${product.url}/oauth/callback.js`, {});
  expect(script.text).toContain("history.replaceState(null, '', '/oauth/callback')");
  expect(script.text).toContain('location.origin');
});
