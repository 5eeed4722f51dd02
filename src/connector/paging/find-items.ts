import { isJsonObject, type Json } from '../../base/index.ts';

export interface FoundItems {
  /** From the body to the list. */
  readonly path: readonly string[];
  readonly items: readonly Json[];
}

/** What services call the list, the likeliest first. */
const NAMES = ['value', 'items', 'data', 'results', 'records', 'entries', 'rows', 'elements', 'list'];

/** The value at `a/b`; a member whose whole name is the path comes first. */
export function getByPath(body: Json | undefined, path: string): Json | undefined {
  if (isJsonObject(body) && Object.hasOwn(body, path)) return body[path];
  return walk(body, splitPath(path));
}

/** `/data/items`, `data/items` and `data.items` are the same; `@odata.nextLink` is one name. */
export function splitPath(path: string): string[] {
  const separator = path.includes('/') || path.startsWith('@') ? '/' : '.';
  return path.split(separator).filter((segment) => segment !== '');
}

function walk(body: Json | undefined, path: readonly string[]): Json | undefined {
  let current = body;
  for (const segment of path) {
    if (!isJsonObject(current) || !Object.hasOwn(current, segment)) return undefined;
    current = current[segment];
  }
  return current;
}

/** The list of a page: where it is said to be, else the body itself, the list of a usual name, or the only one. */
export function findItems(body: Json, path?: string): FoundItems | undefined {
  if (path !== undefined && path !== '') {
    const names = isJsonObject(body) && Object.hasOwn(body, path) ? [path] : splitPath(path);
    const items = walk(body, names);
    return Array.isArray(items) ? { path: names, items } : undefined;
  }
  if (Array.isArray(body)) return { path: [], items: body };
  return isJsonObject(body) ? guessItems(body, 2) : undefined;
}

function guessItems(body: { readonly [name: string]: Json }, depth: number): FoundItems | undefined {
  const lists = Object.keys(body).filter((name) => Array.isArray(body[name]));
  const name = NAMES.find((one) => lists.includes(one)) ?? (lists.length === 1 ? lists[0] : undefined);
  const items = name === undefined ? undefined : body[name];
  if (name !== undefined && Array.isArray(items)) return { path: [name], items };
  if (depth === 0 || lists.length > 0) return undefined;
  for (const [outer, member] of Object.entries(body)) {
    const found = isJsonObject(member) ? guessItems(member, depth - 1) : undefined;
    if (found !== undefined) return { path: [outer, ...found.path], items: found.items };
  }
  return undefined;
}
