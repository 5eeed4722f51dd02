import type pg from 'pg';

/** What one request adds: its run at the start or at the end, and events. All instants are epoch milliseconds. */
export interface Entry {
  readonly begin?: readonly [id: string, flowId: string, trigger: string, startedAt: number];
  readonly end?: readonly [id: string, status: string, endedAt: number];
  readonly events: readonly EventRow[];
}

export type EventRow = readonly [
  runId: string,
  seq: number,
  kind: string,
  key: string,
  at: number,
  status: string | undefined,
  inputs: string | undefined,
  outputs: string | undefined,
];

/** Statements in flight: one gathers while the others are written. */
const LANES = 2;
const SEPARATOR = '\x1e';
const NULL = '\x1f';
const list = (index: number, type: string) => `string_to_array($${index}, E'\\x1e', E'\\x1f')::${type}[]`;

const WRITE = `
with
  begun as (
    insert into limit_runs (id, flow_id, flow_version, trigger_name, trigger, status, started_at)
    select id, flow_id, 1, 'manual', trigger, 'Running', to_timestamp(started_at / 1000)
    from unnest(${list(1, 'uuid')}, ${list(2, 'uuid')}, ${list(3, 'text')}, ${list(4, 'float8')})
      as row (id, flow_id, trigger, started_at)
  ),
  appended as (
    insert into limit_events (run_id, seq, kind, key, at, attempt, status, inputs, outputs)
    select run_id, seq, kind::"char", key, to_timestamp(at / 1000), 1, status, inputs, outputs
    from unnest(${list(5, 'uuid')}, ${list(6, 'integer')}, ${list(7, 'text')}, ${list(8, 'text')},
      ${list(9, 'float8')}, ${list(10, 'text')}, ${list(11, 'text')}, ${list(12, 'text')})
      as row (run_id, seq, kind, key, at, status, inputs, outputs)
  )
update limit_runs set status = row.status, ended_at = to_timestamp(row.ended_at / 1000)
from unnest(${list(13, 'uuid')}, ${list(14, 'text')}, ${list(15, 'float8')}) as row (id, status, ended_at)
where limit_runs.id = row.id`;

export interface Writer {
  /** Resolves when the entry is committed. */
  write(entry: Entry): Promise<void>;
}

interface Waiting {
  readonly entry: Entry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Group commit by hand: what gathers while statements are in flight goes into the next one, which is one transaction. */
export async function createWriter(pool: pg.Pool): Promise<Writer> {
  const free: pg.PoolClient[] = [];
  for (let lane = 0; lane < LANES; lane++) {
    const client = await pool.connect();
    await client.query('set plan_cache_mode = force_generic_plan');
    free.push(client);
  }
  let waiting: Waiting[] = [];
  let scheduled = false;

  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };
  const flush = async () => {
    scheduled = false;
    const client = waiting.length === 0 ? undefined : free.pop();
    if (client === undefined) return;
    const batch = waiting;
    waiting = [];
    try {
      await client.query({ name: 'write', text: WRITE, values: encode(batch.map(({ entry }) => entry)) });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    free.push(client);
    if (waiting.length > 0) schedule();
  };
  return {
    write: (entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        schedule();
      }),
  };
}

function encode(entries: readonly Entry[]): string[] {
  const begun = entries.flatMap(({ begin }) => (begin === undefined ? [] : [begin]));
  const ended = entries.flatMap(({ end }) => (end === undefined ? [] : [end]));
  const events = entries.flatMap((entry) => entry.events);
  return [...joinColumns(begun, 4), ...joinColumns(events, 8), ...joinColumns(ended, 3)];
}

/** Columns as text, joined by a character that JSON cannot hold: no array quoting, and one plan for every size. */
function joinColumns(rows: readonly (readonly (string | number | undefined)[])[], width: number): string[] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? NULL).join(SEPARATOR));
}
