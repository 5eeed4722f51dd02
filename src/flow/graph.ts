import { isJsonObject, type Json } from '../base/index.ts';
import { at, type Compiler } from './compiler.ts';
import type { CompiledBlock, RunAfter } from './types.ts';

const STATUSES = new Map(
  ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'].map((status) => [status.toLowerCase(), status]),
);

/** Connects the actions of a block by their `runAfter`, and finds where it starts and ends. */
export function connectBlock(
  block: CompiledBlock,
  runAfters: readonly (Json | undefined)[],
  compiler: Compiler,
): void {
  const indexByName = new Map(block.actions.map((action) => [action.name, action.index]));
  for (const action of block.actions) {
    compiler.action = action.name;
    action.runAfter = readRunAfter(
      runAfters[action.index],
      at(action.pointer, 'runAfter'),
      indexByName,
      compiler,
    );
  }
  const successors: number[][] = block.actions.map(() => []);
  for (const action of block.actions) {
    for (const edge of action.runAfter) successors[edge.action]?.push(action.index);
  }
  for (const action of block.actions) action.successors = successors[action.index] ?? [];
  block.starts = block.actions.filter((action) => action.runAfter.length === 0).map((action) => action.index);
  block.leaves = block.actions
    .filter((action) => action.successors.length === 0)
    .map((action) => action.index);
  reportCycle(block, compiler);
}

function readRunAfter(
  value: Json | undefined,
  pointer: string,
  indexByName: ReadonlyMap<string, number>,
  compiler: Compiler,
): RunAfter[] {
  if (value === undefined || value === null) return [];
  if (!isJsonObject(value)) {
    compiler.report(
      'FLOW_RUN_AFTER',
      `Action '${compiler.action}': "runAfter" is an object of action names and statuses.`,
      pointer,
    );
    return [];
  }
  const edges: RunAfter[] = [];
  for (const [name, statuses] of Object.entries(value)) {
    const action = indexByName.get(name) ?? findIgnoringCase(indexByName, name);
    if (action === undefined) {
      const message = `Action '${compiler.action}' runs after '${name}', but there is no such action beside it.`;
      compiler.report('FLOW_RUN_AFTER_UNKNOWN', message, at(pointer, name));
    } else edges.push({ action, statuses: readStatuses(statuses, at(pointer, name), compiler) });
  }
  return edges;
}

function findIgnoringCase(indexByName: ReadonlyMap<string, number>, name: string): number | undefined {
  const lower = name.toLowerCase();
  for (const [candidate, index] of indexByName) if (candidate.toLowerCase() === lower) return index;
  return undefined;
}

function readStatuses(value: Json | undefined, pointer: string, compiler: Compiler): string[] {
  const list = Array.isArray(value) ? value : [];
  const statuses = list.flatMap((entry, index) => {
    const status = STATUSES.get(String(entry).toLowerCase());
    if (status === undefined) {
      const known = [...STATUSES.values()].join(', ');
      compiler.report(
        'FLOW_RUN_AFTER_STATUS',
        `'${String(entry)}' is not a status; known statuses: ${known}.`,
        at(pointer, index),
      );
    }
    return status ?? [];
  });
  return statuses.length > 0 ? statuses : ['Succeeded'];
}

/** A block whose actions wait for each other in a circle would never end. */
function reportCycle(block: CompiledBlock, compiler: Compiler): void {
  const waiting = block.actions.map((action) => action.runAfter.length);
  const ready = [...block.starts];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    for (const successor of block.actions[next]?.successors ?? []) {
      const left = (waiting[successor] ?? 0) - 1;
      waiting[successor] = left;
      if (left === 0) ready.push(successor);
    }
  }
  const stuck = block.actions.filter((action) => (waiting[action.index] ?? 0) > 0);
  const [first] = stuck;
  if (first === undefined) return;
  const names = stuck.map((action) => `'${action.name}'`).join(', ');
  compiler.report(
    'FLOW_CYCLE',
    `These actions wait for each other in a circle: ${names}.`,
    at(first.pointer, 'runAfter'),
  );
}
