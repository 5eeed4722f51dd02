import { isWithin } from './is-within.ts';

/**
 * Of the places that are on the screen, the nearest to a pointer into the definition: what stands at the pointer itself,
 * or, for a place that ends in a slash, what holds it. Its index; -1: none.
 */
export function findPlace(places: readonly string[], at: string): number {
  let [found, length] = [-1, -1];
  for (const [index, written] of places.entries()) {
    for (const place of written.split(' ')) {
      const isHere = place.endsWith('/') ? isWithin(at, place.slice(0, -1)) : place === at;
      if (isHere && place.length > length) [found, length] = [index, place.length];
    }
  }
  return found;
}
