/**
 * Webhook triggers: a service is asked to call while the flow is on, and told when nobody listens any more.
 *
 * Invariants
 * 1. What a flow asks for has at most one subscription, besides the one that is about to take its place. A trigger
 *    whose definition, connection or inputs change gets a new one, and the old one is ended.
 * 2. Each attempt has a signature of its own, committed before the service is asked: when an attempt's end is not
 *    known, the next one has another, and calls for the lost one are told that it is gone.
 * 3. A subscription that is not wanted any more is in the state `ending`, with a job, until the service has been told;
 *    nothing of the flow is needed for that.
 * 4. A job names the instant it was planned for: one that another has overtaken does nothing.
 */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { describeError, type Json, stringifyJson } from '../../base/index.ts';
import { evaluateTriggerInputs, planRenewal, readExpiry } from '../../flow/index.ts';
import type { CallOutcome } from '../../gateway/index.ts';
import {
  type Database,
  deleteWebhookSubscription,
  findWebhookSubscription,
  insertWebhookSubscription,
  listUnwantedWebhooks,
  listWebhookSubscriptions,
  loadRunnableFlow,
  type RunCallback,
  saveTriggerProgress,
  updateWebhookSubscription,
  type WebhookSubscription,
} from '../../store/index.ts';
import {
  endSubscription,
  openAnswer,
  openPlan,
  planSubscription,
  type SubscriptionPlan,
  sealJson,
  sendSubscription,
} from '../callbacks/subscription-plan.ts';
import type { JobData } from '../jobs.ts';
import { createSignature } from './signature.ts';
import { type ActiveTrigger, findActiveTrigger, type TriggerContext } from './trigger-context.ts';

const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 3_600_000;
/** An ending that failed so often, over about two days, is tried once a day from then on. */
const PATIENT_ENDINGS = 50;
const DAY_MS = 86_400_000;
/**
 * There is nothing that could ever be called: the connection or the operation is gone, or the service named an address
 * that calls of this connection may not go to.
 */
const NOTHING_TO_CALL: ReadonlySet<string> = new Set([
  'ConnectionNotFound',
  'OperationNotFound',
  'InvalidUrl',
]);

export class WebhookTriggers {
  readonly #context: TriggerContext;

  constructor(context: TriggerContext) {
    this.#context = context;
  }

