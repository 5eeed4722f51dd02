import type { OAuthGrant, OAuthPlan } from './oauth-types.ts';
import type { OAuthSettings } from './read-settings.ts';

export interface MicrosoftEndpoints {
  readonly endpoints: Pick<OAuthPlan, 'authorization' | 'token' | 'refresh'>;
  readonly scopes: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly pkce: boolean;
}

const BASE = '{loginUri}/{tenantId}/oauth2';
const GRAPH = 'https://graph.microsoft.com';

/**
 * Entra ID has two generations of endpoints: a definition with scopes means the second, one with a resource alone
 * the first, where the resource's registered permissions are what is asked for.
 */
export function chooseMicrosoftEndpoints(
  settings: OAuthSettings,
  grant: OAuthGrant,
  parameterNames: readonly string[],
): MicrosoftEndpoints {
  const resource = settings.custom['resourceuri'] ?? settings.custom['resource'] ?? settings.resource;
  const asks = parameterNames.some((name) => /(?:^|:)resource(?:uri)?$/i.test(name));
  if (settings.scopes.length === 0 && (resource !== undefined || asks)) {
    const value =
      resource !== undefined && settings.custom['resourceuri'] === undefined && !asks
        ? resource
        : '{resourceUri}';
    return { endpoints: listEndpoints(BASE), scopes: [], parameters: { resource: value }, pkce: false };
  }
  return {
    endpoints: listEndpoints(`${BASE}/v2.0`),
    scopes:
      grant === 'client-credentials'
        ? readAppScopes(settings.scopes, resource)
        : readUserScopes(settings.scopes, resource),
    parameters: {},
    pkce: true,
  };
}

function listEndpoints(base: string): MicrosoftEndpoints['endpoints'] {
  const token = { url: `${base}/token` };
  return { authorization: { url: `${base}/authorize` }, token, refresh: token };
}

const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);

/** A short scope belongs to Graph unless it says whose it is. Without `offline_access` nothing could be refreshed. */
function readUserScopes(scopes: readonly string[], resource: string | undefined): string[] {
  const named = scopes.length === 0 ? [`${GRAPH}/.default`] : scopes;
  return [...new Set([...named.map((scope) => qualify(scope, resource)), 'offline_access'])];
}

/** An application has the permissions it was given; it may only ask for all of them. */
function readAppScopes(scopes: readonly string[], resource: string | undefined): string[] {
  const all = scopes.filter((scope) => scope.endsWith('/.default'));
  return all.length > 0 ? all : [qualify('.default', resource ?? GRAPH)];
}

function qualify(scope: string, resource: string | undefined): string {
  if (OPENID_SCOPES.has(scope.toLowerCase()) || scope.includes('/') || resource === undefined) return scope;
  return `${resource.replace(/\/$/, '')}/${scope}`;
}
