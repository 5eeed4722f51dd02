import { describeError, type Json, PatchbayError } from '../../base/index.ts';
import { parseDurationMs } from '../duration.ts';
import type { CompiledBlock, ForeachWork, IfWork, SettledStatus, SwitchWork, UntilWork } from '../types.ts';
import { decideBlockOutcome, describeBlockFailure } from './block-outcome.ts';
import { appendStarted } from './events.ts';
import { finishRun } from './finish.ts';
import { createGathered, gatherTurn } from './gathered.ts';
import { formatPrefix } from './keys.ts';
import { describeAction } from './records.ts';
import { beginBlock, createBlockState } from './run.ts';
import { RunScope } from './scope.ts';
import { settleAction } from './settle.ts';
import type { ActionState, BlockState, Clock, FlowFailure, Run } from './types.ts';

export function startScope(run: Run, state: ActionState, block: CompiledBlock, clock: Clock): void {
  appendStarted(run, state, clock);
  enterBlock(run, state, block, clock);
}

export function startIf(run: Run, state: ActionState, work: IfWork, scope: RunScope, clock: Clock): void {
  const result = work.condition.evaluate(scope) === true;
  state.inputs = { expressionResult: result };
  const block = result ? work.yes : work.no;
  appendStarted(run, state, clock, { block: block.id });
  enterBlock(run, state, block, clock);
}

export function startSwitch(
  run: Run,
  state: ActionState,
  work: SwitchWork,
  scope: RunScope,
  clock: Clock,
): void {
  const value = work.on.evaluate(scope);
  const match = work.cases.find((entry) => entry.value.evaluate(scope) === value);
  state.inputs = { expressionResult: value };
  const block = match?.block ?? work.otherwise;
  appendStarted(run, state, clock, { block: block.id });
  enterBlock(run, state, block, clock);
}

/** Enters the one block of a scope or branch; it shares its surroundings' names. */
function enterBlock(run: Run, state: ActionState, block: CompiledBlock, clock: Clock): void {
  run.open.set(state.key, state);
  if (block.actions.length === 0) return settleAction(run, state, { status: 'Succeeded' }, clock);
  beginBlock(
    run,
    createBlockState(block, state, state.block.frame, state.block.prefix, state.block.iteration),
  );
}

export function startForeach(
  run: Run,
  state: ActionState,
  work: ForeachWork,
  scope: RunScope,
  clock: Clock,
): void {
  const items = work.items.evaluate(scope);
  if (!Array.isArray(items)) {
    const message = `Action '${state.action.name}' goes through the items of an array, but its "foreach" gave ${describeType(items)}.`;
    return settleAction(
      run,
      state,
      {
        status: 'Failed',
        code: 'ExpressionEvaluationFailed',
        error: { code: 'ExpressionEvaluationFailed', message },
      },
      clock,
    );
  }
  if (items.length > run.limits.loopItems) {
    const code = 'ForeachItemLimitExceeded';
    const message = `'${state.action.name}' was given ${items.length} items, and the settings of runs allow ${run.limits.loopItems}.`;
    return settleAction(run, state, { status: 'Failed', code, error: { code, message } }, clock);
  }
  const concurrency = Math.min(work.concurrency, run.limits.loopConcurrency);
  state.loop = createLoop(run, state, items, clock.now(), 0, concurrency);
  state.inputs = { count: items.length };
  appendStarted(run, state, clock, { items, concurrency });
  run.open.set(state.key, state);
  if (items.length === 0 || work.block.actions.length === 0) {
    return settleAction(run, state, { status: 'Succeeded' }, clock);
  }
  fillForeach(run, state, work);
}

export function startUntil(
  run: Run,
  state: ActionState,
  work: UntilWork,
  scope: RunScope,
  clock: Clock,
): void {
  const timeout = parseDurationMs(String(work.timeout.evaluate(scope))) ?? 3_600_000;
  const count = Number(work.count.evaluate(scope));
  const deadline = clock.now() + timeout;
  const maxCount = Number.isInteger(count) && count > 0 ? Math.min(count, run.limits.untilCount) : 60;
  state.loop = createLoop(run, state, [], deadline, maxCount, 1);
  appendStarted(run, state, clock, { deadline, maxCount });
  run.open.set(state.key, state);
  if (work.block.actions.length === 0) return settleAction(run, state, { status: 'Succeeded' }, clock);
  beginIteration(run, state, work.block, 0);
  state.loop.next = 1;
}

/** The progress of a loop that has made no turn yet. */
export function createLoop(
  run: Run,
  state: ActionState,
  items: readonly Json[],
  deadline: number,
  maxCount: number,
  concurrency: number,
) {
  const results: Json[] | undefined = run.flow.resultScopes.has(state.action.name) ? [] : undefined;
  const gathered = createGathered(run.flow.readFromOutside.get(state.action.name));
  return {
    items,
    next: 0,
    active: 0,
    failure: undefined,
    deadline,
    maxCount,
    concurrency,
    results,
    gathered,
  };
}

/** Begins as many turns of a Foreach as may run side by side. */
function fillForeach(run: Run, state: ActionState, work: ForeachWork): void {
  const { loop } = state;
  while (loop !== undefined && loop.active < loop.concurrency && loop.next < loop.items.length) {
    loop.active++;
    beginIteration(run, state, work.block, loop.next++);
  }
}

