import { equalJson, isJsonObject, type Json, type JsonObject, setOwn } from '../base/index.ts';
import { resolveSchema } from './resolve.ts';

/** Parts within parts; deeper ones only come in circles. */
const MAX_DEPTH = 12;

/**
 * One schema in place of `allOf` and alternatives: what all parts ask together, of `oneOf` and `anyOf` one branch
 * (`variant` counts round the branches). A `discriminator` gets the value that means the branch.
 */
export function mergeSchema(written: Json | undefined, root: Json, variant: number, depth = 0): JsonObject {
  const schema = resolveSchema(written, root);
  const { allOf, oneOf, anyOf, ...own } = schema;
  if ((allOf ?? oneOf ?? anyOf) === undefined || depth > MAX_DEPTH) return schema;
  let merged: JsonObject = own;
  for (const part of Array.isArray(allOf) ? allOf : []) {
    merged = combine(merged, mergeSchema(part, root, variant, depth + 1));
  }
  for (const branches of [oneOf, anyOf]) {
    const branch = pickBranch(branches, variant);
    if (branch === undefined) continue;
    const made = mergeSchema(branch, root, variant, depth + 1);
    merged = combine(merged, isJsonObject(branch) ? nameSubtype(made, branch) : made);
    merged = combine(merged, describeBranch(schema['discriminator'], branch, merged));
  }
  return merged;
}

/** A schema with a discriminator that is referred to by its name has that name in it, unless it says another. */
export function nameSubtype(merged: JsonObject, written: JsonObject): JsonObject {
  return combine(merged, describeBranch(merged['discriminator'], written, merged));
}

function pickBranch(branches: Json | undefined, variant: number): Json | undefined {
  if (!Array.isArray(branches)) return undefined;
  const usable = branches.filter((branch) => isJsonObject(branch) && branch['type'] !== 'null');
  return usable[variant % usable.length];
}

/** `{kind: 'Cat'}` for the branch `#/components/schemas/Cat`, or what the mapping calls it. */
function describeBranch(discriminator: Json | undefined, branch: Json, merged: JsonObject): JsonObject {
  const name = isJsonObject(discriminator) ? discriminator['propertyName'] : undefined;
  const reference = isJsonObject(branch) ? branch['$ref'] : undefined;
  if (typeof name !== 'string' || typeof reference !== 'string') return {};
  const mapping = isJsonObject(discriminator) ? discriminator['mapping'] : undefined;
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  const entries = Object.entries(isJsonObject(mapping) ? mapping : {});
  const mapped = entries.find(([, target]) => target === reference || target === last)?.[0];
  const key = mapped ?? last;
  const known = isJsonObject(merged['properties']) ? merged['properties'][name] : undefined;
  const allowed = isJsonObject(known) ? (known['enum'] ?? known['const']) : undefined;
  // A shared list of names, and nobody says that this is one of them.
  if (mapped === undefined && isJsonObject(known) && known['$ref'] !== undefined) return {};
  if (allowed !== undefined && ![allowed].flat().includes(key)) return {};
  return { properties: { [name]: { const: key } }, required: [name] };
}

/** What both schemas ask. Where they contradict each other the first one wins: nothing fits both anyway. */
function combine(a: JsonObject, b: JsonObject): JsonObject {
  const result: JsonObject = { ...a };
  for (const [keyword, value] of Object.entries(b)) {
    const before = Object.hasOwn(a, keyword) ? a[keyword] : undefined;
    result[keyword] = before === undefined ? value : combineKeyword(keyword, before, value);
  }
  return result;
}

const LOWER_BOUNDS = /^(?:minimum|exclusiveMinimum|minLength|minItems|minProperties)$/;
const UPPER_BOUNDS = /^(?:maximum|exclusiveMaximum|maxLength|maxItems|maxProperties)$/;

function combineKeyword(keyword: string, a: Json, b: Json): Json {
  if (keyword === 'properties' || keyword === 'patternProperties') return combineMembers(a, b);
  if (keyword === 'required' && Array.isArray(a) && Array.isArray(b)) return [...new Set([...a, ...b])];
  if (keyword === 'enum' && Array.isArray(a) && Array.isArray(b)) return intersect(a, b);
  if (keyword === 'type') return combineTypes([a].flat(), [b].flat());
  if (keyword === 'items' && isJsonObject(a) && isJsonObject(b)) return { allOf: [a, b] };
  if (LOWER_BOUNDS.test(keyword)) return Number(a) >= Number(b) ? a : b;
  if (UPPER_BOUNDS.test(keyword)) return Number(a) <= Number(b) ? a : b;
  return a;
}

function combineMembers(a: Json, b: Json): Json {
  if (!isJsonObject(a) || !isJsonObject(b)) return a;
  const result: JsonObject = { ...a };
  for (const [name, schema] of Object.entries(b)) {
    const before = Object.hasOwn(a, name) ? a[name] : undefined;
    const isOne = before === undefined || equalJson(before, schema);
    setOwn(result, name, isOne ? schema : { allOf: [before, schema] });
  }
  return result;
}

function intersect(a: Json[], b: Json[]): Json[] {
  const both = a.filter((value) => b.some((other) => equalJson(value, other)));
  return both.length > 0 ? both : a;
}

function combineTypes(a: Json[], b: Json[]): Json {
  const allows = (types: Json[], type: Json) =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  const both = [...new Set([...a.filter((type) => allows(b, type)), ...b.filter((type) => allows(a, type))])];
  return both.length === 0 ? a : both.length === 1 ? (both[0] ?? a) : both;
}
