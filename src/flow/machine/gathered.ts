import type { Json } from '../../base/index.ts';
import { listLoops } from '../read-from-outside.ts';
import type { CompiledAction } from '../types.ts';
import type { ActionState, BlockState, Frame, GatheredOutputs, LoopState } from './types.ts';

/** A place for the outputs of a loop's actions that are read from outside; none where no expression does. */
export function createGathered(names: ReadonlySet<string> | undefined): LoopState['gathered'] {
  return names && new Map([...names].map((name): [string, GatheredOutputs[]] => [name, []]));
}

/** Keeps what a turn that has ended gave. */
export function gatherTurn({ gathered }: LoopState, block: BlockState): void {
  for (const [name, turns] of gathered ?? []) {
    turns.push({ turn: block.iteration ?? 0, outputs: gatherOutputs(name, block) });
  }
}

/** What an action gave in a turn: one value, or those of the turns of a loop that stands around it in there. */
function gatherOutputs(name: string, { frame }: BlockState): readonly Json[] {
  const own = frame.records.get(name);
  if (own !== undefined) return own.status === 'Skipped' ? [] : [own.outputs ?? null];
  for (const { loop } of frame.records.values()) {
    const inner = loop?.gathered?.get(name);
    if (inner !== undefined) return listInOrder(inner);
  }
  return [];
}

/** In the order of the turns, whichever ended first. */
function listInOrder(turns: readonly GatheredOutputs[]): Json[] {
  return [...turns].sort((a, b) => a.turn - b.turn).flatMap(({ outputs }) => outputs);
}

/**
 * What all turns of a Foreach gave, seen from outside of it: from a place in `frame`, the outermost loop around the
 * action that does not stand around the place.
 */
export function findGathered(
  action: CompiledAction,
  frame: Frame,
): { readonly loop: ActionState; readonly outputs: Json[] } | undefined {
  for (const loop of listLoops(action).reverse()) {
    const state = findRecord(loop.name, frame);
    const turns = isAround(loop.name, frame) ? undefined : state?.loop?.gathered?.get(action.name);
    if (state !== undefined && turns !== undefined) return { loop: state, outputs: listInOrder(turns) };
  }
  return undefined;
}

function findRecord(name: string, from: Frame): ActionState | undefined {
  for (let frame: Frame | undefined = from; frame; frame = frame.parent) {
    const state = frame.records.get(name);
    if (state !== undefined) return state;
  }
  return undefined;
}

function isAround(loop: string, from: Frame): boolean {
  for (let frame: Frame | undefined = from; frame; frame = frame.parent) {
    if (frame.loop?.name === loop) return true;
  }
  return false;
}
