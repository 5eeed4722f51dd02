import {
  getByPointer,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
  stringifyJson,
} from '../../../base/index.ts';
import { makeSample } from '../../../schema/index.ts';
import type { CompiledAction, CompiledFlow, FlowDefinition } from '../../types.ts';
import type { Plan } from './plan.ts';

/** What a walk changes in a definition, so that it goes its way whatever the data say. */
export interface Rewrite {
  /** The action that the run is to come to. */
  readonly target: CompiledAction;
  readonly plan: Plan;
  /** Actions whose made-up data did not do: they are stood in for. */
  readonly replaced: ReadonlySet<string>;
  /** An element for a loop whose list is not known. */
  elementOf(loop: string): Json;
}

/** A copy of the definition in which the planned branches are taken, and loops end after one turn. */
export function rewriteFlow(flow: CompiledFlow, rewrite: Rewrite): FlowDefinition {
  // Nobody knows an application's settings here.
  const text = stringifyJson(flow.definition).replace(/\bappsetting\s*\(/gi, 'string(');
  const copy = parseJson(text) as JsonObject;
  for (const trigger of flow.triggers) {
    const definition = getByPointer(copy, trigger.pointer);
    if (!isJsonObject(definition)) continue;
    delete definition.splitOn;
    delete definition.conditions;
  }
  // From the inside out: an agent that calls a tool takes the tool's actions as they have become.
  for (const action of [...flow.actions.values()].reverse()) {
    const definition = getByPointer(copy, action.pointer);
    if (isJsonObject(definition)) rewriteAction(action, definition, rewrite);
  }
  return copy;
}

function rewriteAction(action: CompiledAction, definition: JsonObject, rewrite: Rewrite): void {
  const { plan, replaced, elementOf } = rewrite;
  const { name, work } = action;
  const stumbled = replaced.has(name);
  const tool = plan.tools.get(name);
  if (tool !== undefined) callTool(name, tool, definition);
  else if (work.kind === 'if') {
    const branch = plan.branches.get(name);
    if (branch !== undefined || stumbled) definition.expression = `@equals(1, ${branch === false ? 2 : 1})`;
  } else if (work.kind === 'switch') {
    const index = plan.cases.get(name);
    if (index !== undefined || stumbled) definition.expression = readCase(action, definition, index ?? -1);
  } else if (work.kind === 'until') definition.expression = '@equals(1, 1)';
  else if (work.kind === 'foreach') {
    if (stumbled) definition.foreach = plan.loops.has(name) ? [elementOf(name)] : [];
  } else if (stumbled || isEarlyEnd(action, rewrite) || (plan.endings.has(name) && !canBeMocked(action))) {
    const { runAfter } = definition;
    for (const member of Object.keys(definition)) delete definition[member];
    Object.assign(definition, {
      type: 'Compose',
      inputs: 'stands in',
      ...(runAfter === undefined ? {} : { runAfter }),
    });
  }
}

/** Another branch ends the run before it comes to the target. */
export function isEarlyEnd({ work, name }: CompiledAction, { target }: Pick<Rewrite, 'target'>): boolean {
  return work.kind === 'terminate' && name !== target.name;
}

/** An agent whose model calls one tool once, with made-up arguments. */
function callTool(name: string, tool: string, definition: JsonObject): void {
  const { runAfter, tools } = definition;
  const { actions = {}, agentParameterSchema = {} } = (isJsonObject(tools) ? tools[tool] : {}) as JsonObject;
  for (const member of Object.keys(definition)) delete definition[member];
  const given = isJsonObject(agentParameterSchema) ? makeSample(agentParameterSchema) : {};
  const item = stringifyJson(`items('${name.replaceAll("'", "''")}')`).slice(1, -1);
  const text = stringifyJson(actions).replace(
    /\bagentParameters\s*\(\s*('(?:[^']|'')*')\s*\)/gi,
    `${item}?[$1]`,
  );
  Object.assign(definition, {
    type: 'Foreach',
    foreach: [given],
    actions: parseJson(text),
    ...(runAfter === undefined ? {} : { runAfter }),
  });
}

/** A value that no case has leads to the default. */
function readCase({ work, name }: CompiledAction, definition: JsonObject, index: number): Json {
  const wanted = work.kind === 'switch' ? work.cases[index]?.name : undefined;
  const cases = isJsonObject(definition.cases) ? definition.cases : {};
  const found = wanted === undefined ? undefined : cases[wanted];
  return (isJsonObject(found) ? found.case : undefined) ?? `none of the cases of ${name}`;
}

const DECIDED_INSIDE = new Set([
  'variable',
  'response',
  'terminate',
  'wait',
  'if',
  'switch',
  'foreach',
  'until',
  'scope',
]);

/** Whether a mock can say how an action ends. */
export function canBeMocked({ work }: CompiledAction): boolean {
  return !DECIDED_INSIDE.has(work.kind);
}
