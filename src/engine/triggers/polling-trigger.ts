/**
 * Polling triggers (custom connectors' contract: 202 and a `Location` when there is nothing, 200 with data and
 * the next `Location` when there is). How far a trigger has come and the runs that its answer started are
 * committed in one transaction, so that an item starts exactly one run whatever dies.
 */
import type { Kysely } from 'kysely';
import { describeError, isJsonObject, type JsonObject } from '../../base/index.ts';
import {
  evaluateTriggerInputs,
  fireTrigger,
  nextOccurrence,
  readTriggerRecurrence,
} from '../../flow/index.ts';
import type { CallOutcome } from '../../gateway/index.ts';
import {
  type Database,
  findTriggerState,
  lockTriggerState,
  saveTriggerProgress,
  type TriggerState,
} from '../../store/index.ts';
import { buildOperationCall } from '../call-sender.ts';
import type { JobData } from '../jobs.ts';
import { buildRun } from '../run-starter.ts';
import { pollHttp } from './poll-http.ts';
import { type ActiveTrigger, findActiveTrigger, type TriggerContext } from './trigger-context.ts';

const MINUTE_MS = 60_000;
/** One wake-up follows at most this many full pages of data before it lets others work. */
const MAX_PAGES = 100;

export class PollingTriggers {
  readonly #context: TriggerContext;
  /** Polls under way by trigger; `again` when something happened meanwhile. */
  readonly #polls = new Map<string, { again: boolean; done: Promise<void> }>();
  #stopped = false;

  constructor(context: TriggerContext) {
    this.#context = context;
  }

  /** A planned poll; one that another poll has overtaken does nothing. */
  async onJob(job: JobData['poll-trigger']): Promise<void> {
    const state = await findTriggerState(this.#context.db, job.flowId, job.triggerName);
    if (state?.nextAt === job.at) await this.poll(job.flowId, job.triggerName);
  }

  /** Polls now. Two polls of one trigger never overlap in this process; the lock on its state keeps nodes apart. */
  poll(flowId: string, triggerName: string): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    const key = `${flowId}/${triggerName}`;
    const current = this.#polls.get(key);
    if (current) {
      current.again = true;
      return current.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    entry.done = this.#pollUntilQuiet(flowId, triggerName, entry).finally(() => this.#polls.delete(key));
    this.#polls.set(key, entry);
    return entry.done;
  }

  /** Begins no more polls, and resolves when those under way have ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled([...this.#polls.values()].map((poll) => poll.done));
  }

  async #pollUntilQuiet(flowId: string, triggerName: string, entry: { again: boolean }): Promise<void> {
    for (let page = 0; page < MAX_PAGES; page++) {
      entry.again = false;
      const hadData = await this.#pollOnce(flowId, triggerName);
      if (this.#stopped || (!hadData && !entry.again)) return;
    }
  }

  async #pollOnce(flowId: string, triggerName: string): Promise<boolean> {
    const { db, flows, clock } = this.#context;
    const active = await findActiveTrigger(flows, flowId, triggerName);
    const state = await findTriggerState(db, flowId, triggerName);
    if (!active || !state) return false;
    // Nothing is planned, and nothing will be: a server that starts asks no more.
    if (state.nextAt === undefined && this.#planNext(active, state, undefined, clock.now()) === undefined) {
      return false;
    }
    // What the service has waits there: nothing is asked for that could not be run.
    if (await this.#context.admission.isFull(active.loaded, active.trigger)) {
      await this.#postpone(active, state, clock.now());
      return false;
    }
    const startedAt = clock.now();
    const outcome = await this.#call(active, state, startedAt);
    return this.#commit(active, state, outcome, startedAt);
  }

  /** Leaves a poll out: the next one goes on from the same place. */
  async #postpone(active: ActiveTrigger, before: TriggerState, now: number): Promise<void> {
    const { db } = this.#context;
    const { flowId, triggerName, cursor, error } = before;
    await db.transaction().execute(async (transaction) => {
      const state = await lockTriggerState(transaction, flowId, triggerName);
      if (!state || state.nextAt !== before.nextAt) return;
      const nextAt = this.#planNext(active, state, undefined, now);
      await saveTriggerProgress(transaction, flowId, triggerName, { nextAt, cursor, error });
      await this.#sendPoll(flowId, triggerName, nextAt, transaction);
    });
  }

