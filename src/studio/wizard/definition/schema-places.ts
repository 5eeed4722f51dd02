import type { JsonObject } from '../../../base/index.ts';
import { listSchemaRows, type SchemaRow } from '../../../connector/index.ts';
import { isWithin } from '../address/is-within.ts';

/**
 * Where each row of a tree stands, as a pointer that goes on through references: what a field of a shared schema is in one
 * of the places that use it.
 */
export function placeRows(rows: readonly SchemaRow[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const targets = new Map(rows.map(({ id, target }) => [id, target]));
  for (const { id, parentId, pointer } of rows) {
    const parent = parentId === undefined ? undefined : places.get(parentId);
    const target = targets.get(parentId ?? '');
    places.set(
      id,
      parent === undefined || target === undefined ? pointer : parent + pointer.slice(target.length),
    );
  }
  return places;
}

/** Two levels are open until somebody closes them. */
export function isOpenAtFirst(depth: number): boolean {
  return depth < 2;
}

interface FoundRow {
  readonly id: string;
  /** What must be opened or closed by hand so that it is in sight. */
  readonly toggled: ReadonlySet<string>;
}

/** The row that a pointer leads to or into, however deep; undefined where it leads elsewhere. */
export function findRow(
  openapi: JsonObject,
  schemaPointer: string,
  written: JsonObject,
  pointer: string | undefined,
): FoundRow | undefined {
  if (pointer === undefined || !isWithin(pointer, schemaPointer)) return undefined;
  const toggled = new Set<string>();
  for (;;) {
    const rows = listSchemaRows(
      openapi,
      schemaPointer,
      written,
      (id, depth) => toggled.has(id) !== isOpenAtFirst(depth),
    );
    const places = placeRows(rows);
    const found = rows.findLast(({ id }) => isWithin(pointer, places.get(id) ?? ''));
    if (found === undefined) return undefined;
    const isDeeper = places.get(found.id) !== pointer && found.hasChildren && !found.isExpanded;
    if (!isDeeper || toggled.has(found.id)) return { id: found.id, toggled };
    toggled.add(found.id);
  }
}
