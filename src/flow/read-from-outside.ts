import type { CompiledAction, CompiledFlow, PlacedTemplate } from './types.ts';

/** Functions that give what an action gave, by their lower-case name. */
const READS_OUTPUTS = new Set(['outputs', 'body', 'actions', 'actionbody', 'actionoutputs']);

/**
 * Actions in a Foreach that expressions outside of it read: there `outputs('…')` is the list of what all turns gave.
 * By the name of each loop around such an action, the names of the actions whose outputs its turns have to leave.
 */
export function findReadFromOutside(
  actions: CompiledFlow['actions'],
  names: CompiledFlow['names'],
  templates: readonly PlacedTemplate[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { action: reader, template } of templates) {
    const place = reader === undefined ? undefined : actions.get(reader);
    if (place === undefined) continue;
    for (const { function: called, name = '' } of template.references) {
      if (!READS_OUTPUTS.has(called.toLowerCase())) continue;
      const target = actions.get(name) ?? actions.get(names.get(name.toLowerCase()) ?? '');
      if (target === undefined) continue;
      for (const loop of listLoops(target)) {
        if (place === loop || listLoops(place).includes(loop)) continue;
        found.set(loop.name, (found.get(loop.name) ?? new Set()).add(target.name));
      }
    }
  }
  return found;
}

/** The Foreach actions around an action, from the inside out. */
export function listLoops(action: CompiledAction): CompiledAction[] {
  const loops: CompiledAction[] = [];
  for (let { owner } = action.block; owner; owner = owner.block.owner) {
    if (owner.work.kind === 'foreach') loops.push(owner);
  }
  return loops;
}
