import { equalJson, formatPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { createValidator, inferSchema } from '../../schema/index.ts';
import { enterSite, followSite, listParts, type SchemaSite } from './schema-site.ts';
import type { DefinitionEdit, DifferenceKind, SchemaDifference } from './types.ts';

/** Elements of a list that are looked at; the others are mostly like them. */
const MOST_ITEMS = 50;
const MAX_DEPTH = 30;

/** Compares a value with a schema, place by place. The same mistake in many elements of a list is told once. */
export function compareValue(value: Json, site: SchemaSite, document: JsonObject): SchemaDifference[] {
  const found = new Map<string, SchemaDifference>();
  const walk: Walk = {
    document,
    add: (difference) => {
      const { fix, kind, pointer } = difference;
      const key = fix === undefined ? `${kind} ${pointer}` : JSON.stringify(fix.edit, writeBigInt);
      if (!found.has(key)) found.set(key, difference);
    },
  };
  compareAt(value, site, [], walk, 0);
  return [...found.values()];
}

function writeBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

interface Walk {
  readonly document: JsonObject;
  add(difference: SchemaDifference): void;
}

type Path = readonly string[];

function compareAt(value: Json, written: SchemaSite, path: Path, walk: Walk, depth: number): void {
  const site = followSite(written, walk.document);
  if (site === undefined || depth > MAX_DEPTH) return;
  const parts = listParts(site, walk.document);
  if (value === null) {
    if (!allowsNull(parts)) walk.add(describeNull(written, path));
    return;
  }
  if (compareChoice(value, site, path, walk, depth)) return;
  for (const part of parts) {
    const types = listTypes(part.schema);
    if (types.length > 0 && !types.some((type) => fitsType(value, type))) {
      walk.add(describeType(value, types, part, path));
      return;
    }
    compareEnum(value, part, path, walk);
  }
  if (Array.isArray(value)) compareItems(value, parts, path, walk, depth);
  else if (isJsonObject(value)) compareMembers(value, parts, path, walk, depth);
}

function describeNull({ pointer, schema }: SchemaSite, path: Path): SchemaDifference {
  const edit: DefinitionEdit = { edit: 'allow-null', pointer };
  const types = listTypes(schema);
  const expected = types.length === 0 ? 'a value' : describeTypes(types);
  return create('null', path, `${name(path)} is null; the definition says ${expected}.`, 'Allow null', edit);
}

function describeType(
  value: Json,
  types: readonly string[],
  { pointer }: SchemaSite,
  path: Path,
): SchemaDifference {
  const type = typeOf(value);
  const edit: DefinitionEdit = { edit: 'add-type', pointer, type };
  const message = `${name(path)} is ${ARTICLES[type]}; the definition says ${describeTypes(types)}.`;
  return create('type', path, message, `Also take ${ARTICLES[type]}`, edit);
}

function compareEnum(value: Json, { schema, pointer }: SchemaSite, path: Path, walk: Walk): void {
  const values = schema['enum'];
  if (!Array.isArray(values) || typeof value === 'object') return;
  if (values.some((one) => equalJson(one, value))) return;
  const shown = typeof value === 'string' ? `“${shorten(value)}”` : String(value);
  const message = `${name(path)} is ${shown}, which is not among the values of the definition.`;
  walk.add(create('enum', path, message, `Add ${shown}`, { edit: 'add-enum-value', pointer, value }));
}

/** With `oneOf` or `anyOf` the value must fit one of them; which one was meant, nobody can say if it fits none. */
function compareChoice(value: Json, site: SchemaSite, path: Path, walk: Walk, depth: number): boolean {
  for (const keyword of ['oneOf', 'anyOf']) {
    const choices = site.schema[keyword];
    if (!Array.isArray(choices) || choices.length === 0) continue;
    const sites = choices.flatMap((_, index) => enterSite(site, keyword, String(index)) ?? []);
    const meant = sites.filter(
      ({ schema }) => !listTypes(schema).every((type) => type === 'null') || listTypes(schema).length === 0,
    );
    const allowed = meant.filter(
      ({ schema }) => createValidator(schema, { root: walk.document, formats: false })(value).length === 0,
    );
    // Where a page may not compile checks, all are allowed: what the walk itself sees decides.
    const fitting =
      allowed.length > 1
        ? (allowed.find((one) => fitsWalk(value, one, walk, depth)) ?? allowed[0])
        : allowed[0];
    const only = fitting ?? (meant.length === 1 ? meant[0] : undefined);
    if (only !== undefined) compareAt(value, only, path, walk, depth + 1);
    else
      walk.add({
        kind: 'constraint',
        pointer: formatPointer(path),
        message: `${name(path)} fits none of the shapes that the definition offers.`,
      });
    return true;
  }
  return false;
}

function fitsWalk(value: Json, site: SchemaSite, walk: Walk, depth: number): boolean {
  let fits = true;
  const note = ({ kind }: SchemaDifference) => {
    if (kind !== 'extra') fits = false;
  };
  compareAt(value, site, [], { document: walk.document, add: note }, depth + 1);
  return fits;
}

function compareItems(
  value: readonly Json[],
  parts: readonly SchemaSite[],
  path: Path,
  walk: Walk,
  depth: number,
): void {
  for (const part of parts) {
    const items = enterSite(part, 'items');
    if (items === undefined) continue;
    for (const [index, item] of value.slice(0, MOST_ITEMS).entries()) {
      compareAt(item, items, [...path, String(index)], walk, depth + 1);
    }
  }
}

function compareMembers(
  value: JsonObject,
  parts: readonly SchemaSite[],
  path: Path,
  walk: Walk,
  depth: number,
): void {
  const declared = new Map<string, SchemaSite[]>();
  for (const part of parts) {
    const properties = isJsonObject(part.schema['properties']) ? part.schema['properties'] : {};
    for (const member of Object.keys(properties)) {
      const site = enterSite(part, 'properties', member);
      if (site !== undefined) declared.set(member, [...(declared.get(member) ?? []), site]);
    }
    compareRequired(value, part, path, walk);
  }
  for (const [member, inner] of Object.entries(value)) {
    const at = [...path, member];
    for (const site of declared.get(member) ?? []) compareAt(inner, site, at, walk, depth + 1);
    if (!declared.has(member)) compareUndeclared(member, inner, parts, declared.size, at, walk, depth);
  }
}

function compareRequired(value: JsonObject, { schema, pointer }: SchemaSite, path: Path, walk: Walk): void {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const member of required) {
    if (typeof member !== 'string' || Object.hasOwn(value, member) || isWriteOnly(schema, member)) continue;
    const message = `${name([...path, member])} is missing; the definition says that it is always there.`;
    const edit: DefinitionEdit = { edit: 'make-optional', pointer, name: member };
    walk.add(create('missing', [...path, member], message, 'Make it optional', edit));
  }
}

