/**
 * Folding a run's events back into its state.
 *
 * Nothing is evaluated while folding: an event holds what an evaluation gave. Afterwards the state is what it
 * was when the last event was committed, and `resumeRun` looks for what can go on from there.
 */
import { isJsonObject, type JsonObject } from '../../base/index.ts';
import type { CompiledBlock } from '../types.ts';
import { resumeCall } from './calls.ts';
import { createIteration, createLoop, noteTurn, settleForeach } from './containers.ts';
import { parseKey, parsePrefix } from './keys.ts';
import { unfoldMirror } from './mirror.ts';
import { finishAsTerminated } from './outcomes.ts';
import { askForChild } from './outside.ts';
import { createActionState, createBlockState, isSettled } from './run.ts';
import { isReady } from './settle.ts';
import { watchTimeLimit } from './time-limits.ts';
import type { ActionState, BlockState, Clock, Outcome, Run, RunEvent } from './types.ts';
import { applyChange } from './variables.ts';
import { endSubscription } from './webhooks.ts';

/**
 * Folds the stored events of a run, in the order of `seq`, into a run fresh from `createRun`, and resumes it.
 *
 * @param callbacks what came for webhook actions meanwhile, by key
 */
export function restoreRun(
  run: Run,
  events: readonly RunEvent[],
  clock: Clock,
  callbacks: ReadonlyMap<string, Outcome> = NO_CALLBACKS,
): void {
  const fold = new Fold(run);
  for (const event of events) fold.apply(event);
  fold.resume(clock, callbacks);
}

const NO_CALLBACKS: ReadonlyMap<string, Outcome> = new Map();

class Fold {
  readonly #run: Run;
  /** Blocks by prefix and id; a turn of a loop that has ended is forgotten. */
  readonly #blocks = new Map<string, BlockState>();
  /** Turns of Foreach loops that have begun, by the loop's key. */
  readonly #turns = new Map<string, Set<number>>();
  /** The inputs of a Terminate action that has settled: nothing goes on after it. */
  #terminated: JsonObject | undefined;
  #now = 0;

  constructor(run: Run) {
    this.#run = run;
    this.#blocks.set(blockKey('', run.root.block), run.root);
  }

  apply(event: RunEvent): void {
    this.#run.nextSeq = event.seq + 1;
    this.#now = event.startedAt ?? event.at;
    const state = this.#findAction(event.key);
    if (state === undefined || isSettled(state)) return;
    if (event.inputs !== undefined) state.inputs = event.inputs;
    state.inputsKept = true;
    if (event.kind === 'settled') this.#applySettled(state, event);
    else this.#applyProgress(state, event);
  }

  /**
   * Finds what can go on: turns of loops that left no trace, blocks whose actions have all ended, actions that are
   * ready, and last the calls and waits under way, since ending one of them completes blocks in the regular way.
   */
  resume(clock: Clock, callbacks: ReadonlyMap<string, Outcome>): void {
    const run = this.#run;
    if (this.#terminated !== undefined) return finishAsTerminated(run, this.#terminated, clock);
    const open = [...run.open.values()];
    for (const state of open) this.#resumeForeach(state, clock);
    for (const block of this.#blocks.values()) {
      if (block.owner !== undefined && isSettled(block.owner)) continue;
      if (block.open === 0) run.completed.push(block);
      else resumeBlock(run, block);
    }
    for (const state of open) resumeOutside(run, state, clock, callbacks.get(state.key));
  }

  #applySettled(state: ActionState, event: RunEvent): void {
    const run = this.#run;
    state.status = event.status ?? 'Failed';
    state.code = event.code;
    const { inputs, outputs } =
      event.status === 'Succeeded'
        ? unfoldMirror(state.action, state.inputs, event.outputs)
        : { ...state, outputs: event.outputs };
    state.inputs = inputs;
    state.outputs = outputs;
    state.error = event.error;
    state.endedAt = event.at;
    state.attempt = event.attempt;
    state.wakeAt = undefined;
    run.open.delete(state.key);
    state.block.open--;
    const { work } = state.action;
    if (work.kind === 'variable' && state.status === 'Succeeded') {
      applyChange(run, work.operation, isJsonObject(state.inputs) ? state.inputs : {});
    }
    if (work.kind === 'terminate' && state.status === 'Succeeded') {
      this.#terminated = isJsonObject(state.inputs) ? state.inputs : {};
    }
    if (work.kind === 'response' && state.status === 'Succeeded') run.responded = true;
    if (state.block.open === 0) this.#forgetTurn(state.block);
  }

