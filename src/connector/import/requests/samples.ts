import { parse } from 'jsonc-parser';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../../base/index.ts';
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
