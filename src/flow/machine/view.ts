import { isJsonObject, type Json } from '../../base/index.ts';
import type { ActionStatus, CompiledAction, CompiledBlock, CompiledFlow } from '../types.ts';
import { formatKey, formatPrefix, parseKey } from './keys.ts';
import { unfoldMirror } from './mirror.ts';
import type { FlowFailure, RunEvent } from './types.ts';

/** One execution of an action as people see it. */
export interface ActionView {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly status: ActionStatus;
  readonly code: string | undefined;
  readonly inputs: Json | undefined;
  readonly outputs: Json | undefined;
  readonly error: FlowFailure | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly attempts: number;
  /** The tracked properties, where the action has any. */
  readonly tracked?: Json;
}

/**
 * A run's actions as its events tell them, in the order of the definition, loops turn by turn. Children of
 * what was skipped, and of the branch not taken, have no events: they are shown as skipped.
 */
export function viewActions(flow: CompiledFlow, events: readonly RunEvent[]): ActionView[] {
  const merged = mergeEvents(flow, events);
  const views: ActionView[] = [];
  collectBlock(flow.root, '', merged, views, false);
  return views;
}

interface Merged extends ActionView {
  readonly data: Json | undefined;
}

function mergeEvents(flow: CompiledFlow, events: readonly RunEvent[]): Map<string, Merged> {
  const merged = new Map<string, Merged>();
  for (const event of events) {
    const before = merged.get(event.key);
    const { name } = parseKey(event.key);
    const action = flow.actions.get(name);
    const inputs = event.inputs ?? before?.inputs;
    const both =
      event.status === 'Succeeded'
        ? unfoldMirror(action, inputs, event.outputs)
        : { inputs, outputs: event.outputs };
    merged.set(event.key, {
      key: event.key,
      name,
      type: action?.type ?? '',
      status: event.status ?? (event.kind === 'retrying' || hasWake(event.data) ? 'Waiting' : 'Running'),
      code: event.code ?? before?.code,
      inputs: both.inputs,
      outputs: both.outputs,
      error: event.kind === 'settled' ? event.error : (event.error ?? before?.error),
      startedAt: before?.startedAt ?? event.startedAt ?? event.at,
      endedAt: event.kind === 'settled' ? event.at : undefined,
      attempts: event.attempt,
      data: event.data ?? before?.data,
      ...readTracked(event),
    });
  }
  return merged;
}

function readTracked({ kind, data }: RunEvent): { tracked?: Json } {
  const tracked = kind === 'settled' && isJsonObject(data) ? data.tracked : undefined;
  return tracked === undefined ? {} : { tracked };
}

function hasWake(data: Json | undefined): boolean {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, 'wakeAt');
}

function collectBlock(
  block: CompiledBlock,
  prefix: string,
  merged: ReadonlyMap<string, Merged>,
  views: ActionView[],
  skipped: boolean,
): void {
  for (const action of block.actions) {
    const key = formatKey(prefix, action.name);
    const found = merged.get(key);
    if (found) {
      const { data: _data, ...view } = found;
      views.push(view);
    } else if (skipped) views.push(skippedView(action, key));
    collectChildren(action, key, prefix, merged, views, found, skipped);
  }
}

function collectChildren(
  action: CompiledAction,
  key: string,
  prefix: string,
  merged: ReadonlyMap<string, Merged>,
  views: ActionView[],
  found: Merged | undefined,
  skipped: boolean,
): void {
  const { work } = action;
  const over = skipped || (found !== undefined && found.endedAt !== undefined);
  if (work.kind === 'foreach' || work.kind === 'until') {
    if (skipped || found?.status === 'Skipped')
      return collectBlock(work.block, formatPrefix(key, 0), merged, views, true);
    for (let turn = 0; hasTurn(merged, key, turn, work.block); turn++) {
      collectBlock(work.block, formatPrefix(key, turn), merged, views, false);
    }
    return;
  }
  for (const block of childBlocks(action))
    collectBlock(block, prefix, merged, views, over && !hasEvents(merged, prefix, block));
}

function childBlocks(action: CompiledAction): readonly CompiledBlock[] {
  const { work } = action;
  if (work.kind === 'scope') return [work.block];
  if (work.kind === 'if') return [work.yes, work.no];
  return work.kind === 'switch' ? [...work.cases.map((entry) => entry.block), work.otherwise] : [];
}

function hasEvents(merged: ReadonlyMap<string, Merged>, prefix: string, block: CompiledBlock): boolean {
  return block.actions.some((action) => merged.has(formatKey(prefix, action.name)));
}

/** A turn shows when anything in it, however deep, left an event. */
function hasTurn(
  merged: ReadonlyMap<string, Merged>,
  key: string,
  turn: number,
  block: CompiledBlock,
): boolean {
  const prefix = formatPrefix(key, turn);
  return hasEvents(merged, prefix, block) || hasEvents(merged, formatPrefix(key, turn + 1), block);
}

function skippedView(action: CompiledAction, key: string): ActionView {
  const message = `'${action.name}' was skipped with the branch it stands in.`;
  return {
    key,
    name: action.name,
    type: action.type,
    status: 'Skipped',
    code: 'ActionSkipped',
    inputs: undefined,
    outputs: undefined,
    error: { code: 'ActionBranchingConditionNotSatisfied', message },
    startedAt: undefined,
    endedAt: undefined,
    attempts: 0,
  };
}
