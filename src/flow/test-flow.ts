import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { compileFlow } from './compile.ts';
import { advance, beginRun, hasWork, receiveCallback, settle, wake } from './machine/advance.ts';
import { takeEvents } from './machine/events.ts';
import { createRun } from './machine/run.ts';
import type { Clock, Command, FlowFailure, Outcome, Run, RunEvent, RunResponse } from './machine/types.ts';
import { type ActionView, viewActions } from './machine/view.ts';
import { fireTrigger } from './trigger.ts';
import type { FlowDefinition, RunStatus } from './types.ts';

/** What a test of a flow gives: the trigger's outputs and, per action, what the outside answers. */
export interface FlowTestInput {
  /** The trigger's outputs (`{body, headers, …}`), or a record with `outputs`; anything else is taken as the body. */
  readonly trigger?: Json;
  /** `{"actions": {"Name": {outputs} | {error} | [first time, second time, …]}}`. */
  readonly mocks?: Json;
  readonly parameters?: JsonObject;
  /** Epoch milliseconds at which the run begins; waits move this clock, nobody waits. */
  readonly now?: number;
}

export interface FlowTestResult {
  /** `NotStarted` when the trigger's conditions do not hold. */
  readonly status: RunStatus | 'NotStarted';
  readonly error: FlowFailure | undefined;
  readonly response: RunResponse | undefined;
  readonly actions: readonly ActionView[];
}

/** More commands than this in one test is a loop that does not end. */
const MAX_COMMANDS = 200_000;

/**
 * Runs a definition on the real state machine, in memory, with the outcome of each call taken from the mocks.
 * With `splitOn` the first element is run.
 *
 * @throws FlowError when the definition does not compile.
 */
export function testFlow(definition: FlowDefinition, input: FlowTestInput = {}): FlowTestResult {
  const flow = compileFlow(definition);
  const clock = new TestClock(input.now ?? Date.UTC(2026, 0, 1));
  const [trigger] = flow.triggers;
  const outputs = readTriggerOutputs(input.trigger);
  const firing =
    trigger && fireTrigger(flow, trigger, { outputs, now: clock.now(), parameters: input.parameters ?? {} });
  if (firing?.kind === 'skipped') return notStarted('TriggerConditionNotMet', firing.reason);
  if (firing?.kind === 'failed') return notStarted(firing.code, firing.message);
  const record = firing?.triggers[0] ?? { name: 'manual', status: 'Succeeded', outputs };
  const run = createRun({
    id: '00000000-0000-7000-8000-000000000000',
    flow,
    flowInfo: { id: 'test', name: 'test', displayName: 'Test', environment: 'test' },
    trigger: record,
    parameters: input.parameters ?? {},
    traits: () => ({ idempotent: false, keyed: false }),
    callbackUrl: (key) => `https://patchbay.example/hooks/${key === undefined ? 'trigger' : 'callback'}`,
  });
  return new TestHost(run, clock, readMocks(input.mocks)).run();
}

function notStarted(code: string, message: string): FlowTestResult {
  return { status: 'NotStarted', error: { code, message }, response: undefined, actions: [] };
}

/** Carries out commands at once: calls by mocks, waits by moving the clock. */
class TestHost {
  readonly #run: Run;
  readonly #clock: TestClock;
  readonly #mocks: Map<string, Json>;
  readonly #times = new Map<string, number>();
  readonly #events: RunEvent[] = [];
  #waits: { key: string; until: number }[] = [];
  #response: RunResponse | undefined;

  constructor(run: Run, clock: TestClock, mocks: Map<string, Json>) {
    this.#run = run;
    this.#clock = clock;
    this.#mocks = mocks;
  }

  run(): FlowTestResult {
    const run = this.#run;
    beginRun(run);
    for (let count = 0; run.status === 'Running' && count < MAX_COMMANDS; count++) {
      const commands = advance(run, this.#clock);
      this.#events.push(...takeEvents(run));
      for (const command of commands) this.#carryOut(command);
      if (commands.length === 0 && !hasWork(run) && !this.#wakeNext()) break;
    }
    this.#events.push(...takeEvents(run));
    return {
      status: run.status,
      error: run.error,
      response: this.#response,
      actions: viewActions(run.flow, this.#events),
    };
  }

  #carryOut(command: Command): void {
    if (command.type === 'respond') this.#response ??= command.response;
    if (command.type === 'wait') this.#waits.push(command);
    if (command.type !== 'call') return;
    const answer = this.#answer(command.action.name);
    const { work } = command.action;
    // What a mock says of a webhook action is what its callback brings.
    if (work.kind === 'call' && work.callback !== undefined) {
      receiveCallback(this.#run, command.key, answer, this.#clock);
    } else settle(this.#run, command.key, answer, this.#clock);
  }

  /** With nothing else to do, time passes until the earliest wait is over. */
  #wakeNext(): boolean {
    const next = this.#waits.reduce(
      (earliest, wait) => (wait.until < earliest.until ? wait : earliest),
      this.#waits[0] ?? NEVER,
    );
    if (next === NEVER) return false;
    this.#waits = this.#waits.filter((wait) => wait !== next);
    this.#clock.moveTo(next.until);
    wake(this.#run, next.key, this.#clock);
    return true;
  }

  #answer(name: string): Outcome {
    const mock = this.#mocks.get(name);
    const time = this.#times.get(name) ?? 0;
    this.#times.set(name, time + 1);
    const chosen = Array.isArray(mock) ? (mock[Math.min(time, mock.length - 1)] ?? undefined) : mock;
    if (isJsonObject(chosen)) return readOutcome(chosen);
    const message = `The mocks say nothing about '${name}': add it under "actions" with "outputs" or "error".`;
    return { status: 'Failed', code: 'MockMissing', error: { code: 'MockMissing', message } };
  }
}

const NEVER = { key: '', until: Number.POSITIVE_INFINITY };

class TestClock implements Clock {
  #now: number;
  #seed = 1;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** A small generator with a fixed seed (Numerical Recipes' constants): tests repeat. */
  random(): number {
    this.#seed = (this.#seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return this.#seed / 4_294_967_296;
  }

  moveTo(instant: number): void {
    this.#now = Math.max(this.#now, instant);
  }
}

function readOutcome(mock: JsonObject): Outcome {
  const outputs = mock.outputs;
  const statusCode = isJsonObject(outputs) ? Number(outputs.statusCode ?? 200) : 200;
  const error = isJsonObject(mock.error)
    ? {
        code: String(mock.error.code ?? 'ActionFailed'),
        message: String(mock.error.message ?? 'The mock says that it failed.'),
      }
    : undefined;
  const failed = error !== undefined || mock.error === true || statusCode >= 400;
  const status = mock.status === 'TimedOut' ? 'TimedOut' : failed ? 'Failed' : 'Succeeded';
  const failure = error ?? { code: String(statusCode), message: `The mock answers ${statusCode}.` };
  return {
    status,
    ...(outputs === undefined ? {} : { outputs }),
    ...(status === 'Succeeded' ? {} : { code: failure.code, error: failure }),
  };
}

function readMocks(mocks: Json | undefined): Map<string, Json> {
  const actions = isJsonObject(mocks) && isJsonObject(mocks.actions) ? mocks.actions : {};
  return new Map(Object.entries(actions));
}

function readTriggerOutputs(trigger: Json | undefined): JsonObject {
  if (!isJsonObject(trigger)) return { body: trigger ?? null };
  if (isJsonObject(trigger.outputs)) return trigger.outputs;
  return Object.hasOwn(trigger, 'body') || Object.hasOwn(trigger, 'headers') ? trigger : { body: trigger };
}
