import { isJsonObject, type Json, type JsonObject, joinPointer, parsePointer } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { readMember } from './members.ts';

/** A line of a schema drawn as a tree. */
export interface SchemaRow {
  /** Its place in the tree, which a shared schema may take several times. */
  readonly id: string;
  readonly parentId?: string;
  readonly depth: number;
  /** What kind of place it has in its parent. */
  readonly kind: 'root' | 'property' | 'items' | 'values' | 'part';
  readonly name: string;
  /** Where it is written, into the OpenAPI document; a `$ref` may stand there. */
  readonly pointer: string;
  /** Where what it says is written: the shared schema it refers to, else as `pointer`. */
  readonly target: string;
  readonly written: JsonObject;
  /** The written one with its reference followed. */
  readonly schema: JsonObject;
  /** The shared schema that is referred to. */
  readonly refersTo?: string;
  /** Of a property. */
  readonly isRequired: boolean;
  readonly hasChildren: boolean;
  readonly isExpanded: boolean;
  /** 1-based among its siblings, and how many these are: for screen readers. */
  readonly position: number;
  readonly siblings: number;
}

interface Place {
  readonly kind: SchemaRow['kind'];
  readonly name: string;
  readonly pointer: string;
  readonly written: JsonObject;
  readonly isRequired: boolean;
}

/** The lines of a schema whose parents are open. References are followed; one that leads back only opens when asked. */
export function listSchemaRows(
  openapi: JsonObject,
  pointer: string,
  written: JsonObject,
  isOpen: (id: string, depth: number) => boolean,
): SchemaRow[] {
  const rows: SchemaRow[] = [];
  const visit = (
    place: Place,
    id: string,
    depth: number,
    at: readonly [number, number],
    parentId?: string,
  ) => {
    const { target, schema, refersTo } = follow(place, openapi);
    const children = listChildren(target, schema);
    const isExpanded = children.length > 0 && isOpen(id, depth);
    rows.push({
      ...place,
      id,
      ...(parentId === undefined ? {} : { parentId }),
      depth,
      target,
      schema,
      ...(refersTo === undefined ? {} : { refersTo }),
      hasChildren: children.length > 0,
      isExpanded,
      position: at[0],
      siblings: at[1],
    });
    if (!isExpanded) return;
    for (const [index, child] of children.entries()) {
      visit(child, `${id}/${child.kind}:${child.name}`, depth + 1, [index + 1, children.length], id);
    }
  };
  visit({ kind: 'root', name: '', pointer, written, isRequired: false }, '', 0, [1, 1]);
  return rows;
}

function follow(place: Place, openapi: JsonObject) {
  const reference = place.written['$ref'];
  const resolved = resolveReference(place.written, openapi);
  const schema = isJsonObject(resolved) ? resolved : {};
  if (typeof reference !== 'string') return { target: place.pointer, schema };
  return {
    target: reference.replace(/^#/, ''),
    schema,
    refersTo: parsePointer(reference).at(-1) ?? reference,
  };
}

function listChildren(target: string, schema: JsonObject): Place[] {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const properties = Object.entries(readMember(schema, 'properties')).map(
    ([name, written]): Place => ({
      kind: 'property',
      name,
      pointer: joinPointer(target, 'properties', name),
      written: asSchema(written),
      isRequired: required.has(name),
    }),
  );
  const { items, additionalProperties: values } = schema;
  return [
    ...properties,
    ...(isJsonObject(items) ? [inner('items', 'Each item', joinPointer(target, 'items'), items)] : []),
    ...(isJsonObject(values)
      ? [inner('values', 'Any other field', joinPointer(target, 'additionalProperties'), values)]
      : []),
    ...['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => listParts(keyword, target, schema)),
  ];
}

const PARTS: Readonly<Record<string, string>> = { allOf: 'Also', oneOf: 'One of', anyOf: 'Any of' };

function listParts(keyword: string, target: string, schema: JsonObject): Place[] {
  const parts = schema[keyword];
  if (!Array.isArray(parts)) return [];
  return parts.map((written, index) =>
    inner('part', `${PARTS[keyword]} ${index + 1}`, joinPointer(target, keyword, index), asSchema(written)),
  );
}

function inner(kind: Place['kind'], name: string, pointer: string, written: JsonObject): Place {
  return { kind, name, pointer, written, isRequired: false };
}

function asSchema(written: Json): JsonObject {
  return isJsonObject(written) ? written : {};
}
