import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { defaultRangeExtractor, measureElement, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { OperationSummary } from '../../api/index.ts';
import { MethodBadge } from '../components/MethodBadge.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { findTarget } from './row-navigation.ts';

const ROW_HEIGHT = 56;

const useStyles = makeStyles({
  frame: { maxHeight: 'max(320px, calc(100dvh - 300px))', overflowY: 'auto', overflowX: 'hidden' },
  list: { position: 'relative', listStyleType: 'none', margin: 0, padding: 0 },
  item: { position: 'absolute', insetInline: 0, top: 0, paddingBottom: '2px' },
  heading: {
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalXS} 0`,
    margin: 0,
    display: 'block',
  },
  operation: {
    width: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: '1px solid transparent',
    borderRadius: tokens.borderRadiusLarge,
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '&[aria-current="true"]': {
      backgroundColor: tokens.colorNeutralBackground1,
      border: `1px solid ${tokens.colorBrandStroke1}`,
    },
  },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  path: {
    display: 'block',
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
});

/** The heading of a group, or an operation. */
export type BrowserRow = string | OperationSummary;

interface OperationRowsProps {
  readonly rows: readonly BrowserRow[];
  readonly selected: string | undefined;
  onSelect(operationId: string): void;
}

/**
 * Only the rows in sight are drawn, so thousands are no more work than ten. One of them takes part in the tab order;
 * arrows, Page, Home and End lead to the others.
 */
export function OperationRows({ rows, selected, onSelect }: OperationRowsProps) {
  const styles = useStyles();
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(() => Math.max(findRow(rows, selected), 1));
  const active = Math.min(at, rows.length - 1);
  const isMoving = useRef(false);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    // Rows that a narrow window hides have no height: believed, it would leave them hidden in a wide one.
    measureElement: (...row) => measureElement(...row) || ROW_HEIGHT,
    overscan: 8,
    // The row that has the focus stays, wherever one scrolls: with it the focus would be lost.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), active])].sort((one, other) => one - other),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that the page opened with, once
  useEffect(() => virtualizer.scrollToIndex(active), []);
  useEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    frame.current
      ?.querySelector<HTMLElement>(`[data-index="${active}"] button`)
      ?.focus({ preventScroll: true });
  }, [active]);
  const press = (event: KeyboardEvent) => {
    const target = findTarget(event.key, active, rows.map(isOperation));
    if (target === undefined) return;
    event.preventDefault();
    isMoving.current = target !== active;
    setAt(target);
    // The heading above the first is seen with it.
    virtualizer.scrollToIndex(target === 1 ? 0 : target);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div ref={frame} className={styles.frame} onKeyDown={press}>
      <ul className={styles.list} aria-label="Operations" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={typeof row === 'string' ? row : row.operationId}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              {typeof row === 'string' ? (
                <Text as="h2" weight="semibold" className={styles.heading}>
                  {row}
                </Text>
              ) : (
                <OperationButton
                  operation={row}
                  isSelected={row.operationId === selected}
                  isInTabOrder={index === active}
                  onSelect={() => {
                    setAt(index);
                    onSelect(row.operationId);
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface OperationButtonProps {
  readonly operation: OperationSummary;
  readonly isSelected: boolean;
  readonly isInTabOrder: boolean;
  onSelect(): void;
}

function OperationButton({ operation, isSelected, isInTabOrder, onSelect }: OperationButtonProps) {
  const styles = useStyles();
  return (
    <button
      type="button"
      className={styles.operation}
      aria-current={isSelected}
      tabIndex={isInTabOrder ? 0 : -1}
      onClick={onSelect}
    >
      <MethodBadge method={operation.method} />
      <span className={styles.words}>
        {operation.summary}
        {operation.deprecated && ' (deprecated)'}
        <span className={styles.path}>{operation.path}</span>
      </span>
    </button>
  );
}

function isOperation(row: BrowserRow): boolean {
  return typeof row !== 'string';
}

function findRow(rows: readonly BrowserRow[], operationId: string | undefined): number {
  return rows.findIndex((row) => typeof row !== 'string' && row.operationId === operationId);
}
