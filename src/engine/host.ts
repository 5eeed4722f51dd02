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
  type Clock,
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
import type { JournalEntry, RunEndRow, RunStartRow } from '../store/index.ts';
import { encodeEvent } from './event-codec.ts';
import type { LoadedFlow } from './flow-cache.ts';
import {
  abort,
  abortAll,
  clearTimers,
  createHostedRun,
  type HostedRun,
  type RunWaiter,
} from './hosted-run.ts';
import type { Journal } from './journal.ts';
import { OutsideWork, type OutsideWorkOptions } from './outside-work.ts';
import { Parking, type ParkingOptions } from './parking.ts';
import type { OpenAction } from './run-reader.ts';
import type { RunProgress, Sealer } from './types.ts';

/** Takes runs that begin or go on. */
export interface RunIntake {
  /** `start` is the row of a run that is not stored yet. */
  host(run: Run, loaded: LoadedFlow, start?: RunStartRow, waiter?: RunWaiter): void;
}

export interface HostOptions extends Omit<ParkingOptions, 'runs'>, OutsideWorkOptions {
  readonly journal: Pick<Journal, 'append'>;
  readonly sealer: Sealer;
  progress(progress: RunProgress): void;
  /** Nobody waits for the child of a run any more. */
  abandonChild(runId: string, key: string): void;
  /** A run that a caller or a parent may wait for elsewhere has answered, or has ended. */
  answered(run: Run): void;
  /** A run has ended, and that is on record. */
  ended(loaded: LoadedFlow, run: Run): void;
  /** Brings somebody the answer of a run that is no longer here. */
  awaitElsewhere(runId: string, flow: CompiledFlow, waiter: RunWaiter): void;
  /** A webhook action has ended, and that is on record. */
  release(runId: string, key: string, unsubscribe: boolean): void;
}

export class Host implements RunIntake {
  readonly #options: HostOptions;
  readonly #runs = new Map<string, HostedRun>();
  readonly #parking: Parking;
  readonly #outside: OutsideWork;
  #stopping = false;
  #idle: (() => void) | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#parking = new Parking(
      { ...options, runs: this.#runs },
      {
        due: (hosted, key) => this.#onDue(hosted, key),
        left: (hosted) => this.#onLeft(hosted),
        stayed: (hosted, command) => this.#outside.runChild(hosted, command),
      },
    );
    this.#outside = new OutsideWork(options, {
      mayBegin: (hosted) => hosted.run.status === 'Running' && !this.#stopping && this.#isHere(hosted),
      ended: (...work) => this.#onOutcome(...work),
      childStarted: (hosted, wait) => this.#parking.waitForChild(hosted, wait),
      gaveUp: (...work) => this.#onGaveUp(...work),
    });
  }

  /** Takes a run that has begun or was restored, and drives it. `start` is the row of one that is not stored yet. */
  host(run: Run, loaded: LoadedFlow, start?: RunStartRow, waiter?: RunWaiter): void {
    const hosted = createHostedRun(run, loaded, start, waiter);
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
    this.#parking.stop();
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
    if (this.#isHere(hosted)) this.#drive(hosted);
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
      if (this.#isHere(hosted)) this.#onCommitted(hosted, isStart, events, afterCommit);
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
    this.#parking.parkIfAsleep(hosted);
    this.#checkIdle();
  }

  #carryOut(hosted: HostedRun, command: Command): void {
    switch (command.type) {
      case 'call':
        return this.#outside.call(hosted, command);
      case 'wait':
        return this.#parking.wait(hosted, command.key, command.until);
      case 'respond':
        return this.#respond(hosted, command.response);
      case 'abort':
        return abort(hosted, command.key);
      case 'release':
        return this.#options.release(hosted.run.id, command.key, command.unsubscribe);
      case 'runCode':
        return this.#outside.runCode(hosted, command);
      case 'startChild':
        return this.#outside.runChild(hosted, command);
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

  #isHere(hosted: HostedRun): boolean {
    return this.#runs.get(hosted.run.id) === hosted;
  }

  #onOutcome(hosted: HostedRun, key: string, controller: AbortController, outcome: Outcome): void {
    // Work that was given up on because the server stops or the run is gone says nothing about the action.
    if (!this.#isHere(hosted) || controller.signal.aborted) return this.#checkIdle();
    settle(hosted.run, key, outcome, this.#options.clock);
    this.#drive(hosted);
    this.#parking.parkIfAsleep(hosted);
  }

  #onDue(hosted: HostedRun, key: string): void {
    if (hosted.run.open.get(key)?.callback?.awaiting === true)
      return this.#outside.giveUpCallback(hosted, key);
    wake(hosted.run, key, this.#options.clock);
    this.#drive(hosted);
  }

  #onGaveUp(hosted: HostedRun, key: string, { signal }: AbortController, came: Outcome | undefined): void {
    if (!this.#isHere(hosted) || signal.aborted) return;
    if (came === undefined) wake(hosted.run, key, this.#options.clock);
    else receiveCallback(hosted.run, key, came, this.#options.clock);
    this.#drive(hosted);
  }

  /** Whoever carries the run on, its answer reaches who waits here. */
  #onLeft({ run, waiter }: HostedRun): void {
    if (waiter?.onResponse) this.#options.awaitElsewhere(run.id, run.flow, waiter);
  }

  #finish(hosted: HostedRun, status: RunStatus): void {
    clearTimers(hosted);
    this.#runs.delete(hosted.run.id);
    this.#options.observation.runEnded(hosted.run, status, this.#options.clock.now());
    if (status !== 'Succeeded') this.#logEnd(hosted, status);
    const isHeardHere = hosted.hasAnsweredHere || hosted.waiter?.onResponse !== undefined;
    if (!isHeardHere && hosted.run.flow.hasResponse) this.#options.answered(hosted.run);
    hosted.waiter?.onFinished?.(status);
    this.#options.ended(hosted.loaded, hosted.run);
    this.#checkIdle();
  }

  /** The message of the error may hold data: it is in the history, and the log has its code. */
  #logEnd({ run, loaded }: HostedRun, status: RunStatus): void {
    const fields = { runId: run.id, flowId: loaded.info.id, status, code: run.error?.code };
    this.#options.log.info(fields, 'A run has not succeeded.');
  }

  /** Another node owns the run: nothing of it may happen here any more. */
  #letGo(hosted: HostedRun): void {
    clearTimers(hosted);
    abortAll(hosted);
    if (this.#isHere(hosted)) this.#runs.delete(hosted.run.id);
    this.#options.log.warn({ runId: hosted.run.id }, 'Another node has taken the run over.');
    const { run, waiter } = hosted;
    if (waiter?.onResponse && hosted.isStored) this.#options.awaitElsewhere(run.id, run.flow, waiter);
    else waiter?.onFinished?.('Failed');
    this.#checkIdle();
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
