import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { listOperations, type OperationPlace } from '../operations.ts';

/** Extensions in which an operation names others that it cannot do without. */
const NAMING = /^x-ms-(?:dynamic-|simulate$)/;

/**
 * The operations that others need, by operationId: those that fill their dropdowns and say their schemas, the one
 * that tests a trigger, and the one that ends a webhook's subscription. Needs of needs are listed with them.
 */
export function listOperationNeeds(document: JsonObject): Map<string, string[]> {
  const places = [...listOperations(document)].filter(hasId);
  const known = new Set(places.map(idOf));
  const readNames = createReader(document);
  const direct = new Map<string, string[]>();
  for (const place of places) {
    const names = [...readNames(place), ...findUnsubscribing(place, places)];
    direct.set(
      idOf(place),
      [...new Set(names)].filter((name) => name !== idOf(place) && known.has(name)),
    );
  }
  const all = [...direct.keys()].map((id) => [id, closeOver(id, direct)] as const);
  return new Map(all.filter(([, needs]) => needs.length > 0));
}

function closeOver(id: string, direct: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set<string>([id]);
  // A set hands out what is added while it is walked.
  for (const one of found) for (const next of direct.get(one) ?? []) found.add(next);
  found.delete(id);
  return [...found];
}

interface Mentions {
  readonly names: readonly string[];
  readonly references: readonly string[];
}

/** Reads what parts of a document mention; each place that references lead to once. */
function createReader(document: JsonObject): (place: OperationPlace) => string[] {
  const known = new Map<string, Mentions>();
  const readReference = (reference: string): Mentions => {
    const found =
      known.get(reference) ?? readMentions([resolveReference({ $ref: reference }, document) ?? null]);
    known.set(reference, found);
    return found;
  };
  return ({ operation, pathItem }) => {
    const own = readMentions([
      operation,
      pathItem['parameters'] ?? [],
      pathItem['x-ms-notification-content'] ?? [],
    ]);
    const names = [...own.names];
    const references = new Set(own.references);
    for (const reference of references) {
      const found = readReference(reference);
      names.push(...found.names);
      for (const next of found.references) references.add(next);
    }
    return names;
  };
}

function readMentions(waiting: Json[]): Mentions {
  const names: string[] = [];
  const references: string[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) for (const one of next) waiting.push(one);
    if (!isJsonObject(next)) continue;
    if (typeof next['$ref'] === 'string') references.push(next['$ref']);
    for (const [key, value] of Object.entries(next)) {
      if (NAMING.test(key)) collectNames(value, names);
      else if (typeof value === 'object' && value !== null) waiting.push(value);
    }
  }
  return { names, references };
}

function collectNames(value: Json, names: string[]): void {
  if (Array.isArray(value)) for (const one of value) collectNames(one, names);
  if (!isJsonObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'operationId' && typeof inner === 'string') names.push(inner);
    else collectNames(inner, names);
  }
}

/** A webhook's subscription is ended by DELETE one segment further. */
function findUnsubscribing(place: OperationPlace, places: readonly OperationPlace[]): string[] {
  if (
    place.pathItem['x-ms-notification-content'] === undefined ||
    place.operation['x-ms-trigger'] === undefined
  )
    return [];
  const base = `${place.path.replace(/\/+$/, '')}/`;
  return places
    .filter(
      ({ method, path }) =>
        method === 'delete' && path.startsWith(base) && /^\{[^{}/]+\}\/?$/.test(path.slice(base.length)),
    )
    .map(idOf);
}

function hasId({ operation }: OperationPlace): boolean {
  return typeof operation['operationId'] === 'string';
}

function idOf({ operation }: OperationPlace): string {
  return String(operation['operationId']);
}
