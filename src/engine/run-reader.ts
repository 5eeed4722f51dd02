import type { Kysely } from 'kysely';
import { isJsonObject, type Json } from '../base/index.ts';
import { type ActionView, type CompiledFlow, viewActions } from '../flow/index.ts';
import { type Database, findRun, loadEvents, type RunRow } from '../store/index.ts';
import { decodeEventForPeople, decodeJsonForPeople } from './event-codec.ts';
import type { FlowCache } from './flow-cache.ts';
import type { Sealer } from './types.ts';

/** A run with everything that is known of it. */
export interface RunView {
  readonly run: RunRow;
  readonly trigger: { readonly name: string; readonly type: string | undefined; readonly outputs: Json };
  readonly actions: readonly ActionView[];
}

/** An action that is under way here and has not left a trace in the journal. */
export interface OpenAction {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly startedAt: number;
  readonly attempt: number;
}

/** Reads a run for people: the journal, with the actions that are under way. Secure content is not shown. */
export async function readRun(
  db: Kysely<Database>,
  flows: FlowCache,
  sealer: Sealer,
  runId: string,
  open: readonly OpenAction[],
): Promise<RunView | undefined> {
  const run = await findRun(db, runId);
  if (!run) return undefined;
  const { trigger: stored, ...row } = run;
  const loaded = await flows.version(run.flowId, run.flowVersion);
  const events = await loadEvents(db, [runId]);
  const actions = viewActions(
    loaded.flow,
    events.map((event) => decodeEventForPeople(event, sealer)),
  );
  return {
    run: row,
    trigger: {
      name: run.triggerName,
      type: typeOf(loaded.flow, run.triggerName),
      outputs: readTriggerOutputs(stored, sealer),
    },
    // A node that has not heard yet that another carried the run on has nothing to say of one that has ended.
    actions: run.endedAt === undefined ? [...actions, ...missing(actions, open)] : actions,
  };
}

function typeOf(flow: CompiledFlow, triggerName: string): string | undefined {
  return flow.triggers.find((trigger) => trigger.name === triggerName)?.type;
}

function readTriggerOutputs(stored: string, sealer: Sealer): Json {
  const record = decodeJsonForPeople(stored, sealer);
  // Secure outputs are sealed with their whole record: what stands in its place is shown.
  return isJsonObject(record) && Object.hasOwn(record, 'outputs')
    ? (record.outputs ?? null)
    : (record ?? null);
}

function missing(actions: readonly ActionView[], open: readonly OpenAction[]): ActionView[] {
  const shown = new Set(actions.map((action) => action.key));
  return open
    .filter((action) => !shown.has(action.key))
    .map((action) => ({
      key: action.key,
      name: action.name,
      type: action.type,
      status: 'Running',
      code: undefined,
      inputs: undefined,
      outputs: undefined,
      error: undefined,
      startedAt: action.startedAt,
      endedAt: undefined,
      attempts: action.attempt,
    }));
}