function isWriteOnly(schema: JsonObject, member: string): boolean {
  const property = isJsonObject(schema['properties']) ? schema['properties'][member] : undefined;
  return isJsonObject(property) && property['writeOnly'] === true;
}

function compareUndeclared(
  member: string,
  value: Json,
  parts: readonly SchemaSite[],
  declared: number,
  path: Path,
  walk: Walk,
  depth: number,
): void {
  const others = parts.flatMap((part) => enterSite(part, 'additionalProperties') ?? []);
  for (const site of others) compareAt(value, site, path, walk, depth + 1);
  const isOpen = others.length > 0 || parts.some(({ schema }) => isJsonObject(schema['patternProperties']));
  // An object of which nothing is said may hold anything.
  const home =
    parts.find(({ schema }) => isJsonObject(schema['properties'])) ??
    parts.find(({ schema }) => schema['additionalProperties'] === false);
  const isClosed = parts.some(({ schema }) => schema['additionalProperties'] === false);
  if (isOpen || home === undefined || (declared === 0 && !isClosed)) return;
  const schema = value === null ? {} : inferSchema([value]);
  const edit: DefinitionEdit = { edit: 'add-property', pointer: home.pointer, name: member, schema };
  const message = `${name(path)} is not in the definition: flows do not offer it.`;
  walk.add(create('extra', path, message, `Add ${member}`, edit));
}

function create(
  kind: DifferenceKind,
  path: Path,
  message: string,
  label: string,
  edit: DefinitionEdit,
): SchemaDifference {
  return { kind, pointer: formatPointer(path), message, fix: { label, edit } };
}

function name(path: Path): string {
  return path.length === 0
    ? 'The answer'
    : path
        .map((token) => (/^\d+$/.test(token) ? `[${token}]` : token))
        .join('.')
        .replaceAll('.[', '[');
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export function listTypes({ type }: JsonObject): string[] {
  return (Array.isArray(type) ? type : type === undefined ? [] : [type]).filter(
    (one) => typeof one === 'string',
  );
}

function allowsNull(parts: readonly SchemaSite[]): boolean {
  return parts.every(({ schema }) => {
    const types = listTypes(schema);
    if (schema['nullable'] === true || types.includes('null')) return true;
    if (Array.isArray(schema['enum'])) return schema['enum'].includes(null);
    const choices = [schema['anyOf'], schema['oneOf']].filter(Array.isArray).flat();
    if (choices.length > 0)
      return choices.some(
        (one) => isJsonObject(one) && (listTypes(one).includes('null') || one['nullable'] === true),
      );
    return types.length === 0 && schema['properties'] === undefined && schema['items'] === undefined;
  });
}

function typeOf(value: Json): keyof typeof ARTICLES {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'string' : 'object';
}

function fitsType(value: Json, type: string): boolean {
  const actual = typeOf(value);
  return actual === type || (type === 'number' && actual === 'integer') || !(type in ARTICLES);
}

const ARTICLES = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
} as const;

function describeTypes(types: readonly string[]): string {
  return types.map((type) => (ARTICLES as Record<string, string>)[type] ?? type).join(' or ');
}
