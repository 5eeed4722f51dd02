import {
  isJsonObject,
  type Json,
  type JsonObject,
  type Problem,
  parsePointer,
  readOwn,
} from '../../base/index.ts';
import { createValidator, listTypes, resolveSchema, type Validator } from '../../schema/index.ts';
import type { OperationInputs } from '../request-types.ts';
import type { CompiledBody, CompiledConnector, CompiledOperation, CompiledParameter } from '../types.ts';

interface Checks {
  readonly parameters: Validator;
  readonly body: Validator;
}

/** Compiled at an operation's first call; gone with the operation. */
const compiled = new WeakMap<CompiledOperation, Checks>();

/**
 * Checks inputs before anything is sent. Each problem names the operation and the parameter, its pointer the place
 * in the inputs; values are never quoted. Formats are not checked: services are laxer than the standards.
 */
export function checkInputs(
  connector: CompiledConnector,
  operation: CompiledOperation,
  inputs: OperationInputs,
): Problem[] {
  const checks = checksOf(connector, operation);
  const problems = inputs.unknown.map((name) => createProblem(operation, `takes no '${name}'`, [name]));
  problems.push(...checkMissing(operation, inputs.parameters));
  for (const found of checks.parameters(
    toChecked(operation.parameters, inputs.parameters, connector.definition.openapi),
  )) {
    const [name = '', ...rest] = parsePointer(found.pointer);
    problems.push(
      createProblem(operation, `parameter '${name}'${within(rest)} ${found.message}`, [name, ...rest]),
    );
  }
  if (operation.body !== undefined)
    problems.push(...checkBody(operation, operation.body, inputs.body, checks.body));
  return problems;
}

function createProblem(operation: CompiledOperation, text: string, path: readonly string[]): Problem {
  const message = `${operation.operationId}: ${text}.`;
  return { code: 'CONNECTOR_INVALID_INPUTS', message, pointer: toPointer(path) };
}

function toPointer(path: readonly string[]): string {
  return path.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function within(path: readonly string[]): string {
  return path.length === 0 ? '' : ` at ${path.join('/')}`;
}

function checkMissing(operation: CompiledOperation, values: JsonObject): Problem[] {
  return operation.parameters.flatMap(({ name, required, default: fallback, ...parameter }) => {
    const value = readOwn(values, name);
    const isEmptyPath = parameter.in === 'path' && value === '';
    const isMissing = value === undefined || value === null || isEmptyPath;
    if (!isMissing || !required || fallback !== undefined) return [];
    return [createProblem(operation, `the ${parameter.in} parameter '${name}' is required`, [name])];
  });
}

function checkBody(
  operation: CompiledOperation,
  body: CompiledBody,
  value: Json | undefined,
  validate: Validator,
): Problem[] {
  const path = body.asParameters ? [] : [body.name];
  if (value === undefined) {
    if (!body.required || body.asParameters) return body.required ? checkFields(operation, body, {}) : [];
    return [createProblem(operation, `the body '${body.name}' is required`, path)];
  }
  if (body.fields !== undefined) return isJsonObject(value) ? checkFields(operation, body, value) : [];
  if (body.kind !== 'json') return [];
  return validate(value).map((found) => {
    const rest = parsePointer(found.pointer);
    return createProblem(operation, `the body '${body.name}'${within(rest)} ${found.message}`, [
      ...path,
      ...rest,
    ]);
  });
}

/** Fields go out as text, so only their presence is checked. */
function checkFields(operation: CompiledOperation, body: CompiledBody, values: JsonObject): Problem[] {
  const missing = (body.fields ?? []).filter((field) => {
    return field.required && field.default === undefined && (readOwn(values, field.name) ?? null) === null;
  });
  const path = body.asParameters ? [] : [body.name];
  return missing.map((field) =>
    createProblem(operation, `the field '${field.name}' is required`, [...path, field.name]),
  );
}

function checksOf(connector: CompiledConnector, operation: CompiledOperation): Checks {
  let checks = compiled.get(operation);
  if (checks === undefined) {
    const root = connector.definition.openapi;
    const properties = operation.parameters.map((parameter) => [parameter.name, parameter.schema] as const);
    const options = { root, formats: false, forRequest: true };
    checks = {
      parameters: createValidator({ type: 'object', properties: Object.fromEntries(properties) }, options),
      body: createValidator(operation.body?.schema ?? {}, options),
    };
    compiled.set(operation, checks);
  }
  return checks;
}

/**
 * Parameters become text anyway, so a number may be given as text and the other way round: each value is checked
 * as what its schema calls it.
 */
function toChecked(
  parameters: readonly CompiledParameter[],
  values: JsonObject,
  document: JsonObject,
): JsonObject {
  const entries = parameters.flatMap(({ name, schema, file }) => {
    const value = readOwn(values, name);
    if (value === undefined || value === null || file) return [];
    const adapted = Array.isArray(value)
      ? value.map((item) => adapt(item, resolveSchema(schema, document)['items'], document))
      : adapt(value, schema, document);
    return [[name, adapted] as const];
  });
  return Object.fromEntries(entries);
}

function adapt(value: Json, schema: Json | undefined, document: JsonObject): Json {
  if (typeof value === 'object') return value;
  const types = listTypes(schema, document);
  if (typeof value === 'string') {
    if (types.includes('string') || types.length === 0) return value;
    if (types.includes('boolean') && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
    const isNumeric = types.includes('integer') || types.includes('number');
    if (isNumeric && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
    return types.includes('array') ? [value] : value;
  }
  const isNumber = typeof value !== 'boolean';
  if (isNumber ? types.includes('integer') || types.includes('number') : types.includes('boolean'))
    return value;
  if (types.includes('string')) return String(value);
  return types.includes('array') ? [value] : value;
}
