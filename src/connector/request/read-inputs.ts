import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { OperationInputs } from '../request-types.ts';
import type { CompiledConnector, CompiledOperation, CompiledParameter, ParameterLocation } from '../types.ts';
import { unflatten } from './unflatten.ts';

/**
 * Takes the inputs of a call apart: parameters by name; the body whole under its name, flattened
 * (`body/ship_to/name`), or both, the flattened ones winning. A form's fields may also stand by their own names.
 */
export function readInputs(
  connector: CompiledConnector,
  operation: CompiledOperation,
  inputs: JsonObject,
): OperationInputs {
  const names = new Set(operation.parameters.map((parameter) => parameter.name));
  const { body } = operation;
  const fields = new Set(body?.fields?.map((field) => field.name));
  const given: [string, Json][] = [];
  const flattened: [string, Json][] = [];
  const unknown: string[] = [];
  let whole: Json | undefined;
  for (const [name, value] of Object.entries(inputs)) {
    if (names.has(name)) given.push([name, value]);
    else if (body !== undefined && name === body.name && !(body.asParameters && fields.has(name)))
      whole = value;
    else if (body !== undefined && name.startsWith(`${body.name}/`))
      flattened.push([name.slice(body.name.length + 1), value]);
    else if (fields.has(name) || fields.has(name.slice(0, name.indexOf('/')))) flattened.push([name, value]);
    else unknown.push(name);
  }
  const parameters: JsonObject = Object.fromEntries(given);
  if (body === undefined || flattened.length === 0) return { parameters, body: whole, unknown };
  const start = isJsonObject(whole) ? whole : {};
  return {
    parameters,
    body: unflatten(start, flattened, body.schema, connector.definition.openapi),
    unknown,
  };
}

/** The inputs of Logic Apps' ApiConnection action, by parameter name. What no parameter describes is passed on. */
export interface HttpInputs {
  readonly inputs: JsonObject;
  readonly extraQueries: JsonObject;
  readonly extraHeaders: JsonObject;
}

/** Translates `{queries?, headers?, body?}` beside a method and path (already matched by `connector.find`). */
export function readHttpInputs(
  operation: CompiledOperation,
  pathParameters: Readonly<Record<string, string>>,
  given: JsonObject,
): HttpInputs {
  const { parameters, body } = operation;
  const inputs: [string, Json][] = [];
  const extraQueries: [string, Json][] = [];
  const extraHeaders: [string, Json][] = [];
  for (const [name, value] of Object.entries(pathParameters)) {
    inputs.push([findParameter(parameters, 'path', name)?.name ?? name, value]);
  }
  for (const [name, value] of membersOf(given['queries'])) {
    const known = findParameter(parameters, 'query', name);
    if (known === undefined) extraQueries.push([name, value]);
    else inputs.push([known.name, value]);
  }
  for (const [name, value] of membersOf(given['headers'])) {
    const known = findParameter(parameters, 'header', name);
    if (known === undefined) extraHeaders.push([name, value]);
    else inputs.push([known.name, value]);
  }
  if (given['body'] !== undefined && body !== undefined) inputs.push([body.name, given['body']]);
  return {
    inputs: Object.fromEntries(inputs),
    extraQueries: Object.fromEntries(extraQueries),
    extraHeaders: Object.fromEntries(extraHeaders),
  };
}

/** By the name that the service knows, of headers without regard to case. */
function findParameter(
  parameters: readonly CompiledParameter[],
  place: ParameterLocation,
  name: string,
): CompiledParameter | undefined {
  return parameters.find((one) => {
    const sent = one.sentAs ?? one.name;
    return one.in === place && (place === 'header' ? equalsIgnoreCase(sent, name) : sent === name);
  });
}

function membersOf(value: Json | undefined): [string, Json][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function equalsIgnoreCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
