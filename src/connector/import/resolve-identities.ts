import { formatPointer, getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { DATA, isNameMap, type References } from './repair-extensions.ts';

/** Stands for the document itself, which has no name. */
const DOCUMENT = 'https://document.invalid/';

/**
 * Makes references to names (`$id`, `$anchor`, `$dynamicAnchor`) references to places, in place: the rest of Patchbay
 * knows places only. A `$dynamicRef` refers to the anchor of its own schema, as it does where nobody extends that.
 * Returns all references of the document as they are now.
 */
export function resolveIdentities(document: JsonObject): References {
  const places = new Map<string, string>();
  visit(document, [], DOCUMENT, (schema, path, base) => {
    if (typeof schema['$id'] === 'string' && base !== DOCUMENT) places.set(base, formatPointer(path));
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const address = resolve(`#${String(schema[keyword])}`, base);
      if (typeof schema[keyword] === 'string' && address !== undefined)
        places.set(address, formatPointer(path));
    }
  });
  const references: References = new Map();
  visit(document, [], DOCUMENT, (schema, path, base) => {
    const { $ref, $dynamicRef } = schema;
    if (typeof $ref === 'string') schema['$ref'] = find($ref, base) ?? $ref;
    else if (typeof $dynamicRef === 'string') {
      const place = find($dynamicRef, base);
      if (place !== undefined) schema['$ref'] = place;
    }
    const now = schema['$ref'];
    if (typeof now === 'string' && !references.has(now)) references.set(now, formatPointer(path));
  });
  return references;

  function find(reference: string, base: string): string | undefined {
    const address = resolve(reference, base);
    if (address === undefined) return undefined;
    const [resource = '', fragment = ''] = address.split('#');
    const known = places.get(address) ?? (fragment === '' ? places.get(resource) : undefined);
    if (known !== undefined) return `#${known}`;
    const within = places.get(resource);
    if (within === undefined || !fragment.startsWith('/')) return undefined;
    const place = `#${within}${decodeURI(fragment)}`;
    // Many write places in the document although a name begins a resource of its own.
    return getByPointer(document, place) === undefined ? undefined : place;
  }
}

type Visit = (object: JsonObject, path: readonly (string | number)[], base: string) => void;

function visit(value: Json, path: (string | number)[], base: string, onObject: Visit): void {
  if (typeof value !== 'object' || value === null) return;
  const isMap = !Array.isArray(value) && isNameMap(path);
  const id = isJsonObject(value) && !isMap ? value['$id'] : undefined;
  const inner = typeof id === 'string' ? (resolve(id, base) ?? base) : base;
  if (isJsonObject(value) && !isMap) onObject(value, path, inner);
  for (const [key, member] of Object.entries(value)) {
    if (!isMap && !Array.isArray(value) && DATA.has(key)) continue;
    path.push(Array.isArray(value) ? Number(key) : key);
    visit(member, path, inner, onObject);
    path.pop();
  }
}

function resolve(reference: string, base: string): string | undefined {
  if (!URL.canParse(reference, base)) return undefined;
  return new URL(reference, base).href.replace(/#$/, '');
}
