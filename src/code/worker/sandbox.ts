import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { type CodeLimits, DEFAULT_LIMITS } from '../limits.ts';
import type { ThreadFailure } from '../protocol.ts';
import type { Instance } from './instance.ts';

/** Of the interpreter's own stack; a thread has far more, so that the interpreter meets its end first. */
const STACK_BYTES = 256 * 1024;

/** Answers JSON-able values or bytes. Throws what the code in the sandbox gets as an error. */
export type HostCall = (name: string, json: string, bytes: Uint8Array) => unknown;

/**
 * One run's interpreter: a runtime of its own, that computes in slices and is interrupted when its time is over.
 */
export class Sandbox {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly #instance: Instance;
  readonly #kept: QuickJSHandle[] = [];
  #limits: CodeLimits = DEFAULT_LIMITS;
  #endsAt = Number.POSITIVE_INFINITY;
  #cpuMs = 0;
  #sliceAt = 0;
  #stopped: 'CODE_CPU_EXCEEDED' | 'CODE_TIMED_OUT' | undefined;
  #broken = false;

  constructor(instance: Instance) {
    this.#instance = instance;
    this.runtime = instance.quickJs.newRuntime();
    this.runtime.setMaxStackSize(STACK_BYTES);
    this.runtime.setInterruptHandler(() => this.#isOver());
    this.context = this.runtime.newContext();
  }

  /** From here on its time counts. */
  begin(limits: CodeLimits): void {
    this.#limits = limits;
    this.#endsAt = performance.now() + limits.timeoutMs;
  }

  get cpuMs(): number {
    return this.#cpuMs;
  }

  /** Keeps a handle until the end of the run. */
  keep(handle: QuickJSHandle): QuickJSHandle {
    this.#kept.push(handle);
    return handle;
  }

  createHost(call: HostCall): QuickJSHandle {
    const { context } = this;
    const host = context.newFunction('host', (name, json, bytes) => {
      const buffer =
        bytes === undefined || context.typeof(bytes) !== 'object' ? undefined : context.getArrayBuffer(bytes);
      try {
        const answer = call(context.getString(name), context.getString(json), buffer?.value ?? NO_BYTES);
        return answer instanceof Uint8Array
          ? context.newArrayBuffer(Uint8Array.from(answer).buffer)
          : context.newString(JSON.stringify(answer) ?? 'null');
      } finally {
        buffer?.dispose();
      }
    });
    return this.keep(host);
  }

  /**
   * Lets the sandbox compute: the work and everything that follows from it at once. Answers with a failure when it
   * did not come to an end by itself.
   */
  compute(work: () => void): ThreadFailure | undefined {
    this.#sliceAt = performance.now();
    try {
      work();
      this.#runJobs();
    } catch (error) {
      this.#broken = true;
      return this.#describeStop() ?? this.#describeBreak(error);
    } finally {
      this.#cpuMs += performance.now() - this.#sliceAt;
    }
    return this.#describeStop();
  }

  /** Ends the run; answers whether the instance is as good as before. */
  close(): boolean {
    if (this.#broken || this.#stopped !== undefined || !this.#instance.isSmall()) return false;
    try {
      for (const handle of this.#kept) handle.dispose();
      this.context.dispose();
      this.runtime.dispose();
      return true;
    } catch {
      return false;
    }
  }

  /** The memory came to its end, whatever else seems to have gone wrong. */
  isFull(): boolean {
    return this.#instance.isFull();
  }

  #runJobs(): void {
    while (this.runtime.hasPendingJob() && this.#stopped === undefined) {
      const result = this.runtime.executePendingJobs();
      if (result.error === undefined) continue;
      const dumped: unknown = this.context.dump(result.error);
      result.error.dispose();
      if (this.#stopped === undefined) throw new Error(describeDump(dumped));
    }
  }

  #isOver(): boolean {
    if (this.#endsAt === Number.POSITIVE_INFINITY) return false;
    const now = performance.now();
    if (this.#cpuMs + now - this.#sliceAt > this.#limits.cpuMs) this.#stopped = 'CODE_CPU_EXCEEDED';
    else if (now > this.#endsAt) this.#stopped = 'CODE_TIMED_OUT';
    return this.#stopped !== undefined;
  }

  #describeStop(): ThreadFailure | undefined {
    if (this.#stopped === undefined) return undefined;
    const isCpu = this.#stopped === 'CODE_CPU_EXCEEDED';
    const { cpuMs, timeoutMs } = this.#limits;
    const message = isCpu
      ? `The custom code computed for more than ${formatSeconds(cpuMs)}.`
      : describeTimeout(timeoutMs);
    return { code: this.#stopped, message, stack: [] };
  }

  #describeBreak(error: unknown): ThreadFailure {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.isFull() || /out of memory|could not allocate/i.test(reason)) return OUT_OF_MEMORY;
    return { code: 'CODE_CRASHED', message: `The sandbox ended: ${reason.slice(0, 200)}.`, stack: [] };
  }
}

const NO_BYTES = new Uint8Array(0);

export const OUT_OF_MEMORY: ThreadFailure = {
  code: 'CODE_OUT_OF_MEMORY',
  message: 'The custom code needs more memory than it may have.',
  stack: [],
};

export function describeTimeout(timeoutMs: number): string {
  return `The custom code did not end within ${formatSeconds(timeoutMs)}.`;
}

function formatSeconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}

function describeDump(dumped: unknown): string {
  if (typeof dumped !== 'object' || dumped === null) return String(dumped);
  const { name, message } = dumped as { name?: unknown; message?: unknown };
  return `${String(name)}: ${String(message)}`;
}
