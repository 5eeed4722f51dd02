import type { Kysely } from 'kysely';
import { type Database, touchConnections } from '../store/index.ts';

const FLUSH_MS = 10_000;

/** Notes when connections were last used, with one statement for all of them every ten seconds. */
export class Usage {
  readonly #db: Kysely<Database>;
  #used = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  note(connectionId: string): void {
    this.#used.add(connectionId);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      // When somebody last used a connection is not worth an error: the next use notes it again.
      this.flush().catch(() => undefined);
    }, FLUSH_MS);
    this.#timer.unref();
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ids = [...this.#used];
    this.#used = new Set();
    await touchConnections(this.#db, ids, new Date());
  }
}
