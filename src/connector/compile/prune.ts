import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';

/** Members that go in one direction only: `readOnly` ones are never sent, `writeOnly` ones never come back. */
export type Direction = 'readOnly' | 'writeOnly';

/** Takes members out of a copy of a value; what has none of them stays the same object. */
export type Prune = (value: Json) => Json;

interface Node {
  readonly dropped: Set<string>;
  readonly members: Map<string, Node>;
  items: Node | undefined;
  rest: Node | undefined;
}

/**
 * What a schema takes out of a value in one direction (OpenAPI 3.1, section 4.8.24: a `readOnly` property "SHOULD
 * NOT be sent as part of the request"). Undefined when it takes out nothing, the usual case.
 */
export function compilePrune(
  schema: JsonObject,
  document: JsonObject,
  direction: Direction,
): Prune | undefined {
  const nodes = new Map<JsonObject, Node>();
  const root = compileNode(schema, document, direction, nodes);
  const drops = [...nodes.values()].some((node) => node.dropped.size > 0);
  return drops ? (value) => prune(value, root) : undefined;
}

function compileNode(
  written: Json | undefined,
  document: JsonObject,
  direction: Direction,
  nodes: Map<JsonObject, Node>,
): Node {
  const key = isJsonObject(written) ? written : {};
  const known = nodes.get(key);
  if (known !== undefined) return known;
  const node: Node = { dropped: new Set(), members: new Map(), items: undefined, rest: undefined };
  nodes.set(key, node);
  fillNode(node, resolveSchema(key, document), (part) => compileNode(part, document, direction, nodes), {
    document,
    direction,
    depth: 0,
  });
  return node;
}

interface Filling {
  readonly document: JsonObject;
  readonly direction: Direction;
  readonly depth: number;
}

/** Parts of parts; deeper ones come in circles. */
const MAX_DEPTH = 5;

function fillNode(node: Node, schema: JsonObject, compile: (part: Json) => Node, filling: Filling): void {
  const { document, direction, depth } = filling;
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  for (const [name, property] of Object.entries(properties)) {
    if (resolveSchema(property, document)[direction] === true) node.dropped.add(name);
    else if (!node.members.has(name) && isJsonObject(property)) node.members.set(name, compile(property));
  }
  if (isJsonObject(schema['items'])) node.items ??= compile(schema['items']);
  if (isJsonObject(schema['additionalProperties'])) node.rest ??= compile(schema['additionalProperties']);
  if (depth >= MAX_DEPTH) return;
  const deeper = { ...filling, depth: depth + 1 };
  for (const part of [schema['allOf'] ?? []].flat()) {
    fillNode(node, resolveSchema(part, document), compile, deeper);
  }
  fillAlternatives(node, [schema['oneOf'] ?? [], schema['anyOf'] ?? []].flat(), compile, deeper);
}

/** Which alternative a value follows is not asked: a member goes only if no alternative lets it pass. */
function fillAlternatives(node: Node, parts: Json[], compile: (part: Json) => Node, filling: Filling): void {
  const dropped = new Set<string>();
  const kept = new Set<string>();
  for (const part of parts) {
    const one: Node = { dropped: new Set(), members: new Map(), items: undefined, rest: undefined };
    fillNode(one, resolveSchema(part, filling.document), compile, filling);
    for (const name of one.dropped) dropped.add(name);
    for (const [name, member] of one.members) {
      kept.add(name);
      if (!node.members.has(name)) node.members.set(name, member);
    }
    node.items ??= one.items;
    node.rest ??= one.rest;
  }
  for (const name of dropped) if (!kept.has(name) && !node.members.has(name)) node.dropped.add(name);
}

function prune(value: Json, node: Node): Json {
  if (Array.isArray(value)) {
    const { items } = node;
    if (items === undefined) return value;
    const pruned = value.map((item) => prune(item, items));
    return pruned.some((item, index) => item !== value[index]) ? pruned : value;
  }
  if (!isJsonObject(value)) return value;
  let result: JsonObject | undefined;
  for (const [name, member] of Object.entries(value)) {
    if (node.dropped.has(name)) {
      result ??= { ...value };
      delete result[name];
      continue;
    }
    const deeper = node.members.get(name) ?? node.rest;
    const pruned = deeper === undefined ? member : prune(member, deeper);
    if (pruned === member) continue;
    result ??= { ...value };
    result[name] = pruned;
  }
  return result ?? value;
}
