import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import {
  type DialectProvider,
  importDialect,
  signInAt,
  startDialectProvider,
  type TokenAsked,
  type TokenReply,
} from './dialect-provider.ts';

const SECRET = 'a secret/with+signs & blanks';
let product: TestProduct;
let provider: DialectProvider;

beforeAll(async () => {
  product = await startTestProduct();
  provider = await startDialectProvider();
  await product.client.call(endpoints.updateAllowedHosts, { body: { hosts: [provider.host] } });
});
afterAll(async () => {
  await product?.stop();
  await provider?.close();
});
afterEach(() => {
  provider.extra = {};
  provider.refusal = undefined;
  provider.taken = undefined;
  provider.asked.length = 0;
});

let made = 0;

/** A connection to a connector whose `oAuthSettings` these are. */
async function connect(settings: object, parameters: object = {}, values: object = {}): Promise<string> {
  const connectorId = await importDialect(product.client, provider, `Dialect ${++made}`, {
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: { clientId: 'app-1', scopes: ['read', 'write'], ...settings },
      },
      ...parameters,
    },
  });
  await product.client.call(endpoints.updateConnectorSignIn, {
    params: { id: connectorId },
    body: { clientId: 'app-1', clientSecret: SECRET },
  });
  const { id } = await product.client.call(endpoints.createConnection, {
    body: { connectorId, parameters: values as never },
  });
  return id;
}

const generic = (more: Record<string, string> = {}) => ({
  customParameters: {
    AuthorizationUrl: { value: `${provider.url}/authorize` },
    TokenUrl: { value: `${provider.url}/token` },
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, { value }])),
  },
});
const read = (id: string) => product.client.call(endpoints.getConnection, { params: { id } });
const call = (id: string) =>
  product.client.call(endpoints.callOperation, { params: { id, operationId: 'GetMe' }, body: {} });

/** Answers refreshes apart from the first request. */
function answer(first: TokenReply, refresh?: (asked: TokenAsked) => TokenReply): void {
  provider.answer = (asked) =>
    asked.form['grant_type'] === 'refresh_token' && refresh !== undefined ? refresh(asked) : first;
}

describe('answers of token endpoints', () => {
  const form = (body: string) => ({ type: 'application/x-www-form-urlencoded', body });
  test.each<[string, TokenReply, { expires: boolean; renewable: boolean; token?: string }]>([
    [
      'GitHub: form-encoded text, no end, no refresh token',
      form('access_token=gho_16C7&scope=repo%2Cgist&token_type=bearer'),
      { expires: false, renewable: false, token: 'gho_16C7' },
    ],
    [
      'form-encoded text that says it is text/plain',
      { type: 'text/plain', body: 'access_token=plain&expires=5183944' },
      { expires: false, renewable: false, token: 'plain' },
    ],
    [
      'numbers as text',
      { body: { access_token: 't', token_type: 'bearer', expires_in: '3599', refresh_token: 'r' } },
      { expires: true, renewable: true },
    ],
    [
      'Salesforce: instance_url, issued_at, no expires_in',
      {
        body: {
          access_token: '00Dx!AQ0',
          refresh_token: '5Aep861',
          instance_url: 'https://na1.example.com',
          id: 'https://login.example.com/id/00Dx/005x',
          issued_at: '1278448384422',
          signature: 'c2ln',
          token_type: 'Bearer',
        },
      },
      { expires: false, renewable: true, token: '00Dx!AQ0' },
    ],
    [
      'Slack: ok, the token of the person one level down',
      { body: { ok: true, authed_user: { id: 'U1', access_token: 'xoxp-1', token_type: 'user' } } },
      { expires: false, renewable: false, token: 'xoxp-1' },
    ],
    [
      'Zoho: a token type of its own',
      { body: { access_token: '1000.ab', token_type: 'Zoho-oauthtoken', expires_in: 3600 } },
      { expires: true, renewable: false, token: '1000.ab' },
    ],
    [
      'JSON served as text/html, with a byte order mark',
      { type: 'text/html', body: '\uFEFF{"access_token":"bom","expires_in":60}' },
      { expires: true, renewable: false, token: 'bom' },
    ],
    [
      'scopes as a list, nulls for what is missing',
      { body: { access_token: 'n', scope: ['read', 'write'], refresh_token: null, expires_in: null } },
      { expires: false, renewable: false, token: 'n' },
    ],
    [
      'a token that lasts for ever, written as 0',
      { body: { access_token: 'z', expires_in: 0 } },
      { expires: false, renewable: false, token: 'z' },
    ],
  ])('%s', async (_name, reply, { expires, renewable, token = 't' }) => {
    answer(reply);
    const id = await connect({ identityProvider: 'oauth2', ...generic() });
    expect(await signInAt(product, id)).toMatchObject({ status: 200 });
    expect(provider.seen).toBe(`Bearer ${token}`);
    const { status, signIn } = await read(id);
    expect([status, signIn?.renewable, signIn?.expiresAt !== undefined]).toEqual([
      'connected',
      renewable,
      expires,
    ]);
  });

  test.each<[string, TokenReply, string]>([
    [
      'GitHub: an error under 200',
      form('error=bad_verification_code&error_description=expired.'),
      'SignInEnded',
    ],
    ['Slack: ok false', { body: { ok: false, error: 'invalid_client_id' } }, 'OAuthClientRefused'],
    [
      'Facebook: an error object',
      {
        status: 400,
        body: { error: { message: 'Invalid verification code', type: 'OAuthException', code: 100 } },
      },
      'OAuthRequestRefused',
    ],
    [
      'Entra ID: a wrong secret, told by its number',
      {
        status: 401,
        body: {
          error: 'invalid_client',
          error_description: 'AADSTS7000215: Invalid client secret provided.',
        },
      },
      'OAuthClientRefused',
    ],
    ['a page in place of an answer', { type: 'text/html', body: '<h1>Hello</h1>' }, 'OAuthFailed'],
    ['an empty answer', { status: 200, body: '' }, 'OAuthFailed'],
    ['an outage', { status: 503, type: 'text/html', body: '<h1>Down</h1>' }, 'OAuthUnavailable'],
    ['a redirect', { status: 302, body: '' }, 'OAuthFailed'],
  ])('%s is told in one sentence, and the connection still needs its sign-in', async (_name, reply, code) => {
    answer(reply);
    const id = await connect({ identityProvider: 'oauth2', ...generic() });
    const page = await signInAt(product, id);
    expect(page.status).toBe(400);
    expect(page.text).toContain('The sign-in did not work');
    const { status, statusDetail } = await read(id);
    expect([status, statusDetail?.code]).toEqual(['needs-sign-in', code]);
    expect(statusDetail?.message).toMatch(/^[^\n]{10,400}\.$/);
    expect(page.text + JSON.stringify(statusDetail)).not.toContain(SECRET);
  });
});

