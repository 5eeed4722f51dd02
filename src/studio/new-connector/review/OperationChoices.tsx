import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckboxCheckedFilled } from '@fluentui/react-icons/svg/checkbox-checked';
import { CheckboxIndeterminateRegular } from '@fluentui/react-icons/svg/checkbox-indeterminate';
import { CheckboxUncheckedRegular } from '@fluentui/react-icons/svg/checkbox-unchecked';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { OperationSummary } from '../../../api/index.ts';
import { MethodBadge } from '../../components/MethodBadge.tsx';
import { MONOSPACE } from '../../components/styles.ts';
import type { Choice } from './selection.ts';

const ROW_HEIGHT = 52;

const useStyles = makeStyles({
  frame: {
    maxHeight: 'clamp(220px, 50dvh, 560px)',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  rows: { position: 'relative' },
  row: {
    position: 'absolute',
    insetInline: 0,
    top: 0,
    height: `${ROW_HEIGHT}px`,
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    paddingInline: tokens.spacingHorizontalM,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  active: { boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}` },
  box: { display: 'flex', fontSize: '20px', flexShrink: 0, color: tokens.colorNeutralForeground2 },
  checked: { color: tokens.colorCompoundBrandForeground1 },
  words: { minWidth: 0, flexGrow: 1 },
  line: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  path: { fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  need: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

interface OperationChoicesProps {
  readonly operations: readonly OperationSummary[];
  readonly chosen: ReadonlySet<string>;
  /** Which come along, and for which. */
  readonly needed: ReadonlyMap<string, string>;
  onToggle(operationId: string): void;
}

/**
 * A list to choose from (the ARIA listbox pattern): arrows, Page, Home and End move, Space takes or leaves. Only the
 * rows in sight are drawn, so thousands are no more work than ten.
 */
export function OperationChoices({ operations, chosen, needed, onToggle }: OperationChoicesProps) {
  const styles = useStyles();
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const [at, setAt] = useState(0);
  const active = Math.min(at, operations.length - 1);
  const rows = useVirtualizer({
    count: operations.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const move = (to: number) => {
    const next = Math.max(0, Math.min(operations.length - 1, to));
    setAt(next);
    rows.scrollToIndex(next);
  };
  const press = (event: KeyboardEvent) => {
    const operation = operations[active];
    const target = findTarget(event.key, active, operations.length);
    if (target !== undefined) move(target);
    else if ((event.key === ' ' || event.key === 'Enter') && operation) onToggle(operation.operationId);
    else return;
    event.preventDefault();
  };
  const choiceOf = (operationId: string): Choice =>
    chosen.has(operationId) ? 'chosen' : needed.has(operationId) ? 'needed' : 'left';
  return (
    <div
      ref={frame}
      className={styles.frame}
      role="listbox"
      aria-label="Operations"
      aria-multiselectable
      aria-activedescendant={`${id}-${active}`}
      tabIndex={0}
      onKeyDown={press}
    >
      <div className={styles.rows} role="presentation" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const operation = operations[index];
          if (!operation) return null;
          const choice = choiceOf(operation.operationId);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list has the focus and the keys
            <div
              key={operation.operationId}
              id={`${id}-${index}`}
              role="option"
              aria-selected={choice !== 'left'}
              aria-setsize={operations.length}
              aria-posinset={index + 1}
              className={mergeClasses(styles.row, index === active && styles.active)}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setAt(index);
                onToggle(operation.operationId);
              }}
            >
              <span className={mergeClasses(styles.box, choice !== 'left' && styles.checked)} aria-hidden>
                {BOXES[choice]}
              </span>
              <MethodBadge method={operation.method} />
              <span className={styles.words}>
                <span className={styles.line}>
                  {operation.summary}
                  {operation.deprecated && ' (deprecated)'}
                  {choice === 'needed' && (
                    <span className={styles.need}> · needed by {needed.get(operation.operationId)}</span>
                  )}
                </span>
                <span className={mergeClasses(styles.line, styles.path)}>{operation.path}</span>
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const BOXES = {
  chosen: <CheckboxCheckedFilled />,
  needed: <CheckboxIndeterminateRegular />,
  left: <CheckboxUncheckedRegular />,
} as const;

const PAGE = 8;

function findTarget(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + PAGE;
    case 'PageUp':
      return active - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
