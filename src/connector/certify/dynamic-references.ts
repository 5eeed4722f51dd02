import { getByPointer, isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import type { CertifiedOperation, CertifyContext } from './types.ts';

/** Where an extension stands: what it can refer to, and what it can describe, depends on it. */
export type DynamicPosition = 'parameter' | 'body' | 'answer';

/** One `x-ms-dynamic-*` extension, or one level of a tree, as an operation reaches it. */
export interface DynamicSite {
  readonly operation: CertifiedOperation;
  readonly position: DynamicPosition;
  /** `x-ms-dynamic-values`, …; of a tree `open` or `browse`. */
  readonly extension: string;
  readonly pointer: string;
  readonly written: Json;
  /** What carries it: a parameter or a schema, with the twin of the other form. */
  readonly owner: JsonObject;
}

const MAX_DEPTH = 40;
const IS_DYNAMIC = /^x-ms-dynamic-(?:values|list|schema|properties|tree)$/;

const listed = new WeakMap<CertifyContext, readonly DynamicSite[]>();

/** Every dynamic extension that an operation reaches, also in the components it refers to. */
export function listDynamicSites(context: CertifyContext): readonly DynamicSite[] {
  const known = listed.get(context);
  if (known !== undefined) return known;
  const components = findDynamicComponents(context.document);
  const sites = context.operations.flatMap((operation) => [...readOperation(operation, context, components)]);
  listed.set(context, sites);
  return sites;
}

function* readOperation(
  operation: CertifiedOperation,
  context: CertifyContext,
  components: ReadonlySet<string>,
): Generator<DynamicSite> {
  const search = { operation, document: context.document, components, seen: new Set<string>() };
  for (const { in: place, written, pointer } of operation.parameters) {
    yield* findSites(written, pointer, place === 'formData' ? 'body' : 'parameter', search);
  }
  const body = operation.operation['requestBody'];
  if (body !== undefined)
    yield* findSites(body, joinPointer(operation.pointer, 'requestBody'), 'body', search);
  for (const { written, pointer } of operation.responses)
    yield* findSites(written, pointer, 'answer', search);
  const item = operation.pointer.slice(0, operation.pointer.lastIndexOf('/'));
  const notification = operation.pathItem['x-ms-notification-content'];
  if (operation.isTrigger && notification !== undefined)
    yield* findSites(notification, joinPointer(item, 'x-ms-notification-content'), 'answer', search);
}

interface Search {
  readonly operation: CertifiedOperation;
  readonly document: JsonObject;
  readonly components: ReadonlySet<string>;
  readonly seen: Set<string>;
}

function* findSites(
  value: Json,
  pointer: string,
  position: DynamicPosition,
  search: Search,
  depth = 0,
): Generator<DynamicSite> {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null || search.seen.has(pointer)) return;
  search.seen.add(pointer);
  if (isJsonObject(value)) yield* readSites(value, pointer, position, search.operation);
  for (const [key, member] of Object.entries(value)) {
    if (IS_DYNAMIC.test(key)) continue;
    if (key === '$ref' && typeof member === 'string') {
      if (!search.components.has(member)) continue;
      const target = getByPointer(search.document, member);
      if (target !== undefined) yield* findSites(target, member.slice(1), position, search, depth + 1);
    } else {
      yield* findSites(member, joinPointer(pointer, key), position, search, depth + 1);
    }
  }
}

function* readSites(
  owner: JsonObject,
  pointer: string,
  position: DynamicPosition,
  operation: CertifiedOperation,
): Generator<DynamicSite> {
  for (const [extension, written] of Object.entries(owner)) {
    if (!IS_DYNAMIC.test(extension)) continue;
    const place = joinPointer(pointer, extension);
    yield { operation, position, extension, pointer: place, written, owner };
    if (extension !== 'x-ms-dynamic-tree' || !isJsonObject(written)) continue;
    for (const level of ['open', 'browse']) {
      const member = written[level];
      if (member === undefined) continue;
      yield {
        operation,
        position,
        extension: level,
        pointer: joinPointer(place, level),
        written: member,
        owner,
      };
    }
  }
}

/** The references to components that hold a dynamic extension, be it in what these refer to in turn. */
function findDynamicComponents(document: JsonObject): Set<string> {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  const users = new Map<string, string[]>();
  const waiting: string[] = [];
  for (const [group, members] of Object.entries(components)) {
    for (const [name, member] of Object.entries(isJsonObject(members) ? members : {})) {
      const reference = `#${joinPointer('/components', group, name)}`;
      const facts = { isDynamic: false, references: new Set<string>() };
      readFacts(member, facts, 0);
      if (facts.isDynamic) waiting.push(reference);
      for (const used of facts.references) users.set(used, [...(users.get(used) ?? []), reference]);
    }
  }
  const found = new Set<string>();
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (found.has(one)) continue;
    found.add(one);
    waiting.push(...(users.get(one) ?? []));
  }
  return found;
}

function readFacts(value: Json, facts: { isDynamic: boolean; references: Set<string> }, depth: number): void {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (IS_DYNAMIC.test(key)) facts.isDynamic = true;
    else if (key === '$ref' && typeof member === 'string') facts.references.add(member);
    else readFacts(member, facts, depth + 1);
  }
}
