/**
 * The writers of the journal.
 *
 * Invariants
 * 1. The entries of one run are committed in the order they were appended: a run with an entry in flight waits, and
 *    what it appends meanwhile becomes one entry, so that no statement holds two of a run (its parts do not see
 *    each other's rows).
 * 2. At most two statements are in flight, one per lane. The second one begins only when as many runs wait as are
 *    in flight: a statement costs more than its rows, and nobody waits for more than the flush that is under way.
 * 3. `done` is called exactly once per entry: after its commit, or when the run turned out to be another node's.
 * 4. A lost database is waited for; nothing that was appended is dropped.
 */
import type { Pool, PoolClient } from 'pg';
import {
  appendJournal,
  connectJournal,
  isEntryStored,
  isKeyTaken,
  type JournalConnection,
  type JournalEntry,
  readErrorCode,
} from '../store/index.ts';
import type { EngineLog } from './types.ts';

/** What became of an entry: `lost` means that another node owns the run. */
export type JournalVerdict = 'committed' | 'lost';

export interface Journal {
  append(entry: JournalEntry, done: (verdict: JournalVerdict) => void): void;
  /** Resolves when everything appended so far is committed. */
  drain(): Promise<void>;
  /** Writes what was appended and ends. What is appended later is not written: its runs are taken up at the next start. */
  close(): Promise<void>;
}

/** What a run has appended and nobody has taken yet, with those who want to know of its commit. */
interface Pending {
  entry: JournalEntry;
  readonly done: ((verdict: JournalVerdict) => void)[];
}

/** Two statements in flight keep the database busy while the next batch gathers; more only make batches smaller. */
const LANES = 2;
/** A statement takes at most this many entries, so that one flush stays short. */
const MAX_BATCH = 500;
/** How long a flush gathers under load, in milliseconds: about what a statement takes. */
const GATHER_MS = 2;

/** @param onCommit is told how many runs a statement took, and how long it was under way in milliseconds */
export function createJournal(
  pool: Pool,
  nodeId: number | null,
  log: EngineLog,
  onCommit?: (runs: number, milliseconds: number) => void,
): Journal {
  return new GroupCommit(pool, nodeId, log, onCommit);
}

class GroupCommit implements Journal {
  readonly #lanes: readonly Lane[];
  /** By run, in the order of arrival. */
  readonly #waiting = new Map<string, Pending>();
  /** Runs with an entry in flight. */
  readonly #inFlight = new Set<string>();
  #scheduled = false;
  #closed = false;
  /** How many runs the last statement took: more than one means load. */
  #lastBatch = 0;
  #quiet: (() => void)[] = [];
  readonly #onCommit: ((runs: number, milliseconds: number) => void) | undefined;

  constructor(
    pool: Pool,
    nodeId: number | null,
    log: EngineLog,
    onCommit: ((runs: number, milliseconds: number) => void) | undefined,
  ) {
    this.#lanes = Array.from({ length: LANES }, () => new Lane(pool, nodeId, log));
    this.#onCommit = onCommit;
  }

