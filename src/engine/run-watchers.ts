import type { RunProgress } from './types.ts';

type Listener = (progress: RunProgress) => void;

/** Who looks at which run on this node. */
export class RunWatchers {
  readonly #listeners = new Map<string, Set<Listener>>();

  /** Calls back after each commit that concerns the run, until the returned function is called. */
  watch(runId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(runId) ?? new Set();
    this.#listeners.set(runId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(runId);
    };
  }

  tell(progress: RunProgress): void {
    for (const listener of this.#listeners.get(progress.runId) ?? []) listener(progress);
  }
}
