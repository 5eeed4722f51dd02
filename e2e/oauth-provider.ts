/*
 * An identity provider (oidc-provider) and an API that takes its tokens, as a process of their own. Started with the
 * redirect URL of its one application; says its address on the first line. What a provider's owner can do is done with
 * POST /admin/…: expire the access tokens, revoke the grants, set how long the next access tokens last.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

const [redirectUrl = ''] = process.argv.slice(2);
const server = createServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

let accessTokenSeconds = 3600;
const grantTypes: string[] = [];
const issued = new Map<string, string | undefined>();

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'patchbay-orders',
      client_secret: 'the secret of the application',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    },
  ],
  scopes: ['openid', 'offline_access', 'orders.read'],
  claims: { openid: ['sub', 'email'] },
  conformIdTokenClaims: false,
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true } },
  rotateRefreshToken: true,
  issueRefreshToken: async () => true,
  ttl: {
    AccessToken: () => accessTokenSeconds,
    ClientCredentials: 3600,
    Session: 600,
    Grant: 3600,
    IdToken: 600,
    Interaction: 600,
    RefreshToken: 3600,
  },
  findAccount: async (_context, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, email: `${id}@example.com` }),
  }),
});
provider.on('grant.success', ({ oidc }) => grantTypes.push(String(oidc.params?.['grant_type'])));
provider.on('access_token.saved', ({ jti, grantId }) => issued.set(jti, grantId));
const answer = provider.callback();

server.on('request', (request: IncomingMessage, response: ServerResponse) => {
  const url = new URL(request.url ?? '/', issuer);
  if (url.pathname === '/api/me') void answerAsApi(request, response);
  else if (url.pathname.startsWith('/admin/')) void administer(url, response);
  else void answer(request, response);
});

async function answerAsApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
  response.writeHead(found === undefined ? 401 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(found === undefined ? { error: 'invalid_token' } : { ok: true }));
}

async function administer(url: URL, response: ServerResponse): Promise<void> {
  if (url.pathname === '/admin/expire') {
    for (const jti of issued.keys()) await (await provider.AccessToken.find(jti))?.destroy();
  } else if (url.pathname === '/admin/revoke') {
    for (const grantId of new Set(issued.values())) if (grantId !== undefined) await revoke(grantId);
  } else if (url.pathname === '/admin/lifetime') {
    accessTokenSeconds = Number(url.searchParams.get('seconds'));
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ grantTypes }));
}

async function revoke(grantId: string): Promise<void> {
  await provider.AccessToken.revokeByGrantId(grantId);
  await provider.RefreshToken.revokeByGrantId(grantId);
  await (await provider.Grant.find(grantId))?.destroy();
}

console.log(JSON.stringify({ url: issuer }));
