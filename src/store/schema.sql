create table accounts (
  id uuid not null,
  "userId" uuid not null,
  "accountId" text not null,
  "providerId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone not null default now(),
  "updatedAt" timestamp with time zone not null default now(),
  constraint accounts_pkey PRIMARY KEY (id),
  constraint "accounts_userId_fkey" FOREIGN KEY ("userId") REFERENCES users(id) ON DELETE CASCADE
);

create table api_keys (
  id uuid not null,
  user_id uuid not null,
  name text not null,
  start text not null,
  hash bytea not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint api_keys_hash_key UNIQUE (hash),
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table connection_tokens (
  connection_id uuid not null,
  sealed bytea,
  version integer not null default 0,
  issued_at timestamp with time zone,
  expires_at timestamp with time zone,
  refreshable boolean not null default false,
  ended_detail json,
  scope text,
  account text,
  signed_in_by uuid,
  signed_in_at timestamp with time zone,
  lease_id uuid,
  lease_until timestamp with time zone,
  refresh_sent_at timestamp with time zone,
  constraint connection_tokens_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE,
  constraint connection_tokens_pkey PRIMARY KEY (connection_id),
  constraint connection_tokens_signed_in_by_fkey FOREIGN KEY (signed_in_by) REFERENCES users(id) ON DELETE SET NULL
);

create table connections (
  id uuid not null,
  environment_id uuid not null,
  connector_id uuid not null,
  name text not null,
  parameter_set text,
  status text not null,
  status_detail json,
  parameters json not null,
  sealed bytea,
  secret_names text[] not null default '{}'::text[],
  version integer not null default 1,
  tested_at timestamp with time zone,
  last_used_at timestamp with time zone,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint connections_connector_id_fkey FOREIGN KEY (connector_id) REFERENCES connectors(id),
  constraint connections_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint connections_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES environments(id),
  constraint connections_pkey PRIMARY KEY (id),
  constraint connections_status_check CHECK ((status = ANY (ARRAY['connected'::text, 'error'::text, 'needs-sign-in'::text])))
);

create table connector_checks (
  id uuid not null,
  connector_id uuid not null,
  connection_id uuid,
  operation_id text not null,
  name text not null,
  inputs json not null,
  expectations json not null,
  result json,
  ran_at timestamp with time zone,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  constraint connector_checks_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE SET NULL,
  constraint connector_checks_connector_id_fkey FOREIGN KEY (connector_id) REFERENCES connectors(id) ON DELETE CASCADE,
  constraint connector_checks_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint connector_checks_pkey PRIMARY KEY (id)
);

create table connector_draft_oauth_clients (
  draft_id uuid not null,
  method text not null,
  client_id text not null,
  scopes text,
  sealed bytea,
  secret_kind text,
  updated_by uuid,
  updated_at timestamp with time zone not null default now(),
  constraint connector_draft_oauth_clients_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES connector_drafts(id) ON DELETE CASCADE,
  constraint connector_draft_oauth_clients_pkey PRIMARY KEY (draft_id, method),
  constraint connector_draft_oauth_clients_secret_kind_check CHECK ((secret_kind = ANY (ARRAY['secret'::text, 'certificate'::text]))),
  constraint connector_draft_oauth_clients_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users(id) ON DELETE SET NULL
);

create table connector_drafts (
  id uuid not null,
  environment_id uuid not null,
  connector_id uuid,
  base_version integer,
  title text not null,
  definition json not null,
  revision integer not null default 1,
  created_by uuid,
  updated_by uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint connector_drafts_check CHECK (((connector_id IS NULL) = (base_version IS NULL))),
  constraint connector_drafts_connector_id_fkey FOREIGN KEY (connector_id) REFERENCES connectors(id) ON DELETE CASCADE,
  constraint connector_drafts_connector_id_key UNIQUE (connector_id),
  constraint connector_drafts_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint connector_drafts_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES environments(id) ON DELETE CASCADE,
  constraint connector_drafts_pkey PRIMARY KEY (id),
  constraint connector_drafts_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users(id) ON DELETE SET NULL
);

create table connector_imports (
  id uuid not null,
  environment_id uuid not null,
  user_id uuid not null,
  state text not null,
  progress json not null,
  report json,
  outcome json,
  problem json,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint connector_imports_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES environments(id) ON DELETE CASCADE,
  constraint connector_imports_pkey PRIMARY KEY (id),
  constraint connector_imports_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint connector_imports_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table connector_oauth_clients (
  connector_id uuid not null,
  method text not null,
  client_id text not null,
  scopes text,
  sealed bytea,
  secret_kind text,
  updated_by uuid,
  updated_at timestamp with time zone not null default now(),
  constraint connector_oauth_clients_connector_id_fkey FOREIGN KEY (connector_id) REFERENCES connectors(id) ON DELETE CASCADE,
  constraint connector_oauth_clients_pkey PRIMARY KEY (connector_id, method),
  constraint connector_oauth_clients_secret_kind_check CHECK ((secret_kind = ANY (ARRAY['secret'::text, 'certificate'::text]))),
  constraint connector_oauth_clients_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users(id) ON DELETE SET NULL
);

create table connector_operations (
  connector_id uuid not null,
  "position" integer not null,
  operation_id text not null,
  summary text not null,
  method text not null,
  path text not null,
  kind text not null,
  constraint connector_operations_connector_id_fkey FOREIGN KEY (connector_id) REFERENCES connectors(id) ON DELETE CASCADE,
  constraint connector_operations_kind_check CHECK ((kind = ANY (ARRAY['action'::text, 'trigger'::text]))),
  constraint connector_operations_pkey PRIMARY KEY (connector_id, "position")
);

create table connector_tests (
  id uuid not null,
  connector_id uuid not null,
  connection_id uuid,
  operation_id text not null,
  connector_version integer,
  inputs json not null,
  ok boolean not null,
  status_code integer,
  duration_ms double precision not null,
  cause text,
  differences integer not null default 0,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  constraint connector_tests_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE SET NULL,
  constraint connector_tests_connector_id_fkey FOREIGN KEY (connector_id) REFERENCES connectors(id) ON DELETE CASCADE,
  constraint connector_tests_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint connector_tests_pkey PRIMARY KEY (id)
);

create table connector_versions (
  connector_id uuid not null,
  version integer not null,
  title text not null,
  format text,
  operation_count integer not null,
  definition json not null,
  note text,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  constraint connector_versions_connector_id_fkey FOREIGN KEY (connector_id) REFERENCES connectors(id) ON DELETE CASCADE,
  constraint connector_versions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint connector_versions_pkey PRIMARY KEY (connector_id, version)
);

create table connectors (
  id uuid not null,
  environment_id uuid not null,
  name text not null,
  title text not null,
  description text not null default ''::text,
  kind text not null,
  publisher text,
  brand_color text,
  icon text,
  latest_version integer not null,
  operation_count integer not null,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  categories text[] not null default '{}'::text[],
  constraint connectors_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint connectors_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES environments(id),
  constraint connectors_kind_check CHECK ((kind = ANY (ARRAY['builtin'::text, 'custom'::text]))),
  constraint connectors_name UNIQUE (environment_id, name),
  constraint connectors_pkey PRIMARY KEY (id)
);

create table environments (
  id uuid not null,
  name text not null,
  wrapped_data_key bytea,
  created_at timestamp with time zone not null default now(),
  constraint environments_name_key UNIQUE (name),
  constraint environments_pkey PRIMARY KEY (id)
);

create table flow_versions (
  flow_id uuid not null,
  version integer not null,
  definition text not null,
  connection_references json not null,
  note text,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  constraint flow_versions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint flow_versions_flow_id_fkey FOREIGN KEY (flow_id) REFERENCES flows(id) ON DELETE CASCADE,
  constraint flow_versions_pkey PRIMARY KEY (flow_id, version)
);

create table flows (
  id uuid not null,
  environment_id uuid not null,
  name text not null,
  state text not null default 'off'::text,
  latest_version integer not null,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint flows_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint flows_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES environments(id),
  constraint flows_pkey PRIMARY KEY (id),
  constraint flows_state_check CHECK ((state = ANY (ARRAY['on'::text, 'off'::text])))
);

create table list_batches (
  list_id uuid not null,
  key text not null,
  digest text not null,
  item_count integer not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint list_batches_list_id_fkey FOREIGN KEY (list_id) REFERENCES lists(id) ON DELETE CASCADE,
  constraint list_batches_pkey PRIMARY KEY (list_id, key)
);

create table list_items (
  list_id uuid not null,
  id integer not null,
  version integer not null default 1,
  fields jsonb not null,
  created_seq bigint not null,
  changed_seq bigint not null,
  created_by text,
  updated_by text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint list_items_list_id_fkey FOREIGN KEY (list_id) REFERENCES lists(id) ON DELETE CASCADE,
  constraint list_items_pkey PRIMARY KEY (list_id, id)
);

create table lists (
  id uuid not null,
  environment_id uuid not null,
  name text not null,
  description text not null default ''::text,
  columns json not null,
  item_count integer not null default 0,
  last_item_id integer not null default 0,
  change_seq bigint not null default 0,
  version integer not null default 1,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint lists_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint lists_environment_id_fkey FOREIGN KEY (environment_id) REFERENCES environments(id),
  constraint lists_name UNIQUE (environment_id, name),
  constraint lists_pkey PRIMARY KEY (id)
);

create table nodes (
  id integer not null default nextval('nodes_id_seq'::regclass),
  name text not null,
  started_at timestamp with time zone not null default now(),
  constraint nodes_pkey PRIMARY KEY (id)
);

create table oauth_consents (
  state_hash bytea not null,
  connection_id uuid not null,
  user_id uuid not null,
  session_id uuid,
  sealed bytea not null,
  expires_at timestamp with time zone not null,
  constraint oauth_consents_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES connections(id) ON DELETE CASCADE,
  constraint oauth_consents_pkey PRIMARY KEY (state_hash),
  constraint oauth_consents_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table run_callbacks (
  run_id uuid not null,
  key text not null,
  flow_id uuid not null,
  due_at timestamp with time zone not null,
  plan text not null,
  answer text,
  received_at timestamp with time zone,
  content text,
  constraint run_callbacks_pkey PRIMARY KEY (run_id, key)
);

create table run_children (
  child_id uuid not null,
  parent_id uuid not null,
  key text not null,
  constraint run_children_pkey PRIMARY KEY (child_id)
);

create table run_events (
  run_id uuid not null,
  seq integer not null,
  kind "char" not null,
  key text not null,
  at timestamp with time zone not null,
  attempt smallint not null,
  status text,
  code text,
  started_at timestamp with time zone,
  inputs text,
  outputs text,
  error text,
  data text,
  constraint run_events_pkey PRIMARY KEY (run_id, seq)
);

create table run_leases (
  run_id uuid not null,
  node_id integer,
  wake_at timestamp with time zone,
  constraint run_leases_pkey PRIMARY KEY (run_id)
);

create table run_payloads (
  run_id uuid not null,
  hash bytea not null,
  content bytea not null,
  constraint run_payloads_pkey PRIMARY KEY (run_id, hash)
);

create table run_properties (
  run_id uuid not null,
  key text not null,
  name text not null,
  value text not null,
  constraint run_properties_pkey PRIMARY KEY (run_id, key, name)
);

create table run_slots (
  run_id uuid not null,
  flow_id uuid not null,
  trigger_name text not null,
  admitted boolean not null,
  constraint run_slots_pkey PRIMARY KEY (run_id)
);

create table runs (
  id uuid not null,
  flow_id uuid not null,
  flow_version integer not null,
  trigger_name text not null,
  trigger text not null,
  status text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  error text,
  origin_run_id uuid,
  origin_action text,
  constraint runs_pkey PRIMARY KEY (id)
) with (fillfactor=70);

create table sessions (
  id uuid not null,
  "userId" uuid not null,
  token text not null,
  "expiresAt" timestamp with time zone not null,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamp with time zone not null default now(),
  "updatedAt" timestamp with time zone not null default now(),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_key UNIQUE (token),
  constraint "sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES users(id) ON DELETE CASCADE
);

create table settings (
  key text not null,
  value json not null,
  updated_at timestamp with time zone not null default now(),
  constraint settings_pkey PRIMARY KEY (key)
);

create table trigger_states (
  flow_id uuid not null,
  trigger_name text not null,
  kind text not null,
  signature text not null,
  anchor_at timestamp with time zone not null default now(),
  next_at timestamp with time zone,
  cursor text,
  error text,
  constraint trigger_states_flow_id_fkey FOREIGN KEY (flow_id) REFERENCES flows(id) ON DELETE CASCADE,
  constraint trigger_states_pkey PRIMARY KEY (flow_id, trigger_name)
);

create table users (
  id uuid not null,
  name text not null,
  email text not null,
  "emailVerified" boolean not null default false,
  image text,
  role text not null default 'user'::text,
  "createdAt" timestamp with time zone not null default now(),
  "updatedAt" timestamp with time zone not null default now(),
  constraint users_email_key UNIQUE (email),
  constraint users_pkey PRIMARY KEY (id),
  constraint users_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'user'::text])))
);

