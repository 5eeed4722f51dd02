import { encode } from '../request/serialize.ts';
import type { ConnectionValues } from '../request-types.ts';
import { OAuthError } from './oauth-errors.ts';
import type { EndpointTemplates, OAuthApplication, OAuthPlan } from './oauth-types.ts';
import { collectPlaceholders, fillForm, fillText, fillUrl, type PlaceholderValues } from './placeholders.ts';

/** Who asks, and for which connection. */
export interface OAuthRequester {
  readonly application: OAuthApplication;
  readonly values: ConnectionValues;
  /** Where the provider sends people back to. */
  readonly redirectUrl: string;
}

/** What a sign-in is recognised by when it comes back. */
export interface SignInMarks {
  readonly state: string;
  /** S256; undefined without PKCE. */
  readonly codeChallenge: string | undefined;
}

/** A request to the token endpoint: a form written by the definition, or what the standard's form has besides. */
export interface TokenRequest {
  readonly url: string;
  /** The whole form, where the definition has a template for it. */
  readonly body?: string;
  /** For the standard's form: further fields. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The address at the provider where a person consents.
 *
 * @throws OAuthError OAUTH_NOT_POSSIBLE, OAUTH_VALUE_MISSING, OAUTH_INVALID_URL
 */
export function buildAuthorizationUrl(
  plan: OAuthPlan,
  requester: OAuthRequester,
  marks: SignInMarks,
): string {
  const { application, redirectUrl } = requester;
  const values = collect(plan, requester, {
    // The address goes through the person's browser: no place for a secret.
    clientSecret: '',
    state: marks.state,
    codeChallenge: marks.codeChallenge,
  });
  const url = fillUrl(requireUrl(plan.authorization, 'authorization'), values);
  const challenge: [string, string][] =
    marks.codeChallenge === undefined
      ? []
      : [
          ['code_challenge', marks.codeChallenge],
          ['code_challenge_method', 'S256'],
        ];
  if (plan.authorization.query !== undefined) {
    return addFields(joinTemplate(url, fillForm(plan.authorization.query, values)), challenge);
  }
  const scope = values.get('scopes') ?? '';
  return addFields(url, [
    ['response_type', 'code'],
    ['client_id', application.clientId],
    ['redirect_uri', redirectUrl],
    ['state', marks.state],
    ...(scope === '' ? [] : [['scope', scope] as [string, string]]),
    ...challenge,
    ...fillAll(plan.authorizationParameters, values),
  ]);
}

/**
 * The request that brings a token: for a code, for a refresh token, or for nothing but the application itself.
 *
 * @throws OAuthError OAUTH_NOT_POSSIBLE, OAUTH_VALUE_MISSING, OAUTH_INVALID_URL
 */
export function buildTokenRequest(
  plan: OAuthPlan,
  requester: OAuthRequester,
  given: {
    readonly kind: 'token' | 'refresh';
    readonly code?: string;
    readonly codeVerifier?: string;
    readonly refreshToken?: string;
  },
): TokenRequest {
  const { kind, ...own } = given;
  const values = collect(plan, requester, own);
  const templates = kind === 'refresh' ? plan.refresh : plan.token;
  const address = fillUrl(requireUrl(templates, 'token'), values);
  const url =
    templates.query === undefined ? address : joinTemplate(address, fillForm(templates.query, values));
  if (templates.body !== undefined) {
    return {
      url,
      body: withVerifier(fillForm(templates.body.trim(), values), own.codeVerifier),
      parameters: {},
    };
  }
  const scope = values.get('scopes') ?? '';
  const asksScope = kind === 'token' && plan.grant !== 'authorization-code' && scope !== '';
  return {
    url,
    parameters: {
      ...(asksScope ? { scope } : {}),
      ...(kind === 'token' && plan.grant === 'password' ? readPassword(values) : {}),
      ...Object.fromEntries(fillAll(plan.tokenParameters, values)),
    },
  };
}

/** RFC 6749, section 4.3. */
function readPassword(values: PlaceholderValues): { username: string; password: string } {
  return { username: values.get('username') ?? '', password: values.get('password') ?? '' };
}

/** The scopes that are asked for: the application's, else the connection's, else the definition's. */
function collect(
  plan: OAuthPlan,
  requester: OAuthRequester,
  own: Readonly<Record<string, string | undefined>>,
): PlaceholderValues {
  const { application, values, redirectUrl } = requester;
  const basis = collectPlaceholders(plan, values, {
    clientId: application.clientId,
    clientSecret: application.clientSecret,
    redirectUrl,
    redirectUri: redirectUrl,
    ...own,
  });
  const wanted = application.scopes ?? readOwnScopes(basis) ?? plan.scopes;
  const scopes = wanted.map((scope) => fillText(scope, basis)).join(plan.scopeDelimiter);
  return new Map([...basis, ['scopes', scopes], ['scope', scopes]]);
}

/** Some definitions let every connection choose its scopes. */
function readOwnScopes(values: PlaceholderValues): string[] | undefined {
  const text = values.get('scopes') ?? values.get('scope');
  return text === undefined ? undefined : text.split(/[\s,]+/).filter((scope) => scope !== '');
}

function requireUrl({ url }: EndpointTemplates, what: string): string {
  if (url !== undefined && url !== '') return url;
  throw new OAuthError('OAUTH_NOT_POSSIBLE', `The definition of the connector names no ${what} URL.`);
}

function fillAll(
  parameters: Readonly<Record<string, string>>,
  values: PlaceholderValues,
): [string, string][] {
  return Object.entries(parameters).map(([name, value]) => [name, fillText(value, values)]);
}

/** A template begins with `?`; some begin with a rest of the path. */
function joinTemplate(url: string, query: string): string {
  if (query === '' || query === '?') return url;
  if (/^[/?]/.test(query)) {
    return query.startsWith('?') && hasQuery(url) ? `${url}&${query.slice(1)}` : url + query;
  }
  return `${url}${hasQuery(url) ? '&' : '?'}${query.replace(/^&/, '')}`;
}

/** Adds what the address does not say already. */
function addFields(url: string, fields: readonly (readonly [string, string])[]): string {
  const present = new Set(
    (url.split('?')[1] ?? '').split('&').map((field) => field.split('=')[0]?.toLowerCase() ?? ''),
  );
  const added = fields
    .filter(([name]) => !present.has(name))
    .map(([name, value]) => `${name}=${encode(value)}`);
  return added.length === 0 ? url : `${url}${hasQuery(url) ? '&' : '?'}${added.join('&')}`;
}

/** Behind a fragment (`#/authorize`) too: some sign-in pages route by it. */
function hasQuery(url: string): boolean {
  return url.includes('?');
}

function withVerifier(body: string, codeVerifier: string | undefined): string {
  if (codeVerifier === undefined || /(?:^|&)code_verifier=/.test(body)) return body;
  return `${body}&code_verifier=${encode(codeVerifier)}`;
}
