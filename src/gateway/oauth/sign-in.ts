import { createHash, randomBytes } from 'node:crypto';
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';
import { isJsonObject, type Json, parseJson, stringifyJson } from '../../base/index.ts';
import {
  buildAuthorizationUrl,
  type CompiledConnector,
  describeProviderError,
} from '../../connector/index.ts';
import {
  type ConsentBearer,
  createOAuthConsent,
  type OAuthConsent,
  saveConnectionStatus,
  saveSignIn,
  takeOAuthConsent,
  updateConnection,
  withTransaction,
} from '../../store/index.ts';
import { CallFailure } from '../call-errors.ts';
import { describeFailedCall } from '../conclude.ts';
import { assertConfirmed } from '../confirmed-addresses.ts';
import type { ConnectionCache } from '../connection-cache.ts';
import { NO_REDACTION } from '../redact.ts';
import type { CallError } from '../types.ts';
import type { VersionCache } from '../version-cache.ts';
import { loadApplication } from './application.ts';
import { checkRedirect, type RedirectCheck, type RedirectFinding } from './check-redirect.ts';
import type { CompletePlan } from './discovery.ts';
import { isForeignIssuer } from './issuer.ts';
import { assertProtected } from './oauth-fetch.ts';
import { ProviderRefusal, requestToken } from './request-token.ts';
import { findOAuthRule, type TokenAccess } from './token-access.ts';
import { type OAuthServices, sealToken, type TokenOwner } from './token-renewal.ts';

/** How long somebody may take at the provider. */
const SIGN_IN_MS = 10 * 60_000;

export interface SignInRequest extends ConsentBearer {
  readonly connectionId: string;
  /** Our address that the provider sends the person back to. */
  readonly redirectUrl: string;
}

