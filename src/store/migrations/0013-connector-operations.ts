import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The operations of each connector's latest version, in which the gallery searches, and the categories it is put under. */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table connectors add column categories text[] not null default '{}'`.execute(db);
  await sql`
    create table connector_operations (
      connector_id uuid not null references connectors on delete cascade,
      position integer not null,
      operation_id text not null,
      summary text not null,
      method text not null,
      path text not null,
      kind text not null check (kind in ('action', 'trigger')),
      primary key (connector_id, position)
    )`.execute(db);
  // What is there already is found too. Documents with a NUL, which PostgreSQL cannot read, follow with their next version.
  await sql`
    insert into connector_operations
    select c.id,
      row_number() over (partition by c.id),
      coalesce(m.operation->>'operationId', upper(m.method) || ' ' || p.path),
      coalesce(nullif(m.operation->>'summary', ''), m.operation->>'operationId', upper(m.method) || ' ' || p.path),
      upper(m.method),
      p.path,
      case when m.operation->>'x-ms-trigger' is null then 'action' else 'trigger' end
    from connectors c
    join connector_versions v on v.connector_id = c.id and v.version = c.latest_version
    cross join lateral json_each(v.definition->'openapi'->'paths') p(path, item)
    cross join lateral json_each(case when json_typeof(p.item) = 'object' then p.item else '{}' end) m(method, operation)
    where json_typeof(v.definition->'openapi'->'paths') = 'object'
      and strpos(v.definition::text, '\\u0000') = 0
      and m.method in ('get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace')
      and json_typeof(m.operation) = 'object'
      and coalesce(m.operation->>'x-ms-visibility', '') <> 'internal'`.execute(db);
}

export const connectorOperations: Migration = { up };
