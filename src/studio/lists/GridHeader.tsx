import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import type { CSSProperties, ReactNode } from 'react';
import type { ListColumn } from '../../api/index.ts';
import { useGridStyles } from './use-grid-styles.ts';

const useStyles = makeStyles({
  root: {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    boxSizing: 'border-box',
  },
  header: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200, cursor: 'default' },
  corner: { backgroundColor: tokens.colorNeutralBackground2 },
  required: { color: tokens.colorPaletteRedForeground1 },
});

interface GridHeaderProps {
  readonly columns: readonly ListColumn[];
  /** The widths, the same for every row. */
  readonly layout: CSSProperties;
  readonly allSelected: boolean;
  readonly someSelected: boolean;
  onSelectAll(all: boolean): void;
}

/** The titles of the columns, always in sight. */
export function GridHeader({ columns, layout, allSelected, someSelected, onSelectAll }: GridHeaderProps) {
  const styles = useStyles();
  const grid = useGridStyles();
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid that is no table
    // biome-ignore lint/a11y/useFocusableInteractive: the cells take the focus
    <div role="row" aria-rowindex={1} className={`${grid.row} ${styles.root}`} style={layout}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the checkbox inside takes the focus */}
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="columnheader" className={`${grid.select} ${styles.corner}`}>
        <Checkbox
          aria-label="Select all rows"
          checked={allSelected ? true : someSelected ? 'mixed' : false}
          onChange={(_, data) => onSelectAll(data.checked === true)}
        />
      </div>
      <HeaderCell className={`${grid.cell} ${grid.id} ${styles.header} ${styles.corner}`}>ID</HeaderCell>
      {columns.map((column) => (
        <HeaderCell key={column.name} className={`${grid.cell} ${styles.header}`}>
          {column.title ?? column.name}
          {column.required && (
            <span className={styles.required} title="Required">
              {' '}
              *
            </span>
          )}
        </HeaderCell>
      ))}
    </div>
  );
}

function HeaderCell({ className, children }: { className: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid that is no table
    // biome-ignore lint/a11y/useFocusableInteractive: headers do nothing
    <div role="columnheader" className={className}>
      {children}
    </div>
  );
}
