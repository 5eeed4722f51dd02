import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';

/** A flow that the load calls. */
export interface Target {
  /** Path of its trigger's URL; the port changes with each start. */
  readonly path: string;
  /** First part of the references of its runs. */
  readonly prefix: string;
}

/** What was promised: run ids by the reference they were asked for with. */
export type Acknowledged = Map<string, string>;

const CALLERS = 4;
const CALLS_EACH = 5;

/**
 * Starts runs from several callers at once until each has had its turn or the server does not answer any more.
 * A run counts as acknowledged when its 202 has arrived. Nobody asks twice.
 */
export async function startRuns(
  serverUrl: string,
  targets: readonly Target[],
  chance: Chance,
  acknowledged: Acknowledged,
): Promise<void> {
  const plans = Array.from({ length: CALLERS }, (_, caller) => planCalls(targets, chance, caller));
  await Promise.all(
    plans.map(async (calls) => {
      for (const call of calls) {
        await sleep(call.pauseMs);
        if (!(await startRun(serverUrl, call, acknowledged))) return;
      }
    }),
  );
}

interface Call {
  readonly path: string;
  readonly reference: string;
  readonly pauseMs: number;
  readonly parcels: number;
  readonly seconds: number;
}

let lastReference = 0;

/** Most runs sleep for a second; a few so long that they leave the memory of the server. */
function planCalls(targets: readonly Target[], chance: Chance, caller: number): Call[] {
  return Array.from({ length: CALLS_EACH }, (_, index) => {
    const target = targets[(caller + index) % targets.length] as Target;
    return {
      path: target.path,
      reference: `${target.prefix} ${++lastReference}`,
      pauseMs: chance.between(0, 60),
      parcels: chance.between(1, 4),
      seconds: chance.between(1, 10) === 1 ? 6 : 1,
    };
  });
}

async function startRun(serverUrl: string, call: Call, acknowledged: Acknowledged): Promise<boolean> {
  const { path, reference, parcels, seconds } = call;
  try {
    const response = await fetch(serverUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        reference,
        seconds,
        parcels: Array.from({ length: parcels }, (_, index) => index + 1),
      }),
      signal: AbortSignal.timeout(20_000),
    });
    const runId = response.headers.get('x-ms-workflow-run-id');
    if (response.status === 202 && runId) acknowledged.set(reference, runId);
    return response.status === 202;
  } catch {
    return false; // the server was killed before it could answer
  }
}
