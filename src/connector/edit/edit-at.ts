import { isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';

/**
 * Changes what stands at a JSON pointer; undefined takes it out. Only what lies on the way is copied, all else is
 * shared with the value that came in: whoever compares by identity sees what changed.
 */
export function editAt(
  root: JsonObject,
  pointer: string,
  change: (value: Json | undefined) => Json | undefined,
): JsonObject {
  const edited = edit(root, parsePointer(pointer), change);
  return isJsonObject(edited) ? edited : root;
}

/** As `editAt` for a place where an object stands; anything else there is left as it is. */
export function editObjectAt(
  root: JsonObject,
  pointer: string,
  change: (value: JsonObject) => JsonObject | undefined,
): JsonObject {
  return editAt(root, pointer, (value) => (isJsonObject(value) ? change(value) : value));
}

function edit(
  value: Json | undefined,
  path: readonly string[],
  change: (value: Json | undefined) => Json | undefined,
): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return change(value);
  if (Array.isArray(value)) return editItem(value, Number(name), (item) => edit(item, rest, change));
  if (!isJsonObject(value)) return value;
  const before = Object.hasOwn(value, name) ? value[name] : undefined;
  const after = edit(before, rest, change);
  return after === before ? value : putMember(value, name, after);
}

function editItem(list: Json[], index: number, change: (item: Json | undefined) => Json | undefined): Json {
  if (!Number.isInteger(index) || index < 0 || index > list.length) return list;
  const before = list[index];
  const after = change(before);
  if (after === before) return list;
  if (after === undefined) return list.toSpliced(index, 1);
  return index === list.length ? [...list, after] : list.with(index, after);
}

/** Sets a member in its own place, whatever it is called; undefined takes it out. */
export function putMember(owner: JsonObject, name: string, value: Json | undefined): JsonObject {
  const entries = Object.entries(owner);
  const at = entries.findIndex(([one]) => one === name);
  if (value === undefined) return at < 0 ? owner : Object.fromEntries(entries.toSpliced(at, 1));
  return Object.fromEntries(at < 0 ? [...entries, [name, value]] : entries.with(at, [name, value]));
}

/** Gives a member another name, in the same place. A member of that name that stood there before is replaced. */
export function renameMember(owner: JsonObject, from: string, to: string): JsonObject {
  if (from === to || !Object.hasOwn(owner, from)) return owner;
  const entries = Object.entries(owner).filter(([name]) => name !== to);
  return Object.fromEntries(
    entries.map(([name, value]) => [name === from ? to : name, value] as [string, Json]),
  );
}

/** Moves a member to a place among the others. */
export function moveMember(owner: JsonObject, name: string, index: number): JsonObject {
  const entries = Object.entries(owner);
  return Object.fromEntries(
    moveItem(
      entries,
      entries.findIndex(([one]) => one === name),
      index,
    ),
  );
}

export function moveItem<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const item = list[from];
  if (item === undefined) return [...list];
  const others = list.toSpliced(from, 1);
  return others.toSpliced(Math.max(0, Math.min(to, others.length)), 0, item);
}
