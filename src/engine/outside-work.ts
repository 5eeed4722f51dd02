/**
 * What runs ask of the world: calls, inline code, child flows. Each goes on until its outcome is there or it is
 * aborted; what it means for the run is decided elsewhere.
 */
import type { CallCommand, ChildCommand, CodeCommand, Outcome } from '../flow/index.ts';
import type { CallOutcome, Gateway } from '../gateway/index.ts';
import { sendCall } from './call-sender.ts';
import type { SubscribeRequest } from './callbacks/callbacks.ts';
import type { ChildRequest } from './children.ts';
import type { ChildWait, HostedRun } from './hosted-run.ts';
import type { Observation } from './observation.ts';
import { toCrashOutcome, toOutcome } from './outcome.ts';
import type { EngineLog } from './types.ts';

export interface OutsideWorkOptions {
  readonly gateway: Gateway;
  readonly observation: Observation;
  readonly log: EngineLog;
  /** Runs inline code. */
  runCode(command: CodeCommand, signal: AbortSignal): Promise<Outcome>;
  /** Runs another flow and waits for its answer. */
  startChild(request: ChildRequest): Promise<Outcome>;
  /** Asks the service of a webhook action to call back. */
  subscribe(request: SubscribeRequest): Promise<CallOutcome>;
  /** The time of a webhook action is up: takes no more callbacks for it, and gives the one that came before. */
  giveUp(runId: string, key: string, signal: AbortSignal): Promise<Outcome | undefined>;
}

export interface OutsideWorkEvents {
  /** Whether a run is here and goes on. */
  mayBegin(hosted: HostedRun): boolean;
  /** Work has ended; aborted work too, whose outcome says nothing about its action. */
  ended(hosted: HostedRun, key: string, controller: AbortController, outcome: Outcome): void;
  /** A child has been started, and its answer is all that is missing. */
  childStarted(hosted: HostedRun, wait: ChildWait): void;
  /** A webhook action waits no longer: nothing came in its time, or this. */
  gaveUp(hosted: HostedRun, key: string, controller: AbortController, came: Outcome | undefined): void;
}

export class OutsideWork {
  readonly #options: OutsideWorkOptions;
  readonly #events: OutsideWorkEvents;

  constructor(options: OutsideWorkOptions, events: OutsideWorkEvents) {
    this.#options = options;
    this.#events = events;
  }

  call(hosted: HostedRun, command: CallCommand): void {
    if (!this.#events.mayBegin(hosted)) return;
    const { run, loaded } = hosted;
    const { key } = command;
    const { signal, done } = this.#begin(hosted, hosted.calls, key);
    const { gateway, observation, log } = this.#options;
    const traceparent = observation.traceparentOf(run, key);
    const sentAt = performance.now();
    const deadline = run.open.get(key)?.callback?.deadline;
    const sent =
      deadline === undefined
        ? sendCall(gateway, loaded, run.id, command, signal, traceparent)
        : this.#options.subscribe({ loaded, runId: run.id, command, deadline, signal, traceparent });
    sent.then(
      (outcome) => {
        observation.callEnded(outcome.error?.code, performance.now() - sentAt);
        done(toOutcome(outcome, isRepeatable(hosted, command)));
      },
      (error: unknown) => {
        log.error({ runId: run.id, key, error: String(error) }, 'A call failed unexpectedly.');
        done(toCrashOutcome(error));
      },
    );
  }

  /** Code has no authority: a stop does not wait for it, since it is begun again. */
  runCode(hosted: HostedRun, command: CodeCommand): void {
    if (!this.#events.mayBegin(hosted)) return;
    const { signal, done } = this.#begin(hosted, hosted.outside, command.key);
    this.#options.runCode(command, signal).then(done, (error: unknown) => done(toCrashOutcome(error)));
  }

  /** Notes work as under way among its kind; `done` takes it from there again and tells of its outcome. */
  #begin(hosted: HostedRun, kind: Map<string, AbortController>, key: string) {
    const controller = new AbortController();
    kind.set(key, controller);
    const done = (outcome: Outcome) => {
      if (kind.get(key) === controller) kind.delete(key);
      this.#events.ended(hosted, key, controller, outcome);
    };
    return { signal: controller.signal, done };
  }

  /** Starts a child, or finds the one that was started, and waits for its answer. */
  runChild(hosted: HostedRun, command: ChildCommand): void {
    if (!this.#events.mayBegin(hosted)) return;
    const { run, loaded } = hosted;
    const { key } = command;
    const controller = new AbortController();
    const wait: ChildWait = { command, controller, since: undefined, timer: undefined };
    hosted.children.set(key, wait);
    const done = (outcome: Outcome) => {
      clearTimeout(wait.timer);
      if (hosted.children.get(key) === wait) hosted.children.delete(key);
      this.#events.ended(hosted, key, controller, outcome);
    };
    const request = {
      parent: loaded,
      parentRunId: run.id,
      parentTrigger: run.trigger,
      startedAt: run.open.get(key)?.startedAt ?? 0,
      command,
      signal: controller.signal,
      waiting: () => this.#events.childStarted(hosted, wait),
    };
    this.#options.startChild(request).then(done, (error: unknown) => done(toCrashOutcome(error)));
  }

  /** A callback may be on its way in this very moment: the database says whether it came in time. */
  giveUpCallback(hosted: HostedRun, key: string): void {
    const { id: runId } = hosted.run;
    const controller = new AbortController();
    hosted.outside.set(key, controller);
    const end = (came: Outcome | undefined) => {
      if (hosted.outside.get(key) === controller) hosted.outside.delete(key);
      this.#events.gaveUp(hosted, key, controller, came);
    };
    this.#options.giveUp(runId, key, controller.signal).then(end, (error: unknown) => {
      // Whoever has the run next gives up in its place.
      if (!controller.signal.aborted)
        this.#options.log.error({ runId, key, error: String(error) }, 'A webhook action could not give up.');
    });
  }
}

function isRepeatable(hosted: HostedRun, command: CallCommand): boolean {
  const traits = hosted.loaded.traits(command.action);
  return traits.idempotent || traits.keyed;
}
