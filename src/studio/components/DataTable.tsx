import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { PHONE } from './styles.ts';

const useStyles = makeStyles({
  actions: {
    textAlign: 'end',
    paddingBlock: 0,
    [PHONE]: {
      display: 'block',
      position: 'absolute',
      top: tokens.spacingVerticalXS,
      right: tokens.spacingHorizontalS,
      ':not(:first-child)::before': { content: 'none' },
    },
  },
  unseen: { position: 'absolute', clipPath: 'inset(50%)', width: '1px', height: '1px', overflow: 'hidden' },
  frame: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowX: 'auto',
    // Cells may hold things that are hidden but read out: they must not widen the page.
    position: 'relative',
  },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase300 },
  head: {
    [PHONE]: {
      position: 'absolute',
      clipPath: 'inset(50%)',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
    },
  },
  header: {
    textAlign: 'start',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'nowrap',
  },
  row: {
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    [PHONE]: {
      display: 'block',
      position: 'relative',
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    },
  },
  cell: {
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    verticalAlign: 'middle',
    [PHONE]: {
      display: 'grid',
      gridTemplateColumns: '110px 1fr',
      padding: `${tokens.spacingVerticalXS} 0`,
      ':first-child': { display: 'block', paddingBottom: tokens.spacingVerticalS },
      ':not(:first-child)::before': {
        content: 'attr(data-label)',
        color: tokens.colorNeutralForeground3,
        fontSize: tokens.fontSizeBase200,
      },
    },
  },
  dense: { paddingBlock: tokens.spacingVerticalXS, verticalAlign: 'top' },
});

export interface Column<Row> {
  readonly header: string;
  readonly render: (row: Row) => ReactNode;
  /** CSS width of the column. */
  readonly width?: string;
  /** Buttons instead of a value: they need no title, and on a phone they stand in the card's corner. */
  readonly isActions?: boolean;
}

interface DataTableProps<Row> {
  /** What the table lists, for those who listen. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Rows close together, for reading rather than choosing. */
  readonly dense?: boolean;
}

/** A table that becomes a list of cards on a phone. */
export function DataTable<Row>({ label, columns, rows, keyOf, dense = false }: DataTableProps<Row>) {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead className={styles.head}>
          <tr>
            {columns.map((column) => (
              <th key={column.header} scope="col" className={styles.header} style={{ width: column.width }}>
                {column.isActions ? <span className={styles.unseen}>{column.header}</span> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className={styles.row}>
              {columns.map((column) => (
                <td
                  key={column.header}
                  className={mergeClasses(
                    styles.cell,
                    dense && styles.dense,
                    column.isActions && styles.actions,
                  )}
                  data-label={column.header}
                >
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
