import { isJsonObject } from '../../base/index.ts';
import {
  ensureTriggerState,
  findTriggerState,
  listFlowsOn,
  listOverdueTriggers,
  saveTriggerProgress,
} from '../../store/index.ts';
import type { JobHandlers } from '../jobs.ts';
import { PollingTriggers } from './polling-trigger.ts';
import { RecurrenceTriggers } from './recurrence-trigger.ts';
import { createSignature } from './signature.ts';
import { type ActiveTrigger, findLatest, type TriggerContext } from './trigger-context.ts';
import { WebhookTriggers } from './webhook-trigger.ts';

/** A trigger that should have fired so long ago has lost its job. */
const OVERDUE_MS = 30_000;

/** Makes the first poll of a trigger that is armed. */
type FirstPoll = (flowId: string, triggerName: string) => Promise<void>;

/** Who starts runs without being called: the clock and polled connectors. */
export class Triggers {
  readonly #context: TriggerContext;
  readonly #recurrences: RecurrenceTriggers;
  readonly #polls: PollingTriggers;
  readonly webhooks: WebhookTriggers;
  /** Polling triggers of built-in lists, by `<flowId>/<trigger>`: woken when the list they look at changes. */
  readonly #lists = new Map<string, { flowId: string; triggerName: string; table: string }>();

  constructor(context: TriggerContext) {
    this.#context = context;
    this.#recurrences = new RecurrenceTriggers(context);
    this.#polls = new PollingTriggers(context);
    this.webhooks = new WebhookTriggers(context);
  }

  handlers(): Omit<JobHandlers, 'wake-run'> {
    return {
      'subscribe-webhook': (job) => this.webhooks.onSubscribe(job),
      'renew-webhook': (job) => this.webhooks.onRenew(job),
      'end-webhook': (job) => this.webhooks.onEnd(job),
      'fire-recurrence': (job) => this.#recurrences.fire(job),
      'poll-trigger': (job) => this.#polls.onJob(job),
    };
  }

  /** Begins nothing more, and resolves when polls under way have ended. */
  stop(): Promise<void> {
    return this.#polls.stop();
  }

  /** Sees to it that every flow that is on is armed. */
  async armAll(): Promise<void> {
    for (const flowId of await listFlowsOn(this.#context.db)) {
      await this.#armFlow(flowId, (...trigger) => this.#pollAtStart(...trigger)).catch((error: unknown) =>
        this.#context.log.error({ flowId, error: String(error) }, 'A flow could not be armed.'),
      );
    }
  }

  /**
   * Fires what should have been fired a while ago: whoever had the job died, or found the trigger locked by somebody
   * who died.
   */
  async sweep(): Promise<void> {
    const { db, clock } = this.#context;
    for (const { flowId, triggerName, kind, nextAt } of await listOverdueTriggers(
      db,
      clock.now() - OVERDUE_MS,
    )) {
      if (kind === 'polling') this.#pollSoon(flowId, triggerName);
      else if (nextAt !== undefined) await this.#recurrences.catchUp({ flowId, triggerName, at: nextAt });
    }
  }

  /** Arms a flow's triggers, or forgets them when it is off or gone. What is there before it is on starts no run. */
  flowChanged(flowId: string): Promise<void> {
    return this.#armFlow(flowId, (...trigger) => this.#polls.poll(...trigger));
  }

  async #armFlow(flowId: string, poll: FirstPoll): Promise<void> {
    for (const [key, list] of this.#lists) if (list.flowId === flowId) this.#lists.delete(key);
    const loaded = await findLatest(this.#context.flows, flowId);
    for (const trigger of loaded?.flow.triggers ?? []) {
      const kind = trigger.mode;
      await ensureTriggerState(this.#context.db, {
        flowId,
        triggerName: trigger.name,
        kind,
        signature: createSignature(),
      });
      if (loaded?.state === 'on') await this.#arm({ loaded, trigger }, kind, poll);
      else if (kind !== 'request') await saveTriggerProgress(this.#context.db, flowId, trigger.name, {});
    }
    await this.#endWebhooks(flowId, loaded);
  }

  /** What could not be loaded is judged by what the database says of it. */
  #endWebhooks(flowId: string, loaded: ActiveTrigger['loaded'] | undefined): Promise<void> {
    if (loaded === undefined) return this.webhooks.sweep();
    const triggers = loaded.state === 'on' ? loaded.flow.triggers : [];
    const kept = triggers.filter(({ mode }) => mode === 'webhook').map(({ name }) => name);
    return this.webhooks.retain(flowId, kept);
  }

  /** A list has changed: those who look at it poll now. `change` is `{id, name}`. */
  listChanged(change: { readonly id: string; readonly name: string }): void {
    for (const { flowId, triggerName, table } of this.#lists.values()) {
      if (table.includes('@') || table === change.id || table.toLowerCase() === change.name.toLowerCase())
        this.#pollSoon(flowId, triggerName);
    }
  }

  /** Notifications may have been missed. */
  pollLists(): void {
    for (const { flowId, triggerName } of this.#lists.values()) this.#pollSoon(flowId, triggerName);
  }

  async #arm(active: ActiveTrigger, kind: string, poll: FirstPoll): Promise<void> {
    if (kind === 'recurrence') return this.#recurrences.arm(active);
    if (kind === 'webhook') return this.webhooks.arm(active);
    if (kind !== 'polling') return;
    const flowId = active.loaded.info.id;
    const table = readTable(active);
    if (table !== undefined)
      this.#lists.set(`${flowId}/${active.trigger.name}`, {
        flowId,
        triggerName: active.trigger.name,
        table,
      });
    await poll(flowId, active.trigger.name);
  }

  /**
   * A service that does not answer must not keep this node from starting: the poll of a trigger that was armed before
   * goes on by itself. The first of all says from where on there is news, so it is waited for.
   */
  async #pollAtStart(flowId: string, triggerName: string): Promise<void> {
    const state = await findTriggerState(this.#context.db, flowId, triggerName);
    if (state?.nextAt === undefined) await this.#polls.poll(flowId, triggerName);
    else this.#pollSoon(flowId, triggerName);
  }

  #pollSoon(flowId: string, triggerName: string): void {
    this.#polls
      .poll(flowId, triggerName)
      .catch((error: unknown) =>
        this.#context.log.warn(
          { flowId, trigger: triggerName, error: String(error) },
          'A poll failed; it is tried again at its time.',
        ),
      );
  }
}

/** The list a trigger looks at, when its inputs name one as the list connector's triggers do. */
function readTable({ trigger }: ActiveTrigger): string | undefined {
  const inputs = isJsonObject(trigger.definition.inputs) ? trigger.definition.inputs : {};
  const parameters = isJsonObject(inputs.parameters) ? inputs.parameters : {};
  return typeof parameters.table === 'string' ? parameters.table : undefined;
}
