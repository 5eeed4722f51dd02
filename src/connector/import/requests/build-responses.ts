import { isCredentialName, type Json, type JsonObject } from '../../../base/index.ts';
import { bareMediaType, isJsonType, isTextType } from '../../compile/media-types.ts';
import { carriesCredential, isIgnoredHeader } from './credentials.ts';
import { nameExamples, type Sample, samplesWorthKeeping } from './name-examples.ts';
import {
  findExample,
  inferAnswerSchema,
  inferTextSchema,
  maskSample,
  readJsonSample,
  readTextValue,
} from './samples.ts';
import type { NotedHeader, NotedRequest, NotedResponse } from './types.ts';

/** What stands for the answers of requests of which none was kept. */
export const NO_ANSWER = 'The answer.';

/** The answers that were seen, by status; OpenAPI wants at least one. */
export function buildResponses(group: readonly NotedRequest[], keepsExamples: boolean): JsonObject {
  const byStatus = new Map<string, NotedResponse[]>();
  for (const response of group.flatMap(({ responses }) => responses)) {
    byStatus.set(response.status, [...(byStatus.get(response.status) ?? []), response]);
  }
  if (byStatus.size === 0) return { default: { description: NO_ANSWER } };
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
  const headers = buildHeaders(uses.flatMap((use) => use.headers ?? []));
  return {
    description: uses.find(({ name }) => name !== '')?.name ?? '',
    ...(headers === undefined ? {} : { headers }),
    ...(content.length === 0 ? {} : { content: Object.fromEntries(content) }),
  };
}

function buildMedia(mediaType: string, uses: readonly NotedResponse[], keepsExamples: boolean): JsonObject {
  const isJson = isJsonType(mediaType);
  if (!isJson && !isTextType(mediaType)) return { schema: { type: 'string', contentMediaType: mediaType } };
  const samples = uses.flatMap(({ name, text }): Sample[] => {
    const value = isJson ? readJsonSample(text) : text;
    return value === undefined ? [] : [{ name, value: maskSample(value) }];
  });
  if (samples.length === 0) return {};
  const kept = samplesWorthKeeping(samples, (values) => (isJson ? inferAnswerSchema(values) : {}));
  const schema = isJson ? inferAnswerSchema(samples.map(({ value }) => value)) : { type: 'string' };
  return { schema, ...(keepsExamples ? nameExamples(kept) : {}) };
}

/** Headers every server sends, about which no caller asks. */
const PLAIN =
  /^(?:age|alt-svc|cf-|server|set-cookie|strict-transport-security|transfer-encoding|vary|x-powered-by|x-content-type-options|x-frame-options|x-xss-protection)/i;

function buildHeaders(headers: readonly NotedHeader[]): JsonObject | undefined {
  const byName = new Map<string, NotedHeader[]>();
  for (const header of headers) {
    if (header.name === '' || isIgnoredHeader(header.name) || PLAIN.test(header.name)) continue;
    const key = header.name.toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), header]);
  }
  const entries = [...byName.values()].flatMap((uses) => {
    return uses[0] === undefined ? [] : [[uses[0].name, buildHeader(uses[0].name, uses)] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function buildHeader(name: string, uses: readonly NotedHeader[]): JsonObject {
  const values = uses.map(({ value }) => value).filter((value) => !value.includes('{{'));
  const schema = inferTextSchema(values);
  const description = uses.find((use) => use.description !== '')?.description ?? '';
  const isSecret = isCredentialName(name) || carriesCredential(name);
  const text = isSecret ? undefined : findExample(values, schema);
  const example: Json | undefined = text === undefined ? undefined : readTextValue(text, schema);
  return {
    ...(description === '' ? {} : { description }),
    schema,
    ...(example === undefined ? {} : { example }),
  };
}
