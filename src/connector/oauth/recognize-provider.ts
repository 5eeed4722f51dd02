import { IDENTITY_PROVIDERS } from './identity-providers.ts';
import type { IdentityProvider } from './oauth-types.ts';

const BY_HOST = new Map(
  IDENTITY_PROVIDERS.flatMap((provider) => {
    const host = readHost(provider.authorizationUrl);
    return host === undefined ? [] : [[host, provider] as const];
  }),
);

/** The provider whose sign-in page an address leads to; undefined for hosts nobody knows. */
export function recognizeProvider(authorizationUrl: string | undefined): IdentityProvider | undefined {
  const host = readHost(authorizationUrl);
  // Microsoft's host serves many applications in ways of their own, which the definition spells out.
  return host === undefined || host === 'login.microsoftonline.com'
    ? undefined
    : (BY_HOST.get(host) ?? findByDomain(host));
}

/** Of providers whose customers have hosts of their own. */
function findByDomain(host: string): IdentityProvider | undefined {
  return IDENTITY_PROVIDERS.find(({ instance }) =>
    instance?.domains.some((domain) => host === domain || host.endsWith(`.${domain}`)),
  );
}

function readHost(url: string | undefined): string | undefined {
  if (url === undefined || /^[^/]*\/\/[^/]*\{/.test(url) || url.startsWith('{')) return undefined;
  return URL.parse(url)?.host;
}
