import { equalJson, isJsonObject, type Json, type JsonObject, joinPointer } from '../base/index.ts';
import { compilePattern } from './pattern.ts';
import { isReadOnly } from './read-only.ts';
import { resolveSchema } from './resolve.ts';
import { mergeSchema, nameSubtype } from './sample-merge.ts';
import { sampleNumber } from './sample-number.ts';
import { samplePattern } from './sample-pattern.ts';
import { sampleText } from './sample-text.ts';

export interface SampleOptions {
  /** The sample will be sent: leaves out what is `readOnly`. */
  readonly forRequest?: boolean;
  /** Leaves out every property that need not be there. */
  readonly onlyRequired?: boolean;
  /** Whether the author's own example or default may stand at a place (a JSON pointer into the sample). */
  readonly trusts?: (pointer: string) => boolean;
  /** Which of alternatives to take; counts round them. */
  readonly variant?: number;
}

/** A sample is for reading; documents where everything contains everything would grow one without end. */
const MAX_DEPTH = 8;
const MAX_VALUES = 2000;
/** What is required may lie deeper, but only so far. */
const MAX_REQUIRED_DEPTH = 40;
const MAX_REQUIRED_VALUES = 20_000;
const MAX_ITEMS = 1000;

/**
 * Makes a value that fits a schema: the author's example, default or first allowed value where there is one,
 * else something plain. Circles end at the first repetition. `root` is the document that `$ref`s point into.
 * Examples are taken at their word: see `improveSample` for those that contradict their own schema.
 */
export function makeSample(schema: JsonObject, root: Json = schema, options: SampleOptions = {}): Json {
  return new Sampler(root, options).make(schema, [], '') ?? null;
}

class Sampler {
  readonly #root: Json;
  readonly #options: SampleOptions;
  #made = 0;

