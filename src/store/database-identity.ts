import type { Instant, MaybeInstant } from './columns.ts';

/** better-auth reads and writes these tables; their columns carry the names it wants. */
interface UsersTable {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  image: string | null;
  role: 'admin' | 'user';
  createdAt: Instant;
  updatedAt: Instant;
}

interface SessionsTable {
  id: string;
  userId: string;
  token: string;
  expiresAt: Instant;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

interface AccountsTable {
  id: string;
  userId: string;
  accountId: string;
  providerId: string;
  accessToken: string | null;
  refreshToken: string | null;
  idToken: string | null;
  accessTokenExpiresAt: MaybeInstant;
  refreshTokenExpiresAt: MaybeInstant;
  scope: string | null;
  password: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

interface VerificationsTable {
  id: string;
  identifier: string;
  value: string;
  expiresAt: Instant;
  createdAt: Instant;
  updatedAt: Instant;
}

/** Ours: keys for programs. Only the SHA-256 of a key is kept. */
interface ApiKeysTable {
  id: string;
  user_id: string;
  name: string;
  /** The first characters, by which its owner recognises it. */
  start: string;
  hash: Buffer;
  expires_at: MaybeInstant;
  last_used_at: MaybeInstant;
  created_at: Instant;
}

export interface IdentityTables {
  users: UsersTable;
  sessions: SessionsTable;
  accounts: AccountsTable;
  verifications: VerificationsTable;
  api_keys: ApiKeysTable;
}
