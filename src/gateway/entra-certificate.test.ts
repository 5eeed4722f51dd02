import { createPublicKey, X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Certificate, createCertificate, packPfx, serve, type TestServer } from '../../test/servers.ts';
import type { JsonObject } from '../base/index.ts';
import { createHttpClient, type HttpClient } from '../http/index.ts';
import { sendHttp } from './send-http.ts';

const RSA = ['rsa:2048'];
const [own, stranger] = ['app', 'stranger'].map((name) =>
  createCertificate(`DNS:${name}.test`, ['-days', '2'], RSA),
);
const [app, other] = [own, stranger].map((one): Certificate => one ?? { key: '', cert: '' }) as [
  Certificate,
  Certificate,
];

/** A certified provider that takes a signed assertion, and nothing else, where Microsoft Entra ID gives tokens. */
async function startProvider(tenant: string, algorithm: 'PS256' | 'RS256') {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const granted: JsonObject[] = [];
  const provider = new Provider(url, {
    routes: { token: `/${tenant}/oauth2/token` },
    clientAuthMethods: ['private_key_jwt'],
    clients: [
      {
        client_id: 'orders-app',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: algorithm,
        jwks: { keys: [{ ...createPublicKey(app.cert).export({ format: 'jwk' }), use: 'sig' } as never] },
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => ({ scope: '', audience: resource }),
      },
    },
  });
  provider.on('grant.success', (context) => granted.push({ ...context.oidc.params } as JsonObject));
  server.on('request', provider.callback());
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, host: new URL(url).host, granted, close };
}

const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as JsonObject;

describe.skipIf(own === undefined || stranger === undefined)(
  'ActiveDirectoryOAuth with a certificate',
  () => {
    const providers: Awaited<ReturnType<typeof startProvider>>[] = [];
    const seen: string[] = [];
    let api: TestServer;
    let http: HttpClient;

    beforeAll(async () => {
      providers.push(await startProvider('contoso', 'PS256'), await startProvider('adfs', 'RS256'));
      api = await serve((request, response) => {
        seen.push(request.headers.authorization ?? '');
        response.setHeader('content-type', 'application/json').end('{}');
      });
      const hosts = [api.host, ...providers.map(({ host }) => host)];
      http = createHttpClient({ allowedHosts: () => hosts });
    });

    afterAll(async () => {
      for (const provider of providers) provider.close();
      await http.close();
      await api.close();
    });

    const send = (authentication: JsonObject) =>
      sendHttp(http, {
        method: 'GET',
        uri: api.url,
        authentication: {
          type: 'ActiveDirectoryOAuth',
          authority: providers[0]?.url ?? '',
          tenant: 'contoso',
          audience: 'https://orders.example/',
          clientId: 'orders-app',
          pfx: packPfx(app, 'p@ss'),
          password: 'p@ss',
          ...authentication,
        },
      });

    test.each([
      ['contoso', 0, 'PS256', 'x5t#S256', 'fingerprint256'],
      ['adfs', 1, 'RS256', 'x5t', 'fingerprint'],
    ] as const)(
      'proves itself at %s with an assertion that the provider verifies',
      async (tenant, index, alg, name, digest) => {
        const provider = providers[index];
        const authority = provider?.url ?? '';
        const outcome = await send({ authority, tenant });
        expect(outcome.error).toBeUndefined();
        expect(seen.at(-1)).toMatch(/^Bearer .{20}/);
        const { client_assertion: assertion, resource } = provider?.granted.at(-1) ?? {};
        const [header, payload] = String(assertion).split('.').slice(0, 2).map(decode);
        const thumbprint = Buffer.from(new X509Certificate(app.cert)[digest].replaceAll(':', ''), 'hex');
        expect(header).toMatchObject({ alg, [name]: thumbprint.toString('base64url') });
        expect(payload).toMatchObject({
          iss: 'orders-app',
          sub: 'orders-app',
          aud: `${authority}/${tenant}/oauth2/token`,
        });
        expect(resource).toBe('https://orders.example/');
        expect(JSON.stringify(outcome)).not.toContain(seen.at(-1)?.slice('Bearer '.length));
      },
    );

    test('keeps the token', async () => {
      const before = providers[0]?.granted.length;
      const pfx = packPfx(app, 'p@ss');
      await send({ pfx });
      await send({ pfx });
      expect(providers[0]?.granted).toHaveLength((before ?? 0) + 1);
    });

    test('reads files with the certificates of those who issued it, and with old encryption', async () => {
      const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
      expect(
        (await send({ pfx: packPfx({ key: app.key, cert: other.cert + app.cert }, 'p@ss', old) })).ok,
      ).toBe(true);
    });

    test('a certificate that the provider does not know gets no token, and nothing is sent', async () => {
      const calls = seen.length;
      const { error } = await send({ pfx: packPfx(other, 'p@ss') });
      expect(error).toMatchObject({ code: 'OAuthFailed', sent: false });
      expect(error?.message).toContain('gives the client orders-app no token');
      expect(seen).toHaveLength(calls);
    });

    test.each<[string, () => JsonObject, string]>([
      ['another password', () => ({ password: 'wr0ng' }), 'its password is another one'],
      ['something else', () => ({ pfx: 'bm90IGEgY2VydGlmaWNhdGU=' }), 'no PKCS #12 file'],
      [
        'a key that is none of RSA',
        () => ({ pfx: packPfx(createCertificate('DNS:ec.test') ?? app, 'p@ss') }),
        'holds no RSA private key',
      ],
      [
        'a password that goes through too many rounds',
        () => ({ pfx: packPfx(app, 'p@ss', ['-iter', '2000000', '-nomac']) }),
        'cannot be used',
      ],
    ])('says what is wrong with %s, and not what it holds', async (_, change, part) => {
      const given = change();
      const { error } = await send(given);
      expect(error?.message).toContain(part);
      expect(error).toMatchObject({ code: 'InvalidInputs', sent: false });
      for (const value of Object.values(given)) expect(JSON.stringify(error)).not.toContain(value);
    });
  },
);
