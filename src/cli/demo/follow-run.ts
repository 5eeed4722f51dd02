import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints, isEndedStatus, type Run, type RunAction } from '../../api/index.ts';
import { type Client, streamRun } from '../../client/index.ts';

const LOOK_EVERY_MS = 200;

/** Waits for the first run of a flow that is younger than `after` (the id of the latest run before). */
export async function waitForRun(
  client: Client,
  flowId: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Run> {
  for (;;) {
    const latest = await findLatestRun(client, flowId);
    if (latest !== undefined && latest.id !== after) return latest;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

export async function findLatestRun(client: Client, flowId: string): Promise<Run | undefined> {
  const { value } = await client.call(endpoints.listRuns, { query: { flowId, limit: 1 } });
  return value[0];
}

/** Follows a run as it happens; `onSettled` hears of each action once, when it has settled. */
export async function followRun(
  client: Client,
  runId: string,
  onSettled: (action: RunAction) => void,
  signal: AbortSignal,
): Promise<Run | undefined> {
  const told = new Set<string>();
  let run: Run | undefined;
  for await (const update of streamRun(client, runId, { signal })) {
    run = update.run;
    const settled = update.actions.filter(({ key, status }) => isEndedStatus(status) && !told.has(key));
    for (const action of settled.sort(compareEnds)) {
      told.add(action.key);
      onSettled(action);
    }
  }
  return run;
}

/** As it happened; what was skipped has no time of its own and comes last. */
function compareEnds(a: RunAction, b: RunAction): number {
  return rankEnd(a).localeCompare(rankEnd(b));
}

function rankEnd({ status, endedAt }: RunAction): string {
  return status === 'Skipped' || endedAt === undefined ? '~' : endedAt;
}
