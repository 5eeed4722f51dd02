import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { isJsonObject, isUuid, type JsonObject } from '../base/index.ts';
import { type ChildCommand, type Clock, fireTrigger, type Outcome, type RunResponse } from '../flow/index.ts';
import { type Database, findFlowByName, findRun, type RunStartRow } from '../store/index.ts';
import type { FlowCache, LoadedFlow } from './flow-cache.ts';
import type { RemoteRuns } from './remote-runs.ts';
import { buildRun } from './run-starter.ts';
import type { Sealer } from './types.ts';

export interface ChildrenOptions {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly answers: Pick<RemoteRuns, 'wait'>;
  /** Stores runs, and has them carried out. */
  begin(rows: readonly RunStartRow[]): Promise<void>;
}

/** An action that runs another flow. */
export interface ChildRequest {
  readonly parent: LoadedFlow;
  readonly parentRunId: string;
  /** The trigger's record of the parent: children know how deep they are. */
  readonly parentTrigger: JsonObject;
  /** When the action began, epoch milliseconds. */
  readonly startedAt: number;
  readonly command: ChildCommand;
  readonly signal: AbortSignal;
}

/** Flows that run each other without end are stopped here. */
const MAX_DEPTH = 32;

/**
 * Starts the runs of child flows and brings their answers.
 *
 * A child's id follows from its parent's and the key, so that asking again, after a crash, finds the run that was
 * started and starts no second one; what it answered is read from the journal, whichever node carried it out.
 */
export class Children {
  readonly #options: ChildrenOptions;

  constructor(options: ChildrenOptions) {
    this.#options = options;
  }

  /** Settles with the child's answer; with 202 at once when its flow has no Response action. */
  async run(request: ChildRequest): Promise<Outcome> {
    const { parent, command } = request;
    const depth = readDepth(request.parentTrigger) + 1;
    if (depth > MAX_DEPTH)
      return fail('ChildFlowTooDeep', `Flows run each other more than ${MAX_DEPTH} deep.`);
    const flowId = await this.#findFlow(parent, command.flow);
    if (flowId === undefined) {
      const message = `'${command.action.name}' runs the flow '${command.flow}', and no flow has this id or name here.`;
      return fail('ChildFlowNotFound', message);
    }
    const loaded = await this.#options.flows.latest(flowId);
    const id = deriveId(request);
    const known = await findRun(this.#options.db, id);
    if (known === undefined) {
      const refused = await this.#start(request, loaded, id, depth);
      if (refused !== undefined) return refused;
    }
    const { flow } = known ? await this.#options.flows.version(known.flowId, known.flowVersion) : loaded;
    if (!flow.hasResponse) {
      return { status: 'Succeeded', outputs: { statusCode: 202, headers: { 'x-ms-workflow-run-id': id } } };
    }
    return new Promise((resolve) => {
      const stop = this.#options.answers.wait(id, flow, {
        onResponse: (response) => resolve(toOutcome(response, id)),
        onFinished: (status) =>
          resolve(fail('ChildFlowFailed', `The child flow ended as ${status} without an answer: run ${id}.`)),
      });
      request.signal.addEventListener('abort', stop, { once: true });
    });
  }

  async #start(
    { command, parentRunId }: ChildRequest,
    loaded: LoadedFlow,
    id: string,
    depth: number,
  ): Promise<Outcome | undefined> {
    const { displayName } = loaded.info;
    if (loaded.state === 'off') {
      return fail('ChildFlowOff', `The flow '${displayName}' is turned off: turn it on and try again.`);
    }
    const { triggers } = loaded.flow;
    const trigger = command.trigger
      ? triggers.find(({ name }) => name === command.trigger)
      : triggers.find(({ mode }) => mode === 'request');
    if (trigger === undefined) {
      const wanted = command.trigger === undefined ? 'Request trigger' : `trigger '${command.trigger}'`;
      return fail('ChildFlowNotFound', `The flow '${displayName}' has no ${wanted}.`);
    }
    const { clock, sealer, begin } = this.#options;
    const outputs = readOutputs(command.inputs);
    const firing = fireTrigger(loaded.flow, trigger, { outputs, now: clock.now() });
    if (firing.kind === 'failed') return fail(firing.code, firing.message);
    const record = firing.kind === 'runs' ? firing.triggers[0] : undefined;
    if (record === undefined) {
      return fail(
        'TriggerConditionNotMet',
        `The trigger conditions of the flow '${displayName}' do not hold.`,
      );
    }
    const parentRun = { runId: parentRunId, key: command.key, depth };
    const { row } = buildRun(loaded, { ...record, parentRun }, clock, sealer, id);
    await begin([row]);
    return undefined;
  }

  async #findFlow(parent: LoadedFlow, wanted: string): Promise<string | undefined> {
    const reference = parent.children.get(wanted) ?? wanted;
    return findFlowByName(this.#options.db, parent.environmentId, reference, isUuid(reference));
  }
}

/** A UUIDv7 whose chance is a digest of the place: the same for the same execution of the same action. */
function deriveId({ parentRunId, command, startedAt }: ChildRequest): string {
  const random = createHash('sha256').update(`${parentRunId}/${command.key}`).digest();
  return uuidv7({ msecs: startedAt, random: random.subarray(0, 16), seq: random.readUInt32BE(16) });
}

function readDepth({ parentRun }: JsonObject): number {
  return isJsonObject(parentRun) ? Number(parentRun.depth ?? 0) : 0;
}

function readOutputs({ headers, queries, body }: JsonObject): JsonObject {
  return {
    headers: isJsonObject(headers) ? headers : {},
    ...(isJsonObject(queries) ? { queries } : {}),
    body: body ?? {},
  };
}

function toOutcome({ statusCode, headers, body }: RunResponse, runId: string): Outcome {
  const outputs: JsonObject = {
    statusCode,
    headers: { ...headers, 'x-ms-workflow-run-id': runId },
    ...(body === undefined ? {} : { body }),
  };
  if (statusCode < 400) return { status: 'Succeeded', outputs };
  return { ...fail(String(statusCode), `The child flow answered ${statusCode}.`), outputs };
}

function fail(code: string, message: string): Outcome {
  return { status: 'Failed', code, error: { code, message } };
}
