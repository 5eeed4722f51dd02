import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { JsonObject } from '../../base/index.ts';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { LongName } from '../components/LongName.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { formatCount } from '../format/count.ts';
import { plainText } from '../format/plain-text.ts';
import { flattenSchema, type SchemaPath } from './flatten-schema.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    justifyItems: 'start',
    marginTop: tokens.spacingVerticalS,
  },
  table: { width: '100%' },
  path: { fontFamily: MONOSPACE, fontSize: tokens.fontSizeBase200 },
  type: { color: tokens.colorPaletteBlueForeground2, fontSize: tokens.fontSizeBase200 },
  description: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
});

/** As much as is read at a glance; the rest on demand. */
const AT_FIRST = 25;

interface ResponseTableProps {
  readonly label: string;
  readonly schema: JsonObject;
  /** What references of the schema lead to. */
  readonly definitions: JsonObject;
  /** Folded until somebody asks: answers that tell of a failure are much alike. */
  readonly isFolded: boolean;
}

/** What an answer holds, value by value: path, type, description. */
export function ResponseTable({ label, schema, definitions, isFolded }: ResponseTableProps) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(!isFolded);
  const [isAll, setAll] = useState(false);
  const rows = useMemo(() => flattenSchema(schema, definitions), [schema, definitions]);
  const columns: Column<SchemaPath>[] = [
    {
      header: 'Path',
      width: '38%',
      render: ({ path }) => (
        <code className={styles.path}>
          <LongName name={path} />
        </code>
      ),
    },
    { header: 'Type', width: '20%', render: ({ type }) => <span className={styles.type}>{type}</span> },
    {
      header: 'Description',
      render: ({ description }) => <span className={styles.description}>{plainText(description)}</span>,
    },
  ];
  if (!isOpen) {
    return (
      <Button size="small" appearance="subtle" aria-expanded={false} onClick={() => setOpen(true)}>
        Show {formatCount(rows.length, 'value')} of {label.toLowerCase()}
      </Button>
    );
  }
  return (
    <div className={styles.root}>
      <div className={styles.table}>
        <DataTable
          label={label}
          columns={columns}
          rows={isAll ? rows : rows.slice(0, AT_FIRST)}
          keyOf={({ path }) => path}
          dense
        />
      </div>
      {rows.length > AT_FIRST && (
        <Button size="small" appearance="subtle" onClick={() => setAll(!isAll)} aria-expanded={isAll}>
          {isAll ? 'Show fewer' : `Show all ${rows.length}`}
        </Button>
      )}
    </div>
  );
}
