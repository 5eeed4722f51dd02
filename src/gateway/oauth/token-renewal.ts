import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Json } from '../../base/index.ts';
import type { AuthenticationMethod, OAuthPlan } from '../../connector/index.ts';
import type { HttpClient } from '../../http/index.ts';
import {
  type ConnectionToken,
  claimTokenLease,
  type Database,
  endTokenGrant,
  findConnectionToken,
  type IssuedToken,
  noteRefreshSent,
  releaseTokenLease,
  saveConnectionStatus,
  saveLeasedToken,
} from '../../store/index.ts';
import type { Vault } from '../../vault/index.ts';
import { CallFailure } from '../call-errors.ts';
import { describeFailedCall } from '../conclude.ts';
import type { OpenConnection } from '../connection-cache.ts';
import { NO_REDACTION } from '../redact.ts';
import { loadApplication } from './application.ts';
import type { Discovery } from './discovery.ts';
import { explainLostAnswer, insist, isAnswered } from './lost-answers.ts';
import { type FetchedToken, ProviderRefusal, requestToken, type TokenQuestion } from './request-token.ts';
import { openTokenSecrets, sealTokenSecrets, type TokenSecrets } from './token-secrets.ts';
import { usableUntil } from './token-times.ts';

export interface OAuthServices {
  readonly db: Kysely<Database>;
  readonly vault: Vault;
  readonly http: HttpClient;
  readonly discovery: Discovery;
}

/** Whose token, and how it is got. */
export interface TokenOwner {
  readonly connection: OpenConnection;
  readonly method: AuthenticationMethod;
  readonly plan: OAuthPlan;
}

