import { equalJson } from '../../base/index.ts';
import type { ConnectionValues } from '../request-types.ts';
import type { ConnectionParameter } from '../types.ts';
import { findIdentityProvider } from './identity-providers.ts';
import type { OAuthPlan } from './oauth-types.ts';
import { readSettledValues } from './placeholder-values.ts';

/**
 * The placeholder by which a connection decides alone where tokens are got, and with it where the secret of the
 * connector's application goes; undefined where none does. A placeholder decides unless the host ends in a domain that
 * the definition writes (`{tenant}.example.com`), or the value is one of a list (`allowedValues` of the connection
 * parameter, or what the provider is known to have), or the definition's own.
 */
export function findFreeHost(
  plan: OAuthPlan,
  parameters: readonly ConnectionParameter[],
  values: ConnectionValues,
): string | undefined {
  const given = new Map(readSettledValues(plan, values));
  const names = [plan.token.url, plan.refresh.url].flatMap((url) =>
    url === undefined ? [] : listDeciding(url),
  );
  return names.find((name) => {
    const value = given.get(name.toLowerCase());
    if (value === undefined || value === plan.placeholders[name.toLowerCase()]) return false;
    return !isListed(name, value, plan, parameters);
  });
}

/** Placeholders after which the host does not end in a domain of its own: two fixed labels at least. */
function listDeciding(url: string): string[] {
  const host = /^(?:[^/{]*\/\/)?([^/?#]*)/.exec(url.trim())?.[1] ?? '';
  return [...host.matchAll(/(:?)\{([\w:.-]+)\}/g)].flatMap(({ 0: whole, 1: colon, 2: name = '', index }) => {
    const isPort = colon === ':' && index > 0;
    const rest = host.slice(index + whole.length);
    return isPort || /\.[a-z\d-]+\.[a-z\d-]*[a-z][a-z\d-]*(?::\d+)?$/i.test(rest) ? [] : [name];
  });
}

function isListed(
  name: string,
  value: string,
  plan: OAuthPlan,
  parameters: readonly ConnectionParameter[],
): boolean {
  const field = findIdentityProvider(plan.provider)?.fields?.find((one) => isSame(one.name, name));
  const names = [`${plan.parameter}:${name}`, name, `server_${name}`];
  const parameter = names
    .map((one) => parameters.find((other) => isSame(other.name, one)))
    .find((found) => found !== undefined);
  return (
    field?.allowed?.includes(value) === true ||
    parameter?.allowedValues?.some((one) => equalJson(one.value, value)) === true
  );
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
