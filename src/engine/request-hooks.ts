import { timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { JsonObject } from '../base/index.ts';
import { beginRun, type Clock, type CompiledTrigger, fireTrigger } from '../flow/index.ts';
import { type Database, ensureTriggerState, findTriggerState, setTriggerSignature } from '../store/index.ts';
import { EngineError } from './errors.ts';
import type { FlowCache, LoadedFlow } from './flow-cache.ts';
import type { RunIntake } from './host.ts';
import { buildRun } from './run-starter.ts';
import { createSignature } from './triggers/triggers.ts';
import type { HookAnswer, HookCall, Sealer } from './types.ts';

/** How long a caller waits for a Response action (the published limit of a synchronous request). */
const RESPONSE_TIMEOUT_MS = 120_000;

export interface RequestHooksOptions {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly host: RunIntake;
  readonly clock: Clock;
  readonly sealer: Sealer;
}

/** Request triggers: their URLs, and the runs that calls of them start. */
export class RequestHooks {
  readonly #options: RequestHooksOptions;
  readonly #signatures = new Map<string, Buffer>();

  constructor(options: RequestHooksOptions) {
    this.#options = options;
  }

  async trigger(hook: HookCall): Promise<HookAnswer> {
    const loaded = await this.#options.flows.latest(hook.flowId);
    if (loaded.state === 'off') {
      throw new EngineError('ENGINE_FLOW_OFF', `The flow '${loaded.info.displayName}' is turned off.`);
    }
    const trigger = findTrigger(loaded, hook.triggerName);
    const outputs: JsonObject = {
      headers: hook.headers,
      queries: hook.queries,
      relativePathParameters: {},
      body: hook.body,
    };
    const record = this.#fire(loaded, trigger, outputs);
    return record === undefined ? NOT_STARTED : this.#run(loaded, record);
  }

  #fire(loaded: LoadedFlow, trigger: CompiledTrigger, outputs: JsonObject): JsonObject | undefined {
    const firing = fireTrigger(loaded.flow, trigger, { outputs, now: this.#options.clock.now() });
    if (firing.kind === 'failed') throw new EngineError('ENGINE_TRIGGER_FAILED', firing.message);
    return firing.kind === 'runs' ? firing.triggers[0] : undefined;
  }

  #run(loaded: LoadedFlow, record: JsonObject): Promise<HookAnswer> {
    const { run, row } = buildRun(loaded, record, this.#options.clock, this.#options.sealer);
    const runId = run.id;
    beginRun(run);
    return new Promise((resolve) => {
      if (!loaded.flow.hasResponse) {
        return this.#options.host.host(run, loaded, row, { onAccepted: () => resolve(accepted(runId)) });
      }
      const timer = setTimeout(() => resolve(tooLate(runId)), RESPONSE_TIMEOUT_MS);
      this.#options.host.host(run, loaded, row, {
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

  async verify(flowId: string, triggerName: string, signature: string): Promise<boolean> {
    const expected =
      this.#signatures.get(`${flowId}/${triggerName}`) ?? (await this.#loadSignature(flowId, triggerName));
    const given = Buffer.from(signature);
    return expected !== undefined && expected.length === given.length && timingSafeEqual(expected, given);
  }

  forget(flowId: string): void {
    for (const key of this.#signatures.keys()) if (key.startsWith(flowId)) this.#signatures.delete(key);
  }

  async #loadSignature(flowId: string, triggerName: string): Promise<Buffer | undefined> {
    const state = await findTriggerState(this.#options.db, flowId, triggerName);
    if (!state) return undefined;
    const signature = Buffer.from(state.signature);
    this.#signatures.set(`${flowId}/${triggerName}`, signature);
    return signature;
  }
}

function findTrigger(loaded: LoadedFlow, name: string): CompiledTrigger {
  const trigger = loaded.flow.triggers.find(
    (candidate) => candidate.name === name && candidate.type.toLowerCase() === 'request',
  );
  if (trigger) return trigger;
  throw new EngineError(
    'ENGINE_TRIGGER_NOT_FOUND',
    `The flow '${loaded.info.displayName}' has no Request trigger '${name}'.`,
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

function tooLate(runId: string): HookAnswer {
  return problem(
    runId,
    504,
    'GatewayTimeout',
    `The flow gave no answer within ${RESPONSE_TIMEOUT_MS / 1000} s; its run goes on.`,
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
