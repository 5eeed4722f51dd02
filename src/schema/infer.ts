import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { detectFormats } from './formats.ts';

/** What is known about one place after some samples. */
interface Observed {
  readonly types: Set<string>;
  /** Formats all texts so far are written in; `undefined` before the first text. */
  formats: ReadonlySet<string> | undefined;
  objects: number;
  readonly properties: Map<string, { seen: number; observed: Observed }>;
  items: Observed | undefined;
}

/**
 * Infers the JSON Schema (2020-12) of values from samples. What all samples have is required; a place that was
 * null or missing once may be so again; whole numbers beside others are numbers; a format is stated when all
 * texts agree on it. Every sample is valid under the schema.
 */
export function inferSchema(samples: readonly Json[]): JsonObject {
  const observed = createObserved();
  for (const sample of samples) observe(observed, sample);
  return toSchema(observed);
}

function createObserved(): Observed {
  return { types: new Set(), formats: undefined, objects: 0, properties: new Map(), items: undefined };
}

function observe(observed: Observed, value: Json): void {
  observed.types.add(typeOf(value));
  if (typeof value === 'string') observeText(observed, value);
  else if (Array.isArray(value)) observeItems(observed, value);
  else if (isJsonObject(value)) observeMembers(observed, value);
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function observeText(observed: Observed, text: string): void {
  const formats = detectFormats(text);
  observed.formats = observed.formats === undefined ? formats : observed.formats.intersection(formats);
}

function observeItems(observed: Observed, items: readonly Json[]): void {
  observed.items ??= createObserved();
  for (const item of items) observe(observed.items, item);
}

function observeMembers(observed: Observed, object: JsonObject): void {
  observed.objects += 1;
  for (const [name, value] of Object.entries(object)) {
    let member = observed.properties.get(name);
    if (member === undefined) {
      member = { seen: 0, observed: createObserved() };
      observed.properties.set(name, member);
    }
    member.seen += 1;
    observe(member.observed, value);
  }
}

function toSchema(observed: Observed): JsonObject {
  const types = typesOf(observed);
  // Nothing seen, or null alone: the next value may be anything.
  if (types.every((type) => type === 'null')) return {};
  const schema: JsonObject = { type: types.length === 1 ? String(types[0]) : types };
  const [format] = observed.formats ?? [];
  if (types.includes('string') && format !== undefined) schema['format'] = format;
  if (observed.objects > 0) Object.assign(schema, toObjectKeywords(observed));
  if (observed.items !== undefined) schema['items'] = toSchema(observed.items);
  return schema;
}

/** In a fixed order, null last, so that the same samples give the same text. */
function typesOf(observed: Observed): string[] {
  const order = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'];
  const types = order.filter((type) => observed.types.has(type));
  return types.includes('number') ? types.filter((type) => type !== 'integer') : types;
}

function toObjectKeywords(observed: Observed): JsonObject {
  const members = [...observed.properties];
  const properties = Object.fromEntries(members.map(([name, member]) => [name, toSchema(member.observed)]));
  const required = members.filter(([, member]) => member.seen === observed.objects).map(([name]) => name);
  return required.length > 0 ? { properties, required } : { properties };
}
