import type { JsonObject } from '../../../base/index.ts';
import { buildParameter } from './build-parameter.ts';
import { buildRequestBody } from './build-request-body.ts';
import { buildResponses } from './build-responses.ts';
import { describeGroup } from './describe-group.ts';
import type { NotedParameter, NotedRequest } from './types.ts';

/** One operation of the requests that show it; `more` is what its document adds. */
export function buildOperation(
  group: readonly NotedRequest[],
  keepsExamples: boolean,
  more: JsonObject,
): JsonObject {
  const [first] = group;
  const description = describeGroup(group);
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
