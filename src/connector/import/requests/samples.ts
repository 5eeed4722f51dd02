import { parse } from 'jsonc-parser';
import { isJsonObject, type Json, type JsonObject, maskCredentials, parseJson } from '../../../base/index.ts';
import { inferSchema } from '../../../schema/index.ts';

/** What generated samples write instead of a value, and a value of that type. */
const PLACEHOLDERS: Readonly<Record<string, Json>> = {
  '<integer>': 1,
  '<long>': 1,
  '<number>': 1.5,
  '<float>': 1.5,
  '<double>': 1.5,
  '<boolean>': true,
  '<date>': '2026-01-31',
  '<dateTime>': '2026-01-31T12:00:00Z',
  '<email>': 'ada@example.com',
  '<uuid>': '7d444840-9dc0-11d1-b245-5ffdce74fad2',
  '<uri>': 'https://example.com',
  '<any>': null,
  '<object>': {},
  '<array>': [],
};

/** Reads a sample as JSON, comments and trailing commas allowed; `undefined` when it is none. */
export function readJsonSample(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    const errors: unknown[] = [];
    const value = parse(text, errors as never[], { allowTrailingComma: true }) as Json | undefined;
    return errors.length === 0 ? value : undefined;
  }
}

/** The schema of samples of an answer. */
export function inferAnswerSchema(samples: readonly Json[]): JsonObject {
  return relax(inferSchema(samples.map(fillPlaceholders)), false);
}

/** The schema of samples of what is sent: a sample shows what may be there, not what must. */
export function inferInputSchema(samples: readonly Json[]): JsonObject {
  return relax(inferSchema(samples.map(fillPlaceholders)), true);
}

function fillPlaceholders(value: Json): Json {
  if (Array.isArray(value)) return value.map(fillPlaceholders);
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fillPlaceholders(member)]));
  }
  if (typeof value !== 'string' || !value.startsWith('<')) return value;
  if (value.startsWith('<Circular reference')) return null;
  const known = PLACEHOLDERS[value];
  return known === undefined ? value : known;
}

/** A place that was only ever null says nothing about its type. */
function relax(schema: JsonObject, forgetRequired: boolean): JsonObject {
  const relaxed: JsonObject = {};
  for (const [key, member] of Object.entries(schema)) {
    if (key === 'type' && member === 'null') continue;
    if (key === 'required' && forgetRequired) continue;
    if (key === 'properties' && isJsonObject(member)) {
      const entries = Object.entries(member).map(([name, property]) => {
        return [name, isJsonObject(property) ? relax(property, forgetRequired) : property] as const;
      });
      relaxed[key] = Object.fromEntries(entries);
    } else relaxed[key] = isJsonObject(member) ? relax(member, forgetRequired) : member;
  }
  return relaxed;
}

/** The schema of a parameter from the texts it was given as; all of them text unless they all are something else. */
export function inferTextSchema(values: readonly string[]): JsonObject {
  const filled = values.filter((value) => value !== '').map((value) => PLACEHOLDERS[value] ?? value);
  const texts = filled.map(String);
  if (texts.length === 0) return { type: 'string' };
  if (texts.every((text) => /^-?(?:0|[1-9]\d{0,14})$/.test(text))) return { type: 'integer' };
  if (texts.every((text) => /^-?\d{1,15}(?:\.\d+)?$/.test(text) && !/^-?0\d/.test(text)))
    return { type: 'number' };
  if (texts.every((text) => text === 'true' || text === 'false')) return { type: 'boolean' };
  return { type: 'string' };
}

/** A text as a value of a schema made by `inferTextSchema`. */
export function readTextValue(text: string, schema: JsonObject): Json {
  if (schema['type'] === 'integer' || schema['type'] === 'number') return Number(text);
  if (schema['type'] === 'boolean') return text === 'true';
  return text;
}

/** A sample that may be shown: credentials masked, each by something of its own type. */
export function maskSample(value: Json): Json {
  return keepNumbers(value, maskCredentials(value));
}

function keepNumbers(value: Json, masked: Json): Json {
  if (value === masked) return value;
  if (typeof value === 'number' && typeof masked === 'string') return 0;
  if (Array.isArray(value) && Array.isArray(masked)) {
    return value.map((item, index) => keepNumbers(item, masked[index] ?? null));
  }
  if (!isJsonObject(value) || !isJsonObject(masked)) return masked;
  const entries = Object.entries(value).map(([name, member]) => {
    return [name, keepNumbers(member, masked[name] ?? null)] as const;
  });
  return Object.fromEntries(entries);
}

/** What a generator writes for a value, of the type a schema made by `inferTextSchema` has. */
export function writePlaceholder(schema: JsonObject): string {
  const type = String(schema['type']);
  return `<${type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string'}>`;
}

function isPlaceholder(text: string): boolean {
  return text.startsWith('<');
}

/** Of the texts a value was given as, the first real one that says as much about its type as all of them do. */
export function findExample(texts: readonly string[], schema: JsonObject): string | undefined {
  return texts.find((text) => {
    return text !== '' && !isPlaceholder(text) && inferTextSchema([text])['type'] === schema['type'];
  });
}

/** The values of a list, when they say as much about its items as all lists do. */
export function findExampleList(
  lists: readonly (readonly string[])[],
  items: JsonObject,
): readonly string[] | undefined {
  return lists
    .map((texts) => texts.filter((text) => text !== '' && !isPlaceholder(text) && !text.includes('{{')))
    .find((texts) => texts.length > 1 && inferTextSchema(texts)['type'] === items['type']);
}