/** Makes the block of one turn and readies its first actions. */
function beginIteration(run: Run, state: ActionState, block: CompiledBlock, iteration: number): void {
  beginBlock(run, createIteration(state, block, iteration));
}

/** The block of one turn. A Foreach's turn has names of its own; an Until's turns share their surroundings'. */
export function createIteration(state: ActionState, block: CompiledBlock, iteration: number): BlockState {
  const { frame } = state.block;
  const own =
    state.action.work.kind === 'foreach'
      ? {
          parent: frame,
          records: new Map(),
          loop: { name: state.action.name, item: state.loop?.items[iteration] ?? null },
        }
      : frame;
  return createBlockState(block, state, own, formatPrefix(state.key, iteration), iteration);
}

/** A block whose actions have all settled ends its container's turn, its container, or the run. */
export function completeBlock(run: Run, block: BlockState, clock: Clock): void {
  if (block.owner !== undefined) return completeContainer(run, block.owner, block, clock);
  const status = decideBlockOutcome(block);
  finishRun(run, status, status === 'Succeeded' ? undefined : describeBlockFailure(block), clock);
}

function completeContainer(run: Run, owner: ActionState, block: BlockState, clock: Clock): void {
  const { work } = owner.action;
  if (work.kind === 'foreach') return completeForeachTurn(run, owner, block, work, clock);
  if (work.kind === 'until') return completeUntilTurn(run, owner, block, work, clock);
  const status = decideBlockOutcome(block);
  settleContainer(
    run,
    owner,
    status,
    status === 'Succeeded' ? undefined : describeBlockFailure(block),
    clock,
  );
}

function completeForeachTurn(
  run: Run,
  owner: ActionState,
  block: BlockState,
  work: ForeachWork,
  clock: Clock,
): void {
  const { loop } = owner;
  if (loop === undefined) return;
  loop.active--;
  noteTurn(owner, block);
  if (loop.next < loop.items.length) return fillForeach(run, owner, work);
  if (loop.active === 0) settleForeach(run, owner, clock);
}

/** Remembers what a loop needs of a turn that has ended. */
export function noteTurn(owner: ActionState, block: BlockState): void {
  const { loop } = owner;
  if (loop === undefined) return;
  const status = decideBlockOutcome(block);
  if (status !== 'Succeeded' && loop.failure !== 'Failed') loop.failure = status;
  loop.results?.push(...block.actions.flatMap((state) => (state ? [describeAction(state)] : [])));
  gatherTurn(loop, block);
}

export function settleForeach(run: Run, owner: ActionState, clock: Clock): void {
  const status = owner.loop?.failure ?? 'Succeeded';
  const error = {
    code: 'ActionFailed',
    message: `An action failed in at least one turn of '${owner.action.name}'.`,
  };
  settleContainer(run, owner, status, status === 'Succeeded' ? undefined : error, clock);
}

function completeUntilTurn(
  run: Run,
  owner: ActionState,
  block: BlockState,
  work: UntilWork,
  clock: Clock,
): void {
  const { loop } = owner;
  if (loop === undefined) return;
  const status = decideBlockOutcome(block);
  loop.results?.push(...block.actions.flatMap((state) => (state ? [describeAction(state)] : [])));
  const failure = status === 'Succeeded' ? undefined : describeBlockFailure(block);
  let done: boolean;
  try {
    done = work.condition.evaluate(new RunScope(run, block, clock)) === true;
  } catch (error) {
    return settleContainer(run, owner, 'Failed', describeExpressionError(error), clock);
  }
  if (done) return settleContainer(run, owner, status, failure, clock);
  const limit = reachedLimit(owner, clock);
  if (limit === undefined) return beginIteration(run, owner, work.block, loop.next++);
  if (work.failAtLimit) return settleContainer(run, owner, 'Failed', limit, clock);
  settleContainer(run, owner, status, failure, clock);
}

function reachedLimit({ loop, action }: ActionState, clock: Clock): FlowFailure | undefined {
  if (loop === undefined) return undefined;
  if (loop.next >= loop.maxCount) {
    return {
      code: 'LimitReached',
      message: `'${action.name}' made ${loop.maxCount} turns and its condition is still not true.`,
    };
  }
  if (clock.now() >= loop.deadline) {
    return {
      code: 'LimitReached',
      message: `The time of '${action.name}' is up and its condition is still not true.`,
    };
  }
  return undefined;
}

function settleContainer(
  run: Run,
  owner: ActionState,
  status: SettledStatus,
  error: FlowFailure | undefined,
  clock: Clock,
): void {
  settleAction(run, owner, { status, code: error?.code, error }, clock);
}

/** An error thrown by an expression, as an action's failure, with the advice it carries. */
export function describeExpressionError(error: unknown): FlowFailure {
  const message = describeError(error);
  if (!(error instanceof PatchbayError)) return { code: 'InvalidTemplate', message };
  return { code: error.code, message: error.fix === undefined ? message : `${message}\n${error.fix}` };
}

function describeType(value: Json): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
