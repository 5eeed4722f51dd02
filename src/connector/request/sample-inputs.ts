import { type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { improveSample, makeSample, resolveSchema, type SampleOptions } from '../../schema/index.ts';
import type { CompiledBody, CompiledConnector, CompiledOperation, CompiledParameter } from '../types.ts';
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
  operation: CompiledOperation,
  options: SampleOptions,
): JsonObject {
  const { parameters, body } = operation;
  const root = connector.definition.openapi;
  const sample = (schema: JsonObject, place: string) => {
    const trusts = (pointer: string) => options.trusts?.(place + pointer) ?? true;
    return makeSample(schema, root, { ...options, forRequest: true, trusts });
  };
  const ofField = (field: CompiledParameter, place: string): Json => {
    if (field.file) return field.fileList ? [FILE] : FILE;
    const given = field.extensions['x-ms-test-value'] ?? field.default ?? field.example ?? null;
    const isNoPath = field.in === 'path' && given === '';
    if (given !== null && !isNoPath && (options.trusts?.(place) ?? true)) return given;
    const named = sampleOfHeader(field, operation, root);
    if (named !== undefined) return named;
    const made = sample(describePlace(field, root), place);
    // A path without it is another path, whatever its schema says.
    return field.in === 'path' && (made === null || made === '') ? 'sample' : made;
  };
  const ofBody = ({ example, schema }: CompiledBody, place: string): Json =>
    example !== undefined && (options.trusts?.(place) ?? true) ? example : sample(schema, place);
  const isWanted = ({ required, visibility, ...field }: CompiledParameter) =>
    // What nobody sees is sent only where it must be: see `applyDefaults`.
    required ||
    (visibility !== 'internal' && options.onlyRequired !== true && !isOfTransport(field, operation));
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
    inputs.push([body.name, body.kind === 'binary' ? FILE : ofBody(body, joinPointer('', body.name))]);
  }
  return Object.fromEntries(inputs);
}

/** A header that the connection fills in, or that is about a body which there is not. */
function isOfTransport(
  { name, in: place }: Pick<CompiledParameter, 'name' | 'in'>,
  { body }: CompiledOperation,
) {
  if (place !== 'header') return false;
  return /^authorization$/i.test(name) || (/^content-type$/i.test(name) && body === undefined);
}

/** Headers that say in which media type something is written, where the definition leaves the value open. */
function sampleOfHeader(
  field: CompiledParameter,
  operation: CompiledOperation,
  root: Json,
): string | undefined {
  if (field.in !== 'header') return undefined;
  const { enum: allowed, const: only, example, examples } = resolveSchema(field.schema, root);
  if ([allowed, only, example, examples].some((one) => one !== undefined)) return undefined;
  const name = field.name.toLowerCase();
  if (name === 'accept') return operation.accept?.split(/[,;]/)[0];
  return name === 'content-type' ? operation.body?.mediaType : undefined;
}

/**
 * Some services are called at an address that is an input: a word would not do there. Where nobody says what a value
 * is, it is a word.
 */
function describePlace({ name, schema }: CompiledParameter, root: Json): JsonObject {
  const resolved = resolveSchema(schema, root);
  if (Object.keys(resolved).every((key) => ANNOTATIONS.has(key) || key.startsWith('x-')))
    return { ...schema, type: 'string' };
  const { type, format, pattern, enum: allowed } = resolved;
  const isPlain = type === 'string' && format === undefined && pattern === undefined && allowed === undefined;
  return isPlain && /(?:^|[-_.\s])ur[li]$|[a-z]Ur[li]$|URL$/i.test(name)
    ? { ...schema, format: 'uri' }
    : schema;
}

const ANNOTATIONS = new Set(['default', 'deprecated', 'description', 'example', 'examples', 'title']);
