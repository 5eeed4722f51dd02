import type { Problem } from '../base/index.ts';
import type { Reference } from '../expression/index.ts';
import type { FlowProblemCode } from './problems.ts';
import type { CompiledAction, CompiledBlock, CompiledFlow, PlacedTemplate } from './types.ts';

const READS_ACTION = new Set([
  'outputs',
  'body',
  'actions',
  'actionbody',
  'actionoutputs',
  'formdatavalue',
  'formdatamultivalues',
  'multipartbody',
]);
const READS_LOOP = new Set(['items', 'iterationindexes']);

/** Every name an expression uses must exist and be within reach of the place where it stands. */
export function checkReferences(flow: CompiledFlow): Problem[] {
  return flow.templates.flatMap((placed) =>
    placed.template.references.flatMap((reference) => {
      const message = describeFault(flow, placed, reference);
      return message === undefined
        ? []
        : {
            code: FAULT_CODES[reference.function.toLowerCase()] ?? 'FLOW_UNKNOWN_ACTION',
            message,
            pointer: placed.pointer + reference.pointer,
          };
    }),
  );
}

const FAULT_CODES: Readonly<Record<string, FlowProblemCode>> = {
  parameters: 'FLOW_UNKNOWN_PARAMETER',
  items: 'FLOW_UNKNOWN_LOOP',
  iterationindexes: 'FLOW_UNKNOWN_LOOP',
  outputs: 'FLOW_UNKNOWN_ACTION',
  body: 'FLOW_UNKNOWN_ACTION',
  actions: 'FLOW_UNKNOWN_ACTION',
  result: 'FLOW_UNKNOWN_ACTION',
};

function describeFault(
  flow: CompiledFlow,
  { action, pointer }: PlacedTemplate,
  reference: Reference,
): string | undefined {
  const { name } = reference;
  if (name === undefined) return undefined;
  const called = reference.function.toLowerCase();
  const owner = action === undefined ? 'The trigger' : `Action '${action}'`;
  if (called === 'parameters') return describeParameterFault(flow, owner, name);
  if (READS_LOOP.has(called)) return describeLoopFault(flow, action, owner, name, reference.function);
  if (called === 'result') {
    return findAction(flow, name)
      ? undefined
      : `${owner} reads result('${name}'), but no action is called '${name}'.${suggest(flow, name)}`;
  }
  if (READS_ACTION.has(called)) {
    const isAfterwards = action !== undefined && pointer.endsWith('/trackedProperties');
    if (isAfterwards && findAction(flow, name)?.name === action) return undefined;
    return describeActionFault(flow, action, owner, name, reference.function);
  }
  return undefined;
}

function describeParameterFault(flow: CompiledFlow, owner: string, name: string): string | undefined {
  if (flow.parameters.has(name) || name.startsWith('$')) return undefined;
  if ([...flow.parameters.keys()].some((key) => key.toLowerCase() === name.toLowerCase())) return undefined;
  const known = [...flow.parameters.keys()].filter((key) => !key.startsWith('$'));
  const list =
    known.length === 0
      ? 'the flow declares none'
      : `the flow declares ${known.map((key) => `'${key}'`).join(', ')}`;
  return `${owner} reads the parameter '${name}', but ${list}.`;
}

function describeLoopFault(
  flow: CompiledFlow,
  from: string | undefined,
  owner: string,
  name: string,
  called: string,
): string | undefined {
  const loop = findAction(flow, name);
  const action = from === undefined ? undefined : flow.actions.get(from);
  const isLoop = loop?.work.kind === 'foreach' || loop?.work.kind === 'until';
  if (!isLoop)
    return `${owner} reads ${called}('${name}'), but no loop is called '${name}'.${suggest(flow, name)}`;
  if (action === loop || (action && ancestors(action).includes(loop))) return undefined;
  return `${owner} reads ${called}('${name}'), but it does not stand inside that loop.`;
}

function describeActionFault(
  flow: CompiledFlow,
  from: string | undefined,
  owner: string,
  name: string,
  called: string,
): string | undefined {
  const target = findAction(flow, name);
  if (target === undefined)
    return `${owner} reads ${called}('${name}'), but no action is called '${name}'.${suggest(flow, name)}`;
  const action = from === undefined ? undefined : flow.actions.get(from);
  if (action === undefined || mayHaveRun(target, action)) return undefined;
  if (target === action)
    return `${owner} reads its own ${called}('${name}'), which are not there before it has run.`;
  return `${owner} reads ${called}('${name}'), but '${name}' does not run before it: add it to "runAfter" on the way.`;
}

function findAction(flow: CompiledFlow, name: string): CompiledAction | undefined {
  return flow.actions.get(name) ?? flow.actions.get(flow.names.get(name.toLowerCase()) ?? '');
}

/** The containers around an action, from the inside out. */
function ancestors(action: CompiledAction): CompiledAction[] {
  const chain: CompiledAction[] = [];
  for (let owner = action.block.owner; owner; owner = owner.block.owner) chain.push(owner);
  return chain;
}

/** Whether `target` lies on some runAfter path that ends at `reader` or at a container around it. */
function mayHaveRun(target: CompiledAction, reader: CompiledAction): boolean {
  const targetChain = [target, ...ancestors(target)];
  for (const place of [reader, ...ancestors(reader)]) {
    const sibling = targetChain.find((candidate) => candidate.block === place.block);
    if (sibling === undefined) continue;
    if (sibling !== place) return precedes(sibling.index, place.index, place.block);
    // The reader contains the target: an Until's condition reads its own actions, a scope's reader its inside.
    return target !== reader;
  }
  return true;
}

function precedes(before: number, index: number, block: CompiledBlock): boolean {
  const seen = new Set<number>();
  const waiting = [index];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const edge of block.actions[next]?.runAfter ?? []) {
      if (edge.action === before) return true;
      if (!seen.has(edge.action)) waiting.push(edge.action);
      seen.add(edge.action);
    }
  }
  return false;
}

/** ` Did you mean 'Create_label'?` when some action is spelt nearly alike. */
function suggest(flow: CompiledFlow, name: string): string {
  const wanted = simplify(name);
  const close = [...flow.actions.keys()].find((candidate) => {
    const other = simplify(candidate);
    return other === wanted || (wanted.length > 4 && (other.includes(wanted) || wanted.includes(other)));
  });
  return close === undefined ? '' : ` Did you mean '${close}'?`;
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
