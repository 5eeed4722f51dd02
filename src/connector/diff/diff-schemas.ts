import { equalJson, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import type { ChangeClass } from './types.ts';

/** A change inside a schema; `path` as in `ChangedField`. */
export interface SchemaChange {
  readonly class: ChangeClass;
  readonly code: string;
  readonly path: readonly string[];
  /** The end of a sentence that begins with the field: `is gone`. */
  readonly what: string;
}

/** Who writes the value: the caller (an input) or the service (an answer). */
export type Side = 'input' | 'answer';

/** Compares schemas of two documents. What was compared once is known; circles end at the first repetition. */
export class SchemaDiff {
  readonly #before: JsonObject;
  readonly #after: JsonObject;
  readonly #known: Readonly<Record<Side, WeakMap<JsonObject, Map<JsonObject, SchemaChange[]>>>>;

  constructor(before: JsonObject, after: JsonObject) {
    this.#before = before;
    this.#after = after;
    this.#known = { input: new WeakMap(), answer: new WeakMap() };
  }

  compare(before: Json | undefined, after: Json | undefined, side: Side): readonly SchemaChange[] {
    const old = resolveSchema(before, this.#before);
    const now = resolveSchema(after, this.#after);
    const known = this.#known[side].get(old) ?? new Map<JsonObject, SchemaChange[]>();
    this.#known[side].set(old, known);
    const found = known.get(now);
    if (found !== undefined) return found;
    const changes: SchemaChange[] = [];
    known.set(now, changes); // a circle comes back to the list that is being made
    changes.push(...this.#compareResolved(flatten(old, this.#before), flatten(now, this.#after), side));
    return changes;
  }

  #compareResolved(old: JsonObject, now: JsonObject, side: Side): SchemaChange[] {
    const type = compareTypes(old, now, side);
    if (type !== undefined) return [type];
    const items = old['items'] !== undefined || now['items'] !== undefined;
    return [
      ...compareValues(old, now, side),
      ...compareLimits(old, now, side),
      ...this.#compareProperties(old, now, side),
      ...(items ? nest('*', this.compare(old['items'], now['items'], side)) : []),
    ];
  }

  #compareProperties(old: JsonObject, now: JsonObject, side: Side): SchemaChange[] {
    const before = asObject(old['properties']);
    const after = asObject(now['properties']);
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name): readonly SchemaChange[] => {
      const was = isRequired(old, name);
      const is = isRequired(now, name);
      if (after[name] === undefined) return [removed(name)];
      if (before[name] === undefined) return [added(name, is && !this.#isFilled(after[name]), side)];
      const inside = nest(name, this.compare(before[name], after[name], side));
      const changed = was === is ? [] : [necessity(name, is, side, is && this.#isFilled(after[name]))];
      return [...changed, ...this.#compareAccess(name, before[name], after[name], side), ...inside];
    });
  }

  /** Nobody has to give it: it has a default, or the runtime writes it. */
  #isFilled(written: Json | undefined): boolean {
    const schema = resolveSchema(written, this.#after);
    return (
      schema['default'] !== undefined ||
      schema['x-ms-notification-url'] === true ||
      schema['readOnly'] === true
    );
  }

  /** Whether callers may still give it, or services still answer it. */
  #compareAccess(
    name: string,
    before: Json | undefined,
    after: Json | undefined,
    side: Side,
  ): SchemaChange[] {
    const keyword = side === 'input' ? 'readOnly' : 'writeOnly';
    const was = resolveSchema(before, this.#before)[keyword] === true;
    const is = resolveSchema(after, this.#after)[keyword] === true;
    if (was === is) return [];
    const what = side === 'input' ? 'can no longer be given' : 'is no longer answered';
    return is
      ? [{ class: 'breaking', code: 'FIELD_ACCESS_REMOVED', path: [name], what }]
      : [added(name, false, side)];
  }
}

function nest(name: string, changes: readonly SchemaChange[]): SchemaChange[] {
  return changes.map((change) => ({ ...change, path: [name, ...change.path] }));
}

function removed(name: string): SchemaChange {
  return { class: 'breaking', code: 'FIELD_REMOVED', path: [name], what: 'is gone' };
}

function added(name: string, required: boolean, side: Side): SchemaChange {
  const isNeeded = required && side === 'input';
  return {
    class: isNeeded ? 'breaking' : 'safe',
    code: isNeeded ? 'REQUIRED_FIELD_ADDED' : 'FIELD_ADDED',
    path: [name],
    what: isNeeded ? 'is new and required' : 'is new',
  };
}

function necessity(name: string, required: boolean, side: Side, isFilled: boolean): SchemaChange {
  const path = [name];
  if (required) {
    const isInput = side === 'input';
    return {
      class: isInput && !isFilled ? 'breaking' : 'safe',
      code: 'FIELD_NOW_REQUIRED',
      path,
      what: isInput ? 'is required now' : 'is always there now',
    };
  }
  const isInput = side === 'input';
  return {
    class: isInput ? 'safe' : 'risky',
    code: 'FIELD_NOW_OPTIONAL',
    path,
    what: isInput ? 'is optional now' : 'may be missing now',
  };
}

function isRequired(schema: JsonObject, name: string): boolean {
  return Array.isArray(schema['required']) && schema['required'].includes(name);
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A schema with its `allOf` taken together, and null beside it as one of its types; deeper nobody composes. */
function flatten(written: JsonObject, root: JsonObject, depth = 0): JsonObject {
  const schema = depth > 10 ? written : takeNullIn(written, root, depth);
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf) || depth > 10) return schema;
  let result: JsonObject = {};
  for (const part of [...allOf.map((one) => flatten(resolveSchema(one, root), root, depth + 1)), own]) {
    const properties = { ...asObject(result['properties']), ...asObject(part['properties']) };
    const required = [result['required'] ?? [], part['required'] ?? []].flat();
    result = { ...result, ...part };
    if (Object.keys(properties).length > 0) result['properties'] = properties;
    if (required.length > 0) result['required'] = required;
  }
  return result;
}

/** `anyOf: [schema, {type: null}]`, as a reference that may be null is written. */
function takeNullIn(schema: JsonObject, root: JsonObject, depth: number): JsonObject {
  for (const keyword of ['anyOf', 'oneOf']) {
    const { [keyword]: parts, ...around } = schema;
    if (!Array.isArray(parts) || parts.length !== 2) continue;
    const isNull = (part: Json) => isJsonObject(part) && part['type'] === 'null';
    const [only] = parts.filter((part) => !isNull(part));
    if (only === undefined || !parts.some(isNull)) continue;
    const inner = flatten(resolveSchema(only, root), root, depth + 1);
    const types = typesWritten(inner);
    return types.length === 0 ? schema : { ...inner, ...around, type: [...types, 'null'] };
  }
  return schema;
}

function typesWritten(schema: JsonObject): string[] {
  const types = [schema['type'] ?? []].flat().map(String);
  return types.length === 0 && isJsonObject(schema['properties']) ? ['object'] : types;
}

function typesOf(schema: JsonObject): Set<string> {
  const types = typesWritten(schema);
  if (types.includes('number')) types.push('integer');
  return new Set(types);
}

/** A value fits when its writer writes no type that its reader does not take. */
function compareTypes(old: JsonObject, now: JsonObject, side: Side): SchemaChange | undefined {
  const [before, after] = [typesOf(old), typesOf(now)];
  const [written, read] = side === 'input' ? [before, after] : [after, before];
  // No type at all: anything.
  if (before.size === after.size && [...before].every((type) => after.has(type))) return undefined;
  const lost = [...written].filter((type) => !read.has(type));
  const fits = read.size === 0 || (written.size > 0 && lost.length === 0);
  const what = `was ${say(before)} and is ${say(after)}`;
  if (fits) return { class: 'safe', code: 'FIELD_TYPE_WIDENED', path: [], what };
  const onlyNull = written.size > 0 && lost.every((type) => type === 'null');
  if (onlyNull && side === 'answer')
    return { class: 'risky', code: 'FIELD_NOW_NULLABLE', path: [], what: 'may be null now' };
  return { class: written.size === 0 ? 'risky' : 'breaking', code: 'FIELD_TYPE_CHANGED', path: [], what };
}

function say(types: ReadonlySet<string>): string {
  const words = [...types].filter((type) => type !== 'integer' || !types.has('number'));
  return words.length === 0 ? 'anything' : words.join(' or ');
}

function compareValues(old: JsonObject, now: JsonObject, side: Side): SchemaChange[] {
  const before = listValues(old);
  const after = listValues(now);
  if (before === undefined && after === undefined) return [];
  const isInput = side === 'input';
  if (after === undefined)
    return [
      { class: isInput ? 'safe' : 'risky', code: 'ENUM_OPENED', path: [], what: 'takes any value now' },
    ];
  if (before === undefined) {
    const what = `takes only ${list(after)} now`;
    return [{ class: isInput ? 'breaking' : 'safe', code: 'ENUM_CLOSED', path: [], what }];
  }
  const lost = before.filter((value) => !after.some((one) => equalJson(one, value)));
  const gained = after.filter((value) => !before.some((one) => equalJson(one, value)));
  const changes: SchemaChange[] = [];
  if (lost.length > 0)
    changes.push({
      class: isInput ? 'breaking' : 'safe',
      code: 'ENUM_VALUE_REMOVED',
      path: [],
      what: `no longer has ${list(lost)}`,
    });
  if (gained.length > 0)
    changes.push({
      class: isInput ? 'safe' : 'risky',
      code: 'ENUM_VALUE_ADDED',
      path: [],
      what: `has ${list(gained)} too`,
    });
  return changes;
}

function listValues(schema: JsonObject): Json[] | undefined {
  if ('const' in schema) return [schema['const'] ?? null];
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined;
}

function list(values: readonly Json[]): string {
  const shown = values
    .slice(0, 5)
    .map((value) => (typeof value === 'bigint' ? String(value) : JSON.stringify(value)));
  return shown.join(', ') + (values.length > shown.length ? ' …' : '');
}

const LIMITS = [
  'anyOf',
  'contentEncoding',
  'contentMediaType',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'multipleOf',
  'not',
  'oneOf',
  'pattern',
  'uniqueItems',
  'additionalProperties',
];

/** Limits are compared as they are written: whether one is tighter than the other is for people to judge. */
function compareLimits(old: JsonObject, now: JsonObject, side: Side): SchemaChange[] {
  const changed = LIMITS.filter((keyword) => !equalJson(old[keyword], now[keyword]));
  if (changed.length === 0) return [];
  const isLess = side === 'input' && changed.every((keyword) => now[keyword] === undefined);
  const what = `has another ${changed.join(', ')}`;
  return [{ class: isLess ? 'safe' : 'risky', code: 'FIELD_LIMITS_CHANGED', path: [], what }];
}
