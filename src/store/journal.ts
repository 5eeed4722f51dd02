import type { Pool, PoolClient } from 'pg';
import { insertPayloads, liftPayload, type Payload } from './payloads.ts';

/** A run that begins, as the journal writes it. JSON columns are text that was written by `stringifyJson`. */
export interface RunStartRow {
  readonly id: string;
  readonly flowId: string;
  readonly flowVersion: number;
  readonly triggerName: string;
  readonly trigger: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export interface RunEndRow {
  readonly id: string;
  readonly status: string;
  readonly endedAt: number;
  readonly error: string | undefined;
}

export type EventKind = 'started' | 'retrying' | 'waiting' | 'settled';

export interface RunEventRow {
  readonly runId: string;
  readonly seq: number;
  readonly kind: EventKind;
  readonly key: string;
  readonly at: number;
  readonly attempt: number;
  readonly status: string | undefined;
  readonly code: string | undefined;
  readonly startedAt: number | undefined;
  readonly inputs: string | undefined;
  readonly outputs: string | undefined;
  readonly error: string | undefined;
  readonly data: string | undefined;
  /** By which the run is to be found; kept beside the journal. */
  readonly tracked?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** What one run adds to the journal; a run that begins and ends in one entry is written once. */
export interface JournalEntry {
  readonly runId: string;
  readonly start: RunStartRow | undefined;
  readonly events: readonly RunEventRow[];
  readonly end: RunEndRow | undefined;
}

/**
 * Columns travel as one text parameter each, joined by a character that JSON text and escaped keys cannot
 * hold: the statement is the same for every batch size, is planned once, and needs no array quoting, which
 * would double the size of JSON.
 */
const SEPARATOR = '\x1e';
const NULL = '\x1f';

const column = (index: number, type: string) => `string_to_array($${index}, E'\\x1e', E'\\x1f')::${type}[]`;
const instant = (name: string) => `to_timestamp(${name} / 1000)`;

/** One statement, one transaction, one round trip for the rows of many runs. */
const APPEND = `
with
  begun as (
    insert into runs (id, flow_id, flow_version, trigger_name, trigger, status, started_at, ended_at, error)
    select id, flow_id, flow_version, trigger_name, trigger, status, ${instant('started_at')}, ${instant('ended_at')}, error
    from unnest(
      ${column(1, 'uuid')}, ${column(2, 'uuid')}, ${column(3, 'integer')}, ${column(4, 'text')}, ${column(5, 'text')},
      ${column(6, 'text')}, ${column(7, 'float8')}, ${column(8, 'float8')}, ${column(9, 'text')}
    ) as row (id, flow_id, flow_version, trigger_name, trigger, status, started_at, ended_at, error)
  ),
  leased as (
    insert into run_leases (run_id, node_id) select run_id, $10 from unnest(${column(11, 'uuid')}) as row (run_id)
  ),
  appended as (
    insert into run_events (run_id, seq, kind, key, at, attempt, status, code, started_at, inputs, outputs, error, data)
    select run_id, seq, kind::"char", key, ${instant('at')}, attempt, status, code, ${instant('started_at')}, inputs, outputs, error, data
    from unnest(
      ${column(12, 'uuid')}, ${column(13, 'integer')}, ${column(14, 'text')}, ${column(15, 'text')}, ${column(16, 'float8')},
      ${column(17, 'smallint')}, ${column(18, 'text')}, ${column(19, 'text')}, ${column(20, 'float8')}, ${column(21, 'text')},
      ${column(22, 'text')}, ${column(23, 'text')}, ${column(24, 'text')}
    ) as row (run_id, seq, kind, key, at, attempt, status, code, started_at, inputs, outputs, error, data)
  ),
  ended as (
    update runs set status = row.status, ended_at = ${instant('row.ended_at')}, error = row.error
    from unnest(${column(25, 'uuid')}, ${column(26, 'text')}, ${column(27, 'float8')}, ${column(28, 'text')})
      as row (id, status, ended_at, error)
    where runs.id = row.id
  )
delete from run_leases using unnest(${column(25, 'uuid')}) as row (id) where run_id = row.id`;

const INSERT_TRACKED = `
insert into run_properties (run_id, key, name, value)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
on conflict do nothing`;

/** A connection that a writer has to itself. */
export interface JournalConnection {
  readonly client: PoolClient;
  /** False once it broke or was given up: the writer needs another. */
  isOpen(): boolean;
  /** Gives it up. May be called twice. */
  discard(): void;
}

/** Opens a connection for a writer; the statement is prepared on it once. */
export async function connectJournal(pool: Pool): Promise<JournalConnection> {
  const client = await pool.connect();
  let open = true;
  const discard = () => {
    if (!open) return;
    open = false;
    client.release(true);
  };
  // Heard as long as the client lives: it may break in the middle of its first statement, and again afterwards.
  client.on('error', discard);
  try {
    // The planner would plan each batch anew, which takes longer than carrying it out: all batches look alike.
    await client.query('set plan_cache_mode = force_generic_plan');
  } catch (error) {
    discard();
    throw error;
  }
  return { client, isOpen: () => open, discard };
}

/**
 * Commits the entries of many runs at once. Runs that begin are leased to the node; without one, whoever claims
 * them first has them (`claimUnassignedRuns`).
 *
 * Rejects with SQLSTATE 23505 when another node owns one of the runs.
 */
export async function appendJournal(
  client: PoolClient,
  nodeId: number | null,
  entries: readonly JournalEntry[],
): Promise<void> {
  const payloads: Payload[] = [];
  const values = encodeEntries(nodeId, entries, payloads);
  if (payloads.length > 0) await insertPayloads(client, payloads);
  await insertTracked(client, entries);
  await client.query({ name: 'append-journal', text: APPEND, values });
}

/** Written before the rows they belong to, and harmless without them. */
async function insertTracked(client: PoolClient, entries: readonly JournalEntry[]): Promise<void> {
  const rows = entries.flatMap(({ events }) => events.filter(({ tracked }) => tracked !== undefined));
  if (rows.length === 0) return;
  const values = rows.flatMap(({ runId, key, tracked = [] }) =>
    tracked.map(({ name, value }) => ({ runId, key, name, value })),
  );
  await client.query(INSERT_TRACKED, [
    values.map(({ runId }) => runId),
    values.map(({ key }) => key),
    values.map(({ name }) => name),
    values.map(({ value }) => value),
  ]);
}

/**
 * Whether an entry is in the journal already: its statement was one transaction, so its first row tells. An
 * entry that only ends a run may be written again without harm and counts as not stored.
 */
export async function isEntryStored(
  client: PoolClient,
  { runId, start, events }: JournalEntry,
): Promise<boolean> {
  if (start) {
    const { rowCount } = await client.query('select 1 from runs where id = $1', [runId]);
    return rowCount === 1;
  }
  const [first] = events;
  if (!first) return false;
  const { rowCount } = await client.query(
    'select 1 from run_events where run_id = $1 and seq = $2 and key = $3 and at = to_timestamp($4::float8 / 1000)',
    [runId, first.seq, first.key, first.at],
  );
  return rowCount === 1;
}

function encodeEntries(
  nodeId: number | null,
  entries: readonly JournalEntry[],
  payloads: Payload[],
): unknown[] {
  const begun = new Columns(9);
  const leased = new Columns(1);
  const events = new Columns(13);
  const ended = new Columns(4);
  for (const { start, end, events: rows, runId } of entries) {
    if (start) addStart(begun, leased, start, end, payloads);
    else if (end) ended.add(runId, end.status, end.endedAt, end.error);
    for (const row of rows) addEvent(events, row, payloads);
  }
  return [...begun.join(), nodeId, ...leased.join(), ...events.join(), ...ended.join()];
}

/** A run that begins and ends in one batch is inserted as it ended, and never leased. */
function addStart(
  begun: Columns,
  leased: Columns,
  start: RunStartRow,
  end: RunEndRow | undefined,
  payloads: Payload[],
): void {
  const status = end?.status ?? 'Running';
  begun.add(
    start.id,
    start.flowId,
    start.flowVersion,
    start.triggerName,
    liftPayload(start.id, start.trigger, payloads),
    status,
    start.startedAt,
    end?.endedAt,
    end?.error,
  );
  if (!end) leased.add(start.id);
}

function addEvent(events: Columns, row: RunEventRow, payloads: Payload[]): void {
  const lift = (text: string | undefined) => liftPayload(row.runId, text, payloads);
  const { runId, seq, kind, key, at, attempt, status, code, startedAt, inputs, outputs, error, data } = row;
  events.add(
    runId,
    seq,
    KIND_LETTERS[kind],
    key,
    at,
    attempt,
    status,
    code,
    startedAt,
    lift(inputs),
    lift(outputs),
    lift(error),
    lift(data),
  );
}

const KIND_LETTERS: Readonly<Record<EventKind, string>> = {
  started: 's',
  retrying: 'r',
  waiting: 'w',
  settled: 'e',
};

const KINDS: Readonly<Record<string, EventKind>> = { s: 'started', r: 'retrying', w: 'waiting' };

/** The kind a stored letter stands for. */
export function readEventKind(letter: string): EventKind {
  return KINDS[letter] ?? 'settled';
}

/** Rows on their way to `unnest`: one list per column. */
class Columns {
  readonly #columns: (string | number)[][];

  constructor(count: number) {
    this.#columns = Array.from({ length: count }, () => []);
  }

  add(...values: (string | number | undefined)[]): void {
    for (let index = 0; index < values.length; index++) this.#columns[index]?.push(values[index] ?? NULL);
  }

  join(): string[] {
    return this.#columns.map((values) => values.join(SEPARATOR));
  }
}
