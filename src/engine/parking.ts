/**
 * Runs that wait: a short wait is a timer, a long one lets the run leave memory until its lease says that it wakes.
 *
 * Invariants
 * 1. A run that leaves memory is either asleep in a moment, or here again: never both, and never neither.
 * 2. Nothing sets a timer once this has stopped: it would keep the process alive for as long.
 */
import type { ChildCommand, Clock, Run } from '../flow/index.ts';
import { hasWork } from '../flow/index.ts';
import { type ChildWait, clearTimers, type HostedRun } from './hosted-run.ts';
import type { EngineLog } from './types.ts';

export interface ParkingOptions {
  /** The runs that are in memory. */
  readonly runs: Map<string, HostedRun>;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** A wait shorter than this, in milliseconds, is a timer; a longer one lets the run leave memory. */
  readonly parkAfterMs?: number;
  /**
   * Lets a run sleep in the database until an instant, or until one of its children answers. False: the run could not
   * be parked and stays.
   */
  park(runId: string, wakeAt: number, hasChildren: boolean): Promise<boolean>;
}

export interface ParkingEvents {
  /** A wait of a run that is in memory is over. */
  due(hosted: HostedRun, key: string): void;
  /** A run sleeps, or somebody else carries it on. */
  left(hosted: HostedRun): void;
  /** A run that could not be put to sleep waits for its child again. */
  stayed(hosted: HostedRun, command: ChildCommand): void;
}

const PARK_AFTER_MS = 5_000;
/**
 * A run that waits for a child is woken by it. Should nobody have been there to do so, it looks by itself, at first
 * after a minute, then ever less often.
 */
const CHILD_LOOK_MS = 60_000;
/** Longest delay a timer takes (32 bits). */
const MAX_TIMER_MS = 2_147_483_647;

export class Parking {
  readonly #options: ParkingOptions;
  readonly #events: ParkingEvents;
  readonly #parkAfterMs: number;
  /** Runs that have left memory and whose lease does not say so yet. */
  readonly #leaving = new Set<string>();
  #stopped = false;

  constructor(options: ParkingOptions, events: ParkingEvents) {
    this.#options = options;
    this.#events = events;
    this.#parkAfterMs = options.parkAfterMs ?? PARK_AFTER_MS;
  }

  /** Whether a run is on its way from memory to its lease. */
  has(runId: string): boolean {
    return this.#leaving.has(runId);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Wakes an action of a run at an instant, epoch milliseconds. */
  wait(hosted: HostedRun, key: string, until: number): void {
    this.#arm(hosted, key, until);
    this.parkIfAsleep(hosted);
  }

  /** A child has been started, and its answer is all that is missing. */
  waitForChild(hosted: HostedRun, wait: ChildWait): void {
    if (wait.controller.signal.aborted || this.#stopped) return;
    wait.since = this.#options.clock.now();
    wait.timer = setTimeout(() => this.parkIfAsleep(hosted), this.#parkAfterMs + 1);
  }

  /** Lets a run leave memory if all it does is wait, for long. */
  parkIfAsleep(hosted: HostedRun): void {
    const { run, children } = hosted;
    if (this.#stopped || !isAtRest(hosted)) return;
    const now = this.#options.clock.now();
    const isFresh = ({ since }: ChildWait) => since === undefined || now - since < this.#parkAfterMs;
    if ([...children.values()].some(isFresh)) return;
    const wakeAt = decideWakeAt(hosted, now);
    if (wakeAt - now < this.#parkAfterMs || this.#options.runs.get(run.id) !== hosted) return;
    clearTimers(hosted);
    for (const child of children.values()) child.controller.abort();
    this.#options.runs.delete(run.id);
    this.#leaving.add(run.id);
    const parking = this.#options
      .park(run.id, wakeAt, children.size > 0)
      .finally(() => this.#leaving.delete(run.id));
    parking.then(
      (parked) => (parked ? this.#events.left(hosted) : this.#stay(hosted)),
      (error: unknown) => {
        this.#options.log.warn(
          { runId: run.id, error: String(error) },
          'A sleeping run could not be put down; it stays in memory.',
        );
        this.#stay(hosted);
      },
    );
  }

  #stay(hosted: HostedRun): void {
    const { runs } = this.#options;
    // Who thought that it sleeps has taken it up meanwhile: one of them carries it on.
    if (runs.has(hosted.run.id)) return this.#events.left(hosted);
    runs.set(hosted.run.id, hosted);
    const commands = [...hosted.children.values()].map(({ command }) => command);
    hosted.children.clear();
    for (const command of commands) this.#events.stayed(hosted, command);
    for (const [key, { until }] of [...hosted.waits]) this.#arm(hosted, key, until);
  }

  #arm(hosted: HostedRun, key: string, until: number): void {
    const delay = Math.max(0, until - this.#options.clock.now());
    const timer = this.#stopped
      ? undefined
      : setTimeout(() => this.#onTimer(hosted, key, until), Math.min(delay, MAX_TIMER_MS));
    hosted.waits.set(key, { until, timer });
  }

  #onTimer(hosted: HostedRun, key: string, until: number): void {
    const { runs, clock } = this.#options;
    if (runs.get(hosted.run.id) !== hosted) return;
    if (until > clock.now()) return this.wait(hosted, key, until);
    hosted.waits.delete(key);
    this.#events.due(hosted, key);
  }
}

/** Whether all that a run does is wait, and all of it is on record. */
function isAtRest({ run, loaded, calls, outside, waits, children, uncommitted }: HostedRun): boolean {
  if (loaded.stateless || run.status !== 'Running') return false;
  if (calls.size > 0 || outside.size > 0 || uncommitted > 0 || hasWork(run)) return false;
  return waits.size + children.size > 0;
}

function decideWakeAt({ run, waits, children }: HostedRun, now: number): number {
  return Math.min(
    ...[...waits.values()].map(({ until }) => until),
    ...[...children.keys()].map((key) => now + decideChildLook(run, key, now)),
  );
}

/** How long a run sleeps before it looks for a child's answer by itself: as long as it has waited for it. */
function decideChildLook(run: Run, key: string, now: number): number {
  return Math.max(CHILD_LOOK_MS, now - (run.open.get(key)?.startedAt ?? now));
}
