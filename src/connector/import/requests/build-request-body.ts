import { isCredentialName, type Json, type JsonObject } from '../../../base/index.ts';
import { isJsonType } from '../../compile/media-types.ts';
import { describeGroup } from './describe-group.ts';
import { nameExamples, type Sample, samplesWorthKeeping } from './name-examples.ts';
import {
  findExample,
  findExampleList,
  inferInputSchema,
  inferTextSchema,
  maskSample,
  readJsonSample,
  readTextValue,
} from './samples.ts';
import type { NotedBody, NotedField, NotedRequest } from './types.ts';

interface Use {
  readonly name: string;
  /** Where it says something else than that of the operation. */
  readonly description: string;
  readonly body: NotedBody;
}

/** The body of an operation from those of its requests; `undefined` when none has one. */
export function buildRequestBody(
  group: readonly NotedRequest[],
  keepsExamples: boolean,
): JsonObject | undefined {
  const known = describeGroup(group);
  const uses = group.flatMap(({ name, description, body }): Use[] => {
    return body === undefined ? [] : [{ name, description: description === known ? '' : description, body }];
  });
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
  if (forms.length > 0) return buildForm(forms, keepsExamples);
  const texts = uses.flatMap(({ body, ...use }) =>
    body.kind === 'text' ? [{ ...use, text: body.text }] : [],
  );
  if (texts.length === 0) return { schema: { type: 'string', contentMediaType: mediaType } };
  const samples = texts.flatMap(({ text, ...use }): Sample[] => {
    const value = isJsonType(mediaType) ? readJsonSample(text) : text;
    return value === undefined ? [] : [{ ...use, value: maskSample(value) }];
  });
  const schema = isJsonType(mediaType)
    ? inferInputSchema(samples.map(({ value }) => value))
    : { type: 'string' };
  return { schema, ...(keepsExamples ? nameExamples(samplesWorthKeeping(samples, inferInputSchema)) : {}) };
}

function buildForm(forms: readonly (readonly NotedField[])[], keepsExamples: boolean): JsonObject {
  const byName = new Map<string, NotedField[]>();
  for (const field of forms.flat()) byName.set(field.name, [...(byName.get(field.name) ?? []), field]);
  const required = [...byName].filter(([, fields]) => {
    return fields.length >= forms.length && fields.every((field) => field.required);
  });
  const properties = [...byName].map(([name, fields]) => {
    return [name, buildField(name, fields, forms, keepsExamples)] as const;
  });
  const encoding = [...byName].flatMap(([name, fields]) => {
    const text = fields.find((field) => field.kind === 'text' && field.mediaType !== undefined);
    return text === undefined ? [] : [[name, { contentType: text.mediaType ?? '' }] as const];
  });
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required: required.map(([name]) => name) }),
    },
    ...(encoding.length === 0 ? {} : { encoding: Object.fromEntries(encoding) }),
  };
}

function buildField(
  name: string,
  fields: readonly NotedField[],
  forms: readonly (readonly NotedField[])[],
  keepsExamples: boolean,
): JsonObject {
  const description = fields.find((field) => field.description !== '')?.description ?? '';
  const file = fields.find((field) => field.kind === 'file');
  const values = fields.map((field) => field.value).filter((value) => !value.includes('{{'));
  const schema = file
    ? { type: 'string', contentMediaType: file.mediaType ?? 'application/octet-stream' }
    : inferTextSchema(values);
  const lists = forms.map((form) => form.filter((field) => field.name === name));
  const isList = lists.some((list) => list.length > 1);
  const shows = keepsExamples && file === undefined && !isCredentialName(name);
  const example = shows ? exampleOf(values, lists, schema, isList) : undefined;
  const isRare = keepsExamples && fields.every((field) => field.off);
  return {
    ...(isList ? { type: 'array', items: schema } : schema),
    ...(description === '' ? {} : { description }),
    ...(isRare ? { 'x-ms-visibility': 'advanced' } : {}),
    ...(example === undefined ? {} : { examples: [example] }),
  };
}

function exampleOf(
  values: readonly string[],
  lists: readonly (readonly NotedField[])[],
  schema: JsonObject,
  isList: boolean,
): Json | undefined {
  if (isList) {
    const texts = findExampleList(
      lists.map((list) => list.map((field) => field.value)),
      schema,
    );
    return texts?.map((text) => readTextValue(text, schema));
  }
  const text = findExample(values, schema);
  return text === undefined ? undefined : readTextValue(text, schema);
}
