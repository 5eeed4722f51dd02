import { makeStyles, tokens } from '@fluentui/react-components';
import {
  type CSSProperties,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { List, ListItem } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow } from './GridRow.tsx';
import { findVisibleRows, moveByKey } from './grid-navigation.ts';
import type { Sorting } from './list-view.ts';
import { type GridActions, useGrid } from './use-grid.ts';

const ROW_HEIGHT = 37;

const useStyles = makeStyles({
  frame: {
    height: 'clamp(260px, calc(100dvh - 270px), 1200px)',
    overflow: 'auto',
    // What is scrolled to must not hide behind the header and the first columns.
    scrollPaddingTop: `${ROW_HEIGHT}px`,
    scrollPaddingLeft: '110px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  rows: { position: 'relative' },
});

export interface GridHandle {
  startNewRow(): void;
}

interface ListGridProps {
  readonly ref: Ref<GridHandle>;
  readonly list: List;
  readonly items: readonly ListItem[];
  readonly selected: ReadonlySet<number>;
  onSelect(selected: ReadonlySet<number>): void;
  onChange(item: ListItem, fields: JsonObject): void;
  onAdd(fields: JsonObject): Promise<boolean>;
  readonly sorting: Sorting | undefined;
  onSort(column: string): void;
  /** The end of what has been read is near. */
  onReachEnd(): void;
}

/**
 * A grid to type in (the ARIA grid pattern): arrows move, typing replaces, Enter or F2 edits, Tab goes on to the
 * next cell while typing and leaves the grid otherwise, Escape gives up. Only the rows in sight are drawn.
 */
export function ListGrid({ ref, list, items, selected, onSelect, onReachEnd, ...rest }: ListGridProps) {
  const { sorting, onSort, ...writes } = rest;
  const styles = useStyles();
  const { active, editing, draft, size, actions } = useGrid({ list, items, ...writes });
  const frame = useRef<HTMLDivElement>(null);
  const view = useScroll(frame, size.rows);
  const takesFocus = useFollowActive(frame, active, editing !== undefined);
  useImperativeHandle(ref, () => ({
    startNewRow: () => {
      takesFocus.current = true;
      actions.startNewRow();
    },
  }));
  useEffect(() => {
    if (view.last >= items.length - 20) onReachEnd();
  }, [view.last, items.length, onReachEnd]);

  const layout = layOut(list.columns.length);
  const shown = new Set(Array.from({ length: view.last - view.first + 1 }, (_, index) => view.first + index));
  shown.add(active.row); // what has the focus stays, however far one scrolls
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot draw only the rows in sight
    <div
      ref={frame}
      role="grid"
      aria-label={list.name}
      aria-rowcount={size.rows + 1}
      aria-colcount={size.columns + 2}
      aria-multiselectable
      className={styles.frame}
      tabIndex={-1}
      onFocus={() => {
        takesFocus.current = true;
      }}
      onBlur={(event) => {
        const grid = event.currentTarget;
        if (grid.contains(event.relatedTarget)) return;
        // A field that goes away loses the focus before the next one takes it: a moment later it shows who has it.
        requestAnimationFrame(() => {
          if (grid.contains(document.activeElement)) return;
          takesFocus.current = false;
          actions.leave();
        });
      }}
      onKeyDown={(event) => handleKey(event, editing !== undefined, active, size, actions)}
    >
      <GridHeader
        columns={list.columns}
        layout={layout}
        allSelected={items.length > 0 && selected.size === items.length}
        someSelected={selected.size > 0}
        sorting={sorting}
        onSort={onSort}
        onSelectAll={(all) => onSelect(new Set(all ? items.map(({ id }) => id) : []))}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="rowgroup" className={styles.rows} style={{ height: size.rows * ROW_HEIGHT }}>
        {[...shown]
          .sort((a, b) => a - b)
          .map((row) => {
            const item = items[row];
            return (
              <GridRow
                key={item?.id ?? 'new'}
                index={row}
                top={row * ROW_HEIGHT}
                layout={layout}
                columns={list.columns}
                item={item}
                fields={item?.fields ?? draft}
                activeColumn={active.row === row ? active.column : undefined}
                editing={active.row === row ? editing : undefined}
                isSelected={item !== undefined && selected.has(item.id)}
                actions={actions}
                onSelect={(isSelected) => item && onSelect(change(selected, item.id, isSelected))}
              />
            );
          })}
      </div>
    </div>
  );
}

/** Columns of equal width, wider where there is room; the same for the header and every row. */
function layOut(columns: number): CSSProperties {
  return {
    gridTemplateColumns: `44px 66px repeat(${columns}, minmax(0, 1fr))`,
    width: `max(100%, ${110 + columns * 156}px)`,
  };
}

function change(selected: ReadonlySet<number>, id: number, isSelected: boolean): ReadonlySet<number> {
  const next = new Set(selected);
  if (isSelected) next.add(id);
  else next.delete(id);
  return next;
}

/** Which rows are in sight. */
function useScroll(frame: { readonly current: HTMLElement | null }, rows: number) {
  const [view, setView] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const read = () => setView({ top: element.scrollTop, height: element.clientHeight });
    read();
    element.addEventListener('scroll', read, { passive: true });
    const resizes = new ResizeObserver(read);
    resizes.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      resizes.disconnect();
    };
  }, [frame]);
  return findVisibleRows(view.top, view.height, ROW_HEIGHT, rows);
}

/** Keeps the active cell in sight, and in focus as long as the grid has the focus. */
function useFollowActive(
  frame: { readonly current: HTMLElement | null },
  active: { row: number; column: number },
  isEditing: boolean,
) {
  const takesFocus = useRef(false);
  const { row, column } = active;
  useLayoutEffect(() => {
    const cell = frame.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`);
    if (!cell || !takesFocus.current) return;
    if (!isEditing) cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [frame, row, column, isEditing]);
  return takesFocus;
}

type Size = Parameters<typeof moveByKey>[2];

function handleKey(
  event: KeyboardEvent,
  isEditing: boolean,
  active: { row: number; column: number },
  size: Size,
  actions: GridActions,
): void {
  if (event.nativeEvent.isComposing || event.altKey || event.target instanceof HTMLButtonElement) return;
  if (event.target instanceof HTMLInputElement && event.target.type === 'checkbox') return;
  const handled = isEditing ? handleTyping(event, actions) : handleResting(event, active, size, actions);
  if (handled) event.preventDefault();
}

/** Keys while one types in a cell. */
function handleTyping({ key, shiftKey }: KeyboardEvent, actions: GridActions): boolean {
  if (key === 'Enter' && !shiftKey) actions.commitDown();
  else if (key === 'Escape') actions.cancel();
  else if (key === 'Tab') return actions.commitNext(shiftKey);
  else return false;
  return true;
}

/** Keys while a cell is only chosen. */
function handleResting(
  event: KeyboardEvent,
  active: { row: number; column: number },
  size: Size,
  actions: GridActions,
): boolean {
  const { key } = event;
  const target = moveByKey(active, event, size);
  if (target) actions.moveTo(target);
  else if (key === 'Enter' || key === 'F2') actions.edit();
  else if (key === 'Delete' || key === 'Backspace') actions.clear();
  else if (key.length === 1 && !event.ctrlKey && !event.metaKey) actions.edit(key === ' ' ? undefined : key);
  else return false;
  return true;
}
