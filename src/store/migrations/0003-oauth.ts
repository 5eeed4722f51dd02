import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A connection whose grant has ended works again as soon as somebody signs in. */
const STATUS = `
alter table connections drop constraint connections_status_check;
alter table connections add constraint connections_status_check
  check (status in ('connected', 'error', 'needs-sign-in'));`;

/** As which application a connector signs in: once per way to authenticate that it has. */
const CLIENTS = `
create table connector_oauth_clients (
  connector_id uuid not null references connectors on delete cascade,
  method text not null,
  client_id text not null,
  scopes text,
  sealed bytea,
  secret_kind text check (secret_kind in ('secret', 'certificate')),
  updated_by uuid references users on delete set null,
  updated_at timestamptz not null default now(),
  primary key (connector_id, method)
);`;

/**
 * A row per connection that signs in. Whoever refreshes holds the lease, so that a refresh token is used once; the
 * version counts the changes of what is sealed.
 */
const TOKENS = `
create table connection_tokens (
  connection_id uuid primary key references connections on delete cascade,
  sealed bytea,
  version integer not null default 0,
  issued_at timestamptz,
  expires_at timestamptz,
  refreshable boolean not null default false,
  ended_detail json,
  scope text,
  account text,
  signed_in_by uuid references users on delete set null,
  signed_in_at timestamptz,
  lease_id uuid,
  lease_until timestamptz
);`;

/** Sign-ins under way: found by the hash of their state, taken away when they come back. */
const CONSENTS = `
create table oauth_consents (
  state_hash bytea primary key,
  connection_id uuid not null references connections on delete cascade,
  user_id uuid not null references users on delete cascade,
  session_id uuid,
  sealed bytea not null,
  expires_at timestamptz not null
);
create index oauth_consents_connection on oauth_consents (connection_id);`;

/** Tokens of connections that sign in with OAuth 2, the applications they sign in as, and sign-ins under way. */
export const oauth: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const part of [STATUS, CLIENTS, TOKENS, CONSENTS]) await sql.raw(part).execute(db);
  },
};
