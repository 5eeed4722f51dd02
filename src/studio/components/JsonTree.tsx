import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useState } from 'react';
import { isJsonObject, type Json } from '../../base/index.ts';
import { JsonScalar } from './JsonScalar.tsx';
import { MONOSPACE } from './styles.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  nested: { paddingInlineStart: '18px' },
  row: { fontFamily: MONOSPACE, fontSize: '13px', lineHeight: '22px', overflowWrap: 'anywhere' },
  toggle: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    border: 'none',
    background: 'none',
    padding: '0 4px 0 0',
    font: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    borderRadius: tokens.borderRadiusSmall,
    textAlign: 'start',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  leaf: { paddingInlineStart: '18px' },
  name: { color: tokens.colorNeutralForeground1 },
  count: { color: tokens.colorNeutralForeground3 },
  more: { color: tokens.colorBrandForegroundLink },
});

/** A long array shows so many of its members, and more on demand. */
const PORTION = 100;

interface JsonTreeProps {
  readonly value: Json;
  /** How many levels are open at first. */
  readonly openLevels?: number;
}

/** A JSON value to open and close level by level. */
export function JsonTree({ value, openLevels = 2 }: JsonTreeProps) {
  const styles = useStyles();
  const entries = listEntries(value);
  if (entries === undefined) {
    return (
      <div className={styles.row}>
        <JsonScalar value={value} />
      </div>
    );
  }
  return <Entries entries={entries} openLevels={openLevels} nested={false} />;
}

interface EntriesProps {
  readonly entries: readonly (readonly [string, Json])[];
  readonly openLevels: number;
  readonly nested: boolean;
}

function Entries({ entries, openLevels, nested }: EntriesProps) {
  const styles = useStyles();
  const [shown, setShown] = useState(PORTION);
  return (
    <ul className={`${styles.list} ${nested ? styles.nested : ''}`}>
      {entries.slice(0, shown).map(([name, value]) => (
        <Entry key={name} name={name} value={value} openLevels={openLevels} />
      ))}
      {entries.length > shown && (
        <li className={styles.row}>
          <button
            type="button"
            className={`${styles.toggle} ${styles.more}`}
            onClick={() => setShown(shown + PORTION)}
          >
            Show {Math.min(PORTION, entries.length - shown)} more of {entries.length}
          </button>
        </li>
      )}
    </ul>
  );
}

function Entry({ name, value, openLevels }: { name: string; value: Json; openLevels: number }) {
  const styles = useStyles();
  const [open, setOpen] = useState(openLevels > 0);
  const entries = listEntries(value);
  if (entries === undefined || entries.length === 0) {
    return (
      <li className={`${styles.row} ${styles.leaf}`}>
        <span className={styles.name}>{name}</span>: <JsonScalar value={value} />
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <button type="button" className={styles.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
        <span className={styles.name}>{name}</span>
        <span className={styles.count}>{describeSize(value, entries.length)}</span>
      </button>
      {open && <Entries entries={entries} openLevels={openLevels - 1} nested />}
    </li>
  );
}

function listEntries(value: Json): (readonly [string, Json])[] | undefined {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item] as const);
  return isJsonObject(value) ? Object.entries(value) : undefined;
}

function describeSize(value: Json, count: number): string {
  return Array.isArray(value) ? `[${count}]` : `{${count}}`;
}
