import type { JsonObject } from '../../base/index.ts';
import { findIdentityProvider } from './identity-providers.ts';
import { chooseMicrosoftEndpoints } from './microsoft.ts';
import type { EndpointTemplates, IdentityProvider, OAuthGrant, OAuthPlan } from './oauth-types.ts';
import { listPlaceholders } from './placeholders.ts';
import { type OAuthSettings, readOAuthSettings } from './read-settings.ts';
import { recognizeProvider } from './recognize-provider.ts';
import { deriveRefreshBody } from './refresh-body.ts';

/** What stands around an `oauthSetting` in the definition. */
export interface PlanContext {
  /** Name of the connection parameter. */
  readonly parameter: string;
  /** Names of the method's other connection parameters. */
  readonly parameterNames: readonly string[];
  /** The addresses of the document's security scheme, for settings that name none. */
  readonly fallback?: { readonly authorizationUrl?: string; readonly tokenUrl?: string };
}

/** Custom parameters with a meaning of their own; the others are placeholders only. */
const GENERIC_REQUEST_PARAMETERS: Readonly<Record<string, string>> = {
  audience: 'audience',
  idphint: 'idp_hint',
  prompt: 'prompt',
  accesstype: 'access_type',
};

/**
 * Makes of a definition's `oAuthSettings` all that signing in takes: the provider's row, with what the definition
 * says instead. What cannot work has a `problem`.
 */
export function readOAuthPlan(written: JsonObject, context: PlanContext): OAuthPlan {
  const settings = readOAuthSettings(written);
  const named = findIdentityProvider(settings.identityProvider);
  const addresses = readAddresses(settings, named, context);
  // Definitions that give addresses only may still mean a provider that is known.
  const provider = chooseProvider(settings, named, addresses.authorization.url);
  const grant = readGrant(settings, provider);
  const microsoft = provider.name.startsWith('aad')
    ? chooseMicrosoftEndpoints(settings, grant, context.parameterNames)
    : undefined;
  const templated = addresses.authorization.query !== undefined;
  const plan: OAuthPlan = {
    provider: provider.name,
    title: nameProvider(provider, addresses, settings),
    docs: provider.docs,
    parameter: context.parameter,
    grant,
    proof: provider.proof ?? 'secret',
    pkce: microsoft?.pkce ?? (provider.pkce === true && !templated),
    basic: provider.basic === true,
    clientId: settings.clientId,
    scopes: microsoft?.scopes ?? (settings.scopes.length > 0 ? settings.scopes : (provider.scopes ?? [])),
    scopeDelimiter: readDelimiter(settings, provider),
    discoveryUrl: settings.custom['openidconnecturl'],
    ...addresses,
    ...microsoft?.endpoints,
    authorizationParameters: templated
      ? {}
      : { ...provider.authorizationParameters, ...microsoft?.parameters, ...readRequestParameters(settings) },
    tokenParameters: {
      ...provider.tokenParameters,
      ...microsoft?.parameters,
      ...readTokenParameters(settings, grant),
    },
    placeholders: { ...readDefaults(provider), ...readAliases(provider, settings), ...settings.custom },
    usesClient: usesClient(grant, addresses),
    ...findClientParameters(context),
    answers: provider.answers ?? [],
    instance: provider.instance,
    problem: undefined,
  };
  return { ...plan, problem: describeProblem(plan, settings, named) };
}

function readAddresses(
  { custom }: OAuthSettings,
  provider: IdentityProvider | undefined,
  { fallback }: PlanContext,
): Pick<OAuthPlan, 'authorization' | 'token' | 'refresh'> {
  const authorizationUrl =
    custom['authorizationurltemplate'] ??
    custom['authorizationurl'] ??
    provider?.authorizationUrl ??
    fallback?.authorizationUrl;
  const tokenUrl =
    custom['tokenurltemplate'] ?? custom['tokenurl'] ?? provider?.tokenUrl ?? fallback?.tokenUrl;
  const tokenBody = custom['tokenbodytemplate'];
  return {
    authorization: clean({ url: authorizationUrl, query: custom['authorizationurlquerystringtemplate'] }),
    token: clean({ url: tokenUrl, query: custom['tokenurlquerystringtemplate'], body: tokenBody }),
    refresh: clean({
      url: custom['refreshurltemplate'] ?? custom['refreshurl'] ?? tokenUrl,
      query: custom['refreshurlquerystringtemplate'],
      body: deriveRefreshBody(custom['refreshbodytemplate'], tokenBody),
    }),
  };
}

function clean(templates: { [Name in keyof EndpointTemplates]: string | undefined }): EndpointTemplates {
  return Object.fromEntries(Object.entries(templates).filter(([, text]) => text !== undefined));
}