create table verifications (
  id uuid not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone not null default now(),
  "updatedAt" timestamp with time zone not null default now(),
  constraint verifications_pkey PRIMARY KEY (id)
);

create table webhook_subscriptions (
  id uuid not null,
  flow_id uuid not null,
  trigger_name text not null,
  state text not null,
  signature text not null,
  fingerprint text not null,
  plan text not null,
  answer text,
  attempts integer not null default 0,
  error text,
  next_at timestamp with time zone,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  constraint webhook_subscriptions_pkey PRIMARY KEY (id),
  constraint webhook_subscriptions_signature_key UNIQUE (signature),
  constraint webhook_subscriptions_state_check CHECK ((state = ANY (ARRAY['subscribing'::text, 'active'::text, 'ending'::text])))
);

CREATE INDEX accounts_user ON public.accounts USING btree ("userId");

CREATE INDEX api_keys_user ON public.api_keys USING btree (user_id);

CREATE INDEX connections_connector ON public.connections USING btree (connector_id);

CREATE INDEX connector_checks_connector_id_idx ON public.connector_checks USING btree (connector_id, id);

CREATE INDEX connector_imports_by_age ON public.connector_imports USING btree (created_at);

CREATE INDEX connector_tests_connector_id_idx ON public.connector_tests USING btree (connector_id, id DESC);

