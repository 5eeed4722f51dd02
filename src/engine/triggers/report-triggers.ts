import type { Kysely } from 'kysely';
import type { CompiledTrigger } from '../../flow/index.ts';
import {
  type Database,
  findTriggerState,
  listWebhookSubscriptions,
  type TriggerState,
  type WebhookSubscription,
} from '../../store/index.ts';
import type { FlowCache, LoadedFlow } from '../flow-cache.ts';
import type { RequestHooks } from '../request-hooks.ts';
import type { TriggerReport } from '../types.ts';

/** How the triggers of a flow's latest version are doing. */
export async function reportTriggers(
  db: Kysely<Database>,
  flows: FlowCache,
  hooks: RequestHooks,
  flowId: string,
): Promise<TriggerReport[]> {
  const loaded = await flows.latest(flowId);
  const subscriptions = await listWebhookSubscriptions(db, flowId);
  const reports: TriggerReport[] = [];
  for (const trigger of loaded.flow.triggers) {
    const { mode } = trigger;
    if (mode === 'none') continue;
    const state = await findTriggerState(db, flowId, trigger.name);
    const own = subscriptions.filter(
      ({ triggerName, state }) => triggerName === trigger.name && state !== 'ending',
    );
    const endings = subscriptions.filter(
      ({ triggerName, state, attempts }) =>
        triggerName === trigger.name && state === 'ending' && attempts > 0,
    );
    const urlPath =
      trigger.mode === 'request'
        ? await hooks.urlPath(flowId, trigger.name)
        : pathOf(own[0], flowId, trigger);
    reports.push({
      ...report(loaded, trigger, state, own, urlPath),
      mode,
      endings: endings.map(({ error = '', attempts, nextAt = 0 }) => ({ error, attempts, nextAt })),
    });
  }
  return reports;
}

function report(
  loaded: LoadedFlow,
  trigger: CompiledTrigger,
  state: TriggerState | undefined,
  subscriptions: readonly WebhookSubscription[],
  urlPath: string | undefined,
): Omit<TriggerReport, 'mode' | 'endings'> {
  const active = subscriptions.find((subscription) => subscription.state === 'active');
  const error = loaded.state === 'off' ? undefined : state?.error;
  const isStarting = trigger.mode === 'webhook' && active === undefined;
  return {
    name: trigger.name,
    type: trigger.type,
    status: loaded.state === 'off' ? 'off' : error !== undefined ? 'failing' : isStarting ? 'starting' : 'on',
    error,
    nextAt: loaded.state === 'off' ? undefined : state?.nextAt,
    expiresAt: active?.expiresAt,
    urlPath,
  };
}

function pathOf(
  subscription: WebhookSubscription | undefined,
  flowId: string,
  trigger: CompiledTrigger,
): string | undefined {
  return subscription && `/hooks/${flowId}/${encodeURIComponent(trigger.name)}/${subscription.signature}`;
}
