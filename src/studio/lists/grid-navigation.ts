/** A place in the grid: the row may be the one below the last, where new items are typed. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** How many rows are seen at once. */
  readonly pageRows: number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
}

/** Where a key leads from a cell that is not being typed into; undefined for keys that lead nowhere. */
export function moveByKey({ row, column }: Cell, { key, ctrlKey }: Key, size: GridSize): Cell | undefined {
  switch (key) {
    case 'ArrowUp':
      return clamp({ row: ctrlKey ? 0 : row - 1, column }, size);
    case 'ArrowDown':
      return clamp({ row: ctrlKey ? size.rows - 1 : row + 1, column }, size);
    case 'ArrowLeft':
      return clamp({ row, column: ctrlKey ? 0 : column - 1 }, size);
    case 'ArrowRight':
      return clamp({ row, column: ctrlKey ? size.columns - 1 : column + 1 }, size);
    case 'PageUp':
      return clamp({ row: row - size.pageRows, column }, size);
    case 'PageDown':
      return clamp({ row: row + size.pageRows, column }, size);
    case 'Home':
      return clamp({ row: ctrlKey ? 0 : row, column: 0 }, size);
    case 'End':
      return clamp({ row: ctrlKey ? size.rows - 1 : row, column: size.columns - 1 }, size);
    default:
      return undefined;
  }
}

/** The next cell to type into, along the row and then the next row; undefined past either end. */
export function stepCell({ row, column }: Cell, backwards: boolean, size: GridSize): Cell | undefined {
  const index = row * size.columns + column + (backwards ? -1 : 1);
  if (index < 0 || index >= size.rows * size.columns) return undefined;
  return { row: Math.floor(index / size.columns), column: index % size.columns };
}

export function clamp({ row, column }: Cell, size: GridSize): Cell {
  return {
    row: Math.max(0, Math.min(row, size.rows - 1)),
    column: Math.max(0, Math.min(column, size.columns - 1)),
  };
}

/** Which rows to draw for a scroll position: those in sight and some around, never the whole list. */
export function findVisibleRows(
  scrollTop: number,
  height: number,
  rowHeight: number,
  rows: number,
): { first: number; last: number } {
  const around = 12;
  return {
    first: Math.max(0, Math.floor(scrollTop / rowHeight) - around),
    last: Math.min(rows - 1, Math.ceil((scrollTop + height) / rowHeight) + around),
  };
}
