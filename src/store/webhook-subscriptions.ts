import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** A subscription of a trigger, or one that is to be ended. Instants are epoch milliseconds. */
export interface WebhookSubscription {
  readonly id: string;
  readonly flowId: string;
  /** The trigger's name; of an action the key it had in its run. */
  readonly triggerName: string;
  readonly state: 'subscribing' | 'active' | 'ending';
  /** The unguessable part of the callback's URL. */
  readonly signature: string;
  /** Tells whether what the flow asks for today is what was subscribed to. */
  readonly fingerprint: string;
  /** Sealed: how it was made. */
  readonly plan: string;
  /** Sealed: what the service answered. */
  readonly answer: string | undefined;
  /** Attempts in a row that failed. */
  readonly attempts: number;
  readonly error: string | undefined;
  /** When it is tried, or renewed, next. */
  readonly nextAt: number | undefined;
  readonly expiresAt: number | undefined;
  readonly changedAt: number;
}

export type NewWebhookSubscription = Pick<
  WebhookSubscription,
  'id' | 'flowId' | 'triggerName' | 'state' | 'signature' | 'fingerprint' | 'plan' | 'answer' | 'nextAt'
>;

export async function insertWebhookSubscription(
  db: Kysely<Database>,
  subscription: NewWebhookSubscription,
): Promise<void> {
  await db
    .insertInto('webhook_subscriptions')
    .values({
      id: subscription.id,
      flow_id: subscription.flowId,
      trigger_name: subscription.triggerName,
      state: subscription.state,
      signature: subscription.signature,
      fingerprint: subscription.fingerprint,
      plan: subscription.plan,
      answer: subscription.answer ?? null,
      next_at: toDate(subscription.nextAt),
    })
    .execute();
}

export async function findWebhookSubscription(
  db: Kysely<Database>,
  id: string,
): Promise<WebhookSubscription | undefined> {
  const row = await db
    .selectFrom('webhook_subscriptions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toSubscription(row);
}

/** The subscriptions of a flow, the oldest first; with a trigger's name, those of the trigger. */
export async function listWebhookSubscriptions(
  db: Kysely<Database>,
  flowId: string,
  triggerName?: string,
): Promise<WebhookSubscription[]> {
  let query = db.selectFrom('webhook_subscriptions').selectAll().where('flow_id', '=', flowId);
  if (triggerName !== undefined) query = query.where('trigger_name', '=', triggerName);
  return (await query.orderBy('created_at').orderBy('id').execute()).map(toSubscription);
}

/** The subscription that a callback's URL belongs to. */
export async function findWebhookBySignature(
  db: Kysely<Database>,
  flowId: string,
  triggerName: string,
  signature: string,
): Promise<WebhookSubscription | undefined> {
  const row = await db
    .selectFrom('webhook_subscriptions')
    .selectAll()
    .where('signature', '=', signature)
    .where('flow_id', '=', flowId)
    .where('trigger_name', '=', triggerName)
    .executeTakeFirst();
  return row && toSubscription(row);
}

export type WebhookChange = Partial<
  Pick<
    WebhookSubscription,
    'state' | 'signature' | 'plan' | 'answer' | 'attempts' | 'error' | 'nextAt' | 'expiresAt'
  >
>;

/**
 * Changes a subscription that is still in the state it was seen in; members that are there and undefined become empty.
 * False: somebody else has changed it.
 */
export async function updateWebhookSubscription(
  db: Kysely<Database>,
  id: string,
  seen: WebhookSubscription['state'],
  change: WebhookChange,
): Promise<boolean> {
  const has = (name: keyof WebhookChange) => Object.hasOwn(change, name);
  const result = await db
    .updateTable('webhook_subscriptions')
    .set({
      changed_at: new Date(),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.signature === undefined ? {} : { signature: change.signature }),
      ...(change.plan === undefined ? {} : { plan: change.plan }),
      ...(has('answer') ? { answer: change.answer ?? null } : {}),
      ...(change.attempts === undefined ? {} : { attempts: change.attempts }),
      ...(has('error') ? { error: change.error ?? null } : {}),
      ...(has('nextAt') ? { next_at: toDate(change.nextAt) } : {}),
      ...(has('expiresAt') ? { expires_at: toDate(change.expiresAt) } : {}),
    })
    .where('id', '=', id)
    .where('state', '=', seen)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function deleteWebhookSubscription(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('webhook_subscriptions').where('id', '=', id).execute();
}

/** Subscriptions whose flow is off or gone and that nobody has begun to end. */
export async function listUnwantedWebhooks(db: Kysely<Database>): Promise<WebhookSubscription[]> {
  const rows = await db
    .selectFrom('webhook_subscriptions')
    .selectAll()
    .where('state', '<>', 'ending')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('flows')
            .select('id')
            .whereRef('flows.id', '=', 'webhook_subscriptions.flow_id')
            .where('flows.state', '=', 'on'),
        ),
      ),
    )
    .execute();
  return rows.map(toSubscription);
}

interface SubscriptionRow {
  id: string;
  flow_id: string;
  trigger_name: string;
  state: 'subscribing' | 'active' | 'ending';
  signature: string;
  fingerprint: string;
  plan: string;
  answer: string | null;
  attempts: number;
  error: string | null;
  next_at: Date | null;
  expires_at: Date | null;
  changed_at: Date;
}

function toSubscription(row: SubscriptionRow): WebhookSubscription {
  return {
    id: row.id,
    flowId: row.flow_id,
    triggerName: row.trigger_name,
    state: row.state,
    signature: row.signature,
    fingerprint: row.fingerprint,
    plan: row.plan,
    answer: row.answer ?? undefined,
    attempts: row.attempts,
    error: row.error ?? undefined,
    nextAt: row.next_at?.getTime(),
    expiresAt: row.expires_at?.getTime(),
    changedAt: row.changed_at.getTime(),
  };
}

function toDate(instant: number | undefined): Date | null {
  return instant === undefined ? null : new Date(instant);
}
