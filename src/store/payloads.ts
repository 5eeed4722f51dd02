/**
 * Texts of a run that are too large for its rows: inputs and outputs of many megabytes.
 *
 * A text beyond the limit is kept in `run_payloads`, compressed, once per run however many actions pass it on; its
 * place in the row holds a mark and its hash. Payloads are written before the rows that refer to them, so that a
 * row which is there can be read; what a lost row leaves behind goes with the run.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { PoolClient } from 'pg';
import type { Database } from './database.ts';

/** In characters. A text of so many stays in its row. */
const PAYLOAD_LIMIT = 64 * 1024;
/** Stands before the hash. Neither JSON text nor sealed text begins with it. */
const MARK = '@';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** A large text on its way to the database. */
export interface Payload {
  readonly runId: string;
  readonly hash: Buffer;
  readonly text: string;
}

/** The text as its row holds it; a large one is added to `payloads`. */
export function liftPayload<Value extends string | undefined>(
  runId: string,
  text: Value,
  payloads: Payload[],
): Value | string {
  if (text === undefined || text.length <= PAYLOAD_LIMIT) return text;
  const hash = createHash('sha256').update(text).digest();
  if (!payloads.some((payload) => payload.runId === runId && payload.hash.equals(hash))) {
    payloads.push({ runId, hash, text });
  }
  return MARK + hash.toString('base64url');
}

const INSERT = `
insert into run_payloads (run_id, hash, content)
select * from unnest($1::uuid[], $2::bytea[], $3::bytea[])
on conflict do nothing`;

/** Writes payloads, on the journal's connection or any other. May be repeated. */
export async function insertPayloads(
  client: Pick<PoolClient, 'query'>,
  payloads: readonly Payload[],
): Promise<void> {
  const contents = await Promise.all(payloads.map(({ text }) => compress(Buffer.from(text))));
  await client.query(INSERT, [
    payloads.map(({ runId }) => runId),
    payloads.map(({ hash }) => hash),
    contents,
  ]);
}

/** The same inside somebody's transaction. */
export async function insertPayloadRows(db: Kysely<Database>, payloads: readonly Payload[]): Promise<void> {
  for (const { runId, hash, text } of payloads) {
    await db
      .insertInto('run_payloads')
      .values({ run_id: runId, hash, content: await compress(Buffer.from(text)) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Puts payloads back into their places: `columns` of `rows` that hold a mark. */
export async function fillPayloads<Row extends { readonly runId: string }>(
  db: Kysely<Database>,
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
): Promise<Row[]> {
  const runIds = new Set(
    rows.filter((row) => columns.some((column) => isMark(row[column]))).map((row) => row.runId),
  );
  if (runIds.size === 0) return [...rows];
  const texts = await loadPayloads(db, [...runIds]);
  return rows.map((row) => {
    if (!runIds.has(row.runId)) return row;
    const filled: Record<string, unknown> = { ...row };
    for (const column of columns) {
      const value = row[column];
      if (isMark(value)) filled[column] = texts.get(`${row.runId}${value}`) ?? MISSING;
    }
    return filled as Row;
  });
}

/** In place of a payload that somebody took out of the database by hand. */
const MISSING = '{"missing":"The content is no longer in the database."}';

async function loadPayloads(db: Kysely<Database>, runIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.selectFrom('run_payloads').selectAll().where('run_id', 'in', runIds).execute();
  const texts = await Promise.all(
    rows.map(async (row) => {
      const text = (await decompress(row.content)).toString();
      return [`${row.run_id}${MARK}${row.hash.toString('base64url')}`, text] as const;
    }),
  );
  return new Map(texts);
}

function isMark(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(MARK);
}
