import { reportFailure } from './failure.ts';
import { start } from './host.ts';

/** Timers that have neither fired nor been taken back. */
const pending = new Set<number>();
let last = 0;

type Callback = (...args: unknown[]) => void;

/** The time counts, as that of `sleep`; a run that answers before leaves its timers behind. */
export function setTimeout(callback: Callback, milliseconds = 0, ...args: unknown[]): number {
  return schedule(callback, milliseconds, args, false);
}

export function setInterval(callback: Callback, milliseconds = 0, ...args: unknown[]): number {
  return schedule(callback, milliseconds, args, true);
}

export function clearTimer(id: unknown): void {
  pending.delete(Number(id));
}

export function queueMicrotask(callback: () => void): void {
  Promise.resolve().then(assertFunction(callback)).catch(reportFailure);
}

function schedule(callback: Callback, milliseconds: number, args: unknown[], repeats: boolean): number {
  const call = assertFunction(callback);
  last += 1;
  const id = last;
  pending.add(id);
  run(id, call, Number(milliseconds) || 0, args, repeats).catch(reportFailure);
  return id;
}

async function run(id: number, callback: Callback, milliseconds: number, args: unknown[], repeats: boolean) {
  do {
    await start('sleep', milliseconds);
    if (!pending.has(id)) return;
    if (!repeats) pending.delete(id);
    callback(...args);
  } while (repeats && pending.has(id));
}

function assertFunction<Callable>(callback: Callable): Callable {
  if (typeof callback === 'function') return callback;
  throw new TypeError('The callback is no function.');
}
