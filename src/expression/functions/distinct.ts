import { equalJson, type Json } from '../../base/index.ts';

/**
 * Items met before, by value. Scalars are found at once; arrays and objects are compared one by one, since the
 * order of properties does not count.
 */
class Seen {
  readonly #scalars = new Set<Json>();
  readonly #nested: Json[] = [];

  has(item: Json): boolean {
    return isNested(item)
      ? this.#nested.some((other) => equalJson(other, item))
      : this.#scalars.has(normalize(item));
  }

  add(item: Json): void {
    if (isNested(item)) this.#nested.push(item);
    else this.#scalars.add(normalize(item));
  }
}

/** The items without repeats, in the order of their first appearance. */
export function collectDistinct(items: readonly Json[]): Json[] {
  const seen = new Seen();
  return items.filter((item) => {
    if (seen.has(item)) return false;
    seen.add(item);
    return true;
  });
}

/** The distinct items of the first array that all the others have too. */
export function intersectArrays([first = [], ...others]: readonly Json[][]): Json[] {
  const sets = others.map((items) => {
    const seen = new Seen();
    for (const item of items) seen.add(item);
    return seen;
  });
  return collectDistinct(first).filter((item) => sets.every((seen) => seen.has(item)));
}

function isNested(item: Json): boolean {
  return typeof item === 'object' && item !== null;
}

/** `1n` and `1` are one value; a set would hold them apart. */
function normalize(item: Json): Json {
  return typeof item === 'bigint' && Number.isSafeInteger(Number(item)) ? Number(item) : item;
}
