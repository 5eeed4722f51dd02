/**
 * Webhook actions: what services call back, and how it reaches the run that waits.
 *
 * Invariants
 * 1. The row of an action is there before its service is asked, so that a callback finds it however early it comes.
 * 2. A callback is acknowledged when its content is committed. From then on the run gets it: at once where it is in
 *    memory, by its lease when it sleeps or its node dies (recovery reads the rows), by looking again when a
 *    notification was lost.
 * 3. An action whose subscription is interrupted by a crash takes no more calls before that is decided, so that none
 *    is acknowledged and lost.
 * 4. One callback counts. The row says that it has come; after the action's end there is no row. An action gives up only
 *    after its row says that it takes no more calls, so that none is acknowledged and unused.
 * 5. Whoever takes a row of an action that ended without a callback sees to it that the service is told.
 */
import type { Kysely } from 'kysely';
import { describeError, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import type { CallCommand, CallTarget, Clock, Outcome } from '../../flow/index.ts';
import type { CallOutcome, CallOutputs, Gateway } from '../../gateway/index.ts';
import {
  type CallbackVerdict,
  closeLeftCallbacks,
  closeRunCallback,
  type Database,
  giveUpCallback,
  listCalledRuns,
  listReceivedCallbacks,
  openRunCallback,
  type RunCallback,
  saveCallbackAnswer,
  shutCallbacks,
  takeCallback,
} from '../../store/index.ts';
import { EngineError } from '../errors.ts';
import type { LoadedFlow } from '../flow-cache.ts';
import type { Jobs } from '../jobs.ts';
import type { CallbackCall, EngineLog, HookAnswer, Sealer } from '../types.ts';
import type { CallbackPlace, CallbackUrls } from './callback-urls.ts';
import { answerHandshake } from './handshakes.ts';
import {
  openJson,
  planSubscription,
  type SubscriptionPlan,
  sealJson,
  sendSubscription,
} from './subscription-plan.ts';

export interface CallbacksOptions {
  readonly db: Kysely<Database>;
  readonly gateway: Gateway;
  readonly jobs: Jobs;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly urls: CallbackUrls;
  nodeId(): number;
  /** This node carries runs out. */
  works(): boolean;
  /** Gives a callback to a run that is in memory here; false: it is not. */
  deliver(runId: string, key: string, outcome: Outcome): boolean;
  /** Takes up runs that are leased to this node. */
  resume(runIds: readonly string[]): Promise<void>;
  /** Tells the other nodes that a callback came for a run. */
  announce(runId: string): Promise<void>;
  /** Hands a subscription over to be ended, in a transaction. */
  end(callback: RunCallback, db: Kysely<Database>): Promise<void>;
  /** Ends subscriptions of triggers that nobody wants any more. */
  sweepTriggers(): Promise<void>;
}

/** What the asked call is about. */
export interface SubscribeRequest {
  readonly loaded: LoadedFlow;
  readonly runId: string;
  readonly command: CallCommand;
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly traceparent: string | undefined;
}

const SWEEP_EVERY_MS = 60_000;
/** A row is left behind when its action's time has been over for so long. */
const OVERDUE_MS = 60_000;
const SWEEP_BATCH = 200;
const RETRY_MS = 500;

export class Callbacks {
  readonly #options: CallbacksOptions;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: CallbacksOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.look(), SWEEP_EVERY_MS);
    this.look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  /** Asks the service of a webhook action to call back. */
  async subscribe(request: SubscribeRequest): Promise<CallOutcome> {
    const { db, sealer, gateway, urls } = this.#options;
    const { loaded, runId, command, deadline, signal, traceparent } = request;
    const { key, action, inputs } = command;
    const target = action.work.kind === 'call' ? action.work.target : undefined;
    const plan = planSubscription(loaded, target, inputs);
    if (typeof plan === 'string') return refuse(plan);
    const row = { runId, key, flowId: loaded.info.id, dueAt: deadline, plan: sealJson(sealer, plan) };
    await this.#persist(signal, () => openRunCallback(db, row));
    const outcome = await sendSubscription(gateway, plan, urls.urlOf({ runId, key }), {
      idempotencyKey: `${runId}/${key}`,
      signal,
      ...(traceparent === undefined ? {} : { traceparent }),
    });
    if (outcome.ok && outcome.outputs !== undefined) {
      const { headers, body } = outcome.outputs;
      const answer = sealJson(sealer, { headers, body });
      const whole = this.#completePlan(request, target, outcome.outputs);
      const sealedPlan = whole && sealJson(sealer, whole);
      await this.#persist(signal, () => saveCallbackAnswer(db, { runId, key, answer, plan: sealedPlan }));
    }
    return outcome;
  }

  /** What ends the subscription may read what it was answered. Without it the subscription stands nevertheless. */
  #completePlan(
    { loaded, runId, command }: SubscribeRequest,
    target: CallTarget | undefined,
    { statusCode, headers, body }: CallOutputs,
  ): SubscriptionPlan | undefined {
    if (command.readUnsubscribe === undefined) return undefined;
    try {
      const unsubscribe = command.readUnsubscribe({ statusCode, headers, body });
      const plan = planSubscription(loaded, target, { ...command.inputs, unsubscribe });
      return typeof plan === 'string' ? undefined : plan;
    } catch (error) {
      const details = { runId, key: command.key, error: describeError(error) };
      this.#options.log.warn(
        details,
        'The "unsubscribe" of an action cannot be read; nobody will end its subscription.',
      );
      return undefined;
    }
  }

  /**
   * Takes a call of a callback URL. Resolves when its content is committed.
   *
   * @throws EngineError ENGINE_CALLBACK_NOT_FOUND, ENGINE_CALLBACK_ANSWERED, ENGINE_CALLBACK_OVER
   */
  async receive(call: CallbackCall): Promise<HookAnswer> {
    const place = this.#open(call.token);
    const handshake = answerHandshake(call);
    if (handshake !== undefined) return handshake;
    const { headers, body, queries } = call;
    const content: JsonObject =
      Object.keys(queries).length > 0 ? { headers, queries, body } : { headers, body };
    const verdict = await this.#take(place, content);
    if (verdict.kind === 'over') {
      throw new EngineError('ENGINE_CALLBACK_OVER', 'The action that waited for this call has ended.');
    }
    if (verdict.kind === 'answered') {
      throw new EngineError('ENGINE_CALLBACK_ANSWERED', 'This URL has been called already; once is enough.');
    }
    return { statusCode: 200, headers: {}, body: undefined, runId: place.runId };
  }

  /** Whether a token is one of ours: asked before the body of a call is read. */
  isKnown(token: string): boolean {
    return this.#options.urls.open(token) !== undefined;
  }

  /** What came for runs, by run and key. */
  async load(runIds: readonly string[]): Promise<Map<string, Map<string, Outcome>>> {
    const found = new Map<string, Map<string, Outcome>>();
    for (const callback of await listReceivedCallbacks(this.#options.db, runIds)) {
      const ofRun = found.get(callback.runId) ?? new Map<string, Outcome>();
      found.set(callback.runId, ofRun.set(callback.key, this.#toOutcome(callback)));
    }
    return found;
  }

  /** Takes no more calls for actions of a run, and gives what came for it before. */
  async shut(runId: string, keys: readonly string[]): Promise<Map<string, Outcome> | undefined> {
    await shutCallbacks(this.#options.db, runId, keys);
    return (await this.load([runId])).get(runId);
  }

  /** The time of an action is up: from here on no call is taken for it. What came before counts. */
  async giveUp(runId: string, key: string, signal: AbortSignal): Promise<Outcome | undefined> {
    const came = await this.#persist(signal, () => giveUpCallback(this.#options.db, runId, key));
    return came && this.#toOutcome(came);
  }

  /** Callbacks came for a run: it gets them if it is here. */
  async deliver(runId: string): Promise<void> {
    for (const [key, outcome] of (await this.load([runId])).get(runId) ?? []) {
      this.#options.deliver(runId, key, outcome);
    }
  }

  /** An action has ended, and that is on record. */
  release(runId: string, key: string, unsubscribe: boolean): void {
    this.#close(runId, key, unsubscribe).catch((error: unknown) =>
      this.#options.log.warn(
        { runId, key, error: describeError(error) },
        'A subscription could not be closed yet; it is tried again.',
      ),
    );
  }

  /** Looks for what notifications may have missed, and for rows that were left behind. */
  look(): void {
    this.#sweeping = this.#sweeping
      .then(() => this.#sweep())
      .catch((error: unknown) =>
        this.#options.log.warn(
          { error: describeError(error) },
          'Callbacks could not be looked for; it is tried again.',
        ),
      );
  }

  async #sweep(): Promise<void> {
    const { db, clock, nodeId, works, end, sweepTriggers } = this.#options;
    if (this.#stopped || !works()) return;
    await sweepTriggers();
    for (const runId of await listCalledRuns(db, nodeId())) await this.deliver(runId);
    for (let more = true; more && !this.#stopped; ) {
      more = await db.transaction().execute(async (transaction) => {
        const left = await closeLeftCallbacks(transaction, clock.now() - OVERDUE_MS, SWEEP_BATCH);
        for (const callback of left) if (callback.content === undefined) await end(callback, transaction);
        return left.length === SWEEP_BATCH;
      });
    }
  }

  async #close(runId: string, key: string, unsubscribe: boolean): Promise<void> {
    await this.#options.db.transaction().execute(async (transaction) => {
      const callback = await closeRunCallback(transaction, runId, key);
      if (callback && unsubscribe) await this.#options.end(callback, transaction);
    });
  }

  async #take(place: CallbackPlace, content: JsonObject): Promise<CallbackVerdict> {
    const { db, jobs, sealer, clock, nodeId, works, deliver, resume, announce } = this.#options;
    const sealed = sealer.seal(stringifyJson(content));
    const here = works() ? nodeId() : undefined;
    const verdict = await db.transaction().execute(async (transaction) => {
      const taken = await takeCallback(transaction, here, { ...place, content: sealed });
      // Nobody has the run: whoever works takes it.
      if (taken.kind === 'taken' && taken.nodeId === undefined) {
        await jobs.send('wake-run', { runId: place.runId }, clock.now(), transaction);
      }
      return taken;
    });
    if (verdict.kind !== 'taken') return verdict;
    const follow =
      verdict.nodeId !== here || here === undefined
        ? announce(place.runId)
        : deliver(place.runId, place.key, { status: 'Succeeded', outputs: content })
          ? Promise.resolve()
          : resume([place.runId]);
    follow.catch((error: unknown) =>
      this.#options.log.warn({ error: describeError(error) }, 'A callback reaches its run a little later.'),
    );
    return verdict;
  }

  #open(token: string): CallbackPlace {
    const place = this.#options.urls.open(token);
    if (place) return place;
    throw new EngineError('ENGINE_CALLBACK_NOT_FOUND', 'There is no such callback URL.');
  }

  #toOutcome(callback: RunCallback): Outcome {
    const outputs: Json =
      callback.content === undefined ? {} : openJson(this.#options.sealer, callback.content);
    return { status: 'Succeeded', outputs };
  }

  /**
   * What must be on record before or after a call waits for the database, as the journal does: also while the node
   * stops, until the call is given up. An outcome that only says that the database was away would end the action.
   */
  async #persist<Result>(signal: AbortSignal, write: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (signal.aborted) throw error;
        this.#options.log.warn({ error: describeError(error) }, 'The database is away; it is tried again.');
        await new Promise<void>((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }
}

function refuse(message: string): CallOutcome {
  return { ok: false, error: { code: 'InvalidInputs', message, retryable: false, sent: false } };
}
