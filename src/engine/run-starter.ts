import { v7 as uuidv7 } from 'uuid';
import type { JsonObject } from '../base/index.ts';
import type { Clock, CompiledTrigger, Outcome } from '../flow/index.ts';
import { beginRun, createRun, type Run, restoreRun } from '../flow/index.ts';
import type { RunStartRow, RunWithTrigger, StoredEvent } from '../store/index.ts';
import { decodeEvent, decodeJson, encodeJson } from './event-codec.ts';
import type { LoadedFlow } from './flow-cache.ts';
import type { Sealer } from './types.ts';

/** A run that is about to begin, with the row that announces it. */
export interface NewRun {
  readonly run: Run;
  readonly row: RunStartRow;
}

/**
 * Stores runs that begin together, in one transaction, and has those carried out that may begin now; the others wait.
 * False: the trigger has no room for them, and nothing was stored.
 */
export type BeginRuns = (
  loaded: LoadedFlow,
  trigger: CompiledTrigger | undefined,
  rows: readonly RunStartRow[],
  mayRefuse?: boolean,
) => Promise<boolean>;

/** Makes a run from a trigger's record. It is not stored and not begun. */
export function buildRun(
  loaded: LoadedFlow,
  trigger: JsonObject,
  clock: Clock,
  sealer: Sealer,
  id: string = uuidv7(),
): NewRun {
  const name = String(trigger.name ?? 'manual');
  const secure = loaded.flow.triggers.find((candidate) => candidate.name === name)?.secure === true;
  const row: RunStartRow = {
    id,
    flowId: loaded.info.id,
    flowVersion: loaded.version,
    triggerName: name,
    trigger: encodeJson(trigger, secure, sealer) ?? '{}',
    startedAt: clock.now(),
  };
  return { run: createRunOf(id, loaded, trigger), row };
}

/** Begins a new run, or folds the events of one that had begun. */
export function resumeStoredRun(
  stored: RunWithTrigger,
  events: readonly StoredEvent[],
  loaded: LoadedFlow,
  clock: Clock,
  sealer: Sealer,
  callbacks?: ReadonlyMap<string, Outcome>,
): Run {
  const trigger = (decodeJson(stored.trigger, sealer) ?? {}) as JsonObject;
  const run = createRunOf(stored.id, loaded, trigger);
  if (events.length === 0) beginRun(run);
  else {
    restoreRun(
      run,
      events.map((event) => decodeEvent(event, sealer)),
      clock,
      callbacks,
    );
  }
  return run;
}

function createRunOf(id: string, loaded: LoadedFlow, trigger: JsonObject): Run {
  const triggerName = String(trigger.name ?? 'manual');
  return createRun({
    id,
    flow: loaded.flow,
    flowInfo: loaded.info,
    trigger,
    traits: loaded.traits,
    limits: loaded.limits(),
    callbackUrl: (key) => loaded.callbackUrl(id, key, triggerName),
  });
}
