import { type JsonObject, stringifyJson } from '../../../base/index.ts';
import { bodyKindOf, DEFAULT_ACCEPT } from '../../compile/media-types.ts';
import { addressOf } from '../../operations.ts';
import { findAsked } from '../../request/choose-credentials.ts';
import type {
  AuthenticationMethod,
  CompiledBody,
  CompiledOperation,
  CompiledParameter,
  CompiledResponse,
} from '../../types.ts';
import { toDocComment } from './doc-comment.ts';
import { toKey, toTypeName } from './names.ts';
import type { SchemaTypes } from './schema-types.ts';

export interface WrittenOperation {
  /** The types of input, result and error. */
  readonly types: string;
  /** The method of the class. */
  readonly method: string;
}

/** The source of one operation: its types, and the method that calls it. */
export function writeOperation(
  operation: CompiledOperation,
  types: SchemaTypes,
  name: string,
  authentication: readonly AuthenticationMethod[],
): WrittenOperation {
  const base = toTypeName(operation.operationId);
  const fields = writeFields(operation, types);
  const input = fields.length > 0 ? types.names.take(`${base}Input`) : undefined;
  const result = types.names.take(`${base}Result`);
  const error = types.names.take(`${base}Error`);
  const declared = [
    ...(input === undefined
      ? []
      : [`export interface ${input} {\n${fields.map((one) => one.source).join('')}}\n`]),
    `export type ${result} = ${writeResult(operation, types)};\n`,
    `export type ${error} = ApiError<${writeErrors(operation, types)}>;\n`,
  ];
  const isOptional = fields.every((one) => !one.required);
  const parameter =
    input === undefined ? '' : `input: ${input}${isOptional ? ` = ${writeNothing(fields)}` : ''}, `;
  const tags = [`@throws {${error}}`, ...(operation.deprecated ? ['@deprecated'] : [])];
  const spec = stringifyJson({ ...describeSpec(operation), ...describeSecurity(operation, authentication) });
  const call = `this.#call(${spec}, ${input === undefined ? '{}' : 'input'}, options)`;
  return {
    types: declared.join('\n'),
    method: `${toDocComment(describe(operation), '  ', tags)}  async ${name}(${parameter}options: CallOptions = {}): Promise<${result}> {
    return (await ${call}) as ${result};
  }
`,
  };
}

function describe({ summary, description }: CompiledOperation): string {
  if (description === '' || description === summary) return summary;
  return `${summary}\n\n${description}`;
}

/** An object without any member; `{}` has what all objects have, such as `toString`, which is no text. */
function writeNothing(fields: readonly Field[]): string {
  return fields.some(({ name }) => name in {}) ? 'Object.create(null)' : '{}';
}

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly source: string;
}

function writeFields({ parameters, body }: CompiledOperation, types: SchemaTypes): Field[] {
  const fields = new Map<string, Field>();
  const all = [...parameters, ...(body?.asParameters ? (body.fields ?? []) : [])];
  for (const parameter of all)
    if (!fields.has(parameter.name)) fields.set(parameter.name, writeField(parameter, types));
  if (body !== undefined && !body.asParameters) fields.set(body.name, writeBody(body, types));
  return [...fields.values()];
}

function writeField(parameter: CompiledParameter, types: SchemaTypes): Field {
  const { name, description, summary, deprecated } = parameter;
  // What the definition fills in by itself need not be given.
  const required = parameter.required && parameter.default === undefined;
  const { file, fileList } = parameter;
  const type = file ? (fileList ? 'Blob[]' : 'Blob') : types.write(parameter.schema, '  ');
  const text = description || (summary === name ? '' : summary);
  const comment = toDocComment(text, '  ', deprecated ? ['@deprecated'] : []);
  return { name, required, source: `${comment}  ${toKey(name)}${required ? '' : '?'}: ${type};\n` };
}

