import { equalJson, type Json, type JsonObject } from '../../base/index.ts';
import { define, defineScoped, defineVariadic, Fault, refuse } from '../define.ts';
import {
  array,
  arrayOrObject,
  arrayOrText,
  collection,
  integer,
  json,
  optional,
  text,
} from '../parameters.ts';
import { findKey } from '../property.ts';
import { compareText } from '../text-case.ts';
import { describeKind, toText } from '../value.ts';
import { collectDistinct, intersectArrays } from './distinct.ts';
import { checkLength } from './text.ts';

const COLLECTION = 'a dictionary (object), an array or a string';

export const COLLECTION_FUNCTIONS = [
  define({
    name: 'contains',
    group: 'collections',
    parameters: [{ ...collection('collection'), read: readContainer }, json('value')],
    returns: 'boolean',
    doc: 'Whether a text has a part, an array an item, or an object a property.',
    example: { expression: "contains('Patchbay', 'bay')", value: true },
    run: (container, value) => hasInside(container, value),
  }),
  define({
    name: 'empty',
    group: 'collections',
    parameters: [json('collection')],
    returns: 'boolean',
    doc: 'Whether a text, an array or an object has nothing inside; null counts as empty.',
    example: { expression: "empty(json('[]'))", value: true },
    run: (given) => given === null || isEmpty(readContainer(given)),
    quick:
      (slow, { evaluate }) =>
      (scope) => {
        const given = evaluate(scope);
        if (given === null) return true;
        return typeof given === 'string' || Array.isArray(given) ? given.length === 0 : slow(given);
      },
  }),
  define({
    name: 'first',
    group: 'collections',
    parameters: [arrayOrText('collection')],
    returns: 'any',
    doc: 'The first character of a text or item of an array; null for an empty array.',
    example: { expression: 'first(createArray(4, 5, 6))', value: 4 },
    run: (items) => (typeof items === 'string' ? items.slice(0, 1) : (items[0] ?? null)),
  }),
  defineVariadic({
    name: 'intersection',
    group: 'collections',
    parameter: arrayOrObject('collection'),
    returns: 'array | object',
    doc: 'The items that all arrays, or the properties that all objects have in common.',
    example: { expression: 'intersection(createArray(1, 2, 3), createArray(3, 2))', value: [2, 3] },
    run: (collections) => combine(collections, intersectArrays, intersectObjects),
  }),
  defineScoped({
    name: 'item',
    group: 'workflow',
    parameters: [],
    returns: 'any',
    doc: 'The current item of the innermost repeating action.',
    example: { expression: "item()?['sku']", value: 'A-1', context: { item: { sku: 'A-1' } } },
    run: (scope) => {
      const found = scope.item();
      if (found === undefined) throw new Fault('can be used only inside an action that repeats over items');
      return found;
    },
  }),
  define({
    name: 'join',
    group: 'collections',
    parameters: [array('collection'), text('delimiter')],
    returns: 'string',
    doc: 'The items as text, with the delimiter between them.',
    example: { expression: "join(createArray('a', 'b'), ' + ')", value: 'a + b' },
    run: (items, delimiter) => checkLength(items.map(toText).join(delimiter)),
  }),
  define({
    name: 'last',
    group: 'collections',
    parameters: [arrayOrText('collection')],
    returns: 'any',
    doc: 'The last character of a text or item of an array; null for an empty array.',
    example: { expression: "last(split('a/b/label.pdf', '/'))", value: 'label.pdf' },
    run: (items) => (typeof items === 'string' ? items.slice(-1) : (items.at(-1) ?? null)),
  }),
  define({
    name: 'reverse',
    group: 'collections',
    parameters: [array('collection')],
    returns: 'array',
    doc: 'The items in the opposite order.',
    example: { expression: 'reverse(createArray(1, 2, 3))', value: [3, 2, 1] },
    run: (items) => items.toReversed(),
  }),
  define({
    name: 'skip',
    group: 'collections',
    parameters: [arrayOrText('collection'), integer('count')],
    returns: 'array | string',
    doc: 'All but the first items of an array or characters of a text.',
    example: { expression: 'skip(createArray(1, 2, 3), 2)', value: [3] },
    run: (items, count) => items.slice(checkCount(count)),
  }),
  define({
    name: 'sort',
    group: 'collections',
    parameters: [array('collection'), optional(text('sortBy'))],
    returns: 'array',
    doc: 'The items in ascending order, for objects by one of their properties.',
    example: { expression: 'sort(createArray(3, 1, 2))', value: [1, 2, 3] },
    run: (items, key) => sortItems(items, key),
  }),
  define({
    name: 'take',
    group: 'collections',
    parameters: [arrayOrText('collection'), integer('count')],
    returns: 'array | string',
    doc: 'The first items of an array or characters of a text, or all if there are fewer.',
    example: { expression: "take('Patchbay', 5)", value: 'Patch' },
    run: (items, count) => items.slice(0, checkCount(count)),
  }),
  defineVariadic({
    name: 'union',
    group: 'collections',
    parameter: arrayOrObject('collection'),
    returns: 'array | object',
    doc: 'The items of all arrays without repeats, or the properties of all objects, where later ones win.',
    example: { expression: 'union(createArray(1, 2), createArray(2, 3))', value: [1, 2, 3] },
    run: (collections) => combine(collections, (arrays) => collectDistinct(arrays.flat()), mergeObjects),
  }),
];