  #applyProgress(state: ActionState, event: RunEvent): void {
    const data: JsonObject = isJsonObject(event.data) ? event.data : {};
    state.attempt = event.attempt;
    state.wakeAt = typeof data.wakeAt === 'number' ? data.wakeAt : undefined;
    state.timeoutAt = typeof data.timeoutAt === 'number' ? data.timeoutAt : undefined;
    const { work } = state.action;
    state.status = state.wakeAt === undefined && work.kind !== 'child' ? 'Running' : 'Waiting';
    this.#run.open.set(state.key, state);
    if (work.kind === 'foreach') {
      const concurrency = Number(data.concurrency ?? work.statedConcurrency);
      const items = Array.isArray(data.items) ? data.items : [];
      state.loop = createLoop(this.#run, state, items, 0, 0, concurrency);
    } else if (work.kind === 'until') {
      state.loop = createLoop(this.#run, state, [], Number(data.deadline), Number(data.maxCount), 1);
      this.#enterTurn(state, 0);
    } else if (work.kind === 'call' && work.callback !== undefined) {
      const deadline = typeof data.deadline === 'number' ? data.deadline : state.callback?.deadline;
      state.callback = { deadline: deadline ?? event.at, awaiting: event.kind === 'waiting' };
    } else if (typeof data.block === 'string' || work.kind === 'scope') {
      this.#enterBranch(state, typeof data.block === 'string' ? data.block : undefined);
    }
  }

  /** The state of an action by its key; made, with the blocks around it, when the key is met for the first time. */
  #findAction(key: string): ActionState | undefined {
    const { prefix, name } = parseKey(key);
    const action = this.#run.flow.actions.get(name);
    if (action === undefined) return undefined;
    const block = this.#findBlock(prefix, action.block);
    return (
      block && (block.actions[action.index] ?? createActionState(this.#run, block, action, this.#clock()))
    );
  }

  #findBlock(prefix: string, block: CompiledBlock): BlockState | undefined {
    const known = this.#blocks.get(blockKey(prefix, block));
    if (known !== undefined || block.owner === undefined) return known;
    const turn = parsePrefix(prefix);
    const { kind } = block.owner.work;
    if ((kind === 'foreach' || kind === 'until') && turn !== undefined) {
      const loop = this.#findAction(turn.loopKey);
      return loop && this.#enterTurn(loop, turn.iteration);
    }
    const owner = this.#findBlock(prefix, block.owner.block);
    const state =
      owner &&
      (owner.actions[block.owner.index] ?? createActionState(this.#run, owner, block.owner, this.#clock()));
    return (
      state &&
      this.#addBlock(createBlockState(block, state, state.block.frame, prefix, state.block.iteration))
    );
  }

  #enterTurn(loop: ActionState, iteration: number): BlockState | undefined {
    const { work } = loop.action;
    if ((work.kind !== 'foreach' && work.kind !== 'until') || loop.loop === undefined) return undefined;
    const turns = this.#turns.get(loop.key) ?? new Set();
    this.#turns.set(loop.key, turns.add(iteration));
    loop.loop.next = Math.max(loop.loop.next, iteration + 1);
    // The turns of an Until follow one another: that the next one has begun says how the one before was judged.
    if (work.kind === 'until') this.#blocks.delete(blockKey(`${loop.key}[${iteration - 1}]/`, work.block));
    return this.#addBlock(createIteration(loop, work.block, iteration));
  }

  #enterBranch(state: ActionState, id: string | undefined): void {
    const block = findBranch(state, id);
    if (block === undefined || this.#blocks.has(blockKey(state.block.prefix, block))) return;
    this.#addBlock(
      createBlockState(block, state, state.block.frame, state.block.prefix, state.block.iteration),
    );
  }

  #addBlock(block: BlockState): BlockState {
    this.#blocks.set(blockKey(block.prefix, block.block), block);
    return block;
  }

  /** A Foreach may have 100,000 turns: those that have ended leave only their outcome. */
  #forgetTurn(block: BlockState): void {
    if (block.owner?.action.work.kind !== 'foreach') return;
    noteTurn(block.owner, block);
    this.#blocks.delete(blockKey(block.prefix, block.block));
  }

  /** Turns may have begun without leaving a trace (a safe call that had not come back): they begin again. */
  #resumeForeach(state: ActionState, clock: Clock): void {
    const { work } = state.action;
    const { loop } = state;
    if (work.kind !== 'foreach' || loop === undefined) return;
    const begun = this.#turns.get(state.key) ?? new Set<number>();
    for (let turn = 0; turn < loop.next; turn++) if (!begun.has(turn)) this.#enterTurn(state, turn);
    loop.active = this.#countActiveTurns(state);
    while (loop.active < loop.concurrency && loop.next < loop.items.length) {
      loop.active++;
      this.#enterTurn(state, loop.next);
    }
    if (loop.active === 0) settleForeach(this.#run, state, clock);
  }

  #countActiveTurns(state: ActionState): number {
    let active = 0;
    for (const block of this.#blocks.values()) if (block.owner === state) active++;
    return active;
  }

  #clock(): Clock {
    return { now: () => this.#now, random: () => 0 };
  }
}

function blockKey(prefix: string, block: CompiledBlock): string {
  return `${prefix}${block.id}`;
}

function findBranch(state: ActionState, id: string | undefined): CompiledBlock | undefined {
  const { work } = state.action;
  switch (work.kind) {
    case 'scope':
      return work.block;
    case 'if':
      return [work.yes, work.no].find((block) => block.id === id);
    case 'switch':
      return [...work.cases.map((entry) => entry.block), work.otherwise].find((block) => block.id === id);
    default:
      return undefined;
  }
}

function resumeOutside(run: Run, state: ActionState, clock: Clock, callback: Outcome | undefined): void {
  if (callback !== undefined && state.callback !== undefined) {
    return endSubscription(run, state, callback, clock, false);
  }
  const { work } = state.action;
  watchTimeLimit(run, state);
  if (work.kind === 'child') askForChild(run, state, work);
  if (work.kind === 'call') resumeCall(run, state, clock);
  else if (work.kind === 'wait' && state.wakeAt !== undefined) {
    run.commands.push({ type: 'wait', key: state.key, until: state.wakeAt });
  }
}

function resumeBlock(run: Run, block: BlockState): void {
  for (const action of block.block.actions) {
    if (block.actions[action.index] === undefined && isReady(block, action.index)) {
      run.ready.push({ block, index: action.index });
    }
  }
}
