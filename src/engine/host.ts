/**
 * The host carries out what the machine decides.
 *
 * Invariants
 * 1. A command that needs its intent on record (`commitFirst`), an answer to a caller and the end of a run wait
 *    for the commit of the events that came before them; nothing else does.
 * 2. A run is hosted by one node. When the journal says that another node owns it, it is let go at once.
 * 3. A run that only waits, for long, is not in memory: its lease says when it wakes, the answer of a child or a
 *    callback wakes it sooner. Who waits for its answer waits on, whichever node gives it.
 */
import { setImmediate as onNextTurn } from 'node:timers';
import { type Json, stringifyJson } from '../base/index.ts';
import {
  advance,
  type CallCommand,
  type ChildCommand,
  type Clock,
  type CodeCommand,
  type Command,
  type CompiledFlow,
  cancelRun,
  hasWork,
  type Outcome,
  type Run,
  type RunEvent,
  type RunResponse,
  type RunStatus,
  receiveCallback,
  settle,
  takeEvents,
  wake,
} from '../flow/index.ts';
import type { CallOutcome, Gateway } from '../gateway/index.ts';
import type { JournalEntry, RunEndRow, RunStartRow } from '../store/index.ts';
import { sendCall } from './call-sender.ts';
import type { SubscribeRequest } from './callbacks/callbacks.ts';
import type { ChildRequest } from './children.ts';
import { encodeEvent } from './event-codec.ts';
import type { LoadedFlow } from './flow-cache.ts';
import type { Journal } from './journal.ts';
import type { Observation } from './observation.ts';
import { toCrashOutcome, toOutcome } from './outcome.ts';
import type { OpenAction } from './run-reader.ts';
import type { EngineLog, RunProgress, Sealer } from './types.ts';

/** Who waits for a run: a caller of a Request trigger, or nobody. */
export interface RunWaiter {
  /** Aborted when the caller waits no longer. */
  readonly signal?: AbortSignal;
  /** The run's first commit is done. */
  onAccepted?(): void;
  onResponse?(response: RunResponse): void;
  onFinished?(status: RunStatus): void;
}

interface HostedRun {
  readonly run: Run;
  readonly loaded: LoadedFlow;
  /** The row of a new run, until it is handed to the journal. */
  start: RunStartRow | undefined;
  waiter: RunWaiter | undefined;
  /** The caller who waited here has the answer: nobody elsewhere waits for it. */
  hasAnsweredHere: boolean;
  isStored: boolean;
  readonly calls: Map<string, AbortController>;
  /** Code that runs. */
  readonly outside: Map<string, AbortController>;
  readonly children: Map<string, ChildWait>;
  readonly waits: Map<string, { readonly until: number; readonly timer: NodeJS.Timeout | undefined }>;
  /** Entries handed to the journal and not committed. */
  uncommitted: number;
  driving: boolean;
}

/** A child that is being started, or whose answer is waited for. */
interface ChildWait {
  readonly command: ChildCommand;
  readonly controller: AbortController;
  /** Since when only its answer is missing, epoch milliseconds. */
  since: number | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Takes runs that begin or go on. */
export interface RunIntake {
  /** `start` is the row of a run that is not stored yet. */
  host(run: Run, loaded: LoadedFlow, start?: RunStartRow, waiter?: RunWaiter): void;
}

export interface HostOptions {
  readonly gateway: Gateway;
  readonly journal: Pick<Journal, 'append'>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** A wait shorter than this, in milliseconds, is a timer; a longer one lets the run leave memory. */
  readonly parkAfterMs?: number;
  /**
   * Lets a run sleep in the database until an instant, or until one of its children answers. False: the run could not
   * be parked and stays.
   */
  park(runId: string, wakeAt: number, hasChildren: boolean): Promise<boolean>;
  progress(progress: RunProgress): void;
  /** Runs inline code. */
  runCode(command: CodeCommand, signal: AbortSignal): Promise<Outcome>;
  /** Runs another flow and waits for its answer. */
  startChild(request: ChildRequest): Promise<Outcome>;
  readonly observation: Observation;
  /** Nobody waits for the child of a run any more. */
  abandonChild(runId: string, key: string): void;
  /** A run that a caller or a parent may wait for elsewhere has answered, or has ended. */
  answered(run: Run): void;
  /** A run has ended, and that is on record. */
  ended(loaded: LoadedFlow, run: Run): void;
  /** Brings somebody the answer of a run that is no longer here. */
  awaitElsewhere(runId: string, flow: CompiledFlow, waiter: RunWaiter): void;
  /** Asks the service of a webhook action to call back. */
  subscribe(request: SubscribeRequest): Promise<CallOutcome>;
  /** A webhook action has ended, and that is on record. */
  release(runId: string, key: string, unsubscribe: boolean): void;
}

const PARK_AFTER_MS = 5_000;
/**
 * A run that waits for a child is woken by it. Should nobody have been there to do so, it looks by itself, at first
 * after a minute, then ever less often.
 */
const CHILD_LOOK_MS = 60_000;
/** Longest delay a timer takes (32 bits). */
const MAX_TIMER_MS = 2_147_483_647;

export class Host implements RunIntake {
  readonly #options: HostOptions;
  readonly #runs = new Map<string, HostedRun>();
  /** Runs that have left memory and whose lease does not say so yet. */
  readonly #parking = new Set<string>();
  #stopping = false;
  #idle: (() => void) | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  /** Takes a run that has begun or was restored, and drives it. `start` is the row of one that is not stored yet. */
  host(run: Run, loaded: LoadedFlow, start?: RunStartRow, waiter?: RunWaiter): void {
    const hosted: HostedRun = {
      run,
      loaded,
      start,
      waiter,
      hasAnsweredHere: false,
      isStored: start === undefined,
      calls: new Map(),
      outside: new Map(),
      children: new Map(),
      waits: new Map(),
      uncommitted: 0,
      driving: false,
    };
    this.#runs.set(run.id, hosted);
    if (start !== undefined || run.nextSeq === 1) this.#options.observation.runStarted();
    // Whoever carried it out before may have died before those who wait heard of the answer.
    if (start === undefined && run.responded) this.#options.answered(run);
    this.#drive(hosted);
  }

