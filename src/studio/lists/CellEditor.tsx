import { makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { ColumnType, ListColumn } from '../../api/index.ts';
import type { Editing, GridActions } from './use-grid.ts';

const useStyles = makeStyles({
  field: {
    boxSizing: 'border-box',
    width: '100%',
    height: '36px',
    padding: `0 ${tokens.spacingHorizontalM}`,
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `2px solid ${tokens.colorBrandStroke1}`,
    outlineStyle: 'none',
  },
  tall: { height: '110px', padding: tokens.spacingHorizontalS, lineHeight: '20px', resize: 'both' },
  wrong: { border: `2px solid ${tokens.colorStatusDangerBorderActive}` },
  message: {
    position: 'absolute',
    top: '100%',
    left: 0,
    zIndex: 3,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    lineHeight: '20px',
    whiteSpace: 'normal',
    minWidth: '180px',
    color: tokens.colorPaletteRedForeground1,
    backgroundColor: tokens.colorStatusDangerBackground1,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow8,
  },
});

/** Fluent moves the focus on Tab before anybody hears of it; in the grid, Tab means the next cell. */
const TAB_IS_OURS = JSON.stringify({ focusable: { ignoreKeydown: { Tab: true } } });

const INPUT_TYPES: Partial<Record<ColumnType, string>> = { date: 'date', dateTime: 'datetime-local' };

interface CellEditorProps {
  readonly column: ListColumn;
  readonly editing: Editing;
  readonly actions: GridActions;
}

/** The field in a cell while one types in it. */
export function CellEditor({ column, editing, actions }: CellEditorProps) {
  const styles = useStyles();
  const messageId = useId();
  const isTall = column.type === 'multilineText' || column.type === 'json';
  const props = {
    className: `${styles.field} ${isTall ? styles.tall : ''} ${editing.message ? styles.wrong : ''}`,
    'aria-label': column.title ?? column.name,
    'aria-invalid': editing.message !== undefined,
    'aria-describedby': editing.message ? messageId : undefined,
    value: editing.text,
    autoFocus: true,
    'data-tabster': TAB_IS_OURS,
    onChange: (event: { target: { value: string } }) => actions.type(event.target.value),
    onBlur: () => actions.commit(),
  };
  return (
    <>
      {isTall ? (
        <textarea {...props} />
      ) : column.type === 'choice' ? (
        <select {...props}>
          <option value="">(empty)</option>
          {column.choices?.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...props}
          type={INPUT_TYPES[column.type] ?? 'text'}
          inputMode={column.type === 'number' || column.type === 'integer' ? 'decimal' : undefined}
        />
      )}
      {editing.message && (
        <div role="alert" id={messageId} className={styles.message}>
          {editing.message}
        </div>
      )}
    </>
  );
}
