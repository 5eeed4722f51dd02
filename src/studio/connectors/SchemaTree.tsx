import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useState } from 'react';
import type { JsonObject } from '../../base/index.ts';
import { MONOSPACE } from '../components/styles.ts';
import { plainText } from '../format/plain-text.ts';
import { describeType, listMembers, resolveSchemaReference } from './read-schema.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  nested: {
    marginInlineStart: '8px',
    paddingInlineStart: '12px',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: { padding: '3px 0' },
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
    borderRadius: tokens.borderRadiusSmall,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  leaf: { paddingInlineStart: '20px' },
  name: {
    fontFamily: MONOSPACE,
    fontSize: '13px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  type: {
    color: tokens.colorPaletteBlueForeground2,
    fontSize: tokens.fontSizeBase200,
    marginInlineStart: '8px',
  },
  required: {
    color: tokens.colorPaletteRedForeground1,
    fontSize: tokens.fontSizeBase200,
    marginInlineStart: '8px',
  },
  dynamic: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    marginInlineStart: '8px',
  },
  note: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    paddingInlineStart: '20px',
    overflowWrap: 'anywhere',
  },
});

export interface SchemaEntry {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
  /** Instead of the schema's own description. */
  readonly note?: string;
}

interface SchemaTreeProps {
  readonly label: string;
  readonly entries: readonly SchemaEntry[];
  /** What references of the schemas lead to. */
  readonly definitions: JsonObject;
  readonly openLevels?: number;
}

/** Schemas as a tree of names, types and notes. A level is only made when it is opened, so they may be circular. */
export function SchemaTree({ label, entries, definitions, openLevels = 1 }: SchemaTreeProps) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={label}>
      {entries.map((entry) => (
        <SchemaRow key={entry.name} entry={entry} definitions={definitions} openLevels={openLevels} />
      ))}
    </ul>
  );
}

interface SchemaRowProps {
  readonly entry: SchemaEntry;
  readonly definitions: JsonObject;
  readonly openLevels: number;
}

function SchemaRow({ entry, definitions, openLevels }: SchemaRowProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(openLevels > 0);
  const schema = resolveSchemaReference(entry.schema, definitions);
  const members = listMembers(schema, definitions);
  const note = entry.note ?? (typeof schema.description === 'string' ? schema.description : '');
  const head = (
    <>
      <span className={styles.name}>{entry.name}</span>
      <span className={styles.type}>{describeType(schema, definitions)}</span>
      {entry.required && <span className={styles.required}>required</span>}
      {isDynamic(schema) && <span className={styles.dynamic}>from the service</span>}
    </>
  );
  return (
    <li className={styles.row}>
      {members.length > 0 ? (
        <button type="button" className={styles.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
          <span>{head}</span>
        </button>
      ) : (
        <div className={styles.leaf}>{head}</div>
      )}
      {note !== '' && <div className={styles.note}>{plainText(note)}</div>}
      {open && members.length > 0 && (
        <div className={styles.nested}>
          <SchemaTree
            label={entry.name}
            entries={members}
            definitions={definitions}
            openLevels={openLevels - 1}
          />
        </div>
      )}
    </li>
  );
}

/** Its values or its fields are asked for when a form is filled. */
function isDynamic(schema: JsonObject): boolean {
  return Object.keys(schema).some((name) => name.startsWith('x-ms-dynamic-'));
}
