/**
 * The writers of the journal.
 *
 * Invariants
 * 1. The entries of one run take the same lane and are committed in the order they were appended.
 * 2. A lane has at most one statement in flight; while it is, entries gather for the next one.
 * 3. `done` is called exactly once per entry: after its commit, or when the run turned out to be another node's.
 * 4. A lost database is waited for; nothing that was appended is dropped.
 */
import type { Pool, PoolClient } from 'pg';
import { appendJournal, connectJournal, isEntryStored, type JournalEntry } from '../store/index.ts';
import type { EngineLog } from './types.ts';

/** What became of an entry: `lost` means that another node owns the run. */
export type JournalVerdict = 'committed' | 'lost';

export interface Journal {
  append(entry: JournalEntry, done: (verdict: JournalVerdict) => void): void;
  /** Resolves when everything appended so far is committed. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

interface Pending {
  readonly entry: JournalEntry;
  readonly done: (verdict: JournalVerdict) => void;
}

/** Two statements in flight keep the database busy while the next batch gathers; more only make batches smaller. */
const LANES = 2;
/** A statement takes at most this many entries, so that one flush stays short. */
const MAX_BATCH = 500;
const UNIQUE_VIOLATION = '23505';

export function createJournal(pool: Pool, nodeId: number, log: EngineLog): Journal {
  const lanes = Array.from({ length: LANES }, () => new Lane(pool, nodeId, log));
  return {
    append: (entry, done) => lanes[laneOf(entry.runId)]?.append({ entry, done }),
    drain: async () => void (await Promise.all(lanes.map((lane) => lane.drain()))),
    close: async () => void (await Promise.all(lanes.map((lane) => lane.close()))),
  };
}

/** The last digit of a UUIDv7 is random. */
function laneOf(runId: string): number {
  return runId.charCodeAt(runId.length - 1) % LANES;
}

class Lane {
  readonly #pool: Pool;
  readonly #nodeId: number;
  readonly #log: EngineLog;
  #waiting: Pending[] = [];
  #client: PoolClient | undefined;
  #flushing: Promise<void> | undefined;

  constructor(pool: Pool, nodeId: number, log: EngineLog) {
    this.#pool = pool;
    this.#nodeId = nodeId;
    this.#log = log;
  }

  append(pending: Pending): void {
    this.#waiting.push(pending);
    this.#flushing ??= this.#flushAll();
  }

  async drain(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  async close(): Promise<void> {
    await this.drain();
    this.#client?.release();
    this.#client = undefined;
  }

  async #flushAll(): Promise<void> {
    // One turn of the event loop: what other runs append in it shares the statement.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      await this.#commit(batch);
    }
    this.#flushing = undefined;
  }

  async #commit(batch: readonly Pending[]): Promise<void> {
    try {
      await this.#write(batch.map((pending) => pending.entry));
    } catch (error) {
      return this.#commitApart(batch, error);
    }
    for (const pending of batch) pending.done('committed');
  }

  /**
   * The batch failed: a run in it belongs to another node, or the connection broke and nobody knows whether it
   * was committed. Entry by entry, what is stored already counts as committed.
   */
  async #commitApart(batch: readonly Pending[], cause: unknown): Promise<void> {
    let failure = cause;
    for (const pending of batch) {
      for (let attempt = 1; ; attempt++) {
        try {
          pending.done(await this.#commitOne(pending.entry, failure));
          break;
        } catch (error) {
          failure = error;
          if (isFinal(error)) {
            this.#log.error(
              { code: codeOf(error), runId: pending.entry.runId },
              'The journal refused a run.',
            );
            pending.done('lost');
            break;
          }
          this.#log.error(
            { code: codeOf(error), attempt },
            'The journal could not be written; it is tried again.',
          );
          await new Promise<void>((resolve) => setTimeout(resolve, Math.min(100 * attempt, 2000)));
        }
      }
    }
  }

  async #commitOne(entry: JournalEntry, cause: unknown): Promise<JournalVerdict> {
    const client = await this.#connect();
    if (codeOf(cause) !== UNIQUE_VIOLATION && (await isEntryStored(client, entry))) return 'committed';
    try {
      await this.#write([entry]);
      return 'committed';
    } catch (error) {
      if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
      return (await isEntryStored(client, entry)) ? 'committed' : 'lost';
    }
  }

  async #write(entries: readonly JournalEntry[]): Promise<void> {
    const client = await this.#connect();
    try {
      await appendJournal(client, this.#nodeId, entries);
    } catch (error) {
      if (codeOf(error) !== UNIQUE_VIOLATION) this.#dropClient(client);
      throw error;
    }
  }

  async #connect(): Promise<PoolClient> {
    if (this.#client) return this.#client;
    const client = await connectJournal(this.#pool, () => {
      if (this.#client === client) this.#client = undefined;
    });
    this.#client = client;
    return client;
  }

  #dropClient(client: PoolClient): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.release(true);
  }
}

/** The database answered and will answer the same again: the flow is gone (23…), or a value cannot be stored (22…). */
function isFinal(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : undefined;
}
