import { type Kysely, type Selectable, sql } from 'kysely';
import { type ConnectionId, type Json, stringifyJson, type UserId } from '../base/index.ts';
import type { Database } from './database.ts';
import type { ConnectionTokensTable } from './oauth-tables.ts';

/** What a connection was granted. Instants are milliseconds since 1970: they are compared, not shown. */
export interface ConnectionToken {
  /** As the vault sealed it; undefined while there is none. */
  readonly sealed?: Uint8Array;
  /** Counts the changes of `sealed`. */
  readonly version: number;
  readonly issuedAt?: number;
  readonly expiresAt?: number;
  /** Whether a refresh token is among what is sealed. */
  readonly refreshable: boolean;
  /** Why the grant has ended: `{code, message, fix}`. Nobody tries it again then. */
  readonly endedDetail?: Json;
  readonly scope?: string;
  /** Who signed in at the provider, where it says so. */
  readonly account?: string;
  readonly signedInAt?: number;
  /** A refresh token was sent and its answer never kept: the provider may have replaced it. */
  readonly refreshSentAt?: number;
}

/** What is written when a token came. */
export interface IssuedToken {
  readonly sealed: Uint8Array;
  readonly issuedAt: number;
  readonly expiresAt: number | undefined;
  readonly refreshable: boolean;
  readonly scope: string | undefined;
}

export async function findConnectionToken(
  db: Kysely<Database>,
  connectionId: ConnectionId,
): Promise<ConnectionToken | undefined> {
  const row = await db
    .selectFrom('connection_tokens')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return row && toToken(row);
}

/** Many at once, for lists; those without a token are not among them. */
export async function findConnectionTokens(
  db: Kysely<Database>,
  connectionIds: readonly ConnectionId[],
): Promise<Map<ConnectionId, ConnectionToken>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('connection_tokens')
    .selectAll()
    .where('connection_id', 'in', connectionIds)
    .execute();
  return new Map(rows.map((row) => [row.connection_id, toToken(row)]));
}

/**
 * Takes the right to fetch the next token. Nothing is locked meanwhile: a lease that was left behind by a process
 * that ended runs out by itself.
 *
 * @returns the token as it stands now; undefined when somebody else holds the lease, or has brought a newer token
 */
export async function claimTokenLease(
  db: Kysely<Database>,
  connectionId: ConnectionId,
  lease: { readonly id: string; readonly durationMs: number; readonly version: number },
): Promise<ConnectionToken | undefined> {
  await db
    .insertInto('connection_tokens')
    .values({ connection_id: connectionId })
    .onConflict((conflict) => conflict.column('connection_id').doNothing())
    .execute();
  const row = await db
    .updateTable('connection_tokens')
    .set({ lease_id: lease.id, lease_until: sql`now() + ${lease.durationMs} * interval '1 millisecond'` })
    .where('connection_id', '=', connectionId)
    .where('version', '=', lease.version)
    .where((where) =>
      where.or([where('lease_until', 'is', null), where('lease_until', '<', sql<Date>`now()`)]),
    )
    .returningAll()
    .executeTakeFirst();
  return row && toToken(row);
}

/**
 * Notes, before it is done, that the refresh token goes to the provider: should the answer be lost, the next one
 * knows. @returns false when the lease is lost
 */
export async function noteRefreshSent(
  db: Kysely<Database>,
  connectionId: ConnectionId,
  leaseId: string,
): Promise<boolean> {
  const result = await db
    .updateTable('connection_tokens')
    .set({ refresh_sent_at: sql`coalesce(refresh_sent_at, now())` })
    .where('connection_id', '=', connectionId)
    .where('lease_id', '=', leaseId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Keeps the token that the holder of the lease fetched. @returns its version; undefined when the lease is lost */
export async function saveLeasedToken(
  db: Kysely<Database>,
  connectionId: ConnectionId,
  leaseId: string,
  token: IssuedToken,
): Promise<number | undefined> {
  const row = await db
    .updateTable('connection_tokens')
    .set({ ...toColumns(token), ended_detail: null, lease_id: null, lease_until: null })
    .set((column) => ({ version: column('version', '+', 1) }))
    .where('connection_id', '=', connectionId)
    .where('lease_id', '=', leaseId)
    .returning('version')
    .executeTakeFirst();
  return row?.version;
}

/**
 * Gives the lease back without a token.
 *
 * @param outcome `ended`: the grant is over until somebody signs in; `answered`: nothing was lost on the way
 */
export async function releaseTokenLease(
  db: Kysely<Database>,
  connectionId: ConnectionId,
  leaseId: string,
  outcome: { readonly ended?: Json | undefined; readonly answered: boolean },
): Promise<void> {
  await db
    .updateTable('connection_tokens')
    .set({
      lease_id: null,
      lease_until: null,
      ...(outcome.ended === undefined ? {} : { ended_detail: stringifyJson(outcome.ended) }),
      ...(outcome.answered ? { refresh_sent_at: null } : {}),
    })
    .where('connection_id', '=', connectionId)
    .where('lease_id', '=', leaseId)
    .execute();
}

/** Notes that a token is no longer taken, unless a newer one has come meanwhile. */
export async function endTokenGrant(
  db: Kysely<Database>,
  connectionId: ConnectionId,
  version: number,
  detail: Json,
): Promise<boolean> {
  const result = await db
    .updateTable('connection_tokens')
    .set({ ended_detail: stringifyJson(detail) })
    .where('connection_id', '=', connectionId)
    .where('version', '=', version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Keeps what a sign-in brought. Whoever refreshes the former grant meanwhile has lost the lease. */
export async function saveSignIn(
  db: Kysely<Database>,
  connectionId: ConnectionId,
  token: IssuedToken & { readonly account: string | undefined; readonly signedInBy: UserId },
): Promise<void> {
  const columns = {
    ...toColumns(token),
    ended_detail: null,
    account: token.account ?? null,
    signed_in_by: token.signedInBy,
    signed_in_at: new Date(token.issuedAt),
    lease_id: null,
    lease_until: null,
  };
  await db
    .insertInto('connection_tokens')
    .values({ connection_id: connectionId, ...columns, version: 1 })
    .onConflict((conflict) =>
      conflict
        .column('connection_id')
        .doUpdateSet({ ...columns, version: sql`connection_tokens.version + 1` }),
    )
    .execute();
}

/** Forgets what was granted: the application or the way to authenticate has changed. */
export async function deleteConnectionToken(db: Kysely<Database>, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('connection_tokens').where('connection_id', '=', connectionId).execute();
}

function toColumns(token: IssuedToken) {
  return {
    sealed: Buffer.from(token.sealed),
    issued_at: new Date(token.issuedAt),
    expires_at: token.expiresAt === undefined ? null : new Date(token.expiresAt),
    refreshable: token.refreshable,
    scope: token.scope ?? null,
    refresh_sent_at: null,
  };
}

function toToken(row: Selectable<ConnectionTokensTable>): ConnectionToken {
  return {
    sealed: row.sealed ?? undefined,
    version: row.version,
    issuedAt: row.issued_at?.getTime(),
    expiresAt: row.expires_at?.getTime(),
    refreshable: row.refreshable,
    endedDetail: row.ended_detail ?? undefined,
    scope: row.scope ?? undefined,
    account: row.account ?? undefined,
    signedInAt: row.signed_in_at?.getTime(),
    refreshSentAt: row.refresh_sent_at?.getTime(),
  };
}