/** By the name of its row; one that has none, by its host, which people see in the window they sign in in. */
function nameProvider(
  provider: IdentityProvider,
  { authorization, token }: Pick<OAuthPlan, 'authorization' | 'token'>,
  { custom }: OAuthSettings,
): string {
  if (provider.authorizationUrl !== undefined) return provider.title;
  const hosts = [authorization.url, custom['openidconnecturl'], token.url].flatMap((url) => {
    const host = url === undefined ? undefined : URL.parse(url)?.host;
    return host === undefined || host.includes('{') ? [] : [host];
  });
  return hosts[0] ?? provider.title;
}

function chooseProvider(
  settings: OAuthSettings,
  named: IdentityProvider | undefined,
  authorizationUrl: string | undefined,
): IdentityProvider {
  const known = recognizeProvider(authorizationUrl);
  if (named === undefined) {
    return known ?? { name: settings.identityProvider.toLowerCase(), title: settings.identityProvider };
  }
  if (named.authorizationUrl !== undefined || known === undefined) return named;
  return {
    ...known,
    pkce: named.pkce ?? known.pkce ?? false,
    grant: named.grant ?? 'authorization-code',
    proof: named.proof ?? known.proof ?? 'secret',
  };
}

function readGrant({ custom }: OAuthSettings, provider: IdentityProvider): OAuthGrant {
  const written = `${custom['granttype'] ?? ''} ${custom['tokenbodytemplate'] ?? ''}`.toLowerCase();
  if (/(?:^|grant_type=)client_?credentials/.test(written.trim())) return 'client-credentials';
  if (/(?:^|grant_type=)password/.test(written.trim())) return 'password';
  return provider.grant ?? 'authorization-code';
}

function readDelimiter({ custom, scopeDelimiter }: OAuthSettings, provider: IdentityProvider): string {
  return custom['scopelistdelimiter'] ?? provider.scopeDelimiter ?? scopeDelimiter ?? ' ';
}

function readRequestParameters({ custom }: OAuthSettings): Record<string, string> {
  const entries = Object.entries(GENERIC_REQUEST_PARAMETERS).flatMap(([name, parameter]) => {
    const value = custom[name];
    return value === undefined ? [] : [[parameter, value] as const];
  });
  return Object.fromEntries(entries);
}

/** Without a person, the token request itself says what for. */
function readTokenParameters({ custom }: OAuthSettings, grant: OAuthGrant): Record<string, string> {
  if (grant !== 'client-credentials') return {};
  const { audience, resource } = custom;
  return { ...(audience === undefined ? {} : { audience }), ...(resource === undefined ? {} : { resource }) };
}

function readDefaults({ fields = [] }: IdentityProvider): Record<string, string> {
  const entries = fields.flatMap(({ name, default: preset }) =>
    preset === undefined ? [] : [[name.toLowerCase(), preset] as const],
  );
  return Object.fromEntries(entries);
}

function readAliases({ fields = [] }: IdentityProvider, { custom }: OAuthSettings): Record<string, string> {
  const entries = fields.flatMap(({ name, aliases = [] }) =>
    aliases.flatMap((alias) => {
      const value = custom[alias.toLowerCase()];
      return value === undefined ? [] : [[name.toLowerCase(), value] as const];
    }),
  );
  return Object.fromEntries(entries);
}

/** A template that names no client id asks each connection for its own, under a name of its own. */
function usesClient(grant: OAuthGrant, { authorization, token }: Pick<OAuthPlan, 'authorization' | 'token'>) {
  const templates = grant === 'authorization-code' ? [authorization.query, token.body] : [token.body];
  return templates.some((one) => one === undefined || listPlaceholders(one).includes('clientid'));
}

function findClientParameters({ parameter, parameterNames }: PlanContext) {
  const find = (wanted: string) =>
    parameterNames.find((name) => name.toLowerCase() === `${parameter}:${wanted}`.toLowerCase());
  return { clientIdParameter: find('clientId'), clientSecretParameter: find('clientSecret') };
}

function describeProblem(
  plan: OAuthPlan,
  { identityProvider }: OAuthSettings,
  named: IdentityProvider | undefined,
): string | undefined {
  if (plan.discoveryUrl !== undefined) return undefined;
  const needsPerson = plan.grant === 'authorization-code';
  const missing = [
    ...(needsPerson && plan.authorization.url === undefined ? ['an authorization URL'] : []),
    ...(plan.token.url === undefined ? ['a token URL'] : []),
  ];
  if (missing.length === 0) return undefined;
  const who = named === undefined ? `the unknown identity provider '${identityProvider}'` : plan.title;
  return `The definition names ${who} and lacks ${missing.join(' and ')}.`;
}
