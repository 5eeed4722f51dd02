import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { List } from '../../api/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { useNotify } from '../components/notifications.tsx';
import { useAddItems } from '../data/lists.ts';
import { formatCount } from '../format/count.ts';
import { type CsvProblem, type CsvTable, readCsv } from './csv.ts';

const useStyles = makeStyles({
  file: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center', flexWrap: 'wrap' },
  name: { overflowWrap: 'anywhere' },
  problems: {
    margin: 0,
    paddingInlineStart: '20px',
    maxHeight: '220px',
    overflowY: 'auto',
    overflowWrap: 'anywhere',
  },
});

/** More are only counted. */
const MOST_PROBLEMS = 100;

interface ReadFile {
  /** Names what is added from it, so that nothing of it is added twice. */
  readonly key: string;
  readonly name: string;
  readonly table: CsvTable;
}

interface ImportCsvDialogProps {
  readonly list: List;
  onClose(): void;
}

/** Rows of a file become rows of the list: what fits is told before, what does not by its line. */
export function ImportCsvDialog({ list, onClose }: ImportCsvDialogProps) {
  const styles = useStyles();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<ReadFile>();
  const [done, setDone] = useState(0);
  const [failure, setFailure] = useState<unknown>();
  const notify = useNotify();
  const add = useAddItems(list.id);
  const rows = file?.table.rows ?? [];

  const read = async (given: File | undefined) => {
    if (!given) return;
    const table = readCsv(await readText(given), list.columns);
    setFile({ key: crypto.randomUUID(), name: given.name, table });
  };
  const start = () =>
    add.mutate(
      {
        rows: rows.map(({ fields }) => fields),
        keyOf: (index) => `${file?.key}:${rows[index]?.line}`,
        onProgress: setDone,
      },
      {
        onSuccess: ({ added, refused, error }) => {
          setFailure(error);
          if (added > 0) notify.success(`${formatCount(added, 'row')} imported.`);
          if (refused.length === 0 && error === undefined) return onClose();
          setDone(0);
          if (file) setFile({ ...file, table: leaveOut(file.table, added, refused) });
        },
      },
    );
  return (
    <FormDialog
      open
      wide
      title={`Import rows into ${list.name}`}
      action={rows.length > 0 ? `Import ${formatCount(rows.length, 'row')}` : 'Import'}
      busy={add.isPending}
      disabled={rows.length === 0}
      error={failure ?? add.error}
      onSubmit={start}
      onClose={onClose}
    >
      <Text>
        The first line of the file names the columns:{' '}
        {list.columns.map(({ name, title }) => title ?? name).join(', ')}.
      </Text>
      <div className={styles.file}>
        <Button onClick={() => picker.current?.click()}>Choose a file</Button>
        <input
          ref={picker}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          hidden
          aria-label="CSV file"
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = ''; // the same file may be chosen again after it was mended
          }}
        />
        <Text className={styles.name}>{file?.name ?? 'No file chosen'}</Text>
      </div>
      {file && <Findings table={file.table} />}
      {add.isPending && (
        <Field
          validationMessage={`${done.toLocaleString('en')} of ${formatCount(rows.length, 'row')}`}
          validationState="none"
        >
          <ProgressBar value={done} max={rows.length} aria-label="Rows imported" />
        </Field>
      )}
    </FormDialog>
  );
}

function Findings({ table: { rows, problems, ignored, known } }: { table: CsvTable }) {
  if (known.length === 0) {
    return (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          No column of the list is named in the first line
          {ignored.length > 0 && `; it names ${ignored.slice(0, 8).join(', ')}`}.
        </MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <div role="status">
      <Text block weight="semibold">
        {formatCount(rows.length, 'row fits', 'rows fit')}
        {problems.length > 0 &&
          `, ${formatCount(problems.length, 'does not', 'do not')} and will be left out`}
        .
      </Text>
      {ignored.length > 0 && <Text block>The list has no column {ignored.join(', ')}; left out.</Text>}
      {problems.length > 0 && <ProblemLines problems={problems} />}
    </div>
  );
}

function ProblemLines({ problems }: { problems: readonly CsvProblem[] }) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <ul className={styles.problems} aria-label="Rows that do not fit" tabIndex={0}>
      {problems.slice(0, MOST_PROBLEMS).map(({ line, message }) => (
        <li key={`${line} ${message}`}>
          <b>Line {line}</b>: {message}
        </li>
      ))}
      {problems.length > MOST_PROBLEMS && <li>and {problems.length - MOST_PROBLEMS} more</li>}
    </ul>
  );
}

/** What is in already must not come twice; what the server refused is told like what was seen before. */
function leaveOut(
  table: CsvTable,
  added: number,
  refused: readonly { readonly index: number; readonly message: string }[],
): CsvTable {
  const messages = new Map(refused.map(({ index, message }) => [index, message]));
  const problems = table.rows.flatMap(({ line }, index) => {
    const message = messages.get(index);
    return message === undefined ? [] : [{ line, message }];
  });
  return {
    ...table,
    rows: table.rows.filter((_row, index) => index >= added && !messages.has(index)),
    problems: [...table.problems, ...problems].sort((a, b) => a.line - b.line),
  };
}

/** UTF-8, or what spreadsheets on Windows write where that is not asked for. */
async function readText(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
