import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import { type Certificate, createCertificate, serve, type TestServer } from '../servers.ts';
import { type DialectProvider, importDialect, signInAt, startDialectProvider } from './dialect-provider.ts';

let product: TestProduct;
let entra: DialectProvider;
let oidc: Server;
let api: TestServer;
let issuer = '';
const seen: string[] = [];
const made = createCertificate('DNS:app.test', ['-days', '2'], ['rsa:2048']);
const pem: Certificate = made ?? { key: '', cert: '' };
if (made === undefined) console.log('There is no openssl: nothing is tried with a certificate.');

beforeAll(async () => {
  if (made === undefined) return;
  product = await startTestProduct();
  entra = await startDialectProvider();
  api = await serve((request, response) => {
    seen.push(request.headers.authorization ?? '');
    response.setHeader('content-type', 'application/json').end('{}');
  });
  oidc = createServer();
  await new Promise<void>((resolve) => oidc.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(oidc.address() as AddressInfo).port}`;
  oidc.on('request', createProvider().callback());
  const hosts = [entra.host, api.host, new URL(issuer).host];
  await product.client.call(endpoints.updateAllowedHosts, { body: { hosts } });
});
afterAll(async () => {
  await product?.stop();
  await Promise.all([entra?.close(), api?.close()]);
  oidc?.closeAllConnections();
  oidc?.close();
});

/** A certified provider that takes a signed assertion, and nothing else, at the addresses of Entra ID. */
function createProvider(): Provider {
  const key = createPublicKey(pem.cert).export({ format: 'jwk' });
  return new Provider(issuer, {
    routes: { authorization: '/contoso/oauth2/v2.0/authorize', token: '/contoso/oauth2/v2.0/token' },
    scopes: ['api://orders/.default'],
    clientAuthMethods: ['private_key_jwt'],
    clients: [
      {
        client_id: 'orders-app',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'PS256',
        jwks: { keys: [{ ...key, use: 'sig' } as never] },
      },
    ],
    features: { clientCredentials: { enabled: true } },
  });
}

async function importEntra(
  title: string,
  host: string,
  loginUri: string,
  more: object = {},
  identityProvider = 'aadcertificate',
): Promise<string> {
  const id = await importDialect(product.client, { host }, title, {
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider,
          scopes: ['.default'],
          customParameters: { loginUri: { value: loginUri }, tenantId: { value: 'contoso' }, ...more },
          properties: { AzureActiveDirectoryResourceId: 'api://orders' },
        },
      },
    },
  });
  const view = await product.client.call(endpoints.updateConnectorSignIn, {
    params: { id },
    body: { clientId: 'orders-app', certificate: `${pem.key}\n${pem.cert}`, scopes: 'api://orders/.default' },
  });
  expect(view.methods).toMatchObject([{ takesCertificate: true, hasSecret: true }]);
  expect(JSON.stringify(view)).not.toContain('PRIVATE KEY');
  return id;
}

test.skipIf(made === undefined)(
  'an application proves itself to a certified provider with its certificate alone',
  async () => {
    const connectorId = await importEntra('By certificate', api.host, issuer, {
      grantType: { value: 'client_credentials' },
    });
    const connection = await product.client.call(endpoints.createConnection, { body: { connectorId } });
    expect(connection).toMatchObject({ status: 'connected' });
    expect(connection.statusDetail).toBeUndefined();
    expect(seen.at(-1)).toMatch(/^Bearer .{20}/);
  },
);

test.skipIf(made === undefined)('any provider takes such a proof where the definition says so', async () => {
  const connectorId = await importEntra(
    'Any by certificate',
    api.host,
    issuer,
    {
      grantType: { value: 'client_credentials' },
      tokenUrl: { value: `${issuer}/contoso/oauth2/v2.0/token` },
    },
    'oauth2certificate',
  );
  const before = seen.length;
  const connection = await product.client.call(endpoints.createConnection, { body: { connectorId } });
  expect(connection).toMatchObject({ status: 'connected' });
  expect(seen.length).toBe(before + 1);
  expect(seen.at(-1)).toMatch(/^Bearer .{20}/);
});

test.skipIf(made === undefined).each([
  ['', 'PS256', 'x5t#S256', 'sha256'],
  ['/adfs', 'RS256', 'x5t', 'sha1'],
])(
  'the assertion for Entra ID%s is signed %s and names the certificate by %s',
  async (path, alg, name, digest) => {
    entra.asked.length = 0;
    const connectorId = await importEntra(`Entra${path}`, entra.host, entra.url + path);
    const { id } = await product.client.call(endpoints.createConnection, { body: { connectorId } });
    expect(await signInAt(product, id)).toMatchObject({ status: 200 });
    const { form } = entra.asked[0] ?? { form: {} as Record<string, string> };
    expect(form).toMatchObject({
      client_id: 'orders-app',
      grant_type: 'authorization_code',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    expect(form['client_secret']).toBeUndefined();
    const [header = '', payload = '', signature = ''] = (form['client_assertion'] ?? '').split('.');
    const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    const thumbprint = createHash(digest).update(new X509Certificate(pem.cert).raw).digest('base64url');
    expect(decode(header)).toEqual({ alg, [name]: thumbprint });
    expect(decode(payload)).toMatchObject({
      iss: 'orders-app',
      sub: 'orders-app',
      aud: `${entra.url}${path}/contoso/oauth2/v2.0/token`,
      jti: expect.any(String),
    });
    const { exp, nbf, iat } = decode(payload);
    expect([exp > iat, nbf <= iat, exp - iat <= 600]).toEqual([true, true, true]);
    const key = createPublicKey(pem.cert);
    const scheme = alg === 'PS256' ? { key, padding: 6, saltLength: 32 } : { key, padding: 1 };
    expect(
      verify('sha256', Buffer.from(`${header}.${payload}`), scheme, Buffer.from(signature, 'base64url')),
    ).toBe(true);
  },
);

test.skipIf(made === undefined)(
  'a certificate that cannot be used is refused when it is entered, without a word of it',
  async () => {
    const id = await importEntra('Refused', entra.host, entra.url);
    const half = pem.key.slice(0, pem.key.length / 2);
    for (const certificate of ['no certificate', pem.cert, pem.key, half]) {
      const refused = await product.client
        .call(endpoints.updateConnectorSignIn, { params: { id }, body: { certificate } })
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'OAuthNotSetUp', fix: expect.stringContaining('PEM') });
      expect(JSON.stringify(refused)).not.toContain(half.slice(40, 80));
    }
  },
);
