import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const ENVIRONMENTS = `
create table environments (
  id uuid primary key,
  name text not null unique,
  wrapped_data_key bytea,
  created_at timestamptz not null default now()
);
create table settings (
  key text primary key,
  value json not null,
  updated_at timestamptz not null default now()
);`;

/** The columns of the first four are better-auth's. */
const IDENTITY = `
create table users (
  id uuid primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  role text not null default 'user' check (role in ('admin', 'user')),
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table sessions (
  id uuid primary key,
  "userId" uuid not null references users on delete cascade,
  token text not null unique,
  "expiresAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index sessions_user on sessions ("userId");
create table accounts (
  id uuid primary key,
  "userId" uuid not null references users on delete cascade,
  "accountId" text not null,
  "providerId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index accounts_user on accounts ("userId");
create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verifications_identifier on verifications (identifier);
create table api_keys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  name text not null,
  start text not null,
  hash bytea not null unique,
  expires_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now()
);
create index api_keys_user on api_keys (user_id);`;

const CONNECTORS = `
create table connectors (
  id uuid primary key,
  environment_id uuid not null references environments,
  name text not null,
  title text not null,
  description text not null default '',
  kind text not null check (kind in ('builtin', 'custom')),
  publisher text,
  brand_color text,
  icon text,
  latest_version integer not null,
  operation_count integer not null,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint connectors_name unique (environment_id, name)
);
create table connector_versions (
  connector_id uuid not null references connectors on delete cascade,
  version integer not null,
  title text not null,
  format text,
  operation_count integer not null,
  definition json not null,
  note text,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  primary key (connector_id, version)
);
create table connections (
  id uuid primary key,
  environment_id uuid not null references environments,
  connector_id uuid not null references connectors,
  name text not null,
  parameter_set text,
  status text not null check (status in ('connected', 'error')),
  status_detail json,
  parameters json not null,
  sealed bytea,
  secret_names text[] not null default '{}',
  version integer not null default 1,
  tested_at timestamptz,
  last_used_at timestamptz,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index connections_connector on connections (connector_id);`;

/** A write locks its list's row and takes the next change_seq: the order of numbers is the order of commits. */
const LISTS = `
create table lists (
  id uuid primary key,
  environment_id uuid not null references environments,
  name text not null,
  description text not null default '',
  columns json not null,
  item_count integer not null default 0,
  last_item_id integer not null default 0,
  change_seq bigint not null default 0,
  version integer not null default 1,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint lists_name unique (environment_id, name)
);
create table list_items (
  list_id uuid not null references lists on delete cascade,
  id integer not null,
  version integer not null default 1,
  fields jsonb not null,
  created_seq bigint not null,
  changed_seq bigint not null,
  created_by text,
  updated_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (list_id, id)
);
create unique index list_items_created on list_items (list_id, created_seq);
create unique index list_items_changed on list_items (list_id, changed_seq);`;

const FLOWS = `
create table flows (
  id uuid primary key,
  environment_id uuid not null references environments,
  name text not null,
  state text not null default 'off' check (state in ('on', 'off')),
  latest_version integer not null,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table flow_versions (
  flow_id uuid not null references flows on delete cascade,
  version integer not null,
  definition text not null,
  connection_references json not null,
  note text,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  primary key (flow_id, version)
);`;

/** What definitions, connections, lists, flows and people are kept in. */
export const foundation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const part of [ENVIRONMENTS, IDENTITY, CONNECTORS, LISTS, FLOWS]) await sql.raw(part).execute(db);
  },
};
