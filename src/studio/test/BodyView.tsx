import { makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { JsonView } from '../components/JsonView.tsx';

const useStyles = makeStyles({
  frame: {
    overflowX: 'auto',
    maxHeight: '420px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  table: { borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200, width: '100%' },
  cell: {
    textAlign: 'start',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    maxWidth: '320px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  note: { color: tokens.colorNeutralForeground2 },
});

/** More rows make no better picture. */
const ROWS = 200;

/** The body as a tree or as it came; a list of objects also as a table. */
export function BodyView({ body, truncated }: { body: Json; truncated: boolean }) {
  const styles = useStyles();
  const [isTable, setTable] = useState(false);
  const rows = findRows(body);
  return (
    <>
      {truncated && <Text className={styles.note}>The answer is very large: this is its beginning.</Text>}
      {rows && <Switch label="As a table" checked={isTable} onChange={(_, data) => setTable(data.checked)} />}
      {rows && isTable ? <BodyTable rows={rows} /> : <JsonView title="Body" value={body} openLevels={3} />}
    </>
  );
}

function BodyTable({ rows }: { rows: readonly JsonObject[] }) {
  const styles = useStyles();
  const columns = [...new Set(rows.slice(0, ROWS).flatMap((row) => Object.keys(row)))].slice(0, 30);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.frame} tabIndex={0} aria-label="Body as a table">
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={styles.cell}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of an answer have no other name and never move
            <tr key={index}>
              {columns.map((column) => (
                <td key={column} className={styles.cell}>
                  {showCell(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function showCell(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? stringifyJson(value) : String(value);
}

/** The list itself, or the one list of objects within an object. */
function findRows(body: Json): JsonObject[] | undefined {
  const lists = Array.isArray(body)
    ? [body]
    : isJsonObject(body)
      ? Object.values(body).filter(Array.isArray)
      : [];
  const found = lists.find((list) => list.length > 0 && list.every(isJsonObject));
  return found as JsonObject[] | undefined;
}
