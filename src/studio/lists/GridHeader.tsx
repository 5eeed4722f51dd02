import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowSortDownRegular } from '@fluentui/react-icons/svg/arrow-sort-down';
import { ArrowSortUpRegular } from '@fluentui/react-icons/svg/arrow-sort-up';
import type { CSSProperties, ReactNode } from 'react';
import type { ListColumn } from '../../api/index.ts';
import type { Sorting } from './list-view.ts';
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
  sort: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    width: '100%',
    height: '100%',
    padding: 0,
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  words: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  required: { color: tokens.colorPaletteRedForeground1 },
});

interface GridHeaderProps {
  readonly columns: readonly ListColumn[];
  /** The widths, the same for every row. */
  readonly layout: CSSProperties;
  readonly allSelected: boolean;
  readonly someSelected: boolean;
  onSelectAll(all: boolean): void;
  readonly sorting: Sorting | undefined;
  onSort(column: string): void;
}

/** The titles of the columns, always in sight. */
export function GridHeader({ columns, layout, sorting, onSort, ...selection }: GridHeaderProps) {
  const { allSelected, someSelected, onSelectAll } = selection;
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
      <HeaderCell
        className={`${grid.cell} ${grid.id} ${styles.header} ${styles.corner}`}
        column="ID"
        sorting={sorting}
        onSort={onSort}
      >
        ID
      </HeaderCell>
      {columns.map((column) => (
        <HeaderCell
          key={column.name}
          className={`${grid.cell} ${styles.header}`}
          column={column.name}
          sorting={sorting}
          onSort={column.type === 'json' ? undefined : onSort}
        >
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

interface HeaderCellProps {
  readonly className: string;
  readonly children: ReactNode;
  readonly column: string;
  readonly sorting: Sorting | undefined;
  /** Missing: items are not put in order by this column. */
  readonly onSort: ((column: string) => void) | undefined;
}

function HeaderCell({ className, children, column, sorting, onSort }: HeaderCellProps) {
  const styles = useStyles();
  const direction = sorting?.column !== column ? 'none' : sorting.descending ? 'descending' : 'ascending';
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid that is no table
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus
    <div role="columnheader" className={className} aria-sort={direction}>
      {onSort ? (
        <button type="button" className={styles.sort} onClick={() => onSort(column)}>
          <span className={styles.words}>{children}</span>
          {direction === 'ascending' && <ArrowSortUpRegular aria-hidden />}
          {direction === 'descending' && <ArrowSortDownRegular aria-hidden />}
        </button>
      ) : (
        children
      )}
    </div>
  );
}
