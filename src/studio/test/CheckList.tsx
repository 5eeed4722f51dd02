import { Badge, Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { useState } from 'react';
import type { ConnectorCheck } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import type { ConnectingDraft } from '../data/connections.ts';
import { useConnectorChecks, useDeleteCheck, useRunCheck } from '../data/operation-tests.ts';
import { formatDuration } from '../format/duration.ts';

const useStyles = makeStyles({
  name: { display: 'flex', flexDirection: 'column', minWidth: '104px', overflowWrap: 'anywhere' },
  note: { color: tokens.colorNeutralForeground2 },
  problem: { color: tokens.colorPaletteRedForeground1 },
  actions: { display: 'flex', justifyContent: 'flex-end' },
});

interface CheckListProps {
  readonly connectorId: string;
  /** What they call, in place of the version that is saved. */
  readonly draft: ConnectingDraft | undefined;
}

/** The checks of a connector, how they went the last time, and a button that runs all of them. */
export function CheckList({ connectorId, draft }: CheckListProps) {
  const { data, error } = useConnectorChecks(connectorId);
  const run = useRunCheck(connectorId, draft);
  const remove = useDeleteCheck(connectorId);
  const [done, setDone] = useState<number>();
  const checks = data?.value ?? [];
  if (checks.length === 0) return <ErrorNotice error={error} />;
  const runAll = async () => {
    setDone(0);
    for (const [index, { id }] of checks.entries()) {
      await run.mutateAsync(id).catch(() => undefined);
      setDone(index + 1);
    }
    setDone(undefined);
  };
  const isBusy = done !== undefined || run.isPending;
  return (
    <Card
      title="Checks"
      note={describeChecks(checks, draft !== undefined)}
      actions={
        <Button icon={<PlayRegular />} disabledFocusable={isBusy} onClick={() => void runAll()}>
          {done === undefined
            ? 'Run all'
            : `Running ${Math.min(done + 1, checks.length)} of ${checks.length}`}
        </Button>
      }
    >
      {done !== undefined && (
        <ProgressBar value={done} max={checks.length} aria-label="Checks that have run" />
      )}
      <ErrorNotice error={run.error ?? remove.error} />
      <CheckTable
        checks={checks}
        isBusy={isBusy}
        onRun={(id) => run.mutate(id)}
        onDelete={(id) => remove.mutate(id)}
      />
    </Card>
  );
}

function describeChecks(checks: readonly ConnectorCheck[], isDraft: boolean): string {
  const failed = checks.filter(({ result }) => result?.ok === false).length;
  if (failed > 0) return `${failed} of ${checks.length} did not hold.`;
  const held = checks.filter(({ result }) => result?.ok).length;
  if (held === checks.length) return held === 1 ? 'It held.' : `All ${held} held when they ran last.`;
  const called = isDraft ? 'the draft as it stands here' : 'the version that is saved';
  return `Tests that are kept, with what has to come of them. They call ${called}.`;
}

interface CheckTableProps {
  readonly checks: readonly ConnectorCheck[];
  readonly isBusy: boolean;
  onRun(id: string): void;
  onDelete(id: string): void;
}

function CheckTable({ checks, isBusy, onRun, onDelete }: CheckTableProps) {
  const styles = useStyles();
  const columns: Column<ConnectorCheck>[] = [
    {
      header: 'Check',
      render: ({ name, result }) => (
        <div className={styles.name}>
          <Text weight="semibold">{name}</Text>
          {result?.problems.map((problem) => (
            <Text key={problem} size={200} className={styles.problem}>
              {problem}
            </Text>
          ))}
        </div>
      ),
    },
    { header: 'Result', width: '120px', render: (check) => <CheckResult check={check} /> },
    { header: 'Answer', width: '130px', render: describeAnswer },
    {
      header: 'Last run',
      width: '130px',
      render: ({ ranAt, result }) =>
        ranAt ? (
          <span className={styles.name}>
            <TimeAgo instant={ranAt} />
            {result?.ofDraft && (
              <Text size={200} className={styles.note}>
                on the draft
              </Text>
            )}
          </span>
        ) : (
          'Never'
        ),
    },
    {
      header: 'Actions',
      width: '96px',
      isActions: true,
      render: ({ id, name }) => (
        <span className={styles.actions}>
          <Button
            appearance="subtle"
            icon={<PlayRegular />}
            aria-label={`Run the check ${name}`}
            disabledFocusable={isBusy}
            onClick={() => onRun(id)}
          />
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={`Delete the check ${name}`}
            onClick={() => onDelete(id)}
          />
        </span>
      ),
    },
  ];
  return <DataTable label="Checks" columns={columns} rows={checks} keyOf={({ id }) => id} />;
}

function describeAnswer({ result }: ConnectorCheck): string {
  if (result === undefined) return '–';
  const { statusCode, durationMs } = result;
  return statusCode === undefined ? 'None' : `${statusCode} in ${formatDuration(durationMs)}`;
}

function CheckResult({ check: { result } }: { check: ConnectorCheck }) {
  if (result === undefined) return <Text>Not run yet</Text>;
  return (
    <span>
      <Badge appearance="tint" color={result.ok ? 'success' : 'danger'}>
        {result.ok ? 'Held' : 'Did not hold'}
      </Badge>
    </span>
  );
}
