import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import { serve, type TestServer } from '../servers.ts';
import { followConsent } from './follow-consent.ts';

let product: TestProduct;
let api: TestServer;
let server: Server;
let issuer = '';
/** Paths that were asked for at the provider. */
const asked: string[] = [];

beforeAll(async () => {
  product = await startTestProduct();
  api = await serve((request, response) => {
    response.statusCode = request.headers.authorization?.startsWith('Bearer ') ? 200 : 401;
    response.setHeader('content-type', 'application/json').end('{}');
  });
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const handle = createProvider().callback();
  server.on('request', (request, response) => {
    asked.push((request.url ?? '').split('?', 1)[0] ?? '');
    void handle(request, response);
  });
  await product.client.call(endpoints.updateAllowedHosts, {
    body: { hosts: [api.host, new URL(issuer).host] },
  });
});
afterAll(async () => {
  await product?.stop();
  await api?.close();
  server?.closeAllConnections();
  server?.close();
});

/** Its endpoints are nowhere in the definition, and it takes the secret in the header only. */
function createProvider(): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: 'patchbay',
        client_secret: 'a secret',
        redirect_uris: [`${product.url}/oauth/callback`],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    clientAuthMethods: ['client_secret_basic'],
    routes: { authorization: '/somewhere/authorize', token: '/somewhere/else/token' },
    scopes: ['openid', 'offline_access'],
    claims: { openid: ['sub', 'email'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true } },
    issueRefreshToken: async () => true,
    ttl: { AccessToken: 3600, Grant: 3600, IdToken: 600, Interaction: 600, RefreshToken: 3600, Session: 600 },
    findAccount: async (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: `${id}@example.com` }),
    }),
  });
}

async function connect(title: string, openIdConnectUrl: string): Promise<string> {
  const document = {
    openapi: '3.1.0',
    info: { title, version: '1' },
    servers: [{ url: api.url }],
    security: [{ oidc: ['openid'] }],
    components: { securitySchemes: { oidc: { type: 'openIdConnect', openIdConnectUrl } } },
    paths: { '/me': { get: { operationId: 'GetMe', responses: { 200: { description: 'ok' } } } } },
  };
  const { connector } = await product.client.call(endpoints.importConnector, {
    body: { fileName: 'api.json', text: JSON.stringify(document) },
  });
  const connectorId = connector?.id ?? '';
  await product.client.call(endpoints.updateConnectorSignIn, {
    params: { id: connectorId },
    body: { clientId: 'patchbay', clientSecret: 'a secret' },
  });
  return (await product.client.call(endpoints.createConnection, { body: { connectorId } })).id;
}

/** @returns the address that the provider sends people back to */
async function goThere(id: string): Promise<URL> {
  const { authorizationUrl } = await product.client.call(endpoints.signInConnection, { params: { id } });
  return new URL(await followConsent(authorizationUrl, `${product.url}/oauth/callback`));
}

async function comeBack(address: URL): Promise<number> {
  const headers = { authorization: `Bearer ${product.apiKey}` };
  return (await fetch(address, { redirect: 'manual', headers })).status;
}

const read = (id: string) => product.client.call(endpoints.getConnection, { params: { id } });

test('endpoints, PKCE and the place of the secret are taken from what the provider publishes, once', async () => {
  const id = await connect('Published', `${issuer}/.well-known/openid-configuration`);
  asked.length = 0;
  const back = await goThere(id);
  expect(back.searchParams.get('iss')).toBe(issuer);
  expect(await comeBack(back)).toBe(200);
  expect(await read(id)).toMatchObject({
    status: 'connected',
    signIn: { account: 'ada@example.com', renewable: true },
  });
  expect(asked).toContain('/somewhere/authorize');
  expect(asked.filter((path) => path === '/somewhere/else/token')).toHaveLength(1);
  expect(asked.filter((path) => path.startsWith('/.well-known/'))).toHaveLength(1);
});

test('a provider that names itself is not believed under another name, nor under none', async () => {
  const id = await connect('Named', `${issuer}/.well-known/openid-configuration`);
  const foreign = await goThere(id);
  foreign.searchParams.set('iss', `${issuer}/another`);
  const nameless = await goThere(id);
  nameless.searchParams.delete('iss');
  asked.length = 0;
  for (const address of [foreign, nameless]) {
    expect(await comeBack(address)).toBe(400);
    expect((await read(id)).statusDetail?.code).toBe('SignInMixedUp');
  }
  expect(asked).toEqual([]);
  expect(await comeBack(await goThere(id))).toBe(200);
});

test('an address that publishes nothing is told in a sentence', async () => {
  const id = await connect('Silent', `${api.url}/.well-known/openid-configuration`);
  const begun = product.client.call(endpoints.signInConnection, { params: { id } });
  await expect(begun).rejects.toMatchObject({
    code: 'OAuthFailed',
    detail: `${api.host} does not publish how people sign in at the address that the definition names.`,
    fix: expect.stringContaining('openIdConnectUrl'),
  });
});
