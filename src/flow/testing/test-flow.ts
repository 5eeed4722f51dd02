import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { compileFlow } from '../compile.ts';
import { createRun } from '../machine/run.ts';
import type { ChildCommand, FlowFailure, Outcome, Run, RunResponse } from '../machine/types.ts';
import { type ActionView, viewActions } from '../machine/view.ts';
import { type Firing, type FiringInput, fireTrigger } from '../trigger.ts';
import type { CompiledFlow, CompiledTrigger, FlowDefinition, RunStatus } from '../types.ts';
import { Mocks } from './mocks.ts';
import { TestClock } from './test-clock.ts';
import {
  type CodeRequest,
  judgeChild,
  readChildOutputs,
  refuseCode,
  TestHost,
  type TestSteps,
} from './test-host.ts';

/** What a test of a flow gives: the trigger's outputs and, per action, what the outside answers. */
export interface FlowTestInput {
  /** The trigger's outputs (`{body, headers, …}`), or a record with `outputs`; anything else is taken as the body. */
  readonly trigger?: Json | undefined;
  /** Which trigger fires; the first one unless given. */
  readonly triggerName?: string | undefined;
  /**
   * `{"actions": {"Name": {outputs} | {error} | [first time, second time, …]}}`; `"flows"` holds the same for child
   * flows by their name.
   */
  readonly mocks?: Json | undefined;
  readonly parameters?: JsonObject | undefined;
  /** Epoch milliseconds at which the run begins; waits move this clock, nobody waits. */
  readonly now?: number | undefined;
  /** The definition of a flow that this one runs, by the name under which it does. */
  readonly findFlow?: ((name: string) => FlowDefinition | undefined) | undefined;
}

export interface FlowTestResult {
  /** `NotStarted` when the trigger's conditions do not hold, or the mocks cannot be read. */
  readonly status: RunStatus | 'NotStarted';
  readonly error: FlowFailure | undefined;
  readonly response: RunResponse | undefined;
  readonly actions: readonly ActionView[];
  /** The keys of what was carried out, in the order in which it began. */
  readonly order: readonly string[];
  /** Mocked names that no action of the flow has. */
  readonly unknownMocks: readonly string[];
}

/** A flow that runs itself would never end; the published limit of nesting is below this. */
const MAX_CHILD_DEPTH = 32;

/**
 * Runs a definition on the real state machine, in memory, with the outcome of each call taken from the mocks.
 * With `splitOn` the first element is run. Inline code needs a mock here.
 *
 * @throws FlowError when the definition does not compile.
 */
export function testFlow(definition: FlowDefinition, input: FlowTestInput = {}): FlowTestResult {
  const steps = runTest(definition, input);
  let step = steps.next();
  while (!step.done) step = steps.next(refuseCode(step.value));
  return step.value;
}

/**
 * The same, with inline code really run by `runCode`, where no mock answers for it.
 *
 * @throws FlowError when the definition does not compile.
 */
export async function testFlowWithCode(
  definition: FlowDefinition,
  input: FlowTestInput,
  runCode: (request: CodeRequest) => Promise<Outcome>,
): Promise<FlowTestResult> {
  const steps = runTest(definition, input);
  let step = steps.next();
  while (!step.done) step = steps.next(await runCode(step.value));
  return step.value;
}

function* runTest(definition: FlowDefinition, input: FlowTestInput): TestSteps<FlowTestResult> {
  const flow = compileFlow(definition);
  const clock = new TestClock(input.now ?? Date.UTC(2026, 0, 1));
  const mocks = new Mocks(input.mocks);
  const unknownMocks = findUnknownMocks(flow, mocks);
  const fault = mocks.findFault();
  const started: Fired =
    fault === undefined ? fire(flow, input, clock) : { failure: { code: 'MockInvalid', message: fault } };
  if ('failure' in started) {
    const { failure: error } = started;
    return { status: 'NotStarted', error, response: undefined, actions: [], order: [], unknownMocks };
  }
  const { run, host } = prepare(flow, started.record, { input, mocks, clock, depth: 0 });
  yield* host.steps();
  const actions = viewActions(flow, host.events);
  const skipped = new Set(host.events.flatMap(({ key, status }) => (status === 'Skipped' ? [key] : [])));
  const order = [...new Set(host.events.map(({ key }) => key))].filter((key) => !skipped.has(key));
  return { status: run.status, error: run.error, response: host.response, actions, order, unknownMocks };
}

