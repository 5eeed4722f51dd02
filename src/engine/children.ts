import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { describeError, isJsonObject, isUuid, type JsonObject } from '../base/index.ts';
import { type ChildCommand, type Clock, fireTrigger, type Outcome, type RunResponse } from '../flow/index.ts';
import {
  type Database,
  findChild,
  findFlowByName,
  findRun,
  forgetChild,
  isDatabaseAway,
  isKeyTaken,
  listAbandonedChildren,
  listChildren,
  noteChild,
} from '../store/index.ts';
import type { FlowCache, LoadedFlow } from './flow-cache.ts';
import type { RemoteRuns } from './remote-runs.ts';
import { type BeginRuns, buildRun } from './run-starter.ts';
import type { EngineLog, Sealer } from './types.ts';

export interface ChildrenOptions {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly log: EngineLog;
  readonly answers: Pick<RemoteRuns, 'wait' | 'hasAnswered'>;
  readonly begin: BeginRuns;
  cancel(runId: string): Promise<void>;
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
  /** From here on only the answer is missing. */
  waiting(): void;
}

/** Flows that run each other without end are stopped here. */
const MAX_DEPTH = 32;
const RETRY_MS = 500;

/**
 * Starts the runs of child flows and brings their answers.
 *
 * A child's id follows from its parent's and the key, so that asking again, after a crash, finds the run that was
 * started and starts no second one; what it answered is read from the journal, whichever node carried it out.
 * A parent that ends, or whose time is up, before it has the answer takes the child with it.
 */
export class Children {
  readonly #options: ChildrenOptions;

  constructor(options: ChildrenOptions) {
    this.#options = options;
  }

  /** Settles with the child's answer; with 202 at once when its flow has no Response action. */
  async run(request: ChildRequest): Promise<Outcome> {
    for (;;) {
      try {
        return await this.#ask(request);
      } catch (error) {
        if (request.signal.aborted) throw error;
        // Two nodes may have the parent for a moment: the other one has started the child, and now it is found.
        if (isKeyTaken(error)) continue;
        // A database that is away says nothing about the child.
        if (!isDatabaseAway(error)) throw error;
        await new Promise<void>((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  async #ask(request: ChildRequest): Promise<Outcome> {
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
      const settle = (outcome: Outcome) => {
        this.#forget(id);
        resolve(outcome);
      };
      const { signal } = request;
      if (signal.aborted) return;
      this.#options.answers.wait(id, flow, {
        signal,
        onResponse: (response) => settle(toOutcome(response, id)),
        onFinished: (status) => settle(noResponse(status, id)),
      });
      request.waiting();
    });
  }

  /** Cancels the child of an action that waits for it no longer. */
  async abandon(parentId: string, key: string): Promise<void> {
    const childId = await findChild(this.#options.db, parentId, key);
    if (childId !== undefined) await this.#cancel(childId);
  }

  /** Whether one of the children that a run waits for has answered, or has ended. */
  async hasAnswered(parentId: string): Promise<boolean> {
    for (const childId of await listChildren(this.#options.db, parentId)) {
      if (await this.#isAnswered(childId)) return true;
    }
    return false;
  }

  /** Children whose parent ended while nobody was there to cancel them. */
  async sweep(): Promise<void> {
    for (const childId of await listAbandonedChildren(this.#options.db)) {
      if (await this.#isAnswered(childId)) await forgetChild(this.#options.db, childId);
      else await this.#cancel(childId);
    }
  }

  /** What has ended by itself is left as it is. */
  async #cancel(childId: string): Promise<void> {
    const child = await findRun(this.#options.db, childId);
    if (child !== undefined && child.endedAt === undefined) await this.#options.cancel(childId);
    await forgetChild(this.#options.db, childId);
  }

  async #isAnswered(childId: string): Promise<boolean> {
    const child = await findRun(this.#options.db, childId);
    if (child === undefined || child.endedAt !== undefined) return true;
    const { flow } = await this.#options.flows.version(child.flowId, child.flowVersion);
    return this.#options.answers.hasAnswered(childId, flow);
  }

  #forget(childId: string): void {
    forgetChild(this.#options.db, childId).catch((error: unknown) =>
      this.#options.log.warn({ error: describeError(error) }, 'A child run is forgotten a little later.'),
    );
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
    const { db, clock, sealer, begin } = this.#options;
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
    if (loaded.flow.hasResponse) {
      await noteChild(db, { childId: id, parentId: parentRunId, key: command.key });
    }
    if (await begin(loaded, trigger, [row])) return undefined;
    await forgetChild(db, id);
    return fail(
      'TooManyRequests',
      `The flow '${displayName}' has as many runs as its trigger may have, and no more may wait.`,
    );
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

/** What a caller of the child's URL would get: the child ended without reaching its Response action. */
function noResponse(status: string, runId: string): Outcome {
  const message = `The child flow ended as ${status} without an answer: run ${runId}.`;
  return {
    ...fail('NoResponse', message),
    outputs: {
      statusCode: 502,
      headers: { 'x-ms-workflow-run-id': runId },
      body: { error: { code: 'NoResponse', message } },
    },
  };
}

function fail(code: string, message: string): Outcome {
  return { status: 'Failed', code, error: { code, message } };
}
