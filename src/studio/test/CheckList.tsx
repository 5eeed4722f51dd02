import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { useState } from 'react';
import type { ConnectorCheck } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useConnectorChecks, useDeleteCheck, useRunCheck } from '../data/operation-tests.ts';
import { formatDuration } from '../format/duration.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    paddingBlock: tokens.spacingVerticalXS,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  words: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column', overflowWrap: 'anywhere' },
  note: { color: tokens.colorNeutralForeground2 },
  good: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0 },
  bad: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
});

/** The checks of a connector, how they went the last time, and a button that runs all of them. */
export function CheckList({ connectorId }: { connectorId: string }) {
  const styles = useStyles();
  const { data, error } = useConnectorChecks(connectorId);
  const run = useRunCheck(connectorId);
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
  const failed = checks.filter(({ result }) => result?.ok === false).length;
  return (
    <Card
      title="Checks"
      note={
        failed === 0
          ? 'Tests that are kept, with what has to come of them.'
          : `${failed} of ${checks.length} did not hold.`
      }
      actions={
        <Button icon={<PlayRegular />} disabledFocusable={done !== undefined} onClick={() => void runAll()}>
          {done === undefined ? 'Run all' : `Running ${done + 1} of ${checks.length}`}
        </Button>
      }
    >
      {done !== undefined && (
        <ProgressBar value={done} max={checks.length} aria-label="Checks that have run" />
      )}
      <ErrorNotice error={run.error ?? remove.error} />
      <ul className={styles.list}>
        {checks.map((check) => (
          <li key={check.id} className={styles.row}>
            <CheckMark check={check} />
            <div className={styles.words}>
              <Text weight="semibold">{check.name}</Text>
              {check.result?.problems.map((problem) => (
                <Text key={problem} size={200}>
                  {problem}
                </Text>
              ))}
              <Text size={200} className={styles.note}>
                {check.ranAt ? (
                  <>
                    {check.result?.statusCode} in {formatDuration(check.result?.durationMs ?? 0)},{' '}
                    <TimeAgo instant={check.ranAt} />
                  </>
                ) : (
                  'Not run yet'
                )}
              </Text>
            </div>
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={`Delete the check ${check.name}`}
              onClick={() => remove.mutate(check.id)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function CheckMark({ check: { result } }: { check: ConnectorCheck }) {
  const styles = useStyles();
  if (result === undefined) return null;
  return result.ok ? (
    <CheckmarkCircleFilled className={styles.good} aria-label="Held" />
  ) : (
    <DismissCircleFilled className={styles.bad} aria-label="Did not hold" />
  );
}
