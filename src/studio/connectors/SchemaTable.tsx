import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { JsonObject } from '../../base/index.ts';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { LongName } from '../components/LongName.tsx';
import { MONOSPACE, PHONE } from '../components/styles.ts';
import { plainText } from '../format/plain-text.ts';
import { listSchemaRows, type SchemaEntry, type SchemaRow } from './schema-rows.ts';

const useStyles = makeStyles({
  // Five columns stand beside the list of operations.
  root: {
    '& th, & td': { paddingInline: tokens.spacingHorizontalS },
    // As cards, what is not said is left out.
    [PHONE]: { '& td:has(> span:empty)': { display: 'none' } },
  },
  name: {
    display: 'flex',
    flexDirection: 'column',
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
  },
  toggle: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    border: 'none',
    background: 'none',
    padding: 0,
    font: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    textAlign: 'start',
    borderRadius: tokens.borderRadiusSmall,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  leaf: { paddingInlineStart: '20px' },
  place: { paddingInlineStart: '20px', color: tokens.colorNeutralForeground3 },
  type: { color: tokens.colorPaletteBlueForeground2, fontSize: tokens.fontSizeBase200 },
  required: { color: tokens.colorPaletteRedForeground1, fontSize: tokens.fontSizeBase200 },
  small: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
});

interface SchemaTableProps {
  readonly label: string;
  readonly entries: readonly SchemaEntry[];
  /** What references of the schemas lead to. */
  readonly definitions: JsonObject;
}

/** Levels that are open at first. */
const OPEN_LEVELS = 1;

/** What is sent, value by value: name, type, whether it is required, what it may be; what holds others opens. */
export function SchemaTable({ label, entries, definitions }: SchemaTableProps) {
  const styles = useStyles();
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = useMemo(
    () => listSchemaRows(entries, definitions, (key, level) => changed.get(key) ?? level <= OPEN_LEVELS),
    [entries, definitions, changed],
  );
  const toggle = (key: string, isOpen: boolean) => setChanged(new Map(changed).set(key, isOpen));
  const columns = useColumns(toggle).filter(
    ({ header }) => OPTIONAL[header] === undefined || rows.some((row) => OPTIONAL[header]?.(row)),
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the buttons inside
    <div className={styles.root} onKeyDown={(event) => moveFocus(event, toggle)}>
      <DataTable label={label} columns={columns} rows={rows} keyOf={({ key }) => key} dense />
    </div>
  );
}

/** Columns that are not there when no row has anything for them. */
const OPTIONAL: Readonly<Record<string, (row: SchemaRow) => boolean>> = {
  Description: ({ description }) => description !== '',
  'Allowed values': (row) => row.allowed !== '' || row.default !== '' || row.isDynamic,
};

function useColumns(toggle: (key: string, isOpen: boolean) => void): Column<SchemaRow>[] {
  const styles = useStyles();
  return [
    {
      header: 'Name',
      render: ({ key, name, place, level, isOpen }) => (
        <span className={styles.name} style={{ marginInlineStart: `${(level - 1) * 16}px` }}>
          {isOpen === undefined ? (
            <span className={styles.leaf}>
              <LongName name={name} />
            </span>
          ) : (
            <button
              type="button"
              className={styles.toggle}
              aria-expanded={isOpen}
              data-key={key}
              onClick={() => toggle(key, !isOpen)}
            >
              {isOpen ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
              <span>
                <LongName name={name} />
              </span>
            </button>
          )}
          {place && <span className={styles.place}>in {place}</span>}
        </span>
      ),
    },
    { header: 'Type', render: ({ type }) => <span className={styles.type}>{type}</span> },
    {
      header: 'Required',
      width: '64px',
      render: ({ required }) =>
        required ? (
          <span className={styles.required}>required</span>
        ) : (
          <span className={styles.small}>no</span>
        ),
    },
    {
      header: 'Description',
      width: '34%',
      render: ({ description }) => <span className={styles.small}>{plainText(description)}</span>,
    },
    {
      header: 'Allowed values',
      render: (row) => <span className={styles.small}>{describeValues(row)}</span>,
    },
  ];
}

function describeValues({ allowed, isDynamic, default: unless }: SchemaRow): string {
  const values = isDynamic ? 'asked of the service' : allowed;
  if (unless === '') return values;
  return values === '' ? `${unless} unless given` : `${values}; ${unless} unless given`;
}

/** As in a tree: right opens, left closes, up and down go from one that opens to the next. */
function moveFocus(
  event: KeyboardEvent<HTMLDivElement>,
  toggle: (key: string, isOpen: boolean) => void,
): void {
  const button = (event.target as HTMLElement).closest<HTMLElement>('button[data-key]');
  const key = button?.dataset['key'];
  if (button === null || key === undefined) return;
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button[data-key]')];
  const at = all.indexOf(button);
  const change = CHANGES[event.key];
  if (change === undefined) return;
  event.preventDefault();
  if (change === 'open' && !isOpen) toggle(key, true);
  else if (change === 'close' && isOpen) toggle(key, false);
  else if (change === 'close') findAbove(all, key)?.focus();
  else all[at + (change === 'before' ? -1 : 1)]?.focus();
}

const CHANGES: Readonly<Record<string, 'open' | 'close' | 'after' | 'before'>> = {
  ArrowRight: 'open',
  ArrowLeft: 'close',
  ArrowDown: 'after',
  ArrowUp: 'before',
};

function findAbove(all: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const above = key.slice(0, key.lastIndexOf('/'));
  return all.find(({ dataset }) => dataset['key'] === above);
}
