import type { Json, JsonObject } from '../../../base/index.ts';
import { buildRequestBody } from './build-request-body.ts';
import { buildResponses } from './build-responses.ts';
import { inferTextSchema, readTextValue } from './samples.ts';
import type { NotedParameter, NotedRequest } from './types.ts';

/** One operation of the requests that show it; `more` is what its document adds. */
export function buildOperation(
  group: readonly NotedRequest[],
  keepsExamples: boolean,
  more: JsonObject,
): JsonObject {
  const [first] = group;
  const description = group.find((request) => request.description !== '')?.description ?? '';
  const tags = [...new Set(group.flatMap((request) => request.tags))];
  const parameters = buildParameters(group, keepsExamples);
  const requestBody = buildRequestBody(group, keepsExamples);
  return {
    ...(first?.name ? { summary: first.name } : {}),
    ...(description === '' ? {} : { description }),
    ...(tags.length === 0 ? {} : { tags }),
    ...more,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: buildResponses(group, keepsExamples),
  };
}

function buildParameters(group: readonly NotedRequest[], keepsExamples: boolean): JsonObject[] {
  const byName = new Map<string, NotedParameter[]>();
  for (const parameter of group.flatMap((request) => request.parameters)) {
    const key = `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`;
    byName.set(key, [...(byName.get(key) ?? []), parameter]);
  }
  return [...byName.values()].flatMap((uses) => {
    const [first] = uses;
    return first === undefined ? [] : [buildParameter(first, uses, group.length, keepsExamples)];
  });
}

function buildParameter(
  first: NotedParameter,
  uses: readonly NotedParameter[],
  requests: number,
  keepsExamples: boolean,
): JsonObject {
  const values = uses.flatMap((use) => use.values).filter((value) => !value.includes('{{'));
  // What identifies a thing in a path may be a number today and a name tomorrow.
  const isPath = first.in === 'path';
  const schema = inferTextSchema(isPath ? values.filter((value) => value.startsWith('<')) : values);
  const isList = uses.some((use) => use.values.length > 1);
  const description = uses.find((use) => use.description !== '')?.description ?? '';
  const fallback = uses.find((use) => use.default !== undefined)?.default;
  const example = values.find((value) => value !== '' && !value.startsWith('<'));
  return {
    name: first.name,
    in: first.in,
    required: isPath || (uses.length >= requests && uses.every((use) => use.required)),
    ...(description === '' ? {} : { description }),
    schema: {
      ...(isList ? { type: 'array', items: schema } : schema),
      ...(fallback === undefined || isList ? {} : { default: readTextValue(fallback, schema) }),
    },
    ...(keepsExamples && example !== undefined && !isList ? { example: readExample(example, schema) } : {}),
  };
}

function readExample(text: string, schema: JsonObject): Json {
  return readTextValue(text, schema);
}
