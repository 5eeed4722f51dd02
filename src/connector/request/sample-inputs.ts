import { type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { improveSample, makeSample, resolveSchema, type SampleOptions } from '../../schema/index.ts';
import type { CompiledConnector, CompiledOperation, CompiledParameter } from '../types.ts';
import { checkInputs } from './check-inputs.ts';
import { readInputs } from './read-inputs.ts';

/** An example of a file: nine letters in a text file. */
const FILE: JsonObject = { '$content-type': 'text/plain', $content: 'UGF0Y2hiYXk=', $filename: 'sample.txt' };

/**
 * Inputs to try an operation with: its parameters and the body, from examples, defaults and types. They pass the
 * check a call makes; where an author's example contradicts the author's schema, something plain takes its place.
 */
export function makeSampleInputs(connector: CompiledConnector, operation: CompiledOperation): JsonObject {
  return improveSample<JsonObject>(
    (options) => makeInputs(connector, operation, options),
    (inputs) => {
      const problems = checkInputs(connector, operation, readInputs(connector, operation, inputs));
      return problems.map((problem) => problem.pointer ?? '');
    },
  );
}

function makeInputs(
  connector: CompiledConnector,
  { parameters, body }: CompiledOperation,
  options: SampleOptions,
): JsonObject {
  const root = connector.definition.openapi;
  const sample = (schema: JsonObject, place: string) => {
    const trusts = (pointer: string) => options.trusts?.(place + pointer) ?? true;
    return makeSample(schema, root, { ...options, forRequest: true, trusts });
  };
  const ofField = (field: CompiledParameter, place: string): Json => {
    if (field.file) return isList(field) ? [FILE] : FILE;
    const given = field.extensions['x-ms-test-value'] ?? field.default ?? null;
    if (given !== null && (options.trusts?.(place) ?? true)) return given;
    const made = sample(describePlace(field, root), place);
    // A path without it is another path, whatever its schema says.
    return made === null && field.in === 'path' ? 'sample' : made;
  };
  const isWanted = ({ required, visibility }: CompiledParameter) =>
    // What nobody sees is sent only where it must be: see `applyDefaults`.
    required || (visibility !== 'internal' && options.onlyRequired !== true);
  const ofFields = (fields: readonly CompiledParameter[], place: string) =>
    fields.filter(isWanted).map((field): [string, Json] => {
      return [field.name, ofField(field, joinPointer(place, field.name))];
    });
  const inputs = ofFields(parameters, '');
  if (body?.fields !== undefined && body.fields.length > 0) {
    const place = body.asParameters ? '' : joinPointer('', body.name);
    const fields = ofFields(body.fields, place);
    if (body.asParameters) inputs.push(...fields);
    else inputs.push([body.name, Object.fromEntries(fields)]);
  } else if (body !== undefined && !body.asParameters && (body.required || options.onlyRequired !== true)) {
    const value = body.kind === 'binary' ? FILE : sample(body.schema, joinPointer('', body.name));
    inputs.push([body.name, value]);
  }
  return Object.fromEntries(inputs);
}

/** Some services are called at an address that is an input: a word would not do there. */
function describePlace({ name, schema }: CompiledParameter, root: Json): JsonObject {
  const { type, format, pattern, enum: allowed } = resolveSchema(schema, root);
  const isPlain = type === 'string' && format === undefined && pattern === undefined && allowed === undefined;
  return isPlain && /(?:^|[-_.\s])ur[li]$|[a-z]Ur[li]$|URL$/i.test(name)
    ? { ...schema, format: 'uri' }
    : schema;
}

function isList({ schema }: CompiledParameter): boolean {
  return schema['type'] === 'array' || schema['items'] !== undefined;
}
