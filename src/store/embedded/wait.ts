import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again every few milliseconds until the answer is yes; false when the time is over. */
export async function waitUntil(
  isDone: () => boolean | Promise<boolean>,
  timeoutMs: number,
  everyMs = 5,
): Promise<boolean> {
  const endsAt = performance.now() + timeoutMs;
  while (!(await isDone())) {
    if (performance.now() > endsAt) return false;
    await sleep(everyMs);
  }
  return true;
}