function readContainer(given: unknown): Json[] | JsonObject | string {
  const value = given as Json;
  if (typeof value === 'string' || (typeof value === 'object' && value !== null)) return value;
  return refuse('collection', COLLECTION, value);
}

function hasInside(container: Json[] | JsonObject | string, value: Json): boolean {
  if (typeof container === 'string') {
    return typeof value === 'string' ? container.includes(value) : refuse('value', 'a string', value);
  }
  if (Array.isArray(container)) return container.some((item) => equalJson(item, value));
  return findKey(container, toText(value)) !== undefined;
}

function isEmpty(container: Json[] | JsonObject | string): boolean {
  if (typeof container === 'string' || Array.isArray(container)) return container.length === 0;
  for (const _ in container) return false;
  return true;
}

function checkCount(count: number): number {
  if (count >= 0) return count;
  throw new Fault(`was given ${count}, out of range: the count begins at 0`, { parameter: 'count' });
}

/** Arrays with arrays, objects with objects. */
function combine(
  collections: readonly (Json[] | JsonObject)[],
  ofArrays: (arrays: Json[][]) => Json[],
  ofObjects: (objects: JsonObject[]) => JsonObject,
): Json {
  const arrays = collections.filter((given) => Array.isArray(given));
  if (arrays.length === collections.length) return ofArrays(arrays);
  if (arrays.length > 0) throw new Fault('takes either arrays or objects, not both');
  return ofObjects(collections as JsonObject[]);
}

function mergeObjects(objects: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(objects.flatMap((object) => Object.entries(object)));
}

function intersectObjects([first = {}, ...others]: readonly JsonObject[]): JsonObject {
  const entries = Object.entries(first).filter(([name, value]) =>
    others.every((other) => Object.hasOwn(other, name) && equalJson(other[name], value)),
  );
  return Object.fromEntries(entries);
}

/** What a kind of value sorts as; null comes first. */
const RANKS = new Map([
  ['object', 0],
  ['boolean', 1],
  ['number', 2],
  ['bigint', 2],
  ['string', 3],
]);

function sortItems(items: Json[], key: string | undefined): Json[] {
  const keyed = items.map((item) => ({ item, key: key === undefined ? item : readSortKey(item, key) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ item }) => item);
}

function readSortKey(item: Json, key: string): Json {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new Fault(`sorts by a property, but the array holds ${describeKind(item)}`);
  }
  return item[findKey(item, key) ?? ''] ?? null;
}

function compareKeys(a: Json, b: Json): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  for (const given of [a, b]) {
    if (typeof given === 'object' && given !== null) {
      throw new Fault(`sorts texts, numbers and booleans, not ${describeKind(given)}`);
    }
  }
  const rank = (RANKS.get(typeof a) ?? 0) - (RANKS.get(typeof b) ?? 0);
  if (rank !== 0 || a === null || b === null) return rank;
  return a < b ? -1 : a > b ? 1 : 0;
}
