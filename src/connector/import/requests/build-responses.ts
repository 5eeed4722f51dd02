import type { JsonObject } from '../../../base/index.ts';
import { bareMediaType, isJsonType, isTextType } from '../../compile/media-types.ts';
import { nameExamples } from './build-request-body.ts';
import { inferAnswerSchema, readJsonSample } from './samples.ts';
import type { NotedRequest, NotedResponse } from './types.ts';

/** The answers that were seen, by status; OpenAPI wants at least one. */
export function buildResponses(group: readonly NotedRequest[], keepsExamples: boolean): JsonObject {
  const byStatus = new Map<string, NotedResponse[]>();
  for (const response of group.flatMap(({ responses }) => responses)) {
    byStatus.set(response.status, [...(byStatus.get(response.status) ?? []), response]);
  }
  if (byStatus.size === 0) return { default: { description: 'The answer.' } };
  const entries = [...byStatus].map(
    ([status, some]) => [status, buildResponse(some, keepsExamples)] as const,
  );
  return Object.fromEntries(entries);
}

function buildResponse(uses: readonly NotedResponse[], keepsExamples: boolean): JsonObject {
  const types = new Set(uses.map(({ mediaType }) => bareMediaType(mediaType)).filter((type) => type !== ''));
  const content = [...types].map((type) => {
    const same = uses.filter(({ mediaType }) => bareMediaType(mediaType) === type);
    return [type, buildMedia(type, same, keepsExamples)] as const;
  });
  return {
    description: uses.find(({ name }) => name !== '')?.name ?? '',
    ...(content.length === 0 ? {} : { content: Object.fromEntries(content) }),
  };
}

function buildMedia(mediaType: string, uses: readonly NotedResponse[], keepsExamples: boolean): JsonObject {
  if (!isJsonType(mediaType)) {
    return {
      schema: isTextType(mediaType) ? { type: 'string' } : { type: 'string', contentMediaType: mediaType },
    };
  }
  const samples = uses.flatMap(({ name, text }) => {
    const value = readJsonSample(text);
    return value === undefined ? [] : [{ name, value }];
  });
  if (samples.length === 0) return {};
  const schema = inferAnswerSchema(samples.map(({ value }) => value));
  return { schema, ...(keepsExamples ? nameExamples(samples) : {}) };
}
