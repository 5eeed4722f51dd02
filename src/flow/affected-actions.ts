import { getByPointer, isJsonObject, type Json, type JsonObject, joinPointer } from '../base/index.ts';
import type { ConnectorChange } from '../connector/index.ts';
import type { Reference } from '../expression/index.ts';
import { compileFlowWithProblems } from './compile.ts';
import { readPath, touches } from './read-paths.ts';
import type { CallTarget, CompiledFlow, FlowDefinition, PlacedTemplate } from './types.ts';

/** A flow that may use the connector that changed. */
export interface UsingFlow {
  readonly id: string;
  readonly name: string;
  readonly definition: FlowDefinition;
  /** The connection references that stand for the connector; all of them when missing. */
  readonly references?: readonly string[];
}

/** An action (or trigger) that a breaking change would break. */
export interface AffectedAction {
  readonly flowId: string;
  readonly flow: string;
  /** The name of the action that would break: the call itself, or who reads its answer. */
  readonly action: string;
  /** JSON pointer into the definition of the flow. */
  readonly pointer: string;
  readonly operationId: string;
  /** As flows name it: `body/ship_to/name`; missing when the whole operation is concerned. */
  readonly field?: string;
  readonly change: ConnectorChange;
  /** One sentence: what breaks, where, why. */
  readonly message: string;
}

/** A call of the changed connector, found in a flow. */
interface Call {
  readonly name: string;
  readonly pointer: string;
  readonly isTrigger: boolean;
  readonly operationId: string;
  readonly parameters: JsonObject;
}

/**
 * Lists what the breaking ones of some changes would break in flows, by what the flows' definitions say: the
 * operations they call, the inputs they give, the fields their expressions read. A flow that cannot be compiled is
 * searched as far as it can be read.
 */
export function findAffectedActions(
  changes: readonly ConnectorChange[],
  flows: readonly UsingFlow[],
): AffectedAction[] {
  const breaking = changes.filter(
    (change) => change.class === 'breaking' && change.operationId !== undefined,
  );
  if (breaking.length === 0) return [];
  return flows.flatMap((flow) => findInFlow(breaking, flow));
}

function findInFlow(changes: readonly ConnectorChange[], using: UsingFlow): AffectedAction[] {
  const { flow } = compileFlowWithProblems(using.definition);
  const calls = findCalls(flow, using.references);
  const found = calls.flatMap((call) => {
    const own = changes.filter((change) => change.operationId === call.operationId);
    return own.flatMap((change) => findInCall(change, call, flow));
  });
  return found.map((one) => ({ flowId: using.id, flow: using.name, ...one }));
}

type Found = Omit<AffectedAction, 'flow' | 'flowId'>;

function findCalls(flow: CompiledFlow, references: readonly string[] | undefined): Call[] {
  const calls: Call[] = [];
  const add = (name: string, pointer: string, target: CallTarget | undefined, isTrigger: boolean) => {
    if (target?.kind !== 'operation' || target.operationId === undefined) return;
    if (references !== undefined && !references.includes(target.reference ?? '')) return;
    const parameters = getByPointer(flow.definition, joinPointer(pointer, 'inputs', 'parameters'));
    const { operationId } = target;
    calls.push({
      name,
      pointer,
      isTrigger,
      operationId,
      parameters: isJsonObject(parameters) ? parameters : {},
    });
  };
  for (const { name, pointer, target } of flow.triggers) add(name, pointer, target, true);
  for (const { name, pointer, work } of flow.actions.values()) {
    if (work.kind === 'call') add(name, pointer, work.target, false);
  }
  return calls;
}

function findInCall(change: ConnectorChange, call: Call, flow: CompiledFlow): Found[] {
  const { field } = change;
  if (field === undefined) return [describe(change, call, call.name, call.pointer)];
  if (field.in === 'response') return findReaders(change, field.path, call, flow);
  const name = field.path.join('/');
  const given = findGiven(field.path, call.parameters);
  // What is newly required breaks those who do not give it; every other change those who do.
  const isNeed = NEEDS.has(change.code);
  if (isNeed ? given !== 'no' && given !== 'without' : given === 'no' || given === 'without') return [];
  if (isNeed && given === 'no' && field.in === 'body' && field.path.length > 2) return [];
  return [describe(change, call, call.name, joinPointer(call.pointer, 'inputs', 'parameters'), name)];
}

const NEEDS = new Set([
  'FIELD_NOW_REQUIRED',
  'PARAMETER_NECESSITY_CHANGED',
  'REQUIRED_FIELD_ADDED',
  'REQUIRED_PARAMETER_ADDED',
]);

/**
 * Whether inputs give a field: `yes`; `maybe`, by an expression that makes what it is in; `without`, when they give
 * what it would be in; `no`.
 */