describe('what providers want to be sent', () => {
  const token = { body: { access_token: 't', refresh_token: 'r', expires_in: 3600 } };
  const basic = `Basic ${Buffer.from(`app-1:${encodeURIComponent(SECRET).replaceAll('%20', '+')}`).toString('base64')}`;

  test('the secret in the form, where nothing else is said', async () => {
    answer(token);
    const id = await connect({ identityProvider: 'oauth2', ...generic() });
    await signInAt(product, id);
    expect(provider.authorization.query).toMatchObject({
      response_type: 'code',
      client_id: 'app-1',
      scope: 'read write',
      redirect_uri: `${product.url}/oauth/callback`,
    });
    expect(provider.asked[0]?.headers.authorization).toBeUndefined();
    expect(provider.asked[0]?.form).toMatchObject({
      grant_type: 'authorization_code',
      code: 'a-code',
      client_id: 'app-1',
      client_secret: SECRET,
      redirect_uri: `${product.url}/oauth/callback`,
    });
  });

  test('the secret in the header for those that take it there only, found out by asking, and remembered', async () => {
    provider.answer = ({ headers }) =>
      headers.authorization === basic ? token : { status: 401, body: { error: 'invalid_client' } };
    const id = await connect({ identityProvider: 'oauth2', ...generic() });
    expect(await signInAt(product, id)).toMatchObject({ status: 200 });
    expect(provider.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, basic]);
    provider.asked.length = 0;
    provider.taken = new Set();
    await call(id).catch(() => undefined);
    expect(provider.asked.map(({ headers, form }) => [form['grant_type'], headers.authorization])).toEqual([
      ['refresh_token', basic],
    ]);
  });

  test("Power Platform's templates: their own parameters, and a refresh body that is derived from the token's", async () => {
    answer(token);
    const id = await connect(
      {
        identityProvider: 'oauth2generic',
        redirectMode: 'Global',
        customParameters: {
          AuthorizationUrlTemplate: { value: `${provider.url}/{Region}/authorize` },
          AuthorizationUrlQueryStringTemplate: {
            value:
              '?client_id={ClientId}&response_type=code&redirect_uri={RedirectUrl}&scope={Scopes}&state={State}&duration=permanent',
          },
          TokenUrlTemplate: { value: `${provider.url}/{Region}/token` },
          TokenUrlQueryStringTemplate: { value: '?version=2' },
          TokenBodyTemplate: {
            value:
              'code={Code}&client_id={ClientId}&client_secret={ClientSecret}&redirect_uri={RedirectUrl}&grant_type=authorization_code&audience=api',
          },
          RefreshUrlTemplate: { value: `${provider.url}/{Region}/refresh` },
          RefreshUrlQueryStringTemplate: { value: '' },
          RefreshBodyTemplate: { value: 'grant_type=refresh_token&client_id={ClientId}' },
          ScopeListDelimiter: { value: ',' },
        },
      },
      {
        'token:Region': {
          type: 'string',
          uiDefinition: { displayName: 'Region', constraints: { required: 'true' } },
        },
      },
      { 'token:Region': 'eu' },
    );
    expect(await signInAt(product, id)).toMatchObject({ status: 200 });
    expect(provider.authorization).toMatchObject({
      path: '/eu/authorize',
      query: { scope: 'read,write', duration: 'permanent', redirect_uri: `${product.url}/oauth/callback` },
    });
    expect(provider.asked[0]).toMatchObject({
      path: '/eu/token?version=2',
      form: { code: 'a-code', client_secret: SECRET, audience: 'api' },
    });
    provider.taken = new Set();
    await call(id).catch(() => undefined);
    expect(provider.asked.at(-1)).toMatchObject({
      path: '/eu/refresh',
      form: {
        grant_type: 'refresh_token',
        refresh_token: 'r',
        client_id: 'app-1',
        client_secret: SECRET,
        audience: 'api',
      },
    });
  });

  test("GitLab's, Salesforce's and DocuSign's rows lead to a server of one's own", async () => {
    answer(token);
    const rows = [
      ['gitlab', '/oauth/authorize', '/oauth/token'],
      ['salesforce', '/services/oauth2/authorize', '/services/oauth2/token'],
      ['docusign', '/oauth/auth', '/oauth/token'],
    ] as const;
    for (const [identityProvider, authorizePath, tokenPath] of rows) {
      provider.asked.length = 0;
      const id = await connect({ identityProvider, customParameters: { loginUri: { value: provider.url } } });
      expect(await signInAt(product, id)).toMatchObject({ status: 200 });
      expect([provider.authorization.path, provider.asked[0]?.path]).toEqual([authorizePath, tokenPath]);
      const pkce = identityProvider !== 'docusign';
      expect('code_challenge' in provider.authorization.query).toBe(pkce);
      expect(provider.asked[0]?.form['code_verifier'] !== undefined).toBe(pkce);
      expect(provider.asked[0]?.headers.authorization).toBe(
        identityProvider === 'docusign' ? basic : undefined,
      );
    }
  });

  test('Entra ID: tenant, scopes of the resource and offline_access; the older endpoint for a resource alone', async () => {
    answer(token);
    const custom = { loginUri: { value: provider.url }, tenantId: { value: 'contoso' } };
    const newer = await connect({
      identityProvider: 'aad',
      scopes: ['access_as_user'],
      customParameters: custom,
      properties: { AzureActiveDirectoryResourceId: 'api://orders' },
    });
    expect(await signInAt(product, newer)).toMatchObject({ status: 200 });
    expect(provider.authorization).toMatchObject({
      path: '/contoso/oauth2/v2.0/authorize',
      query: { scope: 'api://orders/access_as_user offline_access', code_challenge_method: 'S256' },
    });
    const older = await connect({
      identityProvider: 'aad',
      scopes: [],
      customParameters: { ...custom, resourceUri: { value: 'https://orders.example.com' } },
    });
    provider.asked.length = 0;
    expect(await signInAt(product, older)).toMatchObject({ status: 200 });
    expect(provider.authorization).toMatchObject({
      path: '/contoso/oauth2/authorize',
      query: { resource: 'https://orders.example.com' },
    });
    expect(provider.asked[0]).toMatchObject({
      path: '/contoso/oauth2/token',
      form: { resource: 'https://orders.example.com' },
    });
  });

  test('an application that has no secret proves itself with PKCE', async () => {
    answer(token);
    const id = await connect({ identityProvider: 'oauth2', ...generic() });
    const { connector } = await read(id);
    await product.client.call(endpoints.updateConnectorSignIn, {
      params: { id: connector.id },
      body: { clientSecret: '' },
    });
    expect(await signInAt(product, id)).toMatchObject({ status: 200 });
    expect(provider.authorization.query['code_challenge_method']).toBe('S256');
    expect(provider.asked[0]?.form).toMatchObject({ client_id: 'app-1', code_verifier: expect.any(String) });
    expect(provider.asked[0]?.form['client_secret']).toBeUndefined();
  });

  test('client credentials and the password flow go without a person', async () => {
    answer(token);
    const own = await connect({
      identityProvider: 'oauth2clientcredentials',
      ...generic({ audience: 'orders' }),
    });
    expect(await read(own)).toMatchObject({ status: 'connected' });
    expect(provider.asked[0]?.form).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'read write',
      audience: 'orders',
    });
    provider.asked.length = 0;
    const person = await connect(
      { identityProvider: 'oauth2', ...generic({ GrantType: 'password' }) },
      {
        username: { type: 'string', uiDefinition: { constraints: { required: 'true' } } },
        password: { type: 'securestring', uiDefinition: { constraints: { required: 'true' } } },
      },
      { username: 'ada', password: 'pa ss&word' },
    );
    expect(await read(person)).toMatchObject({ status: 'connected' });
    expect(provider.asked[0]?.form).toMatchObject({
      grant_type: 'password',
      username: 'ada',
      password: 'pa ss&word',
    });
  });
});
