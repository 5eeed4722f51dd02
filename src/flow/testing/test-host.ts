import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { advance, beginRun, hasWork, receiveCallback, settle, wake } from '../machine/advance.ts';
import { takeEvents } from '../machine/events.ts';
import type {
  CallCommand,
  ChildCommand,
  CodeCommand,
  Command,
  Outcome,
  Run,
  RunEvent,
  RunResponse,
} from '../machine/types.ts';
import type { Mocks } from './mocks.ts';
import type { TestClock } from './test-clock.ts';

/** Code that no mock answers for; whoever drives the test runs it, or says that it cannot. */
export type CodeRequest = CodeCommand;

/** A test under way: it gives code to be run, takes outcomes, and ends when nothing is left to do. */
export type TestSteps<Result> = Generator<CodeRequest, Result, Outcome>;

/** Runs another flow within the test; `undefined` when nobody knows it. */
export type RunChild = (command: ChildCommand) => TestSteps<Outcome> | undefined;

/** More steps than this in one test is a loop that does not end. */
const MAX_STEPS = 1_000_000;

/** Carries out commands at once: calls by mocks, waits by moving the clock. */
export class TestHost {
  readonly events: RunEvent[] = [];
  response: RunResponse | undefined;
  readonly #run: Run;
  readonly #clock: TestClock;
  readonly #mocks: Mocks;
  readonly #runChild: RunChild;
  /** What happens later: waits that end, and answers that take their time. */
  #later: { key: string; until: number; outcome: Outcome | undefined }[] = [];

  constructor(run: Run, clock: TestClock, mocks: Mocks, runChild: RunChild) {
    this.#run = run;
    this.#clock = clock;
    this.#mocks = mocks;
    this.#runChild = runChild;
  }

  *steps(): TestSteps<void> {
    const run = this.#run;
    beginRun(run);
    for (let count = 0; run.status === 'Running' && count < MAX_STEPS; count++) {
      const commands = advance(run, this.#clock);
      for (const event of takeEvents(run)) this.events.push(event);
      for (const command of commands) yield* this.#carryOut(command);
      if (commands.length === 0 && !hasWork(run) && !this.#passTime()) break;
    }
    for (const event of takeEvents(run)) this.events.push(event);
  }

  *#carryOut(command: Command): TestSteps<void> {
    switch (command.type) {
      case 'respond':
        this.response ??= command.response;
        return;
      case 'wait':
        this.#later.push({ key: command.key, until: command.until, outcome: undefined });
        return;
      case 'abort':
        this.#later = this.#later.filter(({ key }) => key !== command.key);
        return;
      case 'call':
        return this.#answer(command);
      case 'runCode':
        return this.#settle(command.key, this.#mocked(command)?.outcome ?? (yield command));
      case 'startChild':
        return yield* this.#startChild(command);
      default:
        return;
    }
  }

  #mocked({ key, action }: { key: string; action: { name: string } }) {
    return this.#mocks.next(key, action.name);
  }

  #answer(command: CallCommand): void {
    const { key } = command;
    const answer = this.#mocked(command);
    if (answer === undefined) return this.#settle(key, missing(command.action.name));
    const { work } = command.action;
    const limitMs = work.kind === 'call' ? work.timeoutMs : undefined;
    if (limitMs !== undefined && answer.afterMs > limitMs) return this.#settleLater(key, limitMs, TIMED_OUT);
    if (answer.afterMs > 0) return this.#settleLater(key, answer.afterMs, answer.outcome);
    this.#settle(key, answer.outcome);
  }

  *#startChild(command: ChildCommand): TestSteps<void> {
    const answer = this.#mocked(command);
    if (answer !== undefined) {
      if (answer.afterMs > 0) this.#settleLater(command.key, answer.afterMs, answer.outcome);
      else this.#settle(command.key, answer.outcome);
      return;
    }
    const steps = this.#runChild(command);
    this.#settle(command.key, steps === undefined ? unknownFlow(command) : yield* steps);
  }

  #settleLater(key: string, afterMs: number, outcome: Outcome): void {
    this.#later.push({ key, until: this.#clock.now() + afterMs, outcome });
  }

  /** What a mock says of a webhook action is what its callback brings. */
  #settle(key: string, outcome: Outcome): void {
    const state = this.#run.open.get(key);
    if (state?.callback !== undefined) receiveCallback(this.#run, key, outcome, this.#clock);
    else settle(this.#run, key, outcome, this.#clock);
  }

  /** With nothing else to do, time passes until the next thing happens. */
  #passTime(): boolean {
    const [first, ...rest] = this.#later;
    if (first === undefined) return false;
    const next = rest.reduce((earliest, one) => (one.until < earliest.until ? one : earliest), first);
    this.#later = this.#later.filter((one) => one !== next);
    this.#clock.moveTo(next.until);
    if (next.outcome === undefined) wake(this.#run, next.key, this.#clock);
    else this.#settle(next.key, next.outcome);
    return true;
  }
}

const TIMED_OUT: Outcome = failure(
  'ActionTimedOut',
  'The mock answers later than the action waits.',
  'TimedOut',
);

function failure(code: string, message: string, status: 'Failed' | 'TimedOut' = 'Failed'): Outcome {
  return { status, code, error: { code, message } };
}

function missing(name: string): Outcome {
  const message = `The mocks say nothing about '${name}': add it under "actions" with "outputs" or "error".`;
  return failure('MockMissing', message);
}

/** Nobody runs code in a test that is not told how. */
export function refuseCode({ action }: CodeRequest): Outcome {
  return missing(action.name);
}

function unknownFlow({ action, flow }: ChildCommand): Outcome {
  const message = `'${action.name}' runs the flow '${flow}', which is not there: mock the action, or put the flow beside this one.`;
  return failure('MockMissing', message);
}

/** What a child flow's end is for the action that started it. */
export function judgeChild(run: Run, response: RunResponse | undefined): Outcome {
  if (response !== undefined) {
    const outputs: JsonObject = { statusCode: response.statusCode, headers: response.headers };
    if (response.body !== undefined) outputs.body = response.body;
    const code = String(response.statusCode);
    if (response.statusCode < 400) return { status: 'Succeeded', outputs };
    return { ...failure(code, `The child flow answered ${code}.`), outputs };
  }
  if (!run.flow.hasResponse) {
    return { status: 'Succeeded', outputs: { statusCode: 202, headers: {} } };
  }
  const reason = run.error?.message ?? `it ended as ${run.status}`;
  return failure('ChildFlowFailed', `The child flow ended without an answer: ${reason}`);
}

/** The trigger outputs of a child: what its caller sent. */
export function readChildOutputs({ inputs }: ChildCommand): JsonObject {
  return {
    headers: isJsonObject(inputs.headers) ? inputs.headers : {},
    ...(isJsonObject(inputs.queries) ? { queries: inputs.queries } : {}),
    body: inputs.body ?? {},
  };
}
