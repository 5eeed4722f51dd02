import { timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import { isUuid, type Json, type JsonObject } from '../base/index.ts';
import { beginRun, type Clock, type CompiledTrigger, fireTrigger } from '../flow/index.ts';
import {
  type Database,
  ensureTriggerState,
  findTriggerState,
  findWebhookBySignature,
  listWebhookSubscriptions,
  setTriggerSignature,
} from '../store/index.ts';
import { limitOf } from './admission.ts';
import { answerHandshake } from './callbacks/handshakes.ts';
import { EngineError } from './errors.ts';
import type { FlowCache, LoadedFlow } from './flow-cache.ts';
import type { RunIntake } from './host.ts';
import type { RunWaiter } from './hosted-run.ts';
import type { RemoteRuns } from './remote-runs.ts';
import { type BeginRuns, buildRun } from './run-starter.ts';
import { createSignature } from './triggers/signature.ts';
import type { HookAnswer, HookCall, Sealer } from './types.ts';

export interface RequestHooksOptions {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly host: RunIntake;
  /** How long a caller waits for a Response action. */
  responseTimeoutSeconds(): number;
  readonly clock: Clock;
  readonly sealer: Sealer;
  /** Stores runs that begin together, and has them carried out. */
  readonly begin: BeginRuns;
  readonly answers: Pick<RemoteRuns, 'wait'>;
}

/** A known signature: of a Request trigger's URL, or a sign that the subscriptions of a webhook have to be asked. */
type KnownSignature = { readonly mode: 'request'; readonly bytes: Buffer } | { readonly mode: 'webhook' };

/** Triggers that are called: their URLs, and the runs that calls of them start. */
export class RequestHooks {
  readonly #options: RequestHooksOptions;
  readonly #signatures = new Map<string, KnownSignature>();

  constructor(options: RequestHooksOptions) {
    this.#options = options;
  }

  async trigger(hook: HookCall): Promise<HookAnswer> {
    const loaded = await this.#options.flows.latest(hook.flowId);
    const trigger = findTrigger(loaded, hook.triggerName);
    if (trigger.mode === 'webhook') return this.#call(loaded, trigger, hook);
    if (loaded.state === 'off') {
      throw new EngineError('ENGINE_FLOW_OFF', `The flow '${loaded.info.displayName}' is turned off.`);
    }
    const records = this.#fire(loaded, trigger, readRequest(trigger, hook));
    return this.#begin(loaded, trigger, records);
  }

  /** A call that a service was asked for. */
  #call(loaded: LoadedFlow, trigger: CompiledTrigger, hook: HookCall): Promise<HookAnswer> {
    if (loaded.state === 'off') {
      throw new EngineError('ENGINE_WEBHOOK_GONE', 'Nobody listens to these calls: the flow is turned off.');
    }
    const handshake = answerHandshake(hook);
    if (handshake !== undefined) return Promise.resolve(handshake);
    if (hook.method === 'GET' || hook.method === 'OPTIONS') {
      throw new EngineError('ENGINE_TRIGGER_METHOD', `This URL takes POST, not ${hook.method}.`);
    }
    const { headers, body, queries } = hook;
    const outputs: JsonObject =
      Object.keys(queries).length > 0 ? { headers, queries, body } : { headers, body };
    return this.#begin(loaded, trigger, this.#fire(loaded, trigger, outputs));
  }

  #fire(loaded: LoadedFlow, trigger: CompiledTrigger, outputs: JsonObject): readonly JsonObject[] {
    const firing = fireTrigger(loaded.flow, trigger, { outputs, now: this.#options.clock.now() });
    if (firing.kind === 'failed') throw new EngineError('ENGINE_TRIGGER_FAILED', firing.message);
    return firing.kind === 'runs' ? firing.triggers : [];
  }

  /** One run answers its caller; several begin together or not at all. */
  async #begin(
    loaded: LoadedFlow,
    trigger: CompiledTrigger,
    records: readonly JsonObject[],
  ): Promise<HookAnswer> {
    const [first, ...others] = records;
    if (first === undefined) return NOT_STARTED;
    const isLimited = limitOf(loaded, trigger) !== undefined;
    if (others.length === 0 && !isLimited) return this.#run(loaded, first);
    const { clock, sealer, begin } = this.#options;
    const rows = records.map((record) => buildRun(loaded, record, clock, sealer).row);
    if (!(await begin(loaded, trigger, rows))) throw tooManyRuns(loaded, trigger);
    const runId = rows[0]?.id ?? '';
    if (others.length > 0 || !loaded.flow.hasResponse) return accepted(runId);
    // It may wait for its turn, and begin anywhere.
    return this.#awaitAnswer(runId, (waiter) => this.#options.answers.wait(runId, loaded.flow, waiter));
  }

  #run(loaded: LoadedFlow, record: JsonObject): Promise<HookAnswer> {
    const { run, row } = buildRun(loaded, record, this.#options.clock, this.#options.sealer);
    beginRun(run);
    const host = (waiter: RunWaiter) => this.#options.host.host(run, loaded, row, waiter);
    if (loaded.flow.hasResponse) return this.#awaitAnswer(run.id, host);
    return new Promise((resolve) => host({ onAccepted: () => resolve(accepted(run.id)) }));
  }

  /** A caller waits for the Response action, as long as the settings say. */
  #awaitAnswer(runId: string, wait: (waiter: RunWaiter) => void): Promise<HookAnswer> {
    const seconds = this.#options.responseTimeoutSeconds();
    const gone = new AbortController();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        gone.abort();
        resolve(tooLate(runId, seconds));
      }, seconds * 1_000);
      wait({
        signal: gone.signal,
        onResponse: ({ statusCode, headers, body }) => {
          clearTimeout(timer);
          resolve({ statusCode, headers, body, runId });
        },
        onFinished: () => {
          clearTimeout(timer);
          resolve(noResponse(runId));
        },
      });
    });
  }

  async urlPath(flowId: string, triggerName: string): Promise<string> {
    const loaded = await this.#options.flows.latest(flowId);
    const trigger = findTrigger(loaded, triggerName);
    const state = await ensureTriggerState(this.#options.db, {
      flowId,
      triggerName: trigger.name,
      kind: 'request',
      signature: createSignature(),
    });
    return `/hooks/${flowId}/${encodeURIComponent(trigger.name)}/${state.signature}`;
  }

  async revoke(flowId: string, triggerName: string): Promise<void> {
    await setTriggerSignature(this.#options.db, flowId, triggerName, createSignature());
    this.forget(flowId);
  }

  /** @throws EngineError ENGINE_WEBHOOK_GONE for a subscription that has been ended */
  async verify(flowId: string, triggerName: string, signature: string): Promise<boolean> {
    const expected =
      this.#signatures.get(`${flowId}/${triggerName}`) ?? (await this.#loadSignature(flowId, triggerName));
    if (expected?.mode === 'webhook') return this.#verifyWebhook(flowId, triggerName, signature);
    const given = Buffer.from(signature);
    return (
      expected !== undefined &&
      expected.bytes.length === given.length &&
      timingSafeEqual(expected.bytes, given)
    );
  }

  forget(flowId: string): void {
    for (const key of this.#signatures.keys()) if (key.startsWith(flowId)) this.#signatures.delete(key);
  }

  /** One that another with the same contents has replaced still counts: a call may be on its way. */
  async #verifyWebhook(flowId: string, triggerName: string, signature: string): Promise<boolean> {
    const { db } = this.#options;
    const found = await findWebhookBySignature(db, flowId, triggerName, signature);
    if (found === undefined) return false;
    if (found.state !== 'ending') return true;
    const others = await listWebhookSubscriptions(db, flowId, triggerName);
    if (others.some(({ state, fingerprint }) => state !== 'ending' && fingerprint === found.fingerprint)) {
      return true;
    }
    throw new EngineError(
      'ENGINE_WEBHOOK_GONE',
      'Nobody listens to the calls of this subscription any more.',
    );
  }

  async #loadSignature(flowId: string, triggerName: string): Promise<KnownSignature | undefined> {
    if (!isUuid(flowId)) return undefined;
    const state = await findTriggerState(this.#options.db, flowId, triggerName);
    if (!state) return undefined;
    const known: KnownSignature =
      state.kind === 'webhook'
        ? { mode: 'webhook' }
        : { mode: 'request', bytes: Buffer.from(state.signature) };
    this.#signatures.set(`${flowId}/${triggerName}`, known);
    return known;
  }
}

