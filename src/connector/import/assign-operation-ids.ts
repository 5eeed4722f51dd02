import { type JsonObject, joinPointer } from '../../base/index.ts';
import { listOperations, type OperationPlace } from '../operations.ts';
import type { Problems } from './problems.ts';

/**
 * Gives every operation an id of its own. A missing one is made of method and path, `GET /labels/{label_id}/track`
 * → `GetLabelsByLabelIdTrack`; of ids that stand twice, the later ones get a number: `Track_2`. The same document
 * always gets the same ids.
 */
export function assignOperationIds(document: JsonObject, problems: Problems): void {
  const places = [...listOperations(document)];
  for (const { operation } of places) {
    // YAML reads `operationId: 12345` as a number.
    const written = operation['operationId'];
    if (typeof written === 'number' || typeof written === 'bigint')
      operation['operationId'] = String(written);
  }
  const taken = new Set(places.map((place) => place.operation['operationId']).filter(isId));
  const seen = new Set<string>();
  for (const place of places) {
    const written = place.operation['operationId'];
    if (!isId(written)) {
      const id = assign(place, freeName(makeId(place), taken));
      const message = `${describe(place)} has no operationId; it is called '${id}'.`;
      problems.add('CONNECTOR_MISSING_OPERATION_ID', message, { pointer: place.pointer });
    } else if (seen.has(written)) {
      const id = assign(place, freeName(written, taken));
      const message = `The operationId '${written}' is used before; ${describe(place)} is called '${id}'.`;
      const pointer = joinPointer(place.pointer, 'operationId');
      problems.add('CONNECTOR_DUPLICATE_OPERATION_ID', message, { pointer });
    } else seen.add(written);
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function describe(place: OperationPlace): string {
  return `${place.method.toUpperCase()} ${place.path}`;
}

function assign(place: OperationPlace, id: string): string {
  place.operation['operationId'] = id;
  return id;
}

function makeId(place: OperationPlace): string {
  const segments = place.path.split('/').map((segment) => {
    const words = segment.replace(/\{([^}]*)\}/g, ' by $1 ').split(/[^\p{L}\p{N}]+/u);
    return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  });
  const method = place.method.charAt(0).toUpperCase() + place.method.slice(1);
  return method + segments.join('');
}

function freeName(base: string, taken: Set<string>): string {
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  taken.add(name);
  return name;
}