  async #call(
    { loaded, trigger }: ActiveTrigger,
    state: TriggerState,
    startedAt: number,
  ): Promise<CallOutcome> {
    const { gateway, clock, observation } = this.#context;
    const traceparent = observation.traceparentOfPoll(loaded.info.id, trigger.name, startedAt);
    const traced = traceparent === undefined ? {} : { traceparent };
    let inputs: JsonObject;
    try {
      inputs = evaluateTriggerInputs(loaded.flow, trigger, {}, clock.now());
    } catch (error) {
      // It is shown at the trigger, and asked again: what it reads of the time may be different then.
      const message = `Trigger '${trigger.name}': ${describeError(error)}`;
      return { ok: false, error: { code: 'InvalidInputs', message, retryable: false, sent: false } };
    }
    if (trigger.target?.kind === 'http') return pollHttp(gateway, inputs, state.cursor, traced);
    const target = trigger.target?.kind === 'operation' ? trigger.target : undefined;
    const bound = loaded.references.get(target?.reference ?? '');
    if (!bound) {
      const message = `The flow has no connection for the reference '${target?.reference ?? ''}'.`;
      return { ok: false, error: { code: 'ConnectionNotFound', message, retryable: false, sent: false } };
    }
    return gateway.callOperation({
      connectionId: bound.connectionId,
      ...(bound.connectorVersion === undefined ? {} : { connectorVersion: bound.connectorVersion }),
      ...buildOperationCall(target?.operationId, inputs),
      ...(state.cursor === undefined ? {} : { location: state.cursor }),
      ...traced,
    });
  }

  async #commit(
    active: ActiveTrigger,
    before: TriggerState,
    outcome: CallOutcome,
    startedAt: number,
  ): Promise<boolean> {
    const { db, sealer, clock, admission } = this.#context;
    const { loaded, trigger } = active;
    const { flowId, triggerName } = before;
    const verdict = this.#judge(active, before, outcome, startedAt);
    const now = clock.now();
    const rows = verdict.records.map((record) => buildRun(loaded, record, clock, sealer).row);
    const begun = await db.transaction().execute(async (transaction) => {
      const state = await lockTriggerState(transaction, flowId, triggerName);
      // Somebody else polled from the same place and has gone on: their answer counts.
      if (!state || state.nextAt !== before.nextAt || state.cursor !== before.cursor) return undefined;
      const admitted = await admission.store(transaction, loaded, trigger, rows, false);
      const nextAt = this.#planNext(active, state, outcome.retryAfterMs, now);
      await saveTriggerProgress(transaction, flowId, triggerName, {
        nextAt,
        cursor: verdict.cursor,
        error: verdict.error,
      });
      await this.#sendPoll(flowId, triggerName, nextAt, transaction);
      return admitted ?? [];
    });
    if (begun === undefined) return false;
    this.#context.observation.pollEnded({
      flow: loaded.info,
      triggerName,
      startedAt,
      endedAt: clock.now(),
      runs: rows.length,
      error: verdict.error,
    });
    if (verdict.error !== undefined && verdict.error !== before.error) {
      this.#context.log.warn({ flowId, trigger: triggerName }, verdict.error);
    }
    this.#context.hostStored(begun);
    // An Http trigger asks once at each time; a connector's gives page after page.
    return verdict.hadData && verdict.cursor !== before.cursor && trigger.target?.kind !== 'http';
  }

  /** What an answer means: the records of the runs it starts, the place to go on from, the error to show. */
  #judge(
    { loaded, trigger }: ActiveTrigger,
    state: TriggerState,
    outcome: CallOutcome,
    now: number,
  ): Verdict {
    const { outputs, error } = outcome;
    if (error !== undefined || outputs === undefined) {
      return {
        records: [],
        cursor: state.cursor,
        error: error?.message ?? 'The poll brought no answer.',
        hadData: false,
      };
    }
    const cursor = readLocation(outputs.headers) ?? state.cursor;
    if (outputs.statusCode === 202) return { records: [], cursor, error: undefined, hadData: false };
    const firing = fireTrigger(loaded.flow, trigger, { outputs: { ...outputs } as JsonObject, now });
    // What cannot be split stays where it is: after the flow is mended, nothing is lost.
    if (firing.kind === 'failed')
      return { records: [], cursor: state.cursor, error: firing.message, hadData: false };
    return {
      records: firing.kind === 'runs' ? firing.triggers : [],
      cursor,
      error: undefined,
      hadData: true,
    };
  }

  async #sendPoll(
    flowId: string,
    triggerName: string,
    at: number | undefined,
    transaction: Kysely<Database>,
  ): Promise<void> {
    if (at !== undefined) {
      await this.#context.jobs.send('poll-trigger', { flowId, triggerName, at }, at, transaction);
    }
  }

  /** When to ask again, epoch milliseconds; undefined when the `endTime` of the recurrence has come. */
  #planNext(
    { loaded, trigger }: ActiveTrigger,
    state: TriggerState,
    retryAfterMs: number | undefined,
    now: number,
  ): number | undefined {
    const recurrence = readTriggerRecurrence(loaded.flow, trigger, now);
    const regular =
      typeof recurrence === 'string' ? now + MINUTE_MS : nextOccurrence(recurrence, now, state.anchorAt);
    if (regular === Number.POSITIVE_INFINITY) return undefined;
    const wished = retryAfterMs === undefined ? regular : Math.max(now + retryAfterMs, now + 1000);
    // Always later than the plan before, so that a stale job cannot be taken for the new one.
    return Math.max(wished, (state.nextAt ?? 0) + 1);
  }
}

interface Verdict {
  readonly records: readonly JsonObject[];
  readonly cursor: string | undefined;
  readonly error: string | undefined;
  readonly hadData: boolean;
}

function readLocation(headers: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(isJsonObject(headers) ? headers : {})) {
    if (name.toLowerCase() === 'location' && typeof value === 'string') return value;
  }
  return undefined;
}
