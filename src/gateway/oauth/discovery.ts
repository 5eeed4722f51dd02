import { allowInsecureRequests, customFetch, discoveryRequest, processDiscoveryResponse } from 'oauth4webapi';
import type { OAuthPlan } from '../../connector/index.ts';
import type { HttpClient } from '../../http/index.ts';
import { CallFailure } from '../call-errors.ts';
import { createOAuthFetch, describeLostRequest } from './oauth-fetch.ts';

const FRESH_MS = 10 * 60_000;
const WELL_KNOWN = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/;

interface Discovered {
  readonly issuer: string;
  /** It names itself in every answer (RFC 9207). */
  readonly namesItself: boolean;
  readonly authorizationUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly basic: boolean;
  readonly pkce: boolean;
}

/** A plan with addresses; who the provider is, where it says so. */
export type CompletePlan = OAuthPlan & { readonly issuer?: string; readonly namesItself?: boolean };

/** Finds the endpoints of providers that publish them (OpenID Connect Discovery, RFC 8414); remembers them a while. */
export class Discovery {
  readonly #http: HttpClient;
  readonly #known = new Map<string, { readonly found: Promise<Discovered>; readonly until: number }>();

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** The plan with the addresses that its provider publishes; as it is where it names them itself. */
  async complete(plan: OAuthPlan): Promise<CompletePlan> {
    const { discoveryUrl, authorization, token } = plan;
    if (discoveryUrl === undefined || (authorization.url !== undefined && token.url !== undefined))
      return plan;
    const found = await this.#find(discoveryUrl);
    return {
      ...plan,
      issuer: found.issuer,
      namesItself: found.namesItself,
      basic: found.basic,
      pkce: plan.pkce && found.pkce,
      authorization: { ...authorization, ...(found.authorizationUrl && { url: found.authorizationUrl }) },
      token: { ...token, ...(found.tokenUrl && { url: found.tokenUrl }) },
      refresh: { ...plan.refresh, ...(found.tokenUrl && { url: found.tokenUrl }) },
    };
  }

  #find(url: string): Promise<Discovered> {
    const known = this.#known.get(url);
    if (known !== undefined && known.until > Date.now()) return known.found;
    const found = discover(this.#http, url);
    this.#known.set(url, { found, until: Date.now() + FRESH_MS });
    found.catch(() => this.#known.delete(url));
    return found;
  }
}

async function discover(http: HttpClient, url: string): Promise<Discovered> {
  const issuer = URL.parse(url.replace(WELL_KNOWN, ''));
  if (issuer === null)
    throw new CallFailure('InvalidUrl', 'The address of OpenID Connect discovery is no URL.');
  try {
    const response = await discoveryRequest(issuer, {
      algorithm: /oauth-authorization-server$/.test(url) ? 'oauth2' : 'oidc',
      [customFetch]: createOAuthFetch(http) as never,
      [allowInsecureRequests]: true,
    });
    const server = await processDiscoveryResponse(issuer, response);
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return {
      issuer: server.issuer,
      namesItself: server.authorization_response_iss_parameter_supported === true,
      authorizationUrl: server.authorization_endpoint,
      tokenUrl: server.token_endpoint,
      basic: !methods.includes('client_secret_post'),
      pkce: server.code_challenge_methods_supported?.includes('S256') ?? true,
    };
  } catch (error) {
    const lost = describeLostRequest(error);
    if (lost instanceof CallFailure) throw lost;
    const message = `${issuer.host} does not publish how people sign in at the address that the definition names.`;
    throw new CallFailure('OAuthFailed', message, {
      fix: "Correct the openIdConnectUrl in the connector's definition.",
      cause: error,
    });
  }
}
