import { type Json, type JsonObject, maskCredentials } from '../../../base/index.ts';
import { isJsonType } from '../../compile/media-types.ts';
import { makeName } from './make-name.ts';
import { inferInputSchema, inferTextSchema, readJsonSample } from './samples.ts';
import type { NotedBody, NotedField, NotedRequest } from './types.ts';

interface Use {
  readonly name: string;
  readonly body: NotedBody;
}

/** The body of an operation from those of its requests; `undefined` when none has one. */
export function buildRequestBody(
  group: readonly NotedRequest[],
  keepsExamples: boolean,
): JsonObject | undefined {
  const uses = group.flatMap(({ name, body }) => (body === undefined ? [] : [{ name, body }]));
  if (uses.length === 0) return undefined;
  const byType = new Map<string, Use[]>();
  for (const use of uses) {
    const { mediaType } = use.body;
    byType.set(mediaType, [...(byType.get(mediaType) ?? []), use]);
  }
  const content = [...byType].map(([type, some]) => [type, buildMedia(type, some, keepsExamples)] as const);
  return { required: uses.length === group.length, content: Object.fromEntries(content) };
}

function buildMedia(mediaType: string, uses: readonly Use[], keepsExamples: boolean): JsonObject {
  const forms = uses.flatMap(({ body }) => (body.kind === 'form' ? [body.fields] : []));
  if (forms.length > 0) return { schema: buildFormSchema(forms) };
  const texts = uses.flatMap(({ name, body }) => (body.kind === 'text' ? [{ name, text: body.text }] : []));
  if (texts.length === 0) return { schema: { type: 'string', contentMediaType: mediaType } };
  if (!isJsonType(mediaType)) return { schema: { type: 'string' } };
  const samples = texts.flatMap(({ name, text }) => {
    const value = readJsonSample(text);
    return value === undefined ? [] : [{ name, value }];
  });
  const schema = inferInputSchema(samples.map(({ value }) => value));
  return { schema, ...(keepsExamples ? nameExamples(samples) : {}) };
}

/** More samples than these teach nobody anything. */
const MAX_EXAMPLES = 20;

/** OpenAPI's `examples` of samples, credentials masked. */
export function nameExamples(samples: readonly { name: string; value: Json }[]): JsonObject {
  const entries = samples.slice(0, MAX_EXAMPLES).map(({ name, value }, index) => {
    const key = makeName(name) || `Sample${index + 1}`;
    return [key, { ...(name === '' ? {} : { summary: name }), value: maskCredentials(value) }] as const;
  });
  return entries.length === 0 ? {} : { examples: Object.fromEntries(entries) };
}

function buildFormSchema(forms: readonly (readonly NotedField[])[]): JsonObject {
  const byName = new Map<string, NotedField[]>();
  for (const field of forms.flat()) byName.set(field.name, [...(byName.get(field.name) ?? []), field]);
  const required = [...byName].filter(([, fields]) => {
    return fields.length >= forms.length && fields.every((field) => field.required);
  });
  return {
    type: 'object',
    properties: Object.fromEntries(
      [...byName].map(([name, fields]) => [name, buildField(name, fields, forms)]),
    ),
    ...(required.length === 0 ? {} : { required: required.map(([name]) => name) }),
  };
}

function buildField(
  name: string,
  fields: readonly NotedField[],
  forms: readonly (readonly NotedField[])[],
): JsonObject {
  const description = fields.find((field) => field.description !== '')?.description ?? '';
  const file = fields.find((field) => field.kind === 'file');
  const schema = file
    ? { type: 'string', contentMediaType: file.mediaType ?? 'application/octet-stream' }
    : inferTextSchema(fields.map((field) => field.value).filter((value) => !value.includes('{{')));
  const isList = forms.some((form) => form.filter((field) => field.name === name).length > 1);
  return {
    ...(isList ? { type: 'array', items: schema } : schema),
    ...(description === '' ? {} : { description }),
  };
}
