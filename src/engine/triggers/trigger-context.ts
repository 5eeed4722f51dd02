import type { Kysely } from 'kysely';
import type { Clock, CompiledTrigger } from '../../flow/index.ts';
import type { Gateway } from '../../gateway/index.ts';
import type { Database } from '../../store/index.ts';
import type { Admission } from '../admission.ts';
import type { CallbackUrls } from '../callbacks/callback-urls.ts';
import type { FlowCache, LoadedFlow } from '../flow-cache.ts';
import type { Jobs } from '../jobs.ts';
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
  const loaded = await flows.latest(flowId).catch(() => undefined);
  const trigger = loaded?.flow.triggers.find((candidate) => candidate.name === triggerName);
  return loaded?.state === 'on' && trigger ? { loaded, trigger } : undefined;
}