function findTrigger(loaded: LoadedFlow, name: string): CompiledTrigger {
  const trigger = loaded.flow.triggers.find(
    (candidate) => candidate.name === name && (candidate.mode === 'request' || candidate.mode === 'webhook'),
  );
  if (trigger) return trigger;
  throw new EngineError(
    'ENGINE_TRIGGER_NOT_FOUND',
    `The flow '${loaded.info.displayName}' has no trigger '${name}' that can be called.`,
  );
}

/**
 * The outputs of a Request trigger.
 *
 * @throws EngineError ENGINE_TRIGGER_METHOD, ENGINE_TRIGGER_PATH, ENGINE_INPUTS_INVALID
 */
function readRequest(trigger: CompiledTrigger, hook: HookCall): JsonObject {
  const { headers, queries, body, method, relativePath } = hook;
  const rules = trigger.request;
  if (rules?.method !== undefined && rules.method !== method) {
    throw new EngineError('ENGINE_TRIGGER_METHOD', `This URL takes ${rules.method}, not ${method}.`);
  }
  const path =
    rules?.path === undefined ? (relativePath === '' ? {} : undefined) : rules.path.match(relativePath);
  if (path === undefined) {
    throw new EngineError(
      'ENGINE_TRIGGER_PATH',
      `The trigger '${trigger.name}' has no path '${relativePath}'.`,
    );
  }
  if (rules?.isBodyChecked === true) assertBody(trigger, body);
  return { headers, queries, relativePathParameters: path, body };
}