export interface SignInPage {
  readonly authorizationUrl: string;
  /** When the answer comes too late; milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What came of a sign-in. */
export interface SignInResult {
  /** Undefined when it is not known which sign-in this was. */
  readonly connectionId: string | undefined;
  readonly error: (Pick<CallError, 'message' | 'fix'> & { readonly code: string }) | undefined;
}

/** Lets people sign in at identity providers, and keeps what that brings. */
export interface SignIns {
  /**
   * Begins a sign-in: only the same person, in the same browser session where one began it, can finish it.
   *
   * @throws CallFailure OAuthNotSetUp, ConnectorInvalid, InvalidUrl …
   */
  begin(request: SignInRequest): Promise<SignInPage>;
  /** Finishes it with what the provider sent back. Never rejects for what the provider says. */
  finish(callback: URLSearchParams, bearer: ConsentBearer): Promise<SignInResult>;
  /** Asks the provider whether it knows a redirect URL, as far as it tells. Never rejects. */
  checkRedirect(check: RedirectCheck): Promise<RedirectFinding>;
}

interface Parts {
  readonly services: OAuthServices;
  readonly connections: Pick<ConnectionCache, 'get' | 'forget'>;
  readonly versions: Pick<VersionCache, 'get'>;
  readonly tokens: Pick<TokenAccess, 'forget'>;
}

export function createSignIns(parts: Parts): SignIns {
  return {
    begin: (request) => begin(parts, request),
    finish: (callback, bearer) => finish(parts, callback, bearer),
    checkRedirect: (check) => checkRedirect(parts.services, check),
  };
}

async function begin(parts: Parts, request: SignInRequest): Promise<SignInPage> {
  const { services } = parts;
  const { connectionId, redirectUrl, userId, sessionId } = request;
  const owner = await findOwner(parts, connectionId);
  const plan = await services.discovery.complete(owner.plan);
  const { connection, method } = owner;
  const application = await loadApplication(services, connection, method, owner.plan);
  assertConfirmed(connection, owner.connector);
  const state = randomBytes(32).toString('base64url');
  // Whoever can prove nothing must at least prove that it is the one who asked.
  const isPublic = application.clientSecret === undefined && application.certificate === undefined;
  const codeVerifier =
    plan.pkce || (isPublic && plan.token.body === undefined) ? generateRandomCodeVerifier() : undefined;
  const codeChallenge = codeVerifier && (await calculatePKCECodeChallenge(codeVerifier));
  const requester = { application, values: connection.values, redirectUrl };
  const authorizationUrl = buildAuthorizationUrl(plan, requester, { state, codeChallenge });
  assertProtected(authorizationUrl);
  const secrets: Json = {
    redirectUrl,
    host: new URL(authorizationUrl).host,
    ...(codeVerifier === undefined ? {} : { codeVerifier }),
  };
  await createOAuthConsent(services.db, {
    connectionId,
    userId,
    sessionId,
    sealed: await services.vault.seal(
      connection.environmentId,
      stringifyJson(secrets),
      describeConsent(connectionId),
    ),
    stateHash: hashState(state),
    durationMs: SIGN_IN_MS,
  });
  return { authorizationUrl, expiresAt: Date.now() + SIGN_IN_MS };
}

/** @throws CallFailure ConnectorInvalid for a connection that nobody signs in for */
async function findOwner(
  parts: Parts,
  connectionId: string,
): Promise<TokenOwner & { readonly connector: CompiledConnector }> {
  parts.connections.forget(connectionId); // it may have been written a moment ago
  const connection = await parts.connections.get(connectionId);
  const connector = await parts.versions.get(connection.connector.id, connection.latestVersion);
  const method = connector.authenticationMethod(connection.parameterSet);
  const plan = findOAuthRule(method)?.plan;
  if (plan === undefined || plan.grant !== 'authorization-code') {
    throw new CallFailure('ConnectorInvalid', `Nobody signs in for the connection ${connection.name}.`, {
      fix: 'Test it instead: it gets its access by itself.',
    });
  }
  if (plan.problem !== undefined) {
    throw new CallFailure('ConnectorInvalid', plan.problem, {
      fix: "Add what is missing to the connector's definition.",
    });
  }
  return { connection, connector, method, plan };
}

const UNKNOWN: SignInResult = {
  connectionId: undefined,
  error: {
    code: 'SignInUnknown',
    message:
      'This sign-in was not begun in this browser, took longer than ten minutes, or is finished already.',
    fix: 'Go back to the connection and sign in again.',
  },
};

async function finish(parts: Parts, callback: URLSearchParams, bearer: ConsentBearer): Promise<SignInResult> {
  const state = callback.get('state');
  const consent =
    state === null || state.length > 500
      ? undefined
      : await takeOAuthConsent(parts.services.db, hashState(state), bearer);
  if (consent === undefined) return UNKNOWN;
  const { connectionId } = consent;
  try {
    await redeem(parts, callback, consent);
    return { connectionId, error: undefined };
  } catch (error) {
    const described = describeRefusal(error) ?? describeFailedCall(error, NO_REDACTION);
    const { code, message, fix } = described;
    await noteFailure(parts, connectionId, { code, message, fix: fix ?? null });
    return { connectionId, error: { code, message, ...(fix === undefined ? {} : { fix }) } };
  }
}

async function redeem(parts: Parts, callback: URLSearchParams, consent: OAuthConsent): Promise<void> {
  const { services, tokens } = parts;
  const { connectionId, userId } = consent;
  const owner = await findOwner(parts, connectionId);
  const plan = await services.discovery.complete(owner.plan);
  const { redirectUrl, codeVerifier, host } = await openConsent(services, owner, consent);
  refuseForeign(callback, plan, host);
  refuseError(callback, host);
  const application = await loadApplication(services, owner.connection, owner.method, owner.plan);
  assertConfirmed(owner.connection, owner.connector);
  const fetched = await requestToken(
    {
      http: services.http,
      plan,
      application,
      values: owner.connection.values,
      redirectUrl,
      swapsProof: false,
    },
    { kind: 'code', callback, codeVerifier },
  );
  const issued = await sealToken(services, owner, fetched, { redirectUrl });
  await withTransaction(services.db, async (tx) => {
    await saveSignIn(tx, connectionId, { ...issued, account: fetched.account, signedInBy: userId });
    // Other processes notice by the version that they hold an old token.
    await updateConnection(tx, connectionId, {});
  });
  parts.connections.forget(connectionId);
  tokens.forget(connectionId);
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
}

class SignInRefusal extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

function describeRefusal(error: unknown): Refusal | undefined {
  if (error instanceof ProviderRefusal) return error.provider;
  return error instanceof SignInRefusal ? error.refusal : undefined;
}

/** An answer of another provider than the one that was asked: its code must not go to this one's token endpoint. */
function refuseForeign(callback: URLSearchParams, plan: CompletePlan, who: string): void {
  if (!isForeignIssuer(callback.get('iss'), plan, who)) return;
  throw new SignInRefusal({
    code: 'SignInMixedUp',
    message: `The answer to the sign-in at ${who} comes from another identity provider, so it is not used.`,
    fix: 'Sign in again; if it happens again, check the addresses in the definition of the connector.',
  });
}

/** What the provider said in place of giving a code (RFC 6749, section 4.1.2.1). */
function refuseError(callback: URLSearchParams, who: string): void {
  const error = callback.get('error');
  if (error === null && callback.get('code') !== null) return;
  const description = callback.get('error_description') ?? undefined;
  const { code, message, fix } = describeProviderError(who, error ?? 'invalid_request', description);
  throw new SignInRefusal({ code, message, fix });
}

/** A connection that still works stays as it is: only the attempt has failed. */
async function noteFailure(
  { services, connections }: Parts,
  connectionId: string,
  detail: Json,
): Promise<void> {
  const stored = await services.db
    .selectFrom('connections')
    .select('status')
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (stored === undefined || stored.status === 'connected') return;
  await saveConnectionStatus(services.db, connectionId, 'needs-sign-in', detail);
  connections.forget(connectionId);
}

async function openConsent({ vault }: OAuthServices, { connection }: TokenOwner, consent: OAuthConsent) {
  const context = describeConsent(consent.connectionId);
  const opened = await vault.open(connection.environmentId, consent.sealed, context);
  const value = parseJson(opened.reveal());
  const read = (name: string) =>
    isJsonObject(value) && typeof value[name] === 'string' ? value[name] : undefined;
  return {
    redirectUrl: read('redirectUrl') ?? '',
    codeVerifier: read('codeVerifier'),
    /** Where the person was sent. */
    host: read('host') ?? '',
  };
}

function describeConsent(connectionId: string): string {
  return `consent:${connectionId}`;
}

/** The state has 256 random bits: a plain hash of it can be neither guessed nor reversed. */
function hashState(state: string): Buffer {
  return createHash('sha256').update(state, 'utf8').digest();
}
