import type { CompletePlan } from './discovery.ts';

/**
 * Whether an answer names another provider than the one that was asked (RFC 9207). Where the provider's own name is
 * not known, it has to be of the same site as the address that the person was sent to, or as the token endpoint; who
 * names nobody is believed, unless the provider is known to name itself.
 *
 * @param host where the person was sent
 */
export function isForeignIssuer(iss: string | null, plan: CompletePlan, host: string): boolean {
  if (plan.issuer !== undefined) return iss === null ? plan.namesItself === true : iss !== plan.issuer;
  if (iss === null) return false;
  const named = URL.parse(iss);
  const tokenHost = plan.token.url === undefined ? undefined : URL.parse(plan.token.url)?.host;
  return named === null || ![host, tokenHost].some((own) => own && readSite(own) === readSite(named.host));
}

/** The last two labels of a name; addresses of numbers as they are. */
function readSite(host: string): string {
  const name = host.replace(/:\d+$/, '');
  return /^[\d.]+$|^\[/.test(name) ? host : name.split('.').slice(-2).join('.');
}