type Fired = { readonly record: JsonObject } | { readonly failure: FlowFailure };

function fire(flow: CompiledFlow, input: FlowTestInput, clock: TestClock): Fired {
  const { triggerName, parameters = {} } = input;
  const trigger =
    triggerName === undefined
      ? flow.triggers[0]
      : flow.triggers.find(({ name }) => name.toLowerCase() === triggerName.toLowerCase());
  const outputs = readTriggerOutputs(input.trigger);
  if (trigger === undefined) {
    if (triggerName === undefined) return { record: { name: 'manual', status: 'Succeeded', outputs } };
    const message = `The flow has no trigger '${triggerName}'.`;
    return { failure: { code: 'TriggerNotFound', message } };
  }
  const firing = fireSplit(flow, trigger, { outputs, now: clock.now(), parameters });
  if (firing.kind === 'skipped') {
    return { failure: { code: 'TriggerConditionNotMet', message: firing.reason } };
  }
  if (firing.kind === 'failed') return { failure: { code: firing.code, message: firing.message } };
  const [record] = firing.triggers;
  if (record !== undefined) return { record };
  return {
    failure: { code: 'NothingToSplit', message: '"splitOn" gave an empty array: no run is started.' },
  };
}

/** A test may give what `splitOn` takes apart, or one element of it as the body. */
function fireSplit(flow: CompiledFlow, trigger: CompiledTrigger, input: FiringInput): Firing {
  const firing = fireTrigger(flow, trigger, input);
  const isWhole = firing.kind === 'failed' && firing.code === 'InvalidSplitOn';
  return isWhole ? fireTrigger(flow, { ...trigger, splitOn: undefined }, input) : firing;
}

interface Surroundings {
  readonly input: FlowTestInput;
  readonly mocks: Mocks;
  readonly clock: TestClock;
  readonly depth: number;
}

function prepare(
  flow: CompiledFlow,
  trigger: JsonObject,
  around: Surroundings,
): { run: Run; host: TestHost } {
  const { input, mocks, clock } = around;
  const run = createRun({
    id: '00000000-0000-7000-8000-000000000000',
    flow,
    flowInfo: { id: 'test', name: 'test', displayName: 'Test', environment: 'test' },
    trigger,
    parameters: input.parameters ?? {},
    traits: () => ({ idempotent: false, keyed: false }),
    callbackUrl: (key) => `https://patchbay.example/hooks/${key === undefined ? 'trigger' : 'callback'}`,
    substitute: (action, key) => mocks.next(key, action.name)?.outcome,
  });
  return { run, host: new TestHost(run, clock, mocks, (command) => runChild(command, around)) };
}

/** A child flow's run, with its own mocks and the same clock. */
function runChild(command: ChildCommand, around: Surroundings): TestSteps<Outcome> | undefined {
  const definition = around.input.findFlow?.(command.flow);
  if (definition === undefined || around.depth >= MAX_CHILD_DEPTH) return undefined;
  return childSteps(compileFlow(definition), command, around);
}

function* childSteps(flow: CompiledFlow, command: ChildCommand, around: Surroundings): TestSteps<Outcome> {
  const { clock, mocks, depth } = around;
  const input: FlowTestInput = {
    ...around.input,
    trigger: readChildOutputs(command),
    triggerName: command.trigger,
  };
  const started = fire(flow, input, clock);
  if ('failure' in started) return { status: 'Failed', code: started.failure.code, error: started.failure };
  const { run, host } = prepare(flow, started.record, {
    input,
    mocks: mocks.ofFlow(command.flow),
    clock,
    depth: depth + 1,
  });
  yield* host.steps();
  return judgeChild(run, host.response);
}

/** A misspelt name in the mocks would otherwise only show as a missing mock somewhere else. */
function findUnknownMocks(flow: CompiledFlow, mocks: Mocks): string[] {
  return mocks.names().filter((name) => {
    const last = name.slice(name.lastIndexOf(']/') + (name.includes(']/') ? 2 : 0));
    return !flow.actions.has(name) && !flow.actions.has(last);
  });
}

function readTriggerOutputs(trigger: Json | undefined): JsonObject {
  if (!isJsonObject(trigger)) return { body: trigger ?? null };
  if (isJsonObject(trigger.outputs)) return trigger.outputs;
  return Object.hasOwn(trigger, 'body') || Object.hasOwn(trigger, 'headers') ? trigger : { body: trigger };
}