function findGiven(path: readonly string[], parameters: JsonObject): 'yes' | 'maybe' | 'without' | 'no' {
  let best: 'maybe' | 'without' | 'no' = 'no';
  for (const [key, value] of Object.entries(parameters)) {
    const steps = key.split('/');
    if (touches(steps, path)) return 'yes';
    const parent = path.slice(0, -1);
    if (parent.length > 0 && touches(steps, parent)) best = best === 'maybe' ? best : 'without';
    if (!touches(path, steps)) continue;
    const within = lookUp(value, path.slice(steps.length));
    if (within === 'yes') return 'yes';
    if (best !== 'maybe') best = within;
  }
  return best;
}

function lookUp(value: Json | undefined, path: readonly string[]): 'yes' | 'maybe' | 'without' | 'no' {
  const [step, ...rest] = path;
  if (step === undefined) return 'yes';
  if (typeof value === 'string' && value.startsWith('@') && !value.startsWith('@@')) return 'maybe';
  if (step === '*') {
    const answers = Array.isArray(value) ? value.map((item) => lookUp(item, rest)) : [];
    return answers.includes('without') ? 'without' : (answers.find((one) => one !== 'no') ?? 'no');
  }
  if (!isJsonObject(value)) return 'no';
  if (Object.hasOwn(value, step)) return lookUp(value[step], rest);
  return rest.length === 0 ? 'without' : 'no';
}

/** The expressions that read a field of a call's answer, directly or as the item of a loop over it. */
function findReaders(
  change: ConnectorChange,
  path: readonly string[],
  call: Call,
  flow: CompiledFlow,
): Found[] {
  const name = ['body', ...path].join('/');
  const found: Found[] = [];
  for (const placed of flow.templates) {
    for (const reference of placed.template.references) {
      const pointer = placed.pointer + reference.pointer;
      const read = readAnswer(flow, placed, reference, call);
      if (read === undefined || !touches(read, path)) continue;
      found.push(describe(change, call, placed.action ?? call.name, pointer, name));
    }
  }
  return found;
}

/** The path of the answer's body that a reference reads; undefined when it reads something else. */
function readAnswer(
  flow: CompiledFlow,
  placed: PlacedTemplate,
  reference: Reference,
  call: Call,
): readonly string[] | undefined {
  const text = getByPointer(flow.definition, placed.pointer + reference.pointer);
  if (typeof text !== 'string') return undefined;
  const path = readPath(text, reference.end);
  const called = reference.function.toLowerCase();
  if (called === 'items' || called === 'item') return readItem(flow, placed, reference, call, path);
  if (call.isTrigger) {
    if (called === 'triggerbody') return path;
    return called === 'triggeroutputs' && path[0] === 'body' ? path.slice(1) : undefined;
  }
  if (reference.name?.toLowerCase() !== call.name.toLowerCase()) return undefined;
  if (called === 'body' || called === 'actionbody') return path;
  const [first, second] = path;
  if (called === 'outputs' || called === 'actionoutputs') return first === 'body' ? path.slice(1) : undefined;
  return called === 'actions' && first === 'outputs' && second === 'body' ? path.slice(2) : undefined;
}

/** An item of a loop is an item of what the loop goes over. */
function readItem(
  flow: CompiledFlow,
  placed: PlacedTemplate,
  reference: Reference,
  call: Call,
  path: readonly string[],
): readonly string[] | undefined {
  const loop = reference.name ?? findLoop(flow, placed.action);
  const action = loop === undefined ? undefined : findAction(flow, loop);
  if (action?.work.kind !== 'foreach') return undefined;
  const [over, ...others] = action.work.items.references;
  if (over === undefined || others.length > 0) return undefined;
  const place = flow.templates.find(
    (one) => action.work.kind === 'foreach' && one.template === action.work.items,
  );
  if (place === undefined) return undefined;
  const list = readAnswer(flow, place, over, call);
  return list === undefined ? undefined : [...list, '*', ...path];
}

function findAction(flow: CompiledFlow, name: string) {
  for (const [key, action] of flow.actions) if (key.toLowerCase() === name.toLowerCase()) return action;
  return undefined;
}

/** The innermost loop around an action. */
function findLoop(flow: CompiledFlow, name: string | undefined): string | undefined {
  let owner = name === undefined ? undefined : flow.actions.get(name)?.block.owner;
  while (owner !== undefined && owner.work.kind !== 'foreach') owner = owner.block.owner;
  return owner?.name;
}

function describe(
  change: ConnectorChange,
  call: Call,
  action: string,
  pointer: string,
  field?: string,
): Found {
  const what = call.isTrigger ? 'The trigger' : 'The action';
  const who =
    action === call.name
      ? `${what} '${action}' calls`
      : `The action '${action}' reads the answer of '${call.name}', which calls`;
  return {
    action,
    pointer,
    operationId: call.operationId,
    ...(field === undefined ? {} : { field }),
    change,
    message: `${who} ${call.operationId}: ${change.message}`,
  };
}
