import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { CSSProperties } from 'react';
import type { ListColumn, ListItem } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { CellEditor } from './CellEditor.tsx';
import { formatCell } from './cell-values.ts';
import type { Editing, GridActions } from './use-grid.ts';
import { useGridStyles } from './use-grid-styles.ts';

const useStyles = makeStyles({
  root: {
    position: 'absolute',
    left: 0,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  selected: { backgroundColor: tokens.colorBrandBackground2 },
  fixed: { backgroundColor: 'inherit' },
  cell: { ':focus': { outline: `2px solid ${tokens.colorBrandStroke1}`, outlineOffset: '-2px' } },
  editing: { overflow: 'visible', padding: 0, position: 'relative', zIndex: 1 },
  number: { textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
  hint: { color: tokens.colorNeutralForeground3 },
});

interface GridRowProps {
  readonly index: number;
  /** Distance from the first row, in pixels. */
  readonly top: number;
  readonly layout: CSSProperties;
  readonly columns: readonly ListColumn[];
  /** Absent for the row in which a new item is typed. */
  readonly item: ListItem | undefined;
  readonly fields: JsonObject;
  readonly activeColumn: number | undefined;
  readonly editing: Editing | undefined;
  readonly isSelected: boolean;
  readonly actions: GridActions;
  onSelect(isSelected: boolean): void;
}

export function GridRow(props: GridRowProps) {
  const { index, top, layout, columns, item, fields, activeColumn, editing, isSelected, actions } = props;
  const styles = useStyles();
  const grid = useGridStyles();
  const name = item ? `Row ${item.id}` : 'New row';
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid that is no table
    // biome-ignore lint/a11y/useFocusableInteractive: the cells take the focus
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={mergeClasses(grid.row, styles.root, isSelected && styles.selected)}
      style={{ ...layout, top }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the checkbox inside takes the focus */}
      <div role="gridcell" className={mergeClasses(grid.select, styles.fixed)}>
        {item && (
          <Checkbox
            aria-label={`Select row ${item.id}`}
            checked={isSelected}
            onChange={(_, data) => props.onSelect(data.checked === true)}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the id cannot be typed into */}
      <div role="rowheader" aria-label={name} className={mergeClasses(grid.cell, grid.id, styles.fixed)}>
        {item?.id ?? 'New'}
      </div>
      {columns.map((column, columnIndex) => {
        const isActive = activeColumn === columnIndex;
        const value = formatCell(column.type, fields[column.name]);
        const isNumber = column.type === 'number' || column.type === 'integer';
        return (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself handles the keys
          <div
            key={column.name}
            role="gridcell"
            aria-colindex={columnIndex + 3}
            aria-label={`${column.title ?? column.name}: ${value || 'empty'}`}
            data-cell={`${index}:${columnIndex}`}
            tabIndex={isActive ? 0 : -1}
            className={mergeClasses(
              grid.cell,
              styles.cell,
              isNumber && styles.number,
              isActive && editing && styles.editing,
            )}
            onClick={() => actions.choose({ row: index, column: columnIndex })}
            onDoubleClick={() => actions.edit()}
          >
            {isActive && editing ? (
              <CellEditor column={column} editing={editing} actions={actions} />
            ) : value === '' && !item && columnIndex === 0 ? (
              <span className={styles.hint}>Type to add a row</span>
            ) : (
              value
            )}
          </div>
        );
      })}
    </div>
  );
}