  has(runId: string): boolean {
    return this.#runs.has(runId);
  }

  /** Whether a run is being put to sleep: in a moment it either sleeps or is here again. */
  isParking(runId: string): boolean {
    return this.#parking.has(runId);
  }

  get size(): number {
    return this.#runs.size;
  }

  /** Actions of a run that are under way here. */
  listOpen(runId: string): OpenAction[] {
    const hosted = this.#runs.get(runId);
    return [...(hosted?.run.open.values() ?? [])].map((state) => ({
      key: state.key,
      name: state.action.name,
      type: state.action.type,
      startedAt: state.startedAt,
      attempt: state.attempt,
    }));
  }

  /** Cancels a run that is here. */
  cancel(runId: string): boolean {
    const hosted = this.#runs.get(runId);
    if (!hosted) return false;
    cancelRun(hosted.run, this.#options.clock);
    this.#drive(hosted);
    return true;
  }

  /**
   * Gives what a webhook action was called back with to a run that is here. True also for a run that is being put to
   * sleep: that sees the callback and keeps the run.
   */
  deliver(runId: string, key: string, outcome: Outcome): boolean {
    const hosted = this.#runs.get(runId);
    if (!hosted) return this.#parking.has(runId);
    if (receiveCallback(hosted.run, key, outcome, this.#options.clock)) this.#drive(hosted);
    return true;
  }

  /** Cancels what is here of a flow that is being deleted. */
  cancelFlow(flowId: string): void {
    for (const hosted of [...this.#runs.values()])
      if (hosted.loaded.info.id === flowId) this.cancel(hosted.run.id);
  }

  /** Waits until calls under way have come back, at most `graceMs`; what is still open then is taken up at the next start. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    for (const hosted of this.#runs.values()) clearTimers(hosted);
    if (this.#hasCalls()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        this.#idle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    for (const hosted of this.#runs.values()) abortAll(hosted);
    this.#runs.clear();
  }

  #hasCalls(): boolean {
    for (const hosted of this.#runs.values())
      if (hosted.calls.size > 0 || hosted.uncommitted > 0) return true;
    return false;
  }

  #drive(hosted: HostedRun): void {
    if (hosted.driving) return;
    hosted.driving = true;
    const { run } = hosted;
    const commands = advance(run, this.#options.clock);
    const events = takeEvents(run);
    this.#options.observation.eventsAppended(run, events);
    hosted.driving = false;
    const { now, afterCommit } = sortCommands(commands);
    this.#append(hosted, events, afterCommit);
    for (const command of now) this.#carryOut(hosted, command);
    if (hasWork(run)) onNextTurn(() => this.#driveIfHere(hosted));
  }

  #driveIfHere(hosted: HostedRun): void {
    if (this.#runs.get(hosted.run.id) === hosted) this.#drive(hosted);
  }

  #append(hosted: HostedRun, events: readonly RunEvent[], afterCommit: readonly Command[]): void {
    const { run, start } = hosted;
    const end = buildEnd(run, afterCommit, this.#options.clock);
    if (start === undefined && events.length === 0 && end === undefined) {
      for (const command of afterCommit) this.#carryOut(hosted, command);
      return;
    }
    hosted.start = undefined;
    if (hosted.loaded.stateless) return this.#keepInMemory(hosted, start !== undefined, events, afterCommit);
    hosted.uncommitted++;
    const entry: JournalEntry = {
      runId: run.id,
      start,
      events: events.map((event) => encodeEvent(run.id, event, run.flow, this.#options.sealer)),
      end,
    };
    this.#options.journal.append(entry, (verdict) => {
      hosted.uncommitted--;
      if (verdict === 'lost') return this.#letGo(hosted);
      this.#onCommitted(hosted, start !== undefined, events, afterCommit);
    });
  }

  /** A stateless run goes on at once: nothing of it is written, so there is nothing to wait for. */
  #keepInMemory(
    hosted: HostedRun,
    isStart: boolean,
    events: readonly RunEvent[],
    afterCommit: readonly Command[],
  ): void {
    onNextTurn(() => {
      if (this.#runs.get(hosted.run.id) === hosted) this.#onCommitted(hosted, isStart, events, afterCommit);
    });
  }

  #onCommitted(
    hosted: HostedRun,
    isStart: boolean,
    events: readonly RunEvent[],
    afterCommit: readonly Command[],
  ): void {
    hosted.isStored = true;
    if (isStart) hosted.waiter?.onAccepted?.();
    const { run } = hosted;
    this.#options.progress({ runId: run.id, status: run.status, keys: events.map((event) => event.key) });
    for (const command of afterCommit) this.#carryOut(hosted, command);
    this.#parkIfAsleep(hosted);
    this.#checkIdle();
  }

  #carryOut(hosted: HostedRun, command: Command): void {
    switch (command.type) {
      case 'call':
        return this.#call(hosted, command);
      case 'wait':
        return this.#wait(hosted, command.key, command.until);
      case 'respond':
        return this.#respond(hosted, command.response);
      case 'abort':
        return abort(hosted, command.key);
      case 'release':
        return this.#options.release(hosted.run.id, command.key, command.unsubscribe);
      case 'runCode':
        return this.#runOutside(hosted, command, (signal) => this.#options.runCode(command, signal));
      case 'startChild':
        return this.#runChild(hosted, command);
      case 'abandon':
        return this.#options.abandonChild(hosted.run.id, command.key);
      case 'finish':
        return this.#finish(hosted, command.status);
    }
  }

  #respond(hosted: HostedRun, response: RunResponse): void {
    hosted.hasAnsweredHere = hosted.waiter?.onResponse !== undefined;
    if (hosted.waiter?.onResponse) hosted.waiter.onResponse(response);
    else this.#options.answered(hosted.run);
    hosted.waiter = undefined;
  }

  #call(hosted: HostedRun, command: CallCommand): void {
    const { run, loaded } = hosted;
    if (run.status !== 'Running' || this.#stopping || this.#runs.get(run.id) !== hosted) return;
    const controller = new AbortController();
    hosted.calls.set(command.key, controller);
    const { gateway, observation } = this.#options;
    const traceparent = observation.traceparentOf(run, command.key);
    const sentAt = performance.now();
    const { signal } = controller;
    const deadline = run.open.get(command.key)?.callback?.deadline;
    const sent =
      deadline === undefined
        ? sendCall(gateway, loaded, run.id, command, signal, traceparent)
        : this.#options.subscribe({ loaded, runId: run.id, command, deadline, signal, traceparent });
    sent.then(
      (outcome) => {
        observation.callEnded(outcome.error?.code, performance.now() - sentAt);
        this.#onOutcome(hosted, command.key, controller, toOutcome(outcome, isRepeatable(hosted, command)));
      },
      (error: unknown) => {
        this.#options.log.error(
          { runId: run.id, key: command.key, error: String(error) },
          'A call failed unexpectedly.',
        );
        this.#onOutcome(hosted, command.key, controller, toCrashOutcome(error));
      },
    );
  }

  /** Code has no authority: a stop does not wait for it, since it is begun again. */
  #runOutside(hosted: HostedRun, { key }: CodeCommand, run: (signal: AbortSignal) => Promise<Outcome>): void {
    if (hosted.run.status !== 'Running' || this.#stopping || this.#runs.get(hosted.run.id) !== hosted) return;
    const controller = new AbortController();
    hosted.outside.set(key, controller);
    const done = (outcome: Outcome) => {
      if (hosted.outside.get(key) === controller) hosted.outside.delete(key);
      this.#onOutcome(hosted, key, controller, outcome);
    };
    run(controller.signal).then(done, (error: unknown) => done(toCrashOutcome(error)));
  }

  /** Starts a child, or finds the one that was started, and waits for its answer. */
  #runChild(hosted: HostedRun, command: ChildCommand): void {
    const { run, loaded } = hosted;
    const { key } = command;
    if (run.status !== 'Running' || this.#stopping || this.#runs.get(run.id) !== hosted) return;
    const controller = new AbortController();
    const wait: ChildWait = { command, controller, since: undefined, timer: undefined };
    hosted.children.set(key, wait);
    const done = (outcome: Outcome) => {
      clearTimeout(wait.timer);
      if (hosted.children.get(key) === wait) hosted.children.delete(key);
      this.#onOutcome(hosted, key, controller, outcome);
    };
    const request = {
      parent: loaded,
      parentRunId: run.id,
      parentTrigger: run.trigger,
      startedAt: run.open.get(key)?.startedAt ?? 0,
      command,
      signal: controller.signal,
      waiting: () => this.#onChildWaiting(hosted, wait),
    };
    this.#options.startChild(request).then(done, (error: unknown) => done(toCrashOutcome(error)));
  }

  #onChildWaiting(hosted: HostedRun, wait: ChildWait): void {
    if (wait.controller.signal.aborted || this.#stopping) return;
    wait.since = this.#options.clock.now();
    wait.timer = setTimeout(() => this.#parkIfAsleep(hosted), this.#parkAfterMs + 1);
  }

  #onOutcome(hosted: HostedRun, key: string, controller: AbortController, outcome: Outcome): void {
    if (hosted.calls.get(key) === controller) hosted.calls.delete(key);
    // A call that was given up on because the server stops or the run is gone says nothing about the action.
    if (this.#runs.get(hosted.run.id) !== hosted || controller.signal.aborted) return this.#checkIdle();
    settle(hosted.run, key, outcome, this.#options.clock);
    this.#drive(hosted);
    this.#parkIfAsleep(hosted);
  }

  #wait(hosted: HostedRun, key: string, until: number): void {
    this.#arm(hosted, key, until);
    this.#parkIfAsleep(hosted);
  }

  /** Sets the timer of a wait. A host that stops sets none: it would keep the process alive for as long. */
  #arm(hosted: HostedRun, key: string, until: number): void {
    const delay = Math.max(0, until - this.#options.clock.now());
    const timer = this.#stopping
      ? undefined
      : setTimeout(() => this.#onTimer(hosted, key, until), Math.min(delay, MAX_TIMER_MS));
    hosted.waits.set(key, { until, timer });
  }

  #onTimer(hosted: HostedRun, key: string, until: number): void {
    if (this.#runs.get(hosted.run.id) !== hosted) return;
    if (until > this.#options.clock.now()) return this.#wait(hosted, key, until);
    hosted.waits.delete(key);
    wake(hosted.run, key, this.#options.clock);
    this.#drive(hosted);
  }

  #finish(hosted: HostedRun, status: RunStatus): void {
    clearTimers(hosted);
    this.#runs.delete(hosted.run.id);
    this.#options.observation.runEnded(hosted.run, status, this.#options.clock.now());
    const isHeardHere = hosted.hasAnsweredHere || hosted.waiter?.onResponse !== undefined;
    if (!isHeardHere && hosted.run.flow.hasResponse) this.#options.answered(hosted.run);
    hosted.waiter?.onFinished?.(status);
    this.#options.ended(hosted.loaded, hosted.run);
    this.#checkIdle();
  }

  /** Another node owns the run: nothing of it may happen here any more. */
  #letGo(hosted: HostedRun): void {
    clearTimers(hosted);
    abortAll(hosted);
    if (this.#runs.get(hosted.run.id) === hosted) this.#runs.delete(hosted.run.id);
    this.#options.log.warn({ runId: hosted.run.id }, 'Another node has taken the run over.');
    const { run, waiter } = hosted;
    if (waiter?.onResponse && hosted.isStored) this.#options.awaitElsewhere(run.id, run.flow, waiter);
    else waiter?.onFinished?.('Failed');
    this.#checkIdle();
  }

  #parkIfAsleep(hosted: HostedRun): void {
    const { run, waits, calls, children } = hosted;
    if (hosted.loaded.stateless || this.#stopping || run.status !== 'Running') return;
    if (calls.size > 0 || hosted.outside.size > 0 || waits.size + children.size === 0) return;
    if (hosted.uncommitted > 0 || hasWork(run)) return;
    const now = this.#options.clock.now();
    const isFresh = ({ since }: ChildWait) => since === undefined || now - since < this.#parkAfterMs;
    if ([...children.values()].some(isFresh)) return;
    const wakeAt = Math.min(
      ...[...waits.values()].map((wait) => wait.until),
      ...[...children.keys()].map((key) => now + decideChildLook(run, key, now)),
    );
    if (wakeAt - now < this.#parkAfterMs || this.#runs.get(run.id) !== hosted) return;
    clearTimers(hosted);
    for (const child of children.values()) child.controller.abort();
    this.#runs.delete(run.id);
    this.#parking.add(run.id);
    const parking = this.#options
      .park(run.id, wakeAt, children.size > 0)
      .finally(() => this.#parking.delete(run.id));
    parking.then(
      (parked) => (parked ? this.#onParked(hosted) : this.#stay(hosted)),
      (error: unknown) => {
        this.#options.log.warn(
          { runId: run.id, error: String(error) },
          'A sleeping run could not be put down; it stays in memory.',
        );
        this.#stay(hosted);
      },
    );
  }

  /** Whoever carries the run on, its answer reaches who waits here. */
  #onParked({ run, waiter }: HostedRun): void {
    if (waiter?.onResponse) this.#options.awaitElsewhere(run.id, run.flow, waiter);
  }

  #stay(hosted: HostedRun): void {
    // Who thought that it sleeps has taken it up meanwhile: one of them carries it on.
    if (this.#runs.has(hosted.run.id)) return this.#onParked(hosted);
    this.#runs.set(hosted.run.id, hosted);
    const commands = [...hosted.children.values()].map(({ command }) => command);
    hosted.children.clear();
    for (const command of commands) this.#runChild(hosted, command);
    for (const [key, { until }] of [...hosted.waits]) this.#arm(hosted, key, until);
  }

  get #parkAfterMs(): number {
    return this.#options.parkAfterMs ?? PARK_AFTER_MS;
  }

  #checkIdle(): void {
    if (this.#idle && !this.#hasCalls()) this.#idle();
  }
}

/** What may happen at once, and what waits for the commit of the events before it. */
function sortCommands(commands: readonly Command[]): { now: Command[]; afterCommit: Command[] } {
  const now: Command[] = [];
  const afterCommit: Command[] = [];
  for (const command of commands) {
    const waits =
      command.type === 'respond' ||
      command.type === 'release' ||
      command.type === 'finish' ||
      command.type === 'startChild' ||
      command.type === 'abandon' ||
      (command.type === 'call' && command.commitFirst);
    (waits ? afterCommit : now).push(command);
  }
  return { now, afterCommit };
}

function buildEnd(run: Run, commands: readonly Command[], clock: Clock): RunEndRow | undefined {
  const finish = commands.find((command) => command.type === 'finish');
  if (finish === undefined) return undefined;
  const error: Json | undefined = finish.error && { code: finish.error.code, message: finish.error.message };
  return { id: run.id, status: finish.status, endedAt: clock.now(), error: error && stringifyJson(error) };
}

function isRepeatable(hosted: HostedRun, command: CallCommand): boolean {
  const traits = hosted.loaded.traits(command.action);
  return traits.idempotent || traits.keyed;
}

function abort(hosted: HostedRun, key: string): void {
  hosted.calls.get(key)?.abort();
  hosted.calls.delete(key);
  hosted.outside.get(key)?.abort();
  hosted.outside.delete(key);
  const child = hosted.children.get(key);
  child?.controller.abort();
  clearTimeout(child?.timer);
  hosted.children.delete(key);
  clearTimeout(hosted.waits.get(key)?.timer);
  hosted.waits.delete(key);
}

function abortAll(hosted: HostedRun): void {
  for (const call of hosted.calls.values()) call.abort();
  for (const work of hosted.outside.values()) work.abort();
  for (const child of hosted.children.values()) child.controller.abort();
}

function clearTimers(hosted: HostedRun): void {
  for (const wait of hosted.waits.values()) clearTimeout(wait.timer);
  for (const child of hosted.children.values()) clearTimeout(child.timer);
}

/** How long a run sleeps before it looks for a child's answer by itself: as long as it has waited for it. */
function decideChildLook(run: Run, key: string, now: number): number {
  return Math.max(CHILD_LOOK_MS, now - (run.open.get(key)?.startedAt ?? now));
}
