import { createInstance, type Instance } from './instance.ts';
import { type PreparedSandbox, prepareSandbox } from './prepare.ts';

interface Kept {
  readonly owner: string;
  readonly memoryBytes: number;
  readonly instance: Instance;
  prepared: PreparedSandbox | undefined;
}

const UNUSED = '';

/** As many as runs of one connector that usually overlap. */
const MOST_KEPT = 6;

/**
 * Instances that are ready for the next runs. One in which code ran serves the same owner only; one in which
 * something unusual happened serves nobody.
 */
export class Spare {
  #kept: Kept[] = [];

  /** For a thread that has just begun. */
  async fill(memoryBytes: number): Promise<void> {
    const instance = await createInstance(memoryBytes);
    this.#kept.push({ owner: UNUSED, memoryBytes, instance, prepared: prepareSandbox(instance) });
  }

  async takeInstance(owner: string, memoryBytes: number): Promise<Instance> {
    const kept = this.#take(owner, memoryBytes);
    if (kept === undefined) return createInstance(memoryBytes);
    return kept.prepared === undefined || kept.prepared.sandbox.close()
      ? kept.instance
      : createInstance(memoryBytes);
  }

  async takeSandbox(
    owner: string,
    memoryBytes: number,
  ): Promise<{ readonly instance: Instance; readonly prepared: PreparedSandbox }> {
    const kept = this.#take(owner, memoryBytes);
    const instance = kept?.instance ?? (await createInstance(memoryBytes));
    return { instance, prepared: kept?.prepared ?? prepareSandbox(instance) };
  }

  /** Takes an instance back; when the thread has nothing else to do, it is made ready for the next script. */
  putBack(instance: Instance, owner: string, memoryBytes: number, forScripts: boolean): void {
    const kept: Kept = { owner, memoryBytes, instance, prepared: undefined };
    if (this.#kept.length >= MOST_KEPT) return;
    this.#kept.push(kept);
    if (!forScripts) return;
    setImmediate(() => {
      if (this.#kept.includes(kept)) kept.prepared = prepareSandbox(instance);
    });
  }

  #take(owner: string, memoryBytes: number): Kept | undefined {
    this.#kept = this.#kept.filter((one) => isFor(one, owner, memoryBytes));
    const place = this.#kept.findLastIndex(({ prepared }) => prepared !== undefined);
    return this.#kept.splice(place < 0 ? this.#kept.length - 1 : place, 1)[0];
  }
}

function isFor(kept: Kept, owner: string, memoryBytes: number): boolean {
  return (kept.owner === owner || kept.owner === UNUSED) && kept.memoryBytes === memoryBytes;
}