/** @throws EngineError ENGINE_INPUTS_INVALID */
export function assertBody(trigger: CompiledTrigger, body: Json): void {
  const problems = trigger.request?.checkBody(body) ?? [];
  const [first] = problems;
  if (first === undefined) return;
  const place = first.pointer === '' ? '' : ` (${first.pointer})`;
  const more = problems.length > 1 ? ` There are ${problems.length - 1} more.` : '';
  throw new EngineError(
    'ENGINE_INPUTS_INVALID',
    `The inputs do not fit the schema of the trigger '${trigger.name}'${place}: ${first.message}${more}`,
    { extra: { problems } },
  );
}

/** How soon a caller who was refused may try again. */
const ROOM_RETRY_MS = 5_000;

function tooManyRuns(loaded: LoadedFlow, { name, concurrency }: CompiledTrigger) {
  const runs = concurrency?.runs ?? 1;
  return new EngineError(
    'ENGINE_TOO_MANY_RUNS',
    `The trigger '${name}' of the flow '${loaded.info.displayName}' has ${runs} ${runs === 1 ? 'run' : 'runs'} under way, which is its limit, and no more may wait.`,
    { extra: { retryAfterMs: ROOM_RETRY_MS } },
  );
}

const NOT_STARTED: HookAnswer = { statusCode: 202, headers: {}, body: undefined, runId: '' };

function accepted(runId: string): HookAnswer {
  return { statusCode: 202, headers: { 'x-ms-workflow-run-id': runId }, body: undefined, runId };
}

function problem(runId: string, statusCode: number, code: string, message: string): HookAnswer {
  return {
    statusCode,
    headers: { 'x-ms-workflow-run-id': runId },
    body: { error: { code, message } },
    runId,
  };
}

function tooLate(runId: string, seconds: number): HookAnswer {
  return problem(
    runId,
    504,
    'GatewayTimeout',
    `The flow gave no answer within ${seconds} s; its run goes on.`,
  );
}

function noResponse(runId: string): HookAnswer {
  return problem(
    runId,
    502,
    'NoResponse',
    'The run ended without reaching its Response action; the run history shows why.',
  );
}