  /** Sees to it that the service is asked for what the flow says now. */
  async arm(active: ActiveTrigger): Promise<void> {
    const { db, clock } = this.#context;
    const { loaded, trigger } = active;
    const flowId = loaded.info.id;
    const plan = this.#plan(active, FINGERPRINT_URL);
    await db.transaction().execute(async (transaction) => {
      if (!(await this.#isCurrent(transaction, active))) return;
      const known = await listWebhookSubscriptions(transaction, flowId, trigger.name);
      const wanted = typeof plan === 'string' ? undefined : fingerprint(plan);
      const fitting = known.filter(({ state, fingerprint }) => state !== 'ending' && fingerprint === wanted);
      for (const subscription of known) {
        if (!fitting.includes(subscription)) await this.#end(transaction, subscription);
      }
      if (typeof plan === 'string') {
        return saveTriggerProgress(transaction, flowId, trigger.name, { error: plan });
      }
      if (fitting.length > 0) return;
      await this.#subscribeLater(transaction, active, plan, clock.now());
      await saveTriggerProgress(transaction, flowId, trigger.name, {});
    });
  }

  /** Ends the subscriptions of a flow, but those of the triggers that are named. */
  async retain(flowId: string, triggerNames: readonly string[]): Promise<void> {
    const { db } = this.#context;
    const known = await listWebhookSubscriptions(db, flowId);
    const unwanted = known.filter(
      ({ state, triggerName }) => state !== 'ending' && !triggerNames.includes(triggerName),
    );
    if (unwanted.length === 0) return;
    await db.transaction().execute(async (transaction) => {
      for (const subscription of unwanted) await this.#end(transaction, subscription);
    });
  }

  /** Ends what was left behind when a process died between a change of a flow and what follows from it. */
  async sweep(): Promise<void> {
    const { db } = this.#context;
    for (const subscription of await listUnwantedWebhooks(db)) {
      await db.transaction().execute((transaction) => this.#end(transaction, subscription));
    }
  }

  /** A webhook action ended without being called back: its subscription is ended like a trigger's. */
  async endCallback(callback: RunCallback, db: Kysely<Database>): Promise<void> {
    const { sealer, clock, jobs } = this.#context;
    const plan = openPlan(sealer, callback.plan);
    if (plan.kind === 'operation' && callback.answer === undefined) return;
    const id = uuidv7();
    const at = clock.now();
    await insertWebhookSubscription(db, {
      id,
      flowId: callback.flowId,
      triggerName: callback.key,
      state: 'ending',
      signature: createSignature(),
      fingerprint: '',
      plan: callback.plan,
      answer: callback.answer,
      nextAt: at,
    });
    await jobs.send('end-webhook', { id, at }, at, db);
  }

  /** Asks the service, for the first time or again. */
  async onSubscribe({ id, at }: JobData['subscribe-webhook']): Promise<void> {
    const { db, flows } = this.#context;
    const subscription = await findWebhookSubscription(db, id);
    if (subscription?.state !== 'subscribing' || subscription.nextAt !== at) return;
    const active = await findActiveTrigger(flows, subscription.flowId, subscription.triggerName);
    if (!active) return this.#giveUp(subscription);
    await this.#subscribe(subscription, active);
  }

  /** A subscription will end soon: another one takes its place. */
  async onRenew({ id, at }: JobData['renew-webhook']): Promise<void> {
    const { db, flows, clock } = this.#context;
    const subscription = await findWebhookSubscription(db, id);
    if (subscription?.state !== 'active' || subscription.nextAt !== at) return;
    const active = await findActiveTrigger(flows, subscription.flowId, subscription.triggerName);
    const plan = active && this.#plan(active, FINGERPRINT_URL);
    if (!active || plan === undefined || typeof plan === 'string') return;
    await db.transaction().execute(async (transaction) => {
      if (!(await this.#isCurrent(transaction, active))) return;
      await updateWebhookSubscription(transaction, id, 'active', { nextAt: undefined });
      await this.#subscribeLater(transaction, active, plan, clock.now());
    });
  }

  /** Tells the service that nobody listens any more. */
  async onEnd({ id, at }: JobData['end-webhook']): Promise<void> {
    const { db, gateway, sealer, log } = this.#context;
    const subscription = await findWebhookSubscription(db, id);
    if (subscription?.state !== 'ending' || subscription.nextAt !== at) return;
    const plan = openPlan(sealer, subscription.plan);
    const outcome = await endSubscription(gateway, plan, openAnswer(sealer, subscription.answer));
    if (outcome?.error === undefined) return deleteWebhookSubscription(db, id);
    const { error } = outcome;
    if (!NOTHING_TO_CALL.has(error.code)) return this.#endAgain(subscription, outcome);
    log.warn(
      { flowId: subscription.flowId, trigger: subscription.triggerName, error: error.message },
      'A subscription could not be ended at its service; calls for it are refused.',
    );
    await deleteWebhookSubscription(db, id);
  }

  async #subscribe(subscription: WebhookSubscription, active: ActiveTrigger): Promise<void> {
    const { db, gateway, sealer, urls } = this.#context;
    const { id, flowId } = subscription;
    const { name } = active.trigger;
    const signature = createSignature();
    const url = `${urls.base}/hooks/${flowId}/${encodeURIComponent(name)}/${signature}`;
    const plan = this.#plan(active, url);
    if (typeof plan === 'string') return this.#fail(subscription, { message: plan });
    const change = { signature, plan: sealJson(sealer, plan) };
    if (!(await updateWebhookSubscription(db, id, 'subscribing', change))) return;
    const outcome = await sendSubscription(gateway, plan, url, { idempotencyKey: signature });
    if (outcome.error !== undefined || outcome.outputs === undefined) {
      const { message = 'The service gave no answer.', fix } = outcome.error ?? {};
      const sentence = fix === undefined ? message : `${message} ${fix}`;
      return this.#fail(subscription, {
        message: `The service could not be asked to call: ${sentence}`,
        retryAfterMs: outcome.retryAfterMs,
      });
    }
    await this.#succeed(subscription, plan, outcome.outputs);
  }

  async #succeed(
    subscription: WebhookSubscription,
    plan: SubscriptionPlan,
    outputs: NonNullable<CallOutcome['outputs']>,
  ): Promise<void> {
    const { db, sealer, clock, jobs } = this.#context;
    const { id, flowId, triggerName } = subscription;
    const now = clock.now();
    const expiresAt = readExpiry(outputs.body, now);
    const nextAt = expiresAt === undefined ? undefined : planRenewal(now, expiresAt);
    const answer = sealJson(sealer, { headers: outputs.headers, body: outputs.body });
    await db.transaction().execute(async (transaction) => {
      const change = { state: 'active', answer, attempts: 0, error: undefined, expiresAt, nextAt } as const;
      if (!(await updateWebhookSubscription(transaction, id, 'subscribing', change))) {
        // It was switched off while the service was asked: this subscription is one too many.
        const given = { flowId, key: triggerName, runId: '', plan: sealJson(sealer, plan), answer };
        return this.endCallback({ ...given, content: undefined }, transaction);
      }
      const others = await listWebhookSubscriptions(transaction, flowId, triggerName);
      for (const other of others) if (other.id !== id) await this.#end(transaction, other);
      await saveTriggerProgress(transaction, flowId, triggerName, { nextAt });
      if (nextAt !== undefined) await jobs.send('renew-webhook', { id, at: nextAt }, nextAt, transaction);
    });
  }

  /** It is tried again, ever less often; the trigger says what is wrong. */
  async #fail(
    subscription: WebhookSubscription,
    failure: { readonly message: string; readonly retryAfterMs?: number | undefined },
  ): Promise<void> {
    const { db, clock, jobs, log } = this.#context;
    const { id, flowId, triggerName, attempts } = subscription;
    const delay = Math.max(delayAfter(attempts), failure.retryAfterMs ?? 0);
    const nextAt = clock.now() + delay;
    if (failure.message !== subscription.error) log.warn({ flowId, trigger: triggerName }, failure.message);
    await db.transaction().execute(async (transaction) => {
      const change = { attempts: attempts + 1, error: failure.message, nextAt };
      if (!(await updateWebhookSubscription(transaction, id, 'subscribing', change))) return;
      await saveTriggerProgress(transaction, flowId, triggerName, { error: failure.message, nextAt });
      await jobs.send('subscribe-webhook', { id, at: nextAt }, nextAt, transaction);
    });
  }

