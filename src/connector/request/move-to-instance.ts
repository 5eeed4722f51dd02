import { OAuthError } from '../oauth/oauth-errors.ts';
import type { OAuthPlan } from '../oauth/oauth-types.ts';
import { collectPlaceholders, fillUrl } from '../oauth/placeholders.ts';
import type { ConnectionValues } from '../request-types.ts';
import type { AuthenticationMethod } from '../types.ts';

type Method = Pick<AuthenticationMethod, 'credentials'>;

/**
 * The server on which the connection's token is good, where the provider gives tokens for one server only and says
 * which (Salesforce's `instance_url`).
 */
export function findInstance(method: Method, values: ConnectionValues): string | undefined {
  const plan = findPlan(method);
  const value = plan && values[`${plan.parameter}:${plan.instance?.field}`];
  const url = typeof value === 'string' ? URL.parse(value) : null;
  return url !== null && url.username === '' && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

/** An address with that server in place of its own, if its own is the provider's, as the one people sign in at is. */
export function moveToInstance(address: string, method: Method, values: ConnectionValues): string {
  const instance = findInstance(method, values);
  const plan = findPlan(method);
  const written = URL.parse(address);
  if (instance === undefined || plan === undefined || written === null) return address;
  // A token that would travel encrypted does not travel in the clear because an answer says so.
  const isWeaker = instance.startsWith('http:') && written.protocol === 'https:';
  if (isWeaker || !isOfProvider(written, plan, values)) return address;
  return address.replace(/^[^/]*\/\/[^/?#]*/, instance);
}

function findPlan({ credentials }: Method): OAuthPlan | undefined {
  const rule = credentials.find((one) => one.type === 'oauth2');
  return rule?.plan.instance === undefined ? undefined : rule.plan;
}

function isOfProvider({ host, hostname }: URL, plan: OAuthPlan, values: ConnectionValues): boolean {
  const domains = plan.instance?.domains ?? [];
  return (
    domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`)) ||
    host === readSignInHost(plan, values)
  );
}

function readSignInHost(plan: OAuthPlan, values: ConnectionValues): string | undefined {
  try {
    return plan.token.url && new URL(fillUrl(plan.token.url, collectPlaceholders(plan, values, {}))).host;
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}
