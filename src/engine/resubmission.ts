import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { type Clock, type CompiledFlow, planResubmission } from '../flow/index.ts';
import { type Database, findRun, loadEvents, noteRunOrigin, type RunEventRow } from '../store/index.ts';
import { limitOf } from './admission.ts';
import { EngineError } from './errors.ts';
import { encodeEvent } from './event-codec.ts';
import type { FlowCache } from './flow-cache.ts';
import type { Journal } from './journal.ts';
import type { BeginRuns } from './run-starter.ts';
import type { Sealer } from './types.ts';

export interface ResubmissionServices {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly journal: Journal;
  readonly begin: BeginRuns;
  /** Has a run carried out that is committed. */
  takeUp(runId: string): void;
  readonly clock: Clock;
  readonly sealer: Sealer;
}

/**
 * Runs a flow again with the trigger of an earlier run. From the trigger, it is the flow as it is now; from an
 * action, the version of the earlier run, whose events up to that action are the new run's. Resolves when the new
 * run is committed.
 *
 * @throws EngineError ENGINE_RUN_NOT_FOUND, ENGINE_ACTION_NOT_RESUBMITTABLE
 */
export async function resubmitRun(
  services: ResubmissionServices,
  runId: string,
  action: string | undefined,
): Promise<{ runId: string }> {
  const { db, flows, journal, clock } = services;
  const origin = await findRun(db, runId);
  if (!origin) throw new EngineError('ENGINE_RUN_NOT_FOUND', `There is no run with the id ${runId}.`);
  const loaded = await (action === undefined
    ? flows.latest(origin.flowId)
    : flows.version(origin.flowId, origin.flowVersion));
  const id = uuidv7();
  const start = {
    id,
    flowId: origin.flowId,
    flowVersion: loaded.version,
    triggerName: origin.triggerName,
    trigger: origin.trigger,
    startedAt: clock.now(),
  };
  const events = action === undefined ? [] : await copyEvents(services, loaded.flow, runId, id, action);
  const trigger = loaded.flow.triggers.find(({ name }) => name === origin.triggerName);
  const isLimited = limitOf(loaded, trigger) !== undefined;
  // A run that may have to wait for its turn is stored with the slots of its trigger; what it begins with comes first.
  const entry = { runId: id, start: isLimited ? undefined : start, events, end: undefined };
  await new Promise<void>((resolve) => journal.append(entry, () => resolve()));
  if (isLimited) await services.begin(loaded, trigger, [start], false);
  await noteRunOrigin(db, id, { runId, action });
  if (!isLimited) services.takeUp(id);
  return { runId: id };
}

/** The rows with which a run begins at an action, numbered from 1. Sealed text stays sealed. */
async function copyEvents(
  { db, sealer }: ResubmissionServices,
  flow: CompiledFlow,
  fromRunId: string,
  runId: string,
  action: string,
): Promise<RunEventRow[]> {
  const stored = await loadEvents(db, [fromRunId]);
  const plan = planResubmission(flow, stored, action);
  if (!plan.ok) throw new EngineError('ENGINE_ACTION_NOT_RESUBMITTABLE', plan.message);
  const opened = plan.opened.map((event) => encodeEvent(runId, event, flow, sealer));
  return [...opened, ...plan.kept].map((row, index) => ({ ...row, runId, seq: index + 1 }));
}