function writeBody(body: CompiledBody, types: SchemaTypes): Field {
  const type = body.kind === 'binary' ? 'Blob | string' : types.write(body.schema, '  ');
  const source = `${toDocComment(body.description, '  ')}  ${toKey(body.name)}${body.required ? '' : '?'}: ${type};\n`;
  return { name: body.name, required: body.required, source };
}

function writeResult({ responses }: CompiledOperation, types: SchemaTypes): string {
  const successes = responses.filter(({ status }) => /^2/.test(status));
  const used = successes.length > 0 ? successes : responses.filter(({ status }) => status === 'default');
  return used.length === 0 ? 'unknown' : unite(used.map((one) => writeAnswer(one, types)));
}

function writeErrors({ responses }: CompiledOperation, types: SchemaTypes): string {
  const failures = responses.filter(({ status }) => !/^[123]/.test(status));
  return failures.length === 0 ? 'unknown' : unite(failures.map((one) => writeAnswer(one, types)));
}

function unite(all: readonly string[]): string {
  const unique = [...new Set(all)];
  return unique.includes('unknown') ? 'unknown' : unique.join(' | ');
}

function writeAnswer({ mediaTypes, schema }: CompiledResponse, types: SchemaTypes): string {
  const [mediaType] = mediaTypes;
  if (mediaType === undefined) return 'undefined';
  const kind = bodyKindOf(mediaTypes.find((one) => bodyKindOf(one) === 'json') ?? mediaType);
  if (kind === 'binary') return 'Blob';
  if (kind === 'text') return 'string';
  return schema === undefined ? 'unknown' : types.write(schema);
}

/** What the call needs to know when it runs; defaults of the generated code are left out. */
function describeSpec(operation: CompiledOperation): JsonObject {
  const { operationId, method, path, parameters, body, servers, accept } = operation;
  const server = servers?.[0]?.url;
  return {
    id: operationId,
    method,
    path: addressOf(path),
    ...(server === undefined ? {} : { server }),
    ...(accept === undefined || accept === DEFAULT_ACCEPT ? {} : { accept }),
    parameters: parameters.map(describeParameter),
    ...(body === undefined ? {} : { body: describeBody(body) }),
  };
}

/** Nothing where every way to authenticate does as it is. */
function describeSecurity(
  operation: CompiledOperation,
  authentication: readonly AuthenticationMethod[],
): JsonObject {
  const { security } = operation;
  const isPlain = authentication.every((method) => {
    return findAsked(method, operation)?.length === method.credentials.length;
  });
  return security === undefined || isPlain ? {} : { security: security.map((one) => [...one]) };
}

function describeParameter(parameter: CompiledParameter): JsonObject {
  const { encoding, allowReserved, required, default: fallback } = parameter;
  return {
    ...describeValue(parameter),
    ...(parameter.sentAs === undefined ? {} : { name: parameter.sentAs, input: parameter.name }),
    in: parameter.in,
    ...(encoding === 'double' ? { double: true } : {}),
    ...(allowReserved && parameter.in === 'path' ? { open: true } : {}),
    ...(required && fallback !== undefined ? { default: fallback } : {}),
  };
}

function describeValue(parameter: CompiledParameter): JsonObject {
  const { name, in: place, style, explode, mediaType, itemDelimiters } = parameter;
  const usual = place === 'path' || place === 'header' ? 'simple' : 'form';
  return {
    name,
    ...(style === usual ? {} : { style }),
    ...(explode ? { explode } : {}),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(itemDelimiters === undefined ? {} : { delimiters: [...itemDelimiters] }),
  };
}

function describeBody({ kind, mediaType, name, asParameters, fields = [] }: CompiledBody): JsonObject {
  const styled = fields.filter(
    (field) => !field.file && (field.styled === true || field.mediaType !== undefined),
  );
  return {
    ...(asParameters ? { fields: fields.map((field) => field.name) } : { name }),
    ...(styled.length === 0 ? {} : { styles: styled.map(describeValue) }),
    kind,
    mediaType,
  };
}
