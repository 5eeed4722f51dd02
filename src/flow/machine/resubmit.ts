/**
 * Repeating a run from one of its actions: what came before is kept, the action and what follows it run again.
 *
 * Kept is every action that has ended and does not stand after the chosen one: actions before it, and branches
 * beside it. The scopes and branches around it are open again.
 */
import type { CompiledAction, CompiledBlock, CompiledFlow } from '../types.ts';
import { formatKey, parseKey } from './keys.ts';
import type { RunEvent } from './types.ts';

/** Of an event, as it is stored or in memory, what the selection looks at. */
export interface EventHead extends Pick<RunEvent, 'kind' | 'key' | 'at' | 'startedAt'> {
  readonly status: string | undefined;
}

export type Resubmission<Event> =
  | {
      readonly ok: true;
      /** Starts of the scopes and branches around the action; they come first. Numbered from 1. */
      readonly opened: readonly RunEvent[];
      /** Stored events that stand, in their order; they are to be numbered after `opened`. */
      readonly kept: readonly Event[];
    }
  | { readonly ok: false; readonly message: string };

/** Chooses the events with which a run of the same flow version begins at `actionName`. */
export function planResubmission<Event extends EventHead>(
  flow: CompiledFlow,
  events: readonly Event[],
  actionName: string,
): Resubmission<Event> {
  const action = flow.actions.get(flow.names.get(actionName.toLowerCase()) ?? actionName);
  if (action === undefined) return refuse(`The flow has no action '${actionName}'.`);
  const around = listOwners(action.block);
  const loop = around.find(({ work }) => work.kind === 'foreach' || work.kind === 'until');
  if (loop !== undefined) {
    return refuse(`'${action.name}' is inside the loop '${loop.name}': choose the loop itself.`);
  }
  if (!events.some((event) => hasRun(event, action))) {
    return refuse(`'${action.name}' did not run in this run, so there is nothing to begin it with.`);
  }
  const again = new Set([action, ...listFollowers(action), ...around.flatMap(listFollowers)]);
  const reopened = new Set(around);
  const ended = listEnded(events);
  const kept = events.filter(({ key }) => {
    const top = findTop(flow.actions.get(parseKey(key).name), reopened);
    return top !== undefined && !again.has(top) && ended.has(formatKey('', top.name));
  });
  return { ok: true, opened: open(action, around, events), kept };
}

function refuse(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

function hasRun(event: EventHead, action: CompiledAction): boolean {
  return event.key === formatKey('', action.name) && event.status !== 'Skipped';
}

/** The containers of a block, innermost first. */
function listOwners(block: CompiledBlock): CompiledAction[] {
  return block.owner === undefined ? [] : [block.owner, ...listOwners(block.owner.block)];
}

/** The siblings that come after an action, however far. */
function listFollowers(action: CompiledAction): CompiledAction[] {
  const found = new Set<CompiledAction>();
  const visit = (current: CompiledAction) => {
    for (const index of current.successors) {
      const next = current.block.actions[index];
      if (next === undefined || found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(action);
  return [...found];
}

/** Keys of actions that ended by themselves: what was cancelled with the run had not, and a Terminate would end this one too. */
function listEnded(events: readonly EventHead[]): Set<string> {
  const ended = events.filter(({ kind, status }) => kind === 'settled' && status !== 'Cancelled');
  return new Set(ended.map(({ key }) => key));
}

/** The outermost container of an action, or itself, among the siblings of what is opened again; none for what is. */
function findTop(
  action: CompiledAction | undefined,
  reopened: ReadonlySet<CompiledAction>,
): CompiledAction | undefined {
  if (action === undefined || reopened.has(action) || action.work.kind === 'terminate') return undefined;
  const { owner } = action.block;
  return owner === undefined || reopened.has(owner) ? action : findTop(owner, reopened);
}

/** The containers as they stand when the action is about to begin, outermost first. */
function open(
  action: CompiledAction,
  around: readonly CompiledAction[],
  events: readonly EventHead[],
): RunEvent[] {
  const path = [action, ...around];
  return around
    .map((owner, index) => ({ owner, block: path[index]?.block }))
    .reverse()
    .map(({ owner, block }, index) => {
      const key = formatKey('', owner.name);
      const before = events.find((event) => event.key === key);
      const at = before?.startedAt ?? before?.at ?? 0;
      return {
        seq: index + 1,
        kind: 'started',
        key,
        at,
        attempt: 1,
        status: undefined,
        code: undefined,
        startedAt: at,
        inputs: undefined,
        outputs: undefined,
        error: undefined,
        data: block === undefined || owner.work.kind === 'scope' ? undefined : { block: block.id },
      };
    });
}
