import { type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { followPath } from './follow-path.ts';
import { isParentItem } from './parent-filter.ts';
import { readItems, readItemValue, readTitle } from './read-options.ts';
import type { TreeLevel, TreeNode, TreeSource } from './types.ts';

/** Reads an answer as nodes of a tree. A node carries what opening it needs, and no more of what the service said. */
export function readNodes(body: Json, tree: TreeSource, level: TreeLevel): TreeNode[] {
  const nodes = new Map<string, TreeNode>();
  for (const item of readItems(body, level.paths.items)) {
    const value = readItemValue(item, level.paths.value);
    if (value === undefined || value === null) continue;
    nodes.set(stringifyJson(value), readNode(item, value, tree, level));
  }
  return [...nodes.values()];
}

function readNode(item: Json, value: Json, tree: TreeSource, level: TreeLevel): TreeNode {
  const isParent =
    tree.browse !== undefined && (level.isParent === undefined || isParentItem(item, level.isParent));
  const fullTitle = level.paths.fullTitle === undefined ? '' : readTitle(item, '', level.paths.fullTitle);
  const title = readTitle(item, value, level.paths.title);
  return {
    value,
    title,
    ...(fullTitle === '' || fullTitle === title ? {} : { fullTitle }),
    isParent,
    selectable: isParent ? tree.parentsSelectable : tree.leavesSelectable && passes(item, title, tree),
    selection: readSelection(item, value, tree),
  };
}

/** The members of an item that opening it hands on, by the paths that name them. */
function readSelection(item: Json, value: Json, { browse }: TreeSource): JsonObject {
  const selection: JsonObject = {};
  for (const argument of browse?.arguments ?? []) {
    if (argument.from !== 'selection') continue;
    // The path is often the name of the value in another case, or of what the answer calls otherwise.
    selection[argument.path] = followPath(item, argument.path) ?? value;
  }
  return selection;
}

/** Media types (`image/*`), or endings of names (`.png`). */
function passes(item: Json, title: string, { filter, mediaPath }: TreeSource): boolean {
  if (filter.length === 0) return true;
  const media = mediaPath === undefined ? '' : String(followPath(item, mediaPath) ?? '');
  return filter.some((wanted) => {
    if (!wanted.includes('/')) return title.toLowerCase().endsWith(wanted.toLowerCase().replace(/^\*/, ''));
    return media === '' || (wanted.endsWith('/*') ? media.startsWith(wanted.slice(0, -1)) : media === wanted);
  });
}
