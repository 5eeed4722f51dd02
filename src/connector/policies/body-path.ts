import { isJsonObject, type Json } from '../../base/index.ts';

/** `@body().a[0]['b']`: where it begins, and the way from there. */
export interface BodyPath {
  readonly root: 'body' | 'item' | 'triggerbody';
  readonly keys: readonly PathKey[];
}

export type PathKey = string | number;

/** The steps of a path; quotes may have been made smart by a word processor. */
export const PATH_STEPS = String.raw`(?:\??\.[\w$@-]+|\??\[(?:\d+|['‘’][^'‘’]*['‘’])\])*`;

const PATH = new RegExp(
  String.raw`^\s*@?\{?\s*@?(body|item|triggerBody)\(\s*\)(${PATH_STEPS})\s*\}?\s*$`,
  'i',
);

/** Reads a path such as `@body().a.b`, also in braces or without its `@`. `undefined`: it is none. */
export function parseBodyPath(text: string): BodyPath | undefined {
  const [whole, root = '', steps = ''] = PATH.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const name = root.toLowerCase();
  return { root: name === 'item' || name === 'triggerbody' ? name : 'body', keys: parseSteps(steps) };
}

/** `.a.b[0]['@odata.etag']` */
export function parseSteps(steps: string): PathKey[] {
  const found = steps.matchAll(/\??\.([\w$@-]+)|\??\[(?:(\d+)|['‘’]([^'‘’]*)['‘’])\]/g);
  return [...found].map(([, dotted, index, quoted]) =>
    index === undefined ? (dotted ?? quoted ?? '') : Number(index),
  );
}

/** A sub-path: a property's name, several with dots between, or `['@odata.type']`. `null` as a text is none. */
export function parseSubPath(text: string): PathKey[] {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.toLowerCase() === 'null') return [];
  const path = parseBodyPath(trimmed);
  if (path !== undefined) return [...path.keys];
  const steps = trimmed.startsWith('[') ? trimmed : `.${trimmed}`;
  return new RegExp(`^${PATH_STEPS}$`).test(steps) ? parseSteps(steps) : [trimmed];
}

/** `undefined` where something is missing on the way. */
export function getAt(value: Json | undefined, keys: readonly PathKey[]): Json | undefined {
  let current = value;
  for (const key of keys) {
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isJsonObject(current)) current = Object.hasOwn(current, key) ? current[key] : undefined;
    else return undefined;
  }
  return current;
}

/**
 * A copy with `next` at the place; `undefined` as `next` takes the place away. Missing objects on the way are made.
 * Nothing changes where the way leads through something that is neither object nor list.
 */
export function setAt(
  value: Json | undefined,
  keys: readonly PathKey[],
  next: Json | undefined,
): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return next;
  if (Array.isArray(value)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index > value.length) return value;
    const member = setAt(value[index], rest, next);
    if (member === undefined) return value.filter((_, at) => at !== index);
    return [...value.slice(0, index), member, ...value.slice(index + 1)];
  }
  if (value !== undefined && !isJsonObject(value)) return value;
  const { [key]: before, ...others } = value ?? {};
  const member = setAt(before, rest, next);
  if (member === undefined) return value === undefined ? undefined : others;
  return { ...value, [key]: member };
}
