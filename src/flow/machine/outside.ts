/**
 * What happens outside and is no call of an API: inline code, another flow, and what cannot be carried out at all.
 *
 * Invariants
 * 1. Code has no authority: it leaves no trace before it ends, and after a crash it is simply run again.
 * 2. A child's start is on record before it is asked for, and asked for again after a crash: whoever starts it must
 *    know the run by the parent's id and the key, and start it once.
 */
import { isJsonObject, type JsonObject } from '../../base/index.ts';
import type { ChildWork, CodeWork, UnsupportedWork } from '../types.ts';
import { appendStarted } from './events.ts';
import type { RunScope } from './scope.ts';
import { settleAction } from './settle.ts';
import type { ActionState, Clock, Run } from './types.ts';

/** Asks for inline code to be run over what it reads of the run. */
export function startCode(run: Run, state: ActionState, work: CodeWork, scope: RunScope): void {
  state.inputs = { code: work.code };
  run.open.set(state.key, state);
  run.commands.push({
    type: 'runCode',
    key: state.key,
    action: state.action,
    code: work.code,
    context: describeContext(run, work, scope),
  });
}

/** `workflowContext`, as code sees the run: the records of actions that have ended, the trigger's, the flow's. */
function describeContext(run: Run, work: CodeWork, scope: RunScope): JsonObject {
  const actions: JsonObject = {};
  for (const name of work.reads ?? run.flow.actions.keys()) {
    const record = run.flow.names.has(name.toLowerCase()) ? scope.action(name) : undefined;
    if (record !== undefined && record.status !== 'Running') actions[String(record.name)] = { ...record };
  }
  return { actions, trigger: run.trigger, workflow: scope.workflow() };
}

/** Asks for another flow to be run. */
export function startChild(
  run: Run,
  state: ActionState,
  work: ChildWork,
  scope: RunScope,
  clock: Clock,
): void {
  state.inputs = work.inputs.evaluate(scope);
  state.status = 'Waiting';
  run.open.set(state.key, state);
  appendStarted(run, state, clock);
  askForChild(run, state, work);
}

/** The command alone: after a crash it is given again. */
export function askForChild(run: Run, state: ActionState, work: ChildWork): void {
  run.commands.push({
    type: 'startChild',
    key: state.key,
    action: state.action,
    flow: work.flow,
    trigger: work.trigger,
    inputs: isJsonObject(state.inputs) ? state.inputs : {},
  });
}

/** The action fails and says what to use instead. */
export function startUnsupported(
  run: Run,
  state: ActionState,
  work: UnsupportedWork,
  scope: RunScope,
  clock: Clock,
): void {
  state.inputs = work.inputs.evaluate(scope);
  const code = 'ActionTypeNotSupported';
  const error = { code, message: work.message };
  settleAction(run, state, { status: 'Failed', code, error }, clock);
}
