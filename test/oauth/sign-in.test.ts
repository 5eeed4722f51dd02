import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import { serve, type TestServer } from '../servers.ts';
import { followConsent } from './follow-consent.ts';

const SECRET = 'a-client-secret-nobody-may-see';
let product: TestProduct;
let api: TestServer;
let provider: Server;
let issuer = '';
/** Requests to the token endpoint, by grant. */
const asked: string[] = [];
/** Access tokens the API takes; undefined: all. */
let refused = new Set<string>();

beforeAll(async () => {
  product = await startTestProduct();
  api = await serve((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    response.statusCode = token === '' || refused.has(token) ? 401 : 200;
    lastToken = token;
    response.setHeader('content-type', 'application/json').end('{"ok":true}');
  });
  provider = createServer();
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const oidc = createProvider();
  const handle = oidc.callback();
  oidc.on('grant.success', (context) => asked.push(String(context.oidc.params?.['grant_type'])));
  provider.on('request', (request, response) => handle(request, response));
  await product.client.call(endpoints.updateAllowedHosts, {
    body: { hosts: [api.host, new URL(issuer).host] },
  });
});
afterAll(async () => {
  await product?.stop();
  await api?.close();
  provider?.closeAllConnections();
  provider?.close();
});
let lastToken = '';

function createProvider(): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: 'patchbay',
        client_secret: SECRET,
        redirect_uris: [`${product.url}/oauth/callback`],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      },
    ],
    scopes: ['openid', 'offline_access'],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true } },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    ttl: { AccessToken: 3600, ClientCredentials: 3600 },
    findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  });
}

async function importApi(title: string, flow: string): Promise<string> {
  const scopes = flow === 'authorizationCode' ? { openid: '' } : {};
  const flows = {
    [flow]: { authorizationUrl: `${issuer}/auth`, tokenUrl: `${issuer}/token`, scopes },
  };
  const document = {
    openapi: '3.0.3',
    info: { title, version: '1' },
    servers: [{ url: api.url }],
    security: [{ sso: [] }],
    components: { securitySchemes: { sso: { type: 'oauth2', flows } } },
    paths: {
      '/me': { get: { operationId: 'GetMe', responses: { 200: { description: 'ok' } } } },
      '/status': {
        get: { operationId: 'GetStatus', security: [], responses: { 200: { description: 'ok' } } },
      },
    },
  };
  const { connector } = await product.client.call(endpoints.importConnector, {
    body: { fileName: 'api.json', text: JSON.stringify(document) },
  });
  const id = connector?.id ?? '';
  const view = await product.client.call(endpoints.updateConnectorSignIn, {
    params: { id },
    body: { clientId: 'patchbay', clientSecret: SECRET },
  });
  expect(view.methods[0]).toMatchObject({ clientId: 'patchbay', hasSecret: true });
  expect(JSON.stringify(view)).not.toContain(SECRET);
  return id;
}

const bring = (url: string) =>
  fetch(url, { redirect: 'manual', headers: { authorization: `Bearer ${product.apiKey}` } });

test('people sign in once, the token is refreshed once for many calls, and a lost grant asks for a new sign-in', async () => {
  const connectorId = await importApi('Signed', 'authorizationCode');
  const made = await product.client.call(endpoints.createConnection, { body: { connectorId } });
  expect(made.status).toBe('needs-sign-in');
  const params = { id: made.id };
  const read = () => product.client.call(endpoints.getConnection, { params });
  const call = () =>
    product.client.call(endpoints.callOperation, {
      params: { ...params, operationId: 'GetMe' },
      body: {},
    });

  // What needs no credentials needs no sign-in either.
  const open = { params: { ...params, operationId: 'GetStatus' }, body: {} };
  lastToken = 'before';
  await expect(product.client.call(endpoints.callOperation, open)).rejects.toThrow(
    'was called without credentials',
  );
  expect(lastToken).toBe('');

  const { authorizationUrl } = await product.client.call(endpoints.signInConnection, { params });
  expect(authorizationUrl).toContain('code_challenge_method=S256');
  expect(authorizationUrl).not.toContain(SECRET);
  const back = await followConsent(authorizationUrl, `${product.url}/oauth/callback`);
  // A stranger brings it first: refused, and the sign-in is still there for the one who began it.
  expect((await fetch(back)).status).toBe(400);
  const page = await bring(back);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('You are signed in')]);
  expect((await read()).status).toBe('connected');
  // The state serves once.
  expect((await bring(back)).status).toBe(400);

  refused = new Set([lastToken]);
  asked.length = 0;
  await Promise.all(Array.from({ length: 20 }, call));
  expect(asked).toEqual(['refresh_token']);

  // The provider forgets the grant: rotation makes the reuse of an old one impossible, so a restart of it will do.
  provider.removeAllListeners('request');
  provider.on('request', (_request, response) => {
    response.statusCode = 400;
    response.setHeader('content-type', 'application/json').end('{"error":"invalid_grant"}');
  });
  refused = new Set([lastToken]);
  await expect(call()).rejects.toMatchObject({ code: 'NeedsSignIn' });
  const ended = await read();
  expect(ended).toMatchObject({ status: 'needs-sign-in', statusDetail: { fix: 'Sign in again.' } });
  expect(JSON.stringify(ended)).not.toContain(lastToken);
  const handle = createProvider().callback();
  provider.removeAllListeners('request');
  provider.on('request', (request, response) => handle(request, response));
  const again = await product.client.call(endpoints.signInConnection, { params });
  expect(
    (await bring(await followConsent(again.authorizationUrl, `${product.url}/oauth/callback`))).status,
  ).toBe(200);
  expect((await read()).status).toBe('connected');
});

test('an application gets its access by itself, tested when the connection is made', async () => {
  refused = new Set();
  const connectorId = await importApi('By itself', 'clientCredentials');
  const made = await product.client.call(endpoints.createConnection, { body: { connectorId } });
  expect(made.status).toBe('connected');
});

test('a token endpoint at a private address is refused unless an administrator allows it', async () => {
  const connectorId = await importApi('Inside', 'clientCredentials');
  await product.client.call(endpoints.updateAllowedHosts, { body: { hosts: [api.host] } });
  const made = await product.client.call(endpoints.createConnection, { body: { connectorId } });
  expect(made).toMatchObject({ status: 'error', statusDetail: { code: 'AddressNotAllowed' } });
});
