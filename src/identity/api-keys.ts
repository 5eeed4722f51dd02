import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { v7 as createId } from 'uuid';
import { isUuid, Secret } from '../base/index.ts';
import type { Database } from '../store/index.ts';
import { IdentityError } from './errors.ts';
import { hashToken } from './principal-cache.ts';
import type { Principal } from './types.ts';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The first characters, to recognise it by. */
  readonly start: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  /** To the minute. */
  readonly lastUsedAt?: string;
}

export interface NewApiKey {
  readonly userId: string;
  readonly name: string;
  readonly expiresAt?: Date | undefined;
}

const PREFIX = 'pb_';
const START_LENGTH = 9;
const TOUCH_MS = 60_000;

/** Makes a key of 256 random bits. Only its hash is kept: the text is given out here and never again. */
export async function createApiKey(
  db: Kysely<Database>,
  { userId, name, expiresAt }: NewApiKey,
): Promise<{ readonly key: Secret; readonly record: ApiKey }> {
  const text = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const row = await db
    .insertInto('api_keys')
    .values({
      id: createId(),
      user_id: userId,
      name,
      start: text.slice(0, START_LENGTH),
      hash: hashToken(text),
      expires_at: expiresAt ?? null,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return { key: new Secret(text), record: toApiKey(row) };
}

/** A person's keys, the newest first. */
export async function listApiKeys(db: Kysely<Database>, userId: string): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .select(COLUMNS)
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toApiKey);
}

/** Deletes a key of this person. @throws IdentityError IDENTITY_KEY_NOT_FOUND */
export async function deleteApiKey(db: Kysely<Database>, userId: string, id: string): Promise<void> {
  const query = db.deleteFrom('api_keys').where('id', '=', id).where('user_id', '=', userId);
  const deleted = isUuid(id) ? (await query.executeTakeFirst()).numDeletedRows : 0n;
  if (deleted === 0n)
    throw new IdentityError('IDENTITY_KEY_NOT_FOUND', `There is no API key ${id} of yours.`);
}

/** The key a request carries: `Authorization: Bearer pb_…` or `x-api-key`. */
export function readApiKey(headers: Headers): string | undefined {
  const text = headers.get('x-api-key') ?? /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  return text?.startsWith(PREFIX) ? text : undefined;
}

/** Whose key it is; undefined when there is none or it has expired. */
export async function findKeyOwner(db: Kysely<Database>, key: string): Promise<Principal | undefined> {
  const row = await db
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .select(['api_keys.id', 'api_keys.expires_at', 'api_keys.last_used_at', 'api_keys.user_id'])
    .select(['users.name', 'users.email', 'users.role'])
    .where('hash', '=', hashToken(key))
    .executeTakeFirst();
  if (row === undefined || (row.expires_at !== null && row.expires_at.getTime() <= Date.now()))
    return undefined;
  await touchKey(db, row.id, row.last_used_at);
  return { userId: row.user_id, name: row.name, email: row.email, role: row.role, by: 'key' };
}

async function touchKey(db: Kysely<Database>, id: string, lastUsedAt: Date | null): Promise<void> {
  if (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < TOUCH_MS) return;
  await db.updateTable('api_keys').set({ last_used_at: new Date() }).where('id', '=', id).execute();
}

const COLUMNS = ['id', 'name', 'start', 'created_at', 'expires_at', 'last_used_at'] as const;

interface KeyRow {
  id: string;
  name: string;
  start: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
}

function toApiKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString(),
  };
}