  async #endAgain(
    { id, attempts }: WebhookSubscription,
    { error, retryAfterMs }: CallOutcome,
  ): Promise<void> {
    const { db, clock, jobs } = this.#context;
    // What the service refuses is for people to mend, by signing in again for instance: that takes them a while.
    const patience = error?.retryable === true ? 0 : LONGEST_RETRY_MS;
    const delay = attempts < PATIENT_ENDINGS ? delayAfter(attempts) : DAY_MS;
    const nextAt = clock.now() + Math.max(delay, patience, retryAfterMs ?? 0);
    await db.transaction().execute(async (transaction) => {
      const change = { attempts: attempts + 1, error: error?.message, nextAt };
      if (!(await updateWebhookSubscription(transaction, id, 'ending', change))) return;
      await jobs.send('end-webhook', { id, at: nextAt }, nextAt, transaction);
    });
  }

  /** The flow is off or gone, or has no such trigger any more. */
  async #giveUp(subscription: WebhookSubscription): Promise<void> {
    await this.#context.db.transaction().execute((transaction) => this.#end(transaction, subscription));
  }

  async #end(db: Kysely<Database>, { id, state }: WebhookSubscription): Promise<void> {
    const { clock, jobs } = this.#context;
    if (state === 'ending') return;
    const at = clock.now();
    const change = { state: 'ending', attempts: 0, nextAt: at } as const;
    if (await updateWebhookSubscription(db, id, state, change)) {
      await jobs.send('end-webhook', { id, at }, at, db);
    }
  }

  async #subscribeLater(
    db: Kysely<Database>,
    { loaded, trigger }: ActiveTrigger,
    plan: SubscriptionPlan,
    at: number,
  ): Promise<void> {
    const { jobs, sealer } = this.#context;
    const id = uuidv7();
    await insertWebhookSubscription(db, {
      id,
      flowId: loaded.info.id,
      triggerName: trigger.name,
      state: 'subscribing',
      signature: createSignature(),
      fingerprint: fingerprint(plan),
      plan: sealJson(sealer, plan),
      answer: undefined,
      nextAt: at,
    });
    await jobs.send('subscribe-webhook', { id, at }, at, db);
  }

  #plan({ loaded, trigger }: ActiveTrigger, callbackUrl: string): SubscriptionPlan | string {
    try {
      const now = this.#context.clock.now();
      const inputs = evaluateTriggerInputs(loaded.flow, trigger, {}, now, callbackUrl);
      return planSubscription(loaded, trigger.target, inputs);
    } catch (error) {
      return `Trigger '${trigger.name}': ${describeError(error)}`;
    }
  }

  /** One node after the other changes a trigger's subscriptions, and only for what the flow is now. */
  async #isCurrent(db: Kysely<Database>, { loaded, trigger }: ActiveTrigger): Promise<boolean> {
    const { id } = loaded.info;
    await sql`select 1 from trigger_states where flow_id = ${id} and trigger_name = ${trigger.name} for update`.execute(
      db,
    );
    const row = await loadRunnableFlow(db, id);
    return row?.version === loaded.version && row.state === 'on';
  }
}

/** Stands for the callback's URL, which differs from attempt to attempt. */
const FINGERPRINT_URL = 'https://callback.invalid/';

function fingerprint(plan: SubscriptionPlan): string {
  return createHash('sha256')
    .update(stringifyJson(plan as unknown as Json))
    .digest('base64url');
}

/** Milliseconds before the next attempt: ten seconds at first, an hour at most. */
function delayAfter(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LONGEST_RETRY_MS);
}
