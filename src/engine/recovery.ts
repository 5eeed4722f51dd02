import type { Kysely } from 'kysely';
import { stringifyJson } from '../base/index.ts';
import { type Clock, cancelRun } from '../flow/index.ts';
import {
  type Database,
  findRuns,
  loadEvents,
  type RunWithTrigger,
  type StoredEvent,
} from '../store/index.ts';
import type { FlowCache } from './flow-cache.ts';
import type { Host } from './host.ts';
import type { Journal } from './journal.ts';
import { resumeStoredRun } from './run-starter.ts';
import type { EngineLog, Sealer } from './types.ts';

export interface RecoveryOptions {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly host: Host;
  readonly journal: () => Journal;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly log: EngineLog;
}

/** How many runs are read at once. */
const BATCH = 200;

/** What is to become of a run that is taken up. */
export type ResumePurpose = 'go on' | 'cancel';

/** Takes up runs that are leased to this node and not in memory: after a crash, after a sleep. */
export async function resumeRuns(
  options: RecoveryOptions,
  runIds: readonly string[],
  purpose: ResumePurpose = 'go on',
): Promise<void> {
  for (let start = 0; start < runIds.length; start += BATCH) {
    const ids = runIds.slice(start, start + BATCH);
    const runs = await findRuns(options.db, ids);
    const events = groupByRun(await loadEvents(options.db, ids));
    for (const run of runs) await resumeRun(options, run, events.get(run.id) ?? [], purpose);
  }
}

async function resumeRun(
  options: RecoveryOptions,
  stored: RunWithTrigger,
  events: readonly StoredEvent[],
  purpose: ResumePurpose,
): Promise<void> {
  const { flows, host, clock, sealer, log } = options;
  if (host.has(stored.id) || stored.endedAt !== undefined) return;
  try {
    const loaded = await flows.version(stored.flowId, stored.flowVersion);
    const run = resumeStoredRun(stored, events, loaded, clock, sealer);
    if (purpose === 'cancel') cancelRun(run, clock);
    host.host(run, loaded);
  } catch (error) {
    log.error({ runId: stored.id, error: String(error) }, 'A run could not be taken up and has failed.');
    failRun(options, stored, error);
  }
}

/** A run whose flow can no longer be compiled would be tried again for ever. */
function failRun({ journal, clock }: RecoveryOptions, stored: RunWithTrigger, error: unknown): void {
  const message = `The run could not be taken up: ${error instanceof Error ? error.message : String(error)}`;
  const end = {
    id: stored.id,
    status: 'Failed',
    endedAt: clock.now(),
    error: stringifyJson({ code: 'RunNotResumable', message }),
  };
  journal().append({ runId: stored.id, start: undefined, events: [], end }, () => undefined);
}

function groupByRun(events: readonly StoredEvent[]): Map<string, StoredEvent[]> {
  const groups = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const group = groups.get(event.runId);
    if (group) group.push(event);
    else groups.set(event.runId, [event]);
  }
  return groups;
}
