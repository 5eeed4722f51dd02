import type { Kysely } from 'kysely';
import { type Clock, type CompiledTrigger, FlowError } from '../../flow/index.ts';
import type { Gateway } from '../../gateway/index.ts';
import type { Database } from '../../store/index.ts';
import type { Admission } from '../admission.ts';
import type { CallbackUrls } from '../callbacks/callback-urls.ts';
import { EngineError } from '../errors.ts';
import type { FlowCache, LoadedFlow } from '../flow-cache.ts';
import type { Jobs } from '../jobs.ts';
import type { Observation } from '../observation.ts';
import type { EngineLog, Sealer } from '../types.ts';

/** What triggers need of the engine. */
export interface TriggerContext {
  readonly db: Kysely<Database>;
  readonly gateway: Gateway;
  readonly flows: FlowCache;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly log: EngineLog;
  readonly urls: CallbackUrls;
  readonly observation: Observation;
  /** Stores the runs that triggers start, as many as may be at once. */
  readonly admission: Pick<Admission, 'store' | 'isFull'>;
  /** Takes runs whose rows are committed. */
  hostStored(runIds: readonly string[]): void;
}

/** A trigger of a flow that is on. */
export interface ActiveTrigger {
  readonly loaded: LoadedFlow;
  readonly trigger: CompiledTrigger;
}

/** The flow as it is now, when it is on and still has the trigger. */
export async function findActiveTrigger(
  flows: FlowCache,
  flowId: string,
  triggerName: string,
): Promise<ActiveTrigger | undefined> {
  const loaded = await findLatest(flows, flowId);
  const trigger = loaded?.flow.triggers.find((candidate) => candidate.name === triggerName);
  return loaded?.state === 'on' && trigger ? { loaded, trigger } : undefined;
}

/** The flow as it is now. Undefined when it is gone or does not compile; a database that is away says neither. */
export async function findLatest(flows: FlowCache, flowId: string): Promise<LoadedFlow | undefined> {
  try {
    return await flows.latest(flowId);
  } catch (error) {
    if (error instanceof EngineError || error instanceof FlowError) return undefined;
    throw error;
  }
}
