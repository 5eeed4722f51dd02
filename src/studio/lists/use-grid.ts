import { useMemo, useRef, useState } from 'react';
import type { List, ListColumn, ListItem } from '../../api/index.ts';
import { equalJson, type Json, type JsonObject } from '../../base/index.ts';
import { parseCell, startText } from './cell-values.ts';
import { type Cell, clamp, type GridSize, stepCell } from './grid-navigation.ts';

/** What is being typed, and what is wrong with it. */
export interface Editing {
  readonly text: string;
  readonly message?: string;
}

interface GridState {
  readonly active: Cell;
  readonly editing: Editing | undefined;
  /** What has been typed into the row below the last, which is not an item yet. */
  readonly draft: JsonObject;
}

interface GridOptions {
  readonly list: List;
  readonly items: readonly ListItem[];
  onChange(item: ListItem, fields: JsonObject): void;
  /** Resolves to whether the item was added. */
  onAdd(fields: JsonObject): Promise<boolean>;
}

/** The row below the last, wherever that is by the time it is shown. */
const NEW_ROW = Number.MAX_SAFE_INTEGER;
const START: GridState = { active: { row: 0, column: 0 }, editing: undefined, draft: {} };

export type GridActions = ReturnType<typeof createActions>;

/** The grid's state, and everything that can be done to it. The actions are the same objects for ever. */
export function useGrid(options: GridOptions) {
  const [state, setState] = useState(START);
  const size: GridSize = {
    rows: options.items.length + 1,
    columns: options.list.columns.length,
    pageRows: 10,
  };
  // Events of one gesture follow each other faster than renders: they all read and write here.
  const latest = useRef({ state, options, size });
  latest.current = { ...latest.current, options, size };
  const actions = useMemo(
    () =>
      createActions(
        () => latest.current,
        (state) => {
          latest.current = { ...latest.current, state };
          setState(state);
        },
      ),
    [],
  );
  return { ...state, active: clamp(state.active, size), size, actions };
}

interface Latest {
  readonly state: GridState;
  readonly options: GridOptions;
  readonly size: GridSize;
}

function createActions(read: () => Latest, write: (state: GridState) => void) {
  const here = () => clamp(read().state.active, read().size);
  const columnAt = ({ column }: Cell): ListColumn | undefined => read().options.list.columns[column];
  const isNewRow = ({ row }: Cell) => row === read().options.items.length;
  const set = (change: Partial<GridState>) => write({ ...read().state, ...change });

  const valueAt = (cell: Cell): Json | undefined => {
    const column = columnAt(cell);
    const fields = isNewRow(cell) ? read().state.draft : read().options.items[cell.row]?.fields;
    return column && fields?.[column.name];
  };

  const setValue = (cell: Cell, value: Json): void => {
    const column = columnAt(cell);
    if (!column || equalJson(valueAt(cell) ?? null, value)) return;
    if (isNewRow(cell)) return set({ draft: { ...read().state.draft, [column.name]: value } });
    const item = read().options.items[cell.row];
    if (item) read().options.onChange(item, { [column.name]: value });
  };

  /** Keeps what is being typed; false when it cannot be kept, then one is still typing. */
  const commit = (): boolean => {
    const { editing } = read().state;
    const column = columnAt(here());
    if (!editing || !column) return true;
    const parsed = parseCell(column, editing.text);
    if (!parsed.ok) {
      set({ editing: { ...editing, message: parsed.message } });
      return false;
    }
    set({ editing: undefined });
    setValue(here(), parsed.value);
    return true;
  };

  /** Makes an item of the new row, if anything has been typed there. */
  const addDraft = async (): Promise<void> => {
    const { draft } = read().state;
    if (Object.values(draft).every((value) => value === null)) return;
    set({ draft: {} });
    const added = await read().options.onAdd(draft);
    if (!added) set({ draft: { ...draft, ...read().state.draft } });
  };

  const moveTo = (cell: Cell): void => {
    const leaves = isNewRow(here()) && cell.row < read().options.items.length;
    set({ active: cell, editing: undefined });
    if (leaves) void addDraft();
  };

  const toggle = () => setValue(here(), valueAt(here()) !== true);

  const edit = (text?: string): void => {
    const column = columnAt(here());
    if (!column) return;
    if (column.type === 'boolean') return toggle();
    set({ editing: { text: text ?? startText(column.type, valueAt(here())) } });
  };

  return {
    moveTo,
    edit,
    toggle,
    commit,
    type: (text: string) => set({ editing: { text } }),
    cancel: () => set({ editing: undefined }),
    clear: () => setValue(here(), null),
    /** Clicking a cell chooses it; clicking it again types in it. */
    choose: (cell: Cell) => {
      const before = here();
      const isSame = before.row === cell.row && before.column === cell.column;
      if (isSame || commit()) moveTo(cell);
    },
    /** After typing: down, or from the new row on to the next new row. */
    commitDown: () => {
      const cell = here();
      if (!commit()) return;
      if (!isNewRow(cell)) return moveTo(clamp({ ...cell, row: cell.row + 1 }, read().size));
      set({ active: { row: NEW_ROW, column: 0 } });
      void addDraft();
    },
    /** After typing: to the next cell, and on typing. False when there is none. */
    commitNext: (backwards: boolean): boolean => {
      if (!commit()) return true;
      const next = stepCell(here(), backwards, read().size);
      if (!next) return false;
      moveTo(next);
      if (columnAt(next)?.type !== 'boolean') edit();
      return true;
    },
    /** The grid loses the focus: nothing that was typed gets lost. */
    leave: () => {
      if (commit()) void addDraft();
    },
    startNewRow: () => {
      if (!commit()) return;
      set({ active: { row: NEW_ROW, column: 0 } });
      edit();
    },
  };
}