/** A token ready to be used. */
export interface UsableToken {
  readonly accessToken: string;
  readonly version: number;
  readonly issuedAt: number;
  readonly expiresAt: number | undefined;
  /** Another can be had without a person. */
  readonly renewable: boolean;
  /** What the answers said besides the token. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Longer than a token request may take: who holds a lease beyond that has died. */
const LEASE_MS = 30_000;
const PATIENCE_MS = 60_000;
const FIRST_LOOK_MS = 40;
const SLOWEST_LOOK_MS = 500;

/** The token as it is stored, unless it is over. Undefined: another has to be got. */
export async function readUsableToken(
  { vault }: OAuthServices,
  owner: TokenOwner,
  stored: ConnectionToken | undefined,
): Promise<UsableToken | undefined> {
  if (stored?.sealed === undefined) return undefined;
  const life = { issuedAt: stored.issuedAt ?? 0, expiresAt: stored.expiresAt };
  if (usableUntil(life) <= Date.now()) return undefined;
  const { accessToken, fields = {} } = await openSecrets(vault, owner, stored.sealed);
  return { accessToken, fields, version: stored.version, ...life, renewable: isRenewable(owner, stored) };
}

/**
 * Brings the token after `stored`. Of all who want it, in this process and in others on the same database, the one
 * who gets the lease asks the provider; the others wait for what it brings. The grant is marked as ended when the
 * provider says so, and only then.
 *
 * @throws CallFailure NeedsSignIn, OAuthFailed, OAuthUnavailable and what a lost request fails with
 */
export async function renewToken(
  services: OAuthServices,
  owner: TokenOwner,
  stored: ConnectionToken | undefined,
): Promise<UsableToken> {
  const version = stored?.version ?? 0;
  const endsAt = Date.now() + PATIENCE_MS;
  let current = stored;
  for (let pause = FIRST_LOOK_MS; Date.now() < endsAt; pause = Math.min(pause * 2, SLOWEST_LOOK_MS)) {
    await assertRenewable(services, owner, current);
    const lease = { id: randomUUID(), durationMs: LEASE_MS, version };
    const claimed = await claimTokenLease(services.db, owner.connection.id, lease);
    if (claimed !== undefined) return fetchUnderLease(services, owner, claimed, lease.id);
    await wait(pause);
    current = await findConnectionToken(services.db, owner.connection.id);
    if (current !== undefined && current.version !== version) {
      const brought = await readUsableToken(services, owner, current);
      return brought ?? renewToken(services, owner, current);
    }
  }
  throw new CallFailure(
    'OAuthUnavailable',
    'Another process is fetching the access token and does not finish.',
  );
}

/** Without a person: with the refresh token, or with nothing but the application's or person's own secret. */
function isRenewable({ plan }: TokenOwner, stored: ConnectionToken | undefined): boolean {
  return (
    plan.grant !== 'authorization-code' || (stored?.refreshable === true && stored.endedDetail === undefined)
  );
}

async function assertRenewable(
  services: OAuthServices,
  owner: TokenOwner,
  stored: ConnectionToken | undefined,
): Promise<void> {
  if (isRenewable(owner, stored)) return;
  const { name } = owner.connection;
  if (stored?.sealed === undefined) {
    throw new CallFailure('NeedsSignIn', `Nobody has signed in for the connection ${name} yet.`, {
      fix: 'Open the connection and sign in.',
    });
  }
  if (stored.endedDetail === undefined) {
    const message = `The sign-in of the connection ${name} has expired, and the provider gave nothing to renew it with.`;
    await endGrant(services, owner, stored.version, { code: 'SignInEnded', message, fix: SIGN_IN_AGAIN });
  }
  throw new CallFailure('NeedsSignIn', `The sign-in of the connection ${name} has ended.`);
}

const SIGN_IN_AGAIN = 'Sign in again.';

/** Marks the connection, unless a newer token has come meanwhile. */
export async function endGrant(
  { db }: OAuthServices,
  { connection }: TokenOwner,
  version: number,
  detail: Json,
): Promise<void> {
  if (await endTokenGrant(db, connection.id, version, detail)) {
    await saveConnectionStatus(db, connection.id, 'needs-sign-in', detail);
  }
}

async function fetchUnderLease(
  services: OAuthServices,
  owner: TokenOwner,
  claimed: ConnectionToken,
  leaseId: string,
): Promise<UsableToken> {
  const { db, vault } = services;
  const { connection } = owner;
  try {
    const secrets = claimed.sealed && (await openSecrets(vault, owner, claimed.sealed));
    const fetched = await fetchToken(services, owner, secrets, leaseId);
    const issued = await sealToken(services, owner, fetched, secrets);
    const version = await insist(() => saveLeasedToken(db, connection.id, leaseId, issued));
    const { accessToken, issuedAt, expiresAt } = fetched;
    // Without the lease somebody has signed in anew meanwhile; for this one call the token is good all the same.
    const renewable =
      version !== undefined && (owner.plan.grant !== 'authorization-code' || issued.refreshable);
    const fields = joinFields(fetched, secrets);
    return { accessToken, version: version ?? claimed.version, issuedAt, expiresAt, renewable, fields };
  } catch (error) {
    throw await settleFailure(
      services,
      owner,
      { leaseId, wasLost: claimed.refreshSentAt !== undefined },
      error,
    );
  }
}

async function fetchToken(
  services: OAuthServices,
  owner: TokenOwner,
  secrets: TokenSecrets | undefined,
  leaseId: string,
): Promise<FetchedToken> {
  const { connection, method } = owner;
  const plan = await services.discovery.complete(owner.plan);
  const application = await loadApplication(services, connection, method, owner.plan);
  const question: TokenQuestion =
    plan.grant === 'authorization-code'
      ? { kind: 'refresh', refreshToken: secrets?.refreshToken ?? '' }
      : { kind: 'own' };
  if (question.kind === 'refresh' && !(await noteRefreshSent(services.db, connection.id, leaseId))) {
    throw new CallFailure('OAuthUnavailable', 'Another process is fetching the access token.');
  }
  return requestToken(
    {
      http: services.http,
      plan,
      application,
      values: connection.values,
      redirectUrl: secrets?.redirectUrl ?? '',
      swapsProof: secrets?.swapsProof === true,
    },
    question,
  );
}

/** Seals a token for the store. A refresh token that is not replaced stays good (RFC 6749, section 6). */
export async function sealToken(
  { vault }: OAuthServices,
  { connection, plan }: TokenOwner,
  fetched: FetchedToken,
  before: Partial<TokenSecrets> | undefined,
): Promise<IssuedToken> {
  const isCode = plan.grant === 'authorization-code';
  const refreshToken = isCode ? (fetched.refreshToken ?? before?.refreshToken) : undefined;
  const secrets: TokenSecrets = {
    accessToken: fetched.accessToken,
    refreshToken,
    redirectUrl: before?.redirectUrl,
    swapsProof: fetched.swapsProof || undefined,
    fields: joinFields(fetched, before),
  };
  return {
    sealed: await sealTokenSecrets(vault, ownerOf(connection), secrets),
    issuedAt: fetched.issuedAt,
    expiresAt: fetched.expiresAt,
    refreshable: refreshToken !== undefined,
    scope: fetched.scope,
  };
}

/** An answer to a refresh need not repeat what the first one said. */
function joinFields(fetched: FetchedToken, before: Partial<TokenSecrets> | undefined) {
  return { ...before?.fields, ...fetched.fields };
}

/** Gives the lease back; keeps what a refusal means for the connection. */
async function settleFailure(
  { db }: OAuthServices,
  { connection, plan }: TokenOwner,
  { leaseId, wasLost }: { readonly leaseId: string; readonly wasLost: boolean },
  failure: unknown,
): Promise<unknown> {
  const error = wasLost ? explainLostAnswer(failure, connection.name) : failure;
  const isRefusal = error instanceof ProviderRefusal;
  const ends = isRefusal && error.provider.endsGrant && plan.grant === 'authorization-code';
  const { message, fix, retryable } = describeFailedCall(error, NO_REDACTION);
  const detail: Json = { code: isRefusal ? error.provider.code : 'OAuthFailed', message, fix: fix ?? null };
  const answered = ends || (!wasLost && isAnswered(error));
  await releaseTokenLease(db, connection.id, leaseId, { ended: ends ? detail : undefined, answered });
  if (ends) await saveConnectionStatus(db, connection.id, 'needs-sign-in', detail);
  if (isRefusal && error.provider.endsGrant && !ends) {
    // An application has nobody who could sign in.
    return new CallFailure('OAuthFailed', message, {
      fix: 'Correct the credentials of the connection.',
      cause: error,
    });
  }
  if (isRefusal && !ends && !retryable) await saveConnectionStatus(db, connection.id, 'error', detail);
  return error;
}

function openSecrets(vault: Vault, { connection }: TokenOwner, sealed: Uint8Array): Promise<TokenSecrets> {
  return openTokenSecrets(vault, ownerOf(connection), sealed).catch((cause: unknown) => {
    const message = `The access token of the connection ${connection.name} cannot be opened with the master key of this installation.`;
    throw new CallFailure('ConnectionBroken', message, {
      fix: 'Start Patchbay with the master key that sealed it, or sign in again.',
      cause,
    });
  });
}

function ownerOf({ id, environmentId }: OpenConnection) {
  return { environmentId, connectionId: id };
}
