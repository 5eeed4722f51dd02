import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import { serve, type TestServer } from '../servers.ts';
import { followConsent } from './follow-consent.ts';

let product: TestProduct;
let provider: Server;
let login = '';
/** The servers of two customers, and what they were asked with which token. */
let first: TestServer;
let second: TestServer;
const seen: { server: string; path: string; token: string }[] = [];
const refused = new Set<string>();
/** What the token endpoint adds to its answers; `undefined`: nothing. */
let instance: string | undefined;

function serveInstance(): Promise<TestServer> {
  return serve((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    seen.push({ server: request.headers.host ?? '', path: request.url ?? '', token });
    response.statusCode = token === '' || refused.has(token) ? 401 : 200;
    response.setHeader('content-type', 'application/json').end('{"ok":true}');
  });
}

beforeAll(async () => {
  product = await startTestProduct();
  [first, second] = await Promise.all([serveInstance(), serveInstance()]);
  provider = createServer();
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  login = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const oidc = createProvider();
  const handle = oidc.callback();
  provider.on('request', (request, response) => handle(request, response));
  const hosts = [first.host, second.host, new URL(login).host];
  await product.client.call(endpoints.updateAllowedHosts, { body: { hosts } });
});
afterAll(async () => {
  await product?.stop();
  await Promise.all([first?.close(), second?.close()]);
  provider?.closeAllConnections();
  provider?.close();
});
beforeEach(() => {
  seen.length = 0;
});

/** Salesforce's addresses, and its token answers: beside the token, where it is good. */
function createProvider(): Provider {
  const oidc = new Provider(login, {
    clients: [
      {
        client_id: 'patchbay',
        client_secret: 'a-client-secret-nobody-may-see',
        redirect_uris: [`${product.url}/oauth/callback`],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    scopes: ['openid', 'api', 'refresh_token'],
    routes: { authorization: '/services/oauth2/authorize', token: '/services/oauth2/token' },
    features: { devInteractions: { enabled: true } },
    issueRefreshToken: async () => true,
    findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  });
  oidc.use(async (context, next) => {
    await next();
    if (context.path !== '/services/oauth2/token' || context.status !== 200) return;
    const said = { instance_url: instance, issued_at: '1278448384422', signature: 'c2lnbmVk' };
    context.body = { ...(context.body as object), ...said };
  });
  return oidc;
}

async function connect(swagger: object, properties: object = {}): Promise<string> {
  const document = {
    swagger: '2.0',
    info: { title: `Customers ${seen.length}`, version: '1' },
    schemes: ['http'],
    paths: { '/me': { get: { operationId: 'GetMe', responses: { 200: { description: 'ok' } } } } },
    ...swagger,
  };
  const token = {
    type: 'oauthSetting',
    oAuthSettings: {
      identityProvider: 'SalesforceV2',
      scopes: ['openid'],
      customParameters: { loginUri: { value: login } },
    },
  };
  const files = [
    { path: 'apiDefinition.swagger.json', base64: encode(document) },
    {
      path: 'apiProperties.json',
      base64: encode({ properties: { connectionParameters: { token }, ...properties } }),
    },
  ];
  const { connector } = await product.client.call(endpoints.importConnector, { body: { files } });
  const connectorId = connector?.id ?? '';
  await product.client.call(endpoints.updateConnectorSignIn, {
    params: { id: connectorId },
    body: { clientId: 'patchbay', clientSecret: 'a-client-secret-nobody-may-see' },
  });
  const { id } = await product.client.call(endpoints.createConnection, { body: { connectorId } });
  const { authorizationUrl } = await product.client.call(endpoints.signInConnection, { params: { id } });
  const back = await followConsent(authorizationUrl, `${product.url}/oauth/callback`);
  await fetch(back, { redirect: 'manual', headers: { authorization: `Bearer ${product.apiKey}` } });
  return id;
}

const encode = (document: object) => Buffer.from(JSON.stringify(document)).toString('base64');
const call = (id: string) =>
  product.client.call(endpoints.callOperation, { params: { id, operationId: 'GetMe' }, body: {} });

test('calls go to the server that the token answer names, with the base path of the definition', async () => {
  instance = first.url;
  const id = await connect({ host: new URL(login).host, basePath: '/services/data/v60.0' });
  seen.length = 0;
  await call(id);
  expect(seen).toMatchObject([{ server: first.host, path: '/services/data/v60.0/me' }]);
  const { status, parameters } = await product.client.call(endpoints.getConnection, { params: { id } });
  expect(status).toBe('connected');
  expect(JSON.stringify(parameters)).not.toContain('c2lnbmVk');

  // The customer's data is moved: the next token says where to, and the call that found out goes there.
  instance = second.url;
  refused.add(seen[0]?.token ?? '');
  seen.length = 0;
  await call(id);
  expect(seen.map(({ server }) => server)).toEqual([first.host, second.host]);

  // An answer to a refresh that does not repeat it leaves it as it was.
  instance = undefined;
  refused.add(seen.at(-1)?.token ?? '');
  await call(id);
  expect(seen.at(-1)?.server).toBe(second.host);
});

test('a definition without a host needs no address from the connection', async () => {
  instance = first.url;
  const id = await connect({ basePath: '/services/data/v60.0' });
  seen.length = 0;
  await call(id);
  expect(seen).toMatchObject([{ server: first.host, path: '/services/data/v60.0/me' }]);
});

test('a host that is not the provider’s, such as a proxy, is called as the definition says', async () => {
  instance = first.url;
  const id = await connect({ host: second.host, basePath: '/proxy' });
  seen.length = 0;
  await call(id);
  expect(seen).toMatchObject([{ server: second.host, path: '/proxy/me' }]);
});

test('policies read what the token answer says as a value of the sign-in', async () => {
  instance = first.url;
  const policy = {
    templateId: 'dynamichosturl',
    title: 'The customer’s server',
    parameters: {
      'x-ms-apimTemplateParameter.urlTemplate': "@connectionParameters('token:instance_url')/by-policy",
    },
  };
  const id = await connect({ host: second.host }, { policyTemplateInstances: [policy] });
  seen.length = 0;
  await call(id);
  expect(seen).toMatchObject([{ server: first.host, path: '/by-policy/me' }]);
});

test.each(['javascript:alert(1)', 'ftp://files.example', 'http://user:pass@files.example', 'nothing'])(
  'an answer that names no server (%s) changes nothing',
  async (said) => {
    instance = said;
    const id = await connect({ host: new URL(login).host, basePath: '/api' });
    await expect(call(id)).rejects.toMatchObject({ code: 'NotFound' });
    expect(seen).toEqual([]);
  },
);
