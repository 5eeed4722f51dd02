import type { SchemaRow } from '../../../connector/index.ts';

/** What a key finds and may do in the tree of a schema. */
export interface TreeContext {
  readonly rows: readonly SchemaRow[];
  readonly at: number;
  readonly chosen: SchemaRow;
  go(row: SchemaRow | undefined): void;
  toggle(row: SchemaRow): void;
  add(): void;
  remove(): void;
  move(by: -1 | 1): void;
  open(): void;
}

/** The keys of the ARIA treegrid pattern, and those that change the schema. */
export const TREE_KEYS: Readonly<Record<string, (context: TreeContext) => void>> = {
  ArrowDown: ({ rows, at, go }) => go(rows[at + 1]),
  ArrowUp: ({ rows, at, go }) => go(rows[at - 1]),
  Home: ({ rows, go }) => go(rows[0]),
  End: ({ rows, go }) => go(rows.at(-1)),
  ArrowRight: ({ rows, at, chosen, go, toggle }) => {
    if (chosen.isExpanded) go(rows[at + 1]);
    else if (chosen.hasChildren) toggle(chosen);
  },
  ArrowLeft: ({ rows, chosen, go, toggle }) => {
    if (chosen.isExpanded) toggle(chosen);
    else go(rows.find(({ id }) => id === chosen.parentId));
  },
  Enter: ({ open }) => open(),
  F2: ({ open }) => open(),
  Insert: ({ add }) => add(),
  Delete: ({ remove }) => remove(),
  'Alt+ArrowUp': ({ move }) => move(-1),
  'Alt+ArrowDown': ({ move }) => move(1),
};
