import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { resolveSchema } from './resolve.ts';
import { sampleText } from './sample-text.ts';

export interface SampleOptions {
  /** The sample will be sent: leaves out what is `readOnly`. */
  readonly forRequest?: boolean;
}

/** A sample is for reading; documents where everything contains everything would grow one without end. */
const MAX_DEPTH = 8;
const MAX_VALUES = 2000;

/**
 * Makes a value that fits a schema: the author's example, default or first allowed value where there is one,
 * else something plain. Circles end at the first repetition. `root` is the document that `$ref`s point into.
 */
export function makeSample(schema: JsonObject, root: Json = schema, options: SampleOptions = {}): Json {
  const sampler = new Sampler(root, options.forRequest ?? false);
  return sampler.make(schema, []) ?? null;
}

class Sampler {
  readonly #root: Json;
  readonly #forRequest: boolean;
  #left = MAX_VALUES;

  constructor(root: Json, forRequest: boolean) {
    this.#root = root;
    this.#forRequest = forRequest;
  }

  /** `undefined`: nothing can stand here without going round in a circle. `trail`: the schemas around this one. */
  make(written: Json | undefined, trail: readonly Json[]): Json | undefined {
    const schema = resolveSchema(written, this.#root);
    const reference = isJsonObject(written) ? written['$ref'] : undefined;
    const mark = reference ?? schema;
    this.#left -= 1;
    if (trail.includes(mark) || trail.length > MAX_DEPTH || this.#left < 0) return undefined;
    const given = this.#given(schema);
    return given !== undefined ? given : this.#build(schema, [...trail, mark]);
  }

  #given(schema: JsonObject): Json | undefined {
    const { const: constant, examples, example, enum: allowed } = schema;
    if (constant !== undefined) return constant;
    const first = Array.isArray(examples) ? examples[0] : example;
    const candidates = [first, schema['default'], Array.isArray(allowed) ? allowed[0] : undefined];
    return candidates.find((value) => value !== undefined && value !== null && fitsType(value, schema));
  }

  #build(schema: JsonObject, trail: readonly Json[]): Json | undefined {
    const union = this.#pickBranch(schema);
    if (union !== undefined && Array.isArray(schema['required']) && schema['properties'] === undefined) {
      return this.#merge(schema, union, trail);
    }
    if (Array.isArray(schema['allOf']) || (union !== undefined && schema['properties'] !== undefined)) {
      return this.#merge(schema, union, trail);
    }
    if (union !== undefined) return this.make(union, trail);
    switch (typeOf(schema)) {
      case 'object':
        return this.#object(schema, trail);
      case 'array':
        return this.#array(schema, trail);
      case 'integer':
      case 'number':
        return sampleNumber(schema);
      case 'boolean':
        return true;
      case 'null':
        return null;
      case 'string':
        return sampleText(schema);
      default:
        return {};
    }
  }

  #pickBranch(schema: JsonObject): Json | undefined {
    const branches = schema['oneOf'] ?? schema['anyOf'];
    if (!Array.isArray(branches)) return undefined;
    return branches.find((branch) => isJsonObject(branch) && branch['type'] !== 'null');
  }

  #merge(schema: JsonObject, union: Json | undefined, trail: readonly Json[]): Json {
    const { allOf, oneOf: _oneOf, anyOf: _anyOf, ...own } = schema;
    const parts = [...(Array.isArray(allOf) ? allOf : []), ...(union === undefined ? [] : [union]), own];
    const values = parts.map((part) => this.make(part, trail)).filter((value) => value !== undefined);
    const objects = values.filter(isJsonObject);
    const [scalar] = values.filter((value) => !isJsonObject(value));
    const merged = Object.assign({}, ...objects) as JsonObject;
    return Object.keys(merged).length > 0 || scalar === undefined ? merged : scalar;
  }

  #object(schema: JsonObject, trail: readonly Json[]): JsonObject {
    const result: [string, Json][] = [];
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    for (const [name, property] of Object.entries(properties)) {
      if (this.#forRequest && isJsonObject(property) && property['readOnly'] === true) continue;
      const value = this.make(property, trail);
      if (value !== undefined) result.push([name, value]);
    }
    const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
    for (const name of required) if (!Object.hasOwn(properties, name)) result.push([name, 'sample']);
    return Object.fromEntries(result);
  }

  #array(schema: JsonObject, trail: readonly Json[]): Json[] {
    const item = this.make(schema['items'] ?? {}, trail);
    return item === undefined ? [] : [item];
  }
}

function typeOf(schema: JsonObject): string {
  const { type } = schema;
  const written = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  if (typeof written === 'string') return written.toLowerCase();
  if (schema['properties'] !== undefined || schema['additionalProperties'] !== undefined) return 'object';
  if (schema['items'] !== undefined) return 'array';
  if (schema['format'] !== undefined || schema['pattern'] !== undefined) return 'string';
  return schema['contentMediaType'] !== undefined || schema['contentEncoding'] !== undefined
    ? 'string'
    : 'unknown';
}

/** Authors' examples are often of another type than they say; those are of no use. */
function fitsType(value: Json, schema: JsonObject): boolean {
  const type = typeOf(schema);
  if (type === 'unknown' || schema['allOf'] !== undefined) return true;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isJsonObject(value);
  if (type === 'integer') return Number.isInteger(value) || typeof value === 'bigint';
  return typeof value === type;
}

function sampleNumber(schema: JsonObject): number {
  const bound = (name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined);
  const step = bound('multipleOf') ?? 1;
  const above = bound('exclusiveMinimum');
  const least = bound('minimum') ?? (above === undefined ? undefined : above + step);
  const most = bound('maximum') ?? bound('exclusiveMaximum');
  const start = least ?? Math.min(step, most ?? step);
  return Math.ceil(start / step) * step;
}
