import { Secret } from '../../base/index.ts';
import { isAbsolute } from '../compile/compile-servers.ts';
import { ConnectorError } from '../errors.ts';
import { OAuthError } from '../oauth/oauth-errors.ts';
import type { OAuthPlan } from '../oauth/oauth-types.ts';
import { collectPlaceholders, fillUrl } from '../oauth/placeholders.ts';
import { readPolicies } from '../policies/read-policies.ts';
import { resolveBaseUrl } from '../request/resolve-base-url.ts';
import { readValue } from '../request/secret-text.ts';
import type { ConnectionValues } from '../request-types.ts';
import type { AuthenticationMethod, CompiledConnector } from '../types.ts';

/**
 * Everywhere a connector sends what a connection keeps secret: the origins of its servers, of what its policies put
 * in their place, and of where its tokens are got. What only a call decides stands as the definition writes it, so
 * that two definitions have the same addresses only if they send to the same hosts. Sorted, each once.
 */
export function listAddresses(
  connector: CompiledConnector,
  method: AuthenticationMethod,
  values: ConnectionValues,
): string[] {
  const found = [
    ...listServers(connector, method, values),
    ...listHostPolicies(connector, values),
    ...method.credentials.flatMap((rule) =>
      rule.type === 'oauth2' ? listTokenAddresses(rule.plan, values) : [],
    ),
  ];
  return [...new Set(found)].sort();
}

/** Those of the list that are not among the confirmed ones. The same host encrypted is none of them. */
export function findUnconfirmed(addresses: readonly string[], confirmed: ReadonlySet<string>): string[] {
  return addresses.filter(
    (address) => !confirmed.has(address) && !confirmed.has(address.replace(/^https:/, 'http:')),
  );
}

function listServers(
  connector: CompiledConnector,
  method: AuthenticationMethod,
  values: ConnectionValues,
): string[] {
  return connector.operations.flatMap((operation) => {
    try {
      const url = resolveBaseUrl({ connector, operation, method, values });
      if (URL.canParse(url)) return [readOrigin(url)];
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
    }
    // A variable that the sign-in fills, or nothing at all.
    const written = (operation.servers ?? connector.servers).find(({ url }) => isAbsolute(url));
    return written === undefined ? [] : [readOrigin(written.url)];
  });
}

const CONNECTION_VALUE =
  /@\{?connectionParam(?:e?t?e?rs?)\(\s*['‘’]([^'‘’]*)['‘’]\s*(?:,\s*['‘’]([^'‘’]*)['‘’]\s*)?\)\}?/gi;

function listHostPolicies({ definition }: CompiledConnector, values: ConnectionValues): string[] {
  return readPolicies(definition.properties).flatMap(({ template, parameters: { urlTemplate } }) => {
    if (!/^dynamic(?:hosturl|subdomain)$/.test(template) || typeof urlTemplate !== 'string') return [];
    const filled = urlTemplate.trim().replace(CONNECTION_VALUE, (written, name: string, fallback = '') => {
      const value = readValue(values, name) ?? fallback;
      return value instanceof Secret ? written : value;
    });
    // What a call decides makes no origin that could be compared.
    return [filled.includes('@') ? filled : readOrigin(/:\/\//.test(filled) ? filled : `https://${filled}`)];
  });
}

function listTokenAddresses(plan: OAuthPlan, values: ConnectionValues): string[] {
  const urls = [plan.token.url, plan.refresh.url, plan.discoveryUrl].filter((url) => url !== undefined);
  const placeholders = collectPlaceholders(plan, values, {});
  return urls.map((url) => {
    try {
      return readOrigin(fillUrl(url, placeholders));
    } catch (error) {
      if (error instanceof OAuthError) return readOrigin(url);
      throw error;
    }
  });
}

function readOrigin(url: string): string {
  const origin = URL.parse(url)?.origin;
  if (origin !== undefined && origin !== 'null') return origin;
  return /^(?:[^/]*:\/\/)?[^/?#]*/.exec(url)?.[0].toLowerCase() ?? url;
}