  constructor(root: Json, options: SampleOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** `undefined`: nothing can stand here without going round in a circle. `trail`: the schemas around this one. */
  make(
    written: Json | undefined,
    trail: readonly Json[],
    pointer: string,
    isRequired = false,
  ): Json | undefined {
    const resolved = resolveSchema(written, this.#root);
    const reference = isJsonObject(written) ? written['$ref'] : undefined;
    const mark = reference ?? resolved;
    this.#made += 1;
    const [depth, values] = isRequired ? [MAX_REQUIRED_DEPTH, MAX_REQUIRED_VALUES] : [MAX_DEPTH, MAX_VALUES];
    if (trail.includes(mark) || trail.length > depth || this.#made > values) return undefined;
    const merged = mergeSchema(resolved, this.#root, this.#options.variant ?? 0);
    const schema = isJsonObject(written) ? nameSubtype(merged, written) : merged;
    const given = this.#given(schema, pointer);
    return given === undefined ? this.#build(schema, [...trail, mark], pointer) : given;
  }

  #given(schema: JsonObject, pointer: string): Json | undefined {
    const { const: constant, examples, example, enum: allowed } = schema;
    if (constant !== undefined) return constant;
    const listed = Array.isArray(allowed) ? allowed : undefined;
    const first = Array.isArray(examples) ? examples[0] : example;
    const written =
      (this.#options.trusts?.(pointer) ?? true) ? [schema['x-ms-test-value'], first, schema['default']] : [];
    const given = written.find((value) => {
      if (value === undefined || value === null || !fitsType(value, schema)) return false;
      return listed === undefined || listed.some((one) => equalJson(one, value));
    });
    if (given !== undefined || listed === undefined) return given;
    return listed.find((value) => value !== null && fitsType(value, schema) && !isExcluded(value, schema));
  }

  #build(schema: JsonObject, trail: readonly Json[], pointer: string): Json | undefined {
    switch (typeOf(schema)) {
      case 'object':
        return this.#object(schema, trail, pointer);
      case 'array':
        return this.#array(schema, trail, pointer);
      case 'integer':
        return sampleNumber(schema, true);
      case 'number':
        return sampleNumber(schema, false);
      case 'boolean':
        return !isExcluded(true, schema);
      case 'null':
        return null;
      case 'string':
        return sampleText(schema);
      default:
        return isJsonObject(schema['not']) && schema['not']['type'] === 'object' ? 'sample' : {};
    }
  }

  /** `undefined` where a property that must be there cannot be made: the circle has to end further out. */
  #object(schema: JsonObject, trail: readonly Json[], pointer: string): JsonObject | undefined {
    const result: [string, Json][] = [];
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const required = new Set(Array.isArray(schema['required']) ? schema['required'].map(String) : []);
    for (const [name, property] of Object.entries(properties)) {
      const isRequired = required.has(name);
      if (!this.#isWanted(property, isRequired)) continue;
      const value = this.make(property, trail, joinPointer(pointer, name), isRequired);
      if (value !== undefined) result.push([name, value]);
      else if (isRequired && trail.length > 1) return undefined;
    }
    const more = [...required].filter((name) => !Object.hasOwn(properties, name));
    const least = Math.min(countOf(schema, 'minProperties') ?? 0, MAX_ITEMS);
    for (let index = 1; result.length + more.length < least; index++) more.push(nameMember(schema, index));
    for (const name of more) result.push([name, this.#additional(schema, name, trail, pointer)]);
    const most = this.#options.onlyRequired === true ? undefined : countOf(schema, 'maxProperties');
    return Object.fromEntries(most === undefined ? result : keepRequired(result, required, most));
  }

  #isWanted(property: Json, isRequired: boolean): boolean {
    if (property === false) return false;
    const resolved = resolveSchema(property, this.#root);
    if (this.#options.forRequest === true && isReadOnly(resolved)) return false;
    return isRequired || this.#options.onlyRequired !== true;
  }

  /** A property that only `patternProperties` or `additionalProperties` describe, or nobody. */
  #additional(schema: JsonObject, name: string, trail: readonly Json[], pointer: string): Json {
    const patterns = isJsonObject(schema['patternProperties']) ? schema['patternProperties'] : {};
    const matching = Object.entries(patterns).find(([pattern]) => matches(pattern, name))?.[1];
    const described = matching ?? schema['additionalProperties'];
    if (!isJsonObject(described) || Object.keys(described).length === 0) return 'sample';
    const value = this.make(described, trail, joinPointer(pointer, name), true);
    return value === undefined ? 'sample' : value;
  }

  #array(schema: JsonObject, trail: readonly Json[], pointer: string): Json[] {
    const written = schema['prefixItems'] ?? (Array.isArray(schema['items']) ? schema['items'] : []);
    const tuple = Array.isArray(written) ? written : [];
    const least = Math.min(countOf(schema, 'minItems') ?? 0, MAX_ITEMS);
    const most = countOf(schema, 'maxItems') ?? MAX_ITEMS;
    const wanted = Math.min(Math.max(least, tuple.length, 1), most);
    const items: Json[] = [];
    for (let index = 0; index < wanted; index++) {
      const described = tuple[index] ?? schema['contains'] ?? schema['items'] ?? {};
      const item = this.make(
        isJsonObject(described) ? described : {},
        trail,
        joinPointer(pointer, index),
        least > 0,
      );
      if (item === undefined) break;
      items.push(schema['uniqueItems'] === true ? this.#distinct(item, items, described) : item);
    }
    return items;
  }

  /** Another value than those before: the next one allowed, or one that counts on. */
  #distinct(item: Json, before: readonly Json[], described: Json): Json {
    if (!before.some((one) => equalJson(one, item))) return item;
    const schema = mergeSchema(described, this.#root, 0);
    const { enum: allowed } = schema;
    const free = Array.isArray(allowed)
      ? allowed.find((value) => !before.some((one) => equalJson(one, value)))
      : undefined;
    if (free !== undefined) return free;
    if (typeof item === 'number') return item + before.length * Number(countOf(schema, 'multipleOf') ?? 1);
    return typeof item === 'string' ? `${item}${before.length}` : item;
  }
}

function keepRequired(entries: [string, Json][], required: ReadonlySet<string>, most: number) {
  const needed = entries.filter(([name]) => required.has(name));
  const others = entries.filter(([name]) => !required.has(name));
  return [...needed, ...others.slice(0, Math.max(0, most - needed.length))];
}

function typeOf(schema: JsonObject): string {
  const { type } = schema;
  const written = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  if (typeof written === 'string') return written.toLowerCase();
  if (schema['properties'] !== undefined || schema['additionalProperties'] !== undefined) return 'object';
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array';
  if (schema['required'] !== undefined) return 'object';
  if (schema['format'] !== undefined || schema['pattern'] !== undefined) return 'string';
  if (schema['minimum'] !== undefined || schema['maximum'] !== undefined) return 'number';
  return schema['contentMediaType'] !== undefined || schema['contentEncoding'] !== undefined
    ? 'string'
    : 'unknown';
}

/** Authors' examples are often of another type than they say; those are of no use. */
function fitsType(value: Json, schema: JsonObject): boolean {
  const type = typeOf(schema);
  if (type === 'unknown') return true;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isJsonObject(value);
  if (type === 'integer') return Number.isInteger(value) || typeof value === 'bigint';
  return typeof value === type;
}

function isExcluded(value: Json, schema: JsonObject): boolean {
  const not = isJsonObject(schema['not']) ? schema['not'] : {};
  const listed = [not['const'] ?? [], not['enum'] ?? []].flat();
  return listed.some((one) => equalJson(one, value));
}

/** A name for a member that nobody named, as `propertyNames` and `patternProperties` want it. */
function nameMember(schema: JsonObject, index: number): string {
  const { propertyNames, patternProperties } = schema;
  const names = isJsonObject(propertyNames) ? propertyNames : {};
  const allowed = Array.isArray(names['enum']) ? names['enum'][index - 1] : undefined;
  if (allowed !== undefined) return String(allowed);
  const known = isJsonObject(patternProperties) ? Object.keys(patternProperties) : [];
  const patterns = [...(typeof names['pattern'] === 'string' ? [names['pattern']] : []), ...known];
  const made = patterns.map((pattern) => samplePattern(pattern)).find((name) => name !== undefined);
  if (made === undefined) return `key${index}`;
  return index === 1 ? made : `${made}${index}`;
}

function countOf(schema: JsonObject, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

function matches(pattern: string, text: string): boolean {
  return compilePattern(pattern)?.test(text) ?? false;
}
