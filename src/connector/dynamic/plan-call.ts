import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import { readInputs } from '../request/read-inputs.ts';
import type { OperationInputs } from '../request-types.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';
import { findInput } from './find-input.ts';
import { followPath } from './follow-path.ts';
import type { DynamicArgument, DynamicCall, DynamicPlan, MissingInput } from './types.ts';

/** The operation whose form somebody fills, as far as they have come. */
export interface DynamicContext {
  readonly connector: CompiledConnector;
  readonly operation: CompiledOperation;
  /** By name, the body whole or flattened, as for a call. */
  readonly inputs: JsonObject;
  /** Path of the field into the inputs: `['body', 'lines', '0', 'sku']`. */
  readonly at?: readonly string[];
  /** Of the tree's node that is opened: what its operation answered, or `selection` of the node. */
  readonly selection?: JsonObject;
}

/** Plans the call that a dynamic extension asks for: which operation, with which inputs; or what is missing first. */
export function planDynamicCall(call: DynamicCall, context: DynamicContext): DynamicPlan {
  const target = context.connector.operation(call.operationId);
  if (target === undefined) {
    const message = `The definition asks ${call.operationId} for the values, and has no such operation. Type the value.`;
    return { ready: false, reason: 'broken', inputs: [], message };
  }
  const inputs = readInputs(context.connector, context.operation, context.inputs);
  const given: JsonObject = {};
  const missing: MissingInput[] = [];
  const runtime: MissingInput[] = [];
  for (const argument of call.arguments) {
    const name = nameOf(argument.name, target, context.connector);
    const found = findValue(argument, inputs, context);
    const isGiven = found.value !== undefined && found.value !== null && found.value !== '';
    if (isGiven && isRuntimeText(found.value))
      runtime.push({ reference: found.reference, title: found.title });
    else if (isGiven && name !== undefined) given[name] = found.value ?? null;
    else if (!isGiven && argument.from === 'input' && (found.required || isRequired(name, target))) {
      missing.push({ reference: found.reference, title: found.title });
    }
  }
  if (missing.length > 0) return refuse('missing', missing);
  return runtime.length > 0
    ? refuse('runtime', runtime)
    : { ready: true, operationId: call.operationId, inputs: given };
}

/** The inputs that must be filled before a dynamic operation can be called, whatever is filled already. */
export function listReferences({ arguments: all }: DynamicCall): string[] {
  return all.flatMap((one) => (one.from === 'input' ? [one.reference] : []));
}

interface FoundValue {
  readonly reference: string;
  readonly title: string;
  readonly value: Json | undefined;
  readonly required: boolean;
}

function findValue(argument: DynamicArgument, inputs: OperationInputs, context: DynamicContext): FoundValue {
  const { name } = argument;
  if (argument.from === 'value')
    return { reference: name, title: name, value: argument.value, required: false };
  if (argument.from === 'selection') {
    const { path } = argument;
    const selection = context.selection ?? {};
    const value = Object.hasOwn(selection, path) ? selection[path] : followPath(selection, path);
    return { reference: path, title: path, value, required: false };
  }
  const { connector, operation, at = [] } = context;
  const found = findInput(argument.reference, { connector, operation, inputs, at });
  return { reference: argument.reference, ...found };
}

/**
 * The name the called operation knows an argument by: definitions also name members of its body, with or without the
 * body's name before them. Arguments it does not take at all (settings of a picker, `Accept`) are left out.
 */
function nameOf(name: string, { parameters, body }: CompiledOperation, connector: CompiledConnector) {
  if (parameters.some((one) => one.name === name) || body === undefined) {
    return parameters.some((one) => one.name === name) ? name : undefined;
  }
  if (name === body.name || name.startsWith(`${body.name}/`)) return name;
  if (body.fields?.some((field) => field.name === name))
    return body.asParameters ? name : `${body.name}/${name}`;
  if (name === 'body' || name.startsWith('body/')) return `${body.name}${name.slice(4)}`;
  const { properties } = resolveSchema(body.schema, connector.definition.openapi);
  return isJsonObject(properties) && Object.hasOwn(properties, name) ? `${body.name}/${name}` : undefined;
}

function isRequired(name: string | undefined, { parameters }: CompiledOperation): boolean {
  return parameters.some((one) => one.name === name && one.required && one.default === undefined);
}

/** What only a run knows: an expression, `@{…}` within a text or `@call(…)` for a whole one; `@ada` is a name. */
function isRuntimeText(value: Json | undefined): boolean {
  return typeof value === 'string' && (/@\{[^}]*\}/.test(value) || /^@[a-z]\w*\(/i.test(value));
}

function refuse(reason: 'missing' | 'runtime', inputs: readonly MissingInput[]): DynamicPlan {
  const names = listNames([...new Set(inputs.map(({ title }) => title))]);
  const message =
    reason === 'missing'
      ? `Choose ${names} first.`
      : `${names} ${inputs.length > 1 ? 'are' : 'is'} only known when the flow runs, so there is no list: type the value.`;
  return { ready: false, reason, inputs, message };
}

function listNames(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`);
  return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
