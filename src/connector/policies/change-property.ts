import { isJsonObject, type Json } from '../../base/index.ts';
import { type BodyPath, getAt, type PathKey, parseBodyPath, parseSubPath, setAt } from './body-path.ts';
import type { PolicyEffect, PolicyMessage, PolicyRun } from './policy-types.ts';

/** Makes the new value of a place from the value at the policy's source; `undefined`: nothing to do there. */
export type Convert = (source: Json, scope: { body: Json; item: Json | undefined }) => Json | undefined;

const NO_JSON = 'The body is no JSON.';

/**
 * What most body policies share: a parent (`propertyParentPath`), a property of it (`propertySubPath`), and the
 * path where the result goes (`newPropertyPath`, from `@body()` or, where the parent is a list, from `@item()`).
 * A list as the parent means each of its members.
 */
export function changeProperty(message: PolicyMessage, run: PolicyRun, convert: Convert): PolicyEffect {
  const { body } = message;
  if (!message.bodyIsJson || body === undefined) return { message, note: NO_JSON };
  const parentPath = parseBodyPath(run.plain('propertyParentPath'));
  const target = parseBodyPath(run.plain('newPropertyPath'));
  if (parentPath === undefined || target === undefined) {
    return { message, note: 'A path is none: it must begin with @body() or @item().' };
  }
  const keys = parseSubPath(run.plain('propertySubPath'));
  const parent = getAt(body, parentPath.keys);
  // With a sub-path a list as parent means its members; without one, the list itself is the source.
  const next =
    Array.isArray(parent) && (keys.length > 0 || target.root === 'item')
      ? changeMembers(body, parentPath, parent, { keys, target, convert })
      : changeOne(body, getAt(parent, keys), target, convert);
  if (next === undefined) return { message, note: 'The body has no such property.' };
  return { message: { ...message, body: next } };
}

interface Change {
  readonly keys: readonly PathKey[];
  readonly target: BodyPath;
  readonly convert: Convert;
}

function changeOne(
  body: Json,
  source: Json | undefined,
  target: BodyPath,
  convert: Convert,
): Json | undefined {
  if (source === undefined || source === null) return undefined;
  const value = convert(source, { body, item: undefined });
  return value === undefined ? undefined : setAt(body, target.keys, value);
}

function changeMembers(
  body: Json,
  parentPath: BodyPath,
  parent: readonly Json[],
  { keys, target, convert }: Change,
): Json | undefined {
  const members = parent.map((item) => {
    const source = getAt(item, keys);
    const value = source === undefined || source === null ? undefined : convert(source, { body, item });
    if (value === undefined) return item;
    return setAt(item, placeInItem(target, parentPath), value) ?? item;
  });
  return setAt(body, parentPath.keys, members);
}

/** A target that says `@body().parent.x` where the parent is a list means `@item().x`. */
function placeInItem(target: BodyPath, parentPath: BodyPath): readonly PathKey[] {
  const isInside =
    target.root === 'body' && parentPath.keys.every((key, index) => target.keys[index] === key);
  return isInside ? target.keys.slice(parentPath.keys.length) : target.keys;
}

/** Runs a change on the object at a path, or on each object of the list there. */
export function changeObjects(
  body: Json,
  keys: readonly PathKey[],
  change: (object: Json, item: Json | undefined) => Json | undefined,
): Json | undefined {
  const parent = getAt(body, keys);
  if (Array.isArray(parent)) {
    const members = parent.map((item) => (isJsonObject(item) ? (change(item, item) ?? item) : item));
    return setAt(body, keys, members);
  }
  if (!isJsonObject(parent)) return undefined;
  const next = change(parent, undefined);
  return next === undefined ? undefined : setAt(body, keys, next);
}
