import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';
import { lineAt } from '../decode.ts';
import { createPlaceTree, findLine, type Wanted } from '../place-tree.ts';

/** How many keys the mappings of a document have, as written. */
export function countMappingKeys(events: readonly Event[]): number {
  let count = 0;
  visitNodes(events, { onKey: () => (count += 1) });
  return count;
}

export interface DuplicateKey {
  readonly key: string;
  readonly path: readonly string[];
  readonly line: number;
}

/** Keys that stand twice in one mapping. `<<` may: each merges another mapping. */
export function listDuplicateKeys(text: string, events: readonly Event[]): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const open: Set<string>[] = [];
  const lineOf = createLineCounter(text);
  visitNodes(events, {
    onBegin: () => open.push(new Set()),
    onEnd: () => open.pop(),
    onKey: (event, path) => {
      if (event.type !== EVENT_ID.SCALAR) return;
      const key = getScalarValue(text, event);
      const keys = open.at(-1);
      if (key !== '<<' && keys?.has(key) === true)
        found.push({ key, path: [...path(text), key], line: lineOf(event.valueStart) });
      keys?.add(key);
    },
  });
  return found;
}

/** Finds the lines of places in YAML text, in one pass over its events. */
export function locateInYaml(
  text: string,
  events: readonly Event[],
  pointers: readonly string[],
): (pointer: string) => number | undefined {
  const root = createPlaceTree(pointers);
  const lineOf = createLineCounter(text);
  const around: (Wanted | undefined)[] = [];
  let current: Wanted | undefined = root;
  let index = 0;
  const indexes: number[] = [];
  visitNodes(events, {
    onBegin: (event) => {
      if (current !== undefined) current.line ??= lineOf(event.start);
      around.push(current);
      indexes.push(index);
      index = 0;
    },
    onEnd: () => {
      current = around.pop();
      index = indexes.pop() ?? 0;
    },
    onKey: (event) => {
      const wanted = around.at(-1);
      const isKey = wanted !== undefined && event.type === EVENT_ID.SCALAR;
      current = isKey ? wanted.children.get(getScalarValue(text, event)) : undefined;
    },
    onItem: () => {
      current = around.at(-1)?.children.get(String(index));
      index += 1;
    },
    onScalar: (event) => {
      if (current !== undefined && event.valueStart >= 0) current.line ??= lineOf(event.valueStart);
    },
  });
  return (pointer) => findLine(root, pointer);
}

/** Lines of offsets that only grow. */
function createLineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    if (offset < at) return lineAt(text, offset);
    for (let next = text.indexOf('\n', at); next !== -1 && next < offset; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
}

type Container = Extract<Event, { start: number }>;
type Scalar = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;

interface Visitor {
  onBegin?(event: Container): void;
  onEnd?(): void;
  onKey?(event: Event, path: (text: string) => string[]): void;
  onItem?(): void;
  onScalar?(event: Scalar): void;
}

interface Open {
  readonly isMapping: boolean;
  isKeyNext: boolean;
  key: Event | undefined;
  index: number;
}

/** Tells keys from values: events themselves do not. A key that is a mapping or list counts with all that is in it. */
function visitNodes(events: readonly Event[], visitor: Visitor): void {
  const open: Open[] = [];
  const path = (text: string) =>
    open.slice(1, -1).map(({ isMapping, key, index }) => {
      if (!isMapping) return String(index - 1);
      return key?.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : '';
    });
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) {
      open.push({ isMapping: false, isKeyNext: false, key: undefined, index: -1 });
      continue;
    }
    if (event.type === EVENT_ID.POP) {
      if (open.length > 1) visitor.onEnd?.();
      open.pop();
      continue;
    }
    const parent = open.at(-1);
    const isKey = parent?.isMapping === true && parent.isKeyNext;
    if (isKey) {
      parent.key = event;
      visitor.onKey?.(event, path);
    } else if (parent !== undefined && !parent.isMapping && open.length > 1) {
      parent.index += 1;
      visitor.onItem?.();
    }
    if (parent?.isMapping === true) parent.isKeyNext = !parent.isKeyNext;
    if (event.type === EVENT_ID.SCALAR && !isKey) visitor.onScalar?.(event);
    if (event.type !== EVENT_ID.MAPPING && event.type !== EVENT_ID.SEQUENCE) continue;
    visitor.onBegin?.(event);
    const isMapping = event.type === EVENT_ID.MAPPING;
    open.push({ isMapping, isKeyNext: isMapping, key: undefined, index: 0 });
  }
}
