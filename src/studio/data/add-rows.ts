import type { JsonObject } from '../../base/index.ts';
import { ApiError } from '../../client/index.ts';

/** A lot of rows, all or none; the same key again adds nothing. */
export interface RowLot {
  readonly key: string;
  readonly rows: readonly JsonObject[];
}

export interface RowsToAdd {
  readonly rows: readonly JsonObject[];
  /** Names the lot that begins with a row, whenever it is sent. */
  keyOf(index: number): string;
  onProgress(done: number): void;
}

interface Refusal {
  readonly index: number;
  readonly message: string;
}

/** What became of rows. */
export interface Addition {
  /** So many of the first rows are in. */
  readonly added: number;
  readonly refused: readonly Refusal[];
  /** Why the others are not, when it was no row's fault. */
  readonly error?: unknown;
}

/** The outside world. */
interface AddSeams {
  send(lot: RowLot): Promise<{ readonly refused: readonly Refusal[] }>;
  wait(ms: number): Promise<void>;
}

const ADD_AT_ONCE = 500;
const WAITS_MS = [500, 1000, 2000];
/** Nobody answered, or not the server itself. */
const LOST = new Set([0, 502, 503, 504]);

/**
 * Adds rows, so many at a time; tells how many are in after each. A row that is refused keeps its lot out, and what
 * follows. A lot whose answer is lost is sent again under its key: whether it arrived the first time or not, it is added
 * once.
 */
export async function addRows({ rows, keyOf, onProgress }: RowsToAdd, seams: AddSeams): Promise<Addition> {
  let added = 0;
  try {
    while (added < rows.length) {
      const lot = { key: keyOf(added), rows: rows.slice(added, added + ADD_AT_ONCE) };
      const { refused } = await sendAgain(lot, seams);
      if (refused.length > 0) {
        const first = added;
        return { added, refused: refused.map((one) => ({ ...one, index: first + one.index })) };
      }
      added += lot.rows.length;
      onProgress(added);
    }
    return { added, refused: [] };
  } catch (error) {
    return { added, refused: [], error };
  }
}

async function sendAgain(lot: RowLot, { send, wait }: AddSeams) {
  for (const waitMs of WAITS_MS) {
    try {
      return await send(lot);
    } catch (error) {
      if (!(error instanceof ApiError) || !LOST.has(error.status)) throw error;
      await wait(waitMs);
    }
  }
  return send(lot);
}
