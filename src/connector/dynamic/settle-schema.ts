import { getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

/** Within each other; deeper references only come in circles. */
const MAX_DEPTH = 24;
/** An answer that unfolds to more than this describes no form. */
const MAX_SCHEMAS = 20_000;

const TYPES = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);
const MAPS = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SINGLE = new Set(['items', 'additionalProperties', 'not']);

interface Work {
  /** Where references may lead, nearest first: the schema itself, then the whole answer. */
  readonly roots: readonly Json[];
  count: number;
}

/**
 * A schema that a service answered, so that it stands alone: references within the answer are replaced by what they
 * mean, a circle by anything. `required: true` on a property, as many write it, names it in the list of its object;
 * types are written in lower case.
 */
export function settleSchema(schema: JsonObject, answer: Json): JsonObject {
  return settle(schema, { roots: [schema, answer], count: 0 }, [], 0);
}

function settle(written: JsonObject, work: Work, way: readonly string[], depth: number): JsonObject {
  work.count += 1;
  if (depth > MAX_DEPTH || work.count > MAX_SCHEMAS) return {};
  const { $ref, ...own } = written;
  if (typeof $ref === 'string') {
    const target = way.includes($ref) ? undefined : follow($ref, work.roots);
    const beside = settle(own, work, way, depth + 1);
    return target === undefined ? beside : { ...settle(target, work, [...way, $ref], depth + 1), ...beside };
  }
  const settled: JsonObject = {};
  for (const [keyword, value] of Object.entries(written)) {
    // What only references lead to is where they led.
    if (keyword !== 'definitions' && keyword !== '$defs')
      set(settled, keyword, settleKeyword(keyword, value, work, way, depth));
  }
  return nameRequired(settled, written);
}

function settleKeyword(
  keyword: string,
  value: Json,
  work: Work,
  way: readonly string[],
  depth: number,
): Json {
  const inner = (one: Json) => (isJsonObject(one) ? settle(one, work, way, depth + 1) : one);
  if (SINGLE.has(keyword)) return inner(value);
  if (LISTS.has(keyword) && Array.isArray(value)) return value.map(inner);
  if (MAPS.has(keyword) && isJsonObject(value)) {
    const members: JsonObject = {};
    for (const [name, member] of Object.entries(value)) set(members, name, inner(member));
    return members;
  }
  return keyword === 'type' ? settleType(value) : value;
}

function settleType(type: Json): Json {
  if (Array.isArray(type)) return type.map(settleType);
  const lower = String(type).toLowerCase();
  return TYPES.has(lower) ? lower : type;
}

/** `required` of a property belongs to the object around it; there it is a list. */
function nameRequired(settled: JsonObject, written: JsonObject): JsonObject {
  const { required, properties } = settled;
  if (typeof required === 'boolean') delete settled['required'];
  if (!isJsonObject(properties)) return settled;
  const before = isJsonObject(written['properties']) ? written['properties'] : {};
  const named = Object.keys(properties).filter((name) => {
    const property = before[name];
    return isJsonObject(property) && property['required'] === true;
  });
  if (named.length === 0) return settled;
  const listed = Array.isArray(required) ? required : [];
  return { ...settled, required: [...new Set([...listed, ...named])] };
}

function follow(reference: string, roots: readonly Json[]): JsonObject | undefined {
  if (!reference.startsWith('#')) return undefined;
  for (const root of roots) {
    const target = getByPointer(root, reference);
    if (isJsonObject(target) && target !== root) return target;
  }
  return undefined;
}

function set(target: JsonObject, name: string, value: Json): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