CREATE INDEX oauth_consents_connection ON public.oauth_consents USING btree (connection_id);

CREATE INDEX run_callbacks_by_due ON public.run_callbacks USING btree (due_at);

CREATE INDEX run_children_by_parent ON public.run_children USING btree (parent_id);

CREATE INDEX run_leases_by_node ON public.run_leases USING btree (node_id);

CREATE INDEX run_properties_by_value ON public.run_properties USING btree (name, value, run_id);

CREATE INDEX run_slots_by_trigger ON public.run_slots USING btree (flow_id, trigger_name, run_id);

CREATE INDEX runs_by_flow ON public.runs USING btree (flow_id, id);

CREATE INDEX sessions_user ON public.sessions USING btree ("userId");

CREATE INDEX verifications_identifier ON public.verifications USING btree (identifier);

CREATE INDEX webhook_subscriptions_by_flow ON public.webhook_subscriptions USING btree (flow_id);

CREATE UNIQUE INDEX list_items_changed ON public.list_items USING btree (list_id, changed_seq);

CREATE UNIQUE INDEX list_items_created ON public.list_items USING btree (list_id, created_seq);

CREATE OR REPLACE FUNCTION public.notify_flow_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      perform pg_notify('patchbay_flow_changed', coalesce(new.id, old.id)::text);
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.notify_list_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      perform pg_notify('patchbay_list_changed', json_build_object('id', new.id, 'name', new.name)::text);
      return null;
    end $function$;

CREATE TRIGGER flow_changed AFTER INSERT OR DELETE OR UPDATE ON public.flows FOR EACH ROW EXECUTE FUNCTION notify_flow_changed();

CREATE TRIGGER list_changed AFTER UPDATE OF change_seq ON public.lists FOR EACH ROW EXECUTE FUNCTION notify_list_changed();
