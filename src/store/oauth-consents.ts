import { type Kysely, sql } from 'kysely';
import type { ConnectionId, UserId } from '../base/index.ts';
import type { Database } from './database.ts';

/** A sign-in under way. */
export interface OAuthConsent {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  /** The browser session that began it; undefined when a program did, with an API key of the same person. */
  readonly sessionId: string | undefined;
  /** What the answer is checked and redeemed with, as the vault sealed it. */
  readonly sealed: Uint8Array;
}

/** Who brings an answer back. */
export interface ConsentBearer {
  readonly userId: UserId;
  readonly sessionId: string | undefined;
}

/** Begins a sign-in, and clears away those that nobody finished. */
export async function createOAuthConsent(
  db: Kysely<Database>,
  consent: OAuthConsent & { readonly stateHash: Uint8Array; readonly durationMs: number },
): Promise<void> {
  await db.deleteFrom('oauth_consents').where('expires_at', '<', sql<Date>`now()`).execute();
  await db
    .insertInto('oauth_consents')
    .values({
      state_hash: Buffer.from(consent.stateHash),
      connection_id: consent.connectionId,
      user_id: consent.userId,
      session_id: consent.sessionId ?? null,
      sealed: Buffer.from(consent.sealed),
      expires_at: new Date(Date.now() + consent.durationMs),
    })
    .execute();
}

/**
 * Takes a sign-in away, so that its state serves once. Only the session that began it gets it; anybody else leaves
 * it where it is.
 */
export async function takeOAuthConsent(
  db: Kysely<Database>,
  stateHash: Uint8Array,
  bearer: ConsentBearer,
): Promise<OAuthConsent | undefined> {
  const row = await db
    .deleteFrom('oauth_consents')
    .where('state_hash', '=', Buffer.from(stateHash))
    .where('user_id', '=', bearer.userId)
    .where((where) =>
      where.or([
        where('session_id', 'is', null),
        ...(bearer.sessionId === undefined ? [] : [where('session_id', '=', bearer.sessionId)]),
      ]),
    )
    .where('expires_at', '>', sql<Date>`now()`)
    .returningAll()
    .executeTakeFirst();
  return (
    row && {
      connectionId: row.connection_id,
      userId: row.user_id,
      sessionId: row.session_id ?? undefined,
      sealed: row.sealed,
    }
  );
}