  append(entry: JournalEntry, done: (verdict: JournalVerdict) => void): void {
    if (this.#closed) return;
    const waiting = this.#waiting.get(entry.runId);
    if (waiting) {
      waiting.entry = mergeEntries(waiting.entry, entry);
      waiting.done.push(done);
    } else this.#waiting.set(entry.runId, { entry, done: [done] });
    this.#schedule();
  }

  async drain(): Promise<void> {
    if (this.#waiting.size === 0 && this.#inFlight.size === 0) return;
    await new Promise<void>((resolve) => this.#quiet.push(resolve));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.drain();
    for (const lane of this.#lanes) lane.close();
  }

  /**
   * A flush waits for the end of this turn of the event loop: what other runs append in it shares the statement.
   * Under load it gathers a little longer, since a statement with a few rows costs the database nearly as much as
   * one with many; somebody who comes alone does not wait.
   */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const flush = () => {
      this.#scheduled = false;
      this.#flush();
    };
    if (this.#lastBatch < 2) setImmediate(flush);
    else setTimeout(flush, GATHER_MS);
  }

  #flush(): void {
    const lane = this.#lanes.find((candidate) => !candidate.busy);
    if (lane === undefined || this.#waiting.size < this.#inFlight.size) return;
    const batch = this.#takeBatch();
    if (batch.length === 0) return;
    const startedAt = performance.now();
    void lane.commit(batch).finally(() => {
      this.#onCommit?.(batch.length, performance.now() - startedAt);
      this.#onFlushed(batch);
    });
  }

  #takeBatch(): Pending[] {
    const batch: Pending[] = [];
    for (const [runId, pending] of this.#waiting) {
      if (batch.length >= MAX_BATCH) break;
      if (this.#inFlight.has(runId)) continue;
      batch.push(pending);
      this.#waiting.delete(runId);
    }
    for (const { entry } of batch) this.#inFlight.add(entry.runId);
    this.#lastBatch = batch.length;
    return batch;
  }

  #onFlushed(batch: readonly Pending[]): void {
    for (const { entry } of batch) this.#inFlight.delete(entry.runId);
    if (this.#waiting.size > 0) return this.#schedule();
    if (this.#inFlight.size > 0) return;
    for (const resolve of this.#quiet.splice(0)) resolve();
  }
}

/** Two entries of one run as one: the later follows the earlier. */
function mergeEntries(earlier: JournalEntry, later: JournalEntry): JournalEntry {
  return {
    runId: earlier.runId,
    start: earlier.start ?? later.start,
    events: [...earlier.events, ...later.events],
    end: later.end ?? earlier.end,
  };
}

/** One connection with one statement at a time. */
class Lane {
  readonly #pool: Pool;
  readonly #nodeId: number | null;
  readonly #log: EngineLog;
  #connection: JournalConnection | undefined;
  busy = false;

  constructor(pool: Pool, nodeId: number | null, log: EngineLog) {
    this.#pool = pool;
    this.#nodeId = nodeId;
    this.#log = log;
  }

  close(): void {
    this.#connection?.discard();
  }

  /** Commits a batch; each entry's `done` has been called when this resolves. */
  async commit(batch: readonly Pending[]): Promise<void> {
    this.busy = true;
    try {
      await this.#write(batch.map((pending) => pending.entry));
    } catch (error) {
      await this.#commitApart(batch, error);
      return;
    } finally {
      this.busy = false;
    }
    for (const pending of batch) this.#tell(pending, 'committed');
  }

  /** What a listener does wrong is its own affair: the other entries of the batch are committed too. */
  #tell(pending: Pending, verdict: JournalVerdict): void {
    for (const done of pending.done) this.#call(done, verdict, pending.entry.runId);
  }

  #call(done: (verdict: JournalVerdict) => void, verdict: JournalVerdict, runId: string): void {
    try {
      done(verdict);
    } catch (error) {
      this.#log.error({ runId, error: String(error) }, 'A committed entry could not be followed up.');
    }
  }

  /**
   * The batch failed: a run in it belongs to another node, or the connection broke and nobody knows whether it
   * was committed. Entry by entry, what is stored already counts as committed.
   */
  async #commitApart(batch: readonly Pending[], cause: unknown): Promise<void> {
    let failure = cause;
    for (const pending of batch) {
      let verdict: JournalVerdict;
      for (let attempt = 1; ; attempt++) {
        try {
          verdict = await this.#commitOne(pending.entry, failure);
          break;
        } catch (error) {
          failure = error;
          if (isFinal(error)) {
            this.#log.error(
              { code: readErrorCode(error), runId: pending.entry.runId },
              'The journal refused a run.',
            );
            verdict = 'lost';
            break;
          }
          this.#log.error(
            { code: readErrorCode(error), attempt },
            'The journal could not be written; it is tried again.',
          );
          await new Promise<void>((resolve) => setTimeout(resolve, Math.min(100 * attempt, 2000)));
        }
      }
      this.#tell(pending, verdict);
    }
  }

  async #commitOne(entry: JournalEntry, cause: unknown): Promise<JournalVerdict> {
    const client = await this.#connect();
    if (!isKeyTaken(cause) && (await isEntryStored(client, entry))) return 'committed';
    try {
      await this.#write([entry]);
      return 'committed';
    } catch (error) {
      if (!isKeyTaken(error)) throw error;
      return (await isEntryStored(client, entry)) ? 'committed' : 'lost';
    }
  }

  async #write(entries: readonly JournalEntry[]): Promise<void> {
    const client = await this.#connect();
    try {
      await appendJournal(client, this.#nodeId, entries);
    } catch (error) {
      if (!isKeyTaken(error)) this.#connection?.discard();
      throw error;
    }
  }

  async #connect(): Promise<PoolClient> {
    if (!this.#connection?.isOpen()) this.#connection = await connectJournal(this.#pool);
    return this.#connection.client;
  }
}

/** The database answered and will answer the same again: the flow is gone (23…), or a value cannot be stored (22…). */
function isFinal(error: unknown): boolean {
  return /^2[23]/.test(readErrorCode(error) ?? '');
}
