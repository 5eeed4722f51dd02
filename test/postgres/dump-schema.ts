import type pg from 'pg';

/** Tables with their columns and constraints, indexes, functions and triggers, as SQL in alphabetical order. */
export async function dumpSchema(pool: pg.Pool): Promise<string> {
  const tables = await readLines(pool, TABLES);
  const indexes = await readLines(pool, INDEXES);
  const functions = await readLines(pool, FUNCTIONS);
  const triggers = await readLines(pool, TRIGGERS);
  return `${[...tables, ...indexes, ...functions, ...triggers].join('\n\n')}\n`;
}

const OURS = `n.nspname = 'public' and c.relname not in ('migrations', 'migrations_lock')`;

const TABLES = `
select format(E'create table %I (\\n%s\\n)%s;', c.relname,
  (select string_agg(line, E',\\n' order by part, place) from (
    select 1 as part, a.attnum::text as name, a.attnum as place,
      format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    union all
    select 2, k.conname, row_number() over (order by k.conname),
      format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid))
    from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c')
  ) lines),
  coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '')) as line
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and ${OURS}
order by c.relname`;

const INDEXES = `
select pg_get_indexdef(i.indexrelid) || ';' as line
from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
where ${OURS} and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
order by 1`;

const FUNCTIONS = `
select trim(trailing E'\\n' from pg_get_functiondef(p.oid)) || ';' as line
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'public'
order by p.proname`;

const TRIGGERS = `
select pg_get_triggerdef(t.oid) || ';' as line
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where ${OURS} and not t.tgisinternal
order by 1`;

async function readLines(pool: pg.Pool, query: string): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(query);
  return rows.map((row) => row.line);
}
