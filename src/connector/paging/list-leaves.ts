import { getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

/** A member of an answer that is no object, or the answer itself when it is a list. */
export interface Leaf {
  readonly name: string;
  /** `paging/next`; empty for the answer itself. */
  readonly path: string;
  readonly type: string;
  readonly format: string;
}

/** Deep enough for `response/meta/paging/next`. */
const DEPTH = 4;

/** The members of an answer by its schema, the upper ones first; `$ref`s lead into `root`. */
export function listLeaves(schema: JsonObject, root: JsonObject, sample?: Json): Leaf[] {
  return walk(schema, root, [], sample).sort((a, b) => depthOf(a) - depthOf(b));
}

function depthOf({ path }: Leaf): number {
  return path.split('/').length;
}

function walk(
  written: JsonObject,
  root: JsonObject,
  path: readonly string[],
  sample: Json | undefined,
): Leaf[] {
  const schema = resolve(written, root);
  const type = readType(schema);
  const properties = readProperties(schema, root);
  if (type !== 'object' && Object.keys(properties).length === 0) {
    const format =
      typeof schema['format'] === 'string' ? schema['format'] : looksLikeUrl(sample) ? 'uri' : '';
    return [{ name: path.at(-1) ?? '', path: path.join('/'), type, format }];
  }
  if (path.length >= DEPTH) return [];
  const members = isJsonObject(sample) ? sample : {};
  return Object.entries(properties).flatMap(([name, member]) =>
    isJsonObject(member) ? walk(member, root, [...path, name], members[name]) : [],
  );
}

function looksLikeUrl(sample: Json | undefined): boolean {
  return typeof sample === 'string' && /^(?:https?:\/)?\/\S+$/.test(sample);
}

/** Follows a `$ref`, and what stands in its way; a circle ends where it closes. */
function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  let current = schema;
  for (let step = 0; step < 8; step += 1) {
    const reference = current['$ref'];
    const target =
      typeof reference === 'string' && reference.startsWith('#/')
        ? getByPointer(root, reference.slice(1))
        : undefined;
    if (!isJsonObject(target)) return current;
    current = target;
  }
  return current;
}

function readType({ type, items }: JsonObject): string {
  const types = [type ?? []].flat().filter((one) => one !== 'null');
  const [first] = types;
  if (typeof first === 'string') return first;
  return items === undefined ? 'any' : 'array';
}

function readProperties(schema: JsonObject, root: JsonObject): JsonObject {
  const parts = Array.isArray(schema['allOf']) ? schema['allOf'].filter(isJsonObject) : [];
  const inherited = parts.map((part) => resolve(part, root)['properties']);
  return Object.assign({}, ...[...inherited, schema['properties']].filter(isJsonObject));
}
