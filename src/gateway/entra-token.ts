import { createHash } from 'node:crypto';
import {
  allowInsecureRequests,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
  ResponseBodyError,
} from 'oauth4webapi';
import { Secret } from '../base/index.ts';
import type { HttpClient } from '../http/index.ts';
import type { EntraGrant, EntraProof, HttpAuthentication } from './authentication.ts';
import { CallFailure } from './call-errors.ts';
import { createClientProof } from './oauth/client-proof.ts';
import { createOAuthFetch, describeLostRequest } from './oauth/oauth-fetch.ts';
import { readPfx } from './read-pfx.ts';

interface KeptToken {
  readonly token: Secret;
  /** Epoch milliseconds. */
  readonly goodUntil: number;
}

/** A token is given up so long before it ends: clocks differ, and a call takes its time. */
const MARGIN_MS = 60_000;
const DEFAULT_LIFETIME_MS = 5 * 60_000;
/** Flows with more applications than this ask again more often. */
const MOST_TOKENS = 500;

/** Tokens by what they were asked for with, as long as the client lives. */
const kept = new WeakMap<HttpClient, Map<string, KeptToken>>();

/**
 * The authentication with its token, where it needs one: a client's own, of Microsoft Entra ID (client credentials).
 *
 * @throws CallFailure OAuthFailed, InvalidInputs; nothing has gone to the service then
 */
export async function addEntraToken(
  http: HttpClient,
  authentication: HttpAuthentication,
): Promise<HttpAuthentication> {
  const { grant } = authentication;
  if (grant === undefined) return authentication;
  const token = findToken(http, grant) ?? (await requestToken(http, grant));
  const header = { name: 'authorization', value: new Secret(`Bearer ${token.reveal()}`) };
  return { ...authentication, header, secrets: [...authentication.secrets, token] };
}

/** The service did not take the token: the next call asks for another. */
export function forgetEntraToken(http: HttpClient, { grant }: HttpAuthentication): void {
  if (grant !== undefined) kept.get(http)?.delete(identify(grant));
}

function findToken(http: HttpClient, grant: EntraGrant): Secret | undefined {
  const found = kept.get(http)?.get(identify(grant));
  return found !== undefined && found.goodUntil > Date.now() ? found.token : undefined;
}

async function requestToken(http: HttpClient, grant: EntraGrant): Promise<Secret> {
  const server = { issuer: new URL(grant.tokenUrl).origin, token_endpoint: grant.tokenUrl };
  const client = { client_id: grant.clientId };
  const response = await clientCredentialsGrantRequest(
    server,
    client,
    await createProof(grant),
    { resource: grant.audience },
    { [customFetch]: createOAuthFetch(http) as never, [allowInsecureRequests]: true },
  ).catch((error: unknown) => {
    throw describeLostRequest(error);
  });
  const answer = await processClientCredentialsResponse(server, client, response).catch((error: unknown) => {
    throw refuse(grant, error);
  });
  const token = new Secret(answer.access_token);
  const lifetimeMs = answer.expires_in === undefined ? DEFAULT_LIFETIME_MS : answer.expires_in * 1000;
  keep(http, grant, { token, goodUntil: Date.now() + lifetimeMs - MARGIN_MS });
  return token;
}

/** A certificate signs an assertion, as in a connector's sign-in; its file is read only when a token is asked for. */
function createProof({ proof, clientId, tokenUrl }: EntraGrant) {
  const own = proof.kind === 'secret' ? { clientSecret: proof.secret.reveal() } : {};
  const certificate =
    proof.kind === 'certificate' ? readPfx(proof.pfx.reveal(), proof.password.reveal()) : undefined;
  return createClientProof(
    { clientId, clientSecret: undefined, ...own, certificate },
    { basic: false, tokenUrl },
  );
}

function keep(http: HttpClient, grant: EntraGrant, token: KeptToken): void {
  const tokens = kept.get(http) ?? new Map<string, KeptToken>();
  kept.set(http, tokens);
  const [oldest] = tokens.keys();
  if (tokens.size >= MOST_TOKENS && oldest !== undefined) tokens.delete(oldest);
  tokens.set(identify(grant), token);
}

function identify({ tokenUrl, clientId, proof, audience }: EntraGrant): string {
  const text = JSON.stringify([tokenUrl, clientId, proof.kind, audience]);
  return listProof(proof)
    .reduce((hash, part) => hash.update('\0').update(part), createHash('sha256').update(text))
    .digest('base64');
}

function listProof(proof: EntraProof): (string | Uint8Array)[] {
  return proof.kind === 'secret' ? [proof.secret.reveal()] : [proof.pfx.reveal(), proof.password.reveal()];
}

function refuse({ tokenUrl, clientId }: EntraGrant, error: unknown): CallFailure {
  const { host } = new URL(tokenUrl);
  const said = error instanceof ResponseBodyError ? (error.error_description ?? error.error) : undefined;
  const reason = said === undefined ? 'its answer is no token' : said.split(/[\r\n]/, 1)[0];
  return new CallFailure('OAuthFailed', `${host} gives the client ${clientId} no token: ${reason}.`, {
    fix: 'Look at tenant, clientId, secret or certificate, and audience of the action.',
    sent: false,
    cause: error,
  });
}
