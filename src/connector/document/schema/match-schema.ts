import { isJsonObject, type Json } from '../../../base/index.ts';
import type { DocumentSchema } from './schema-types.ts';

/** The schemas that say something of a value: one, with those it refers to and those it chooses by what is there. */
export function listApplied(
  schema: DocumentSchema,
  value: Json | undefined,
  root: DocumentSchema,
): DocumentSchema[] {
  const applied: DocumentSchema[] = [];
  collect(schema, value, root, applied);
  return applied;
}

function collect(
  schema: DocumentSchema,
  value: Json | undefined,
  root: DocumentSchema,
  applied: DocumentSchema[],
): void {
  applied.push(schema);
  if (schema.$ref !== undefined) collect(resolve(schema.$ref, root), value, root, applied);
  for (const one of schema.allOf ?? []) collect(one, value, root, applied);
  if (schema.if === undefined) return;
  const chosen = fits(schema.if, value) ? schema.then : schema.else;
  if (chosen !== undefined) collect(chosen, value, root, applied);
}

function resolve(reference: string, root: DocumentSchema): DocumentSchema {
  return root.$defs?.[reference.replace('#/$defs/', '')] ?? {};
}

/** Whether a value fits a schema as far as a condition looks: its type, its words, its members. */
function fits(schema: DocumentSchema, value: Json | undefined): boolean {
  if (!fitsType(schema, value)) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value ?? null)) return false;
  if (!fitsPattern(schema, value)) return false;
  if (!isJsonObject(value)) return true;
  const { required = [], properties = {} } = schema;
  if (required.some((name) => !Object.hasOwn(value, name))) return false;
  return Object.entries(properties).every(
    ([name, member]) => !Object.hasOwn(value, name) || fits(member, value[name]),
  );
}

export function fitsType({ type }: DocumentSchema, value: Json | undefined): boolean {
  if (type === undefined) return true;
  return [type].flat().some((name) => isOfType(name, value));
}

function isOfType(type: string, value: Json | undefined): boolean {
  switch (type) {
    case 'object':
      return isJsonObject(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    default:
      return typeof value === type;
  }
}

const patterns = new Map<string, RegExp>();

export function fitsPattern({ pattern }: DocumentSchema, value: Json | undefined): boolean {
  return pattern === undefined || typeof value !== 'string' || toRegExp(pattern).test(value);
}

function toRegExp(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
  patterns.set(pattern, known);
  return known;
}

/** What a schema says of a member; several, for a name that fits several patterns. None: nothing is known of it. */
export function listMember(schema: DocumentSchema, name: string): DocumentSchema[] {
  const { properties = {}, patternProperties = {}, additionalProperties } = schema;
  const own = Object.hasOwn(properties, name) ? [properties[name] ?? {}] : [];
  const fitting = Object.entries(patternProperties)
    .filter(([pattern]) => toRegExp(pattern).test(name))
    .map(([, member]) => member);
  const found = [...own, ...fitting];
  return found.length === 0 && additionalProperties !== undefined ? [additionalProperties] : found;
}

/** The schemas that say something of what stands at a path. Values may be missing there: somebody is about to write one. */
export function listAppliedAt(
  root: DocumentSchema,
  value: Json | undefined,
  path: readonly (string | number)[],
): DocumentSchema[] {
  let applied = listApplied(root, value, root);
  let at = value;
  for (const segment of path) {
    at = step(at, segment);
    const below = applied.flatMap((schema) =>
      typeof segment === 'number' ? (schema.items ?? []) : listMember(schema, segment),
    );
    const current = at;
    applied = below.flatMap((schema) => listApplied(schema, current, root));
  }
  return applied;
}

function step(value: Json | undefined, segment: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(segment)];
  return isJsonObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}
