import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { isEndedStatus, type Run } from '../../api/index.ts';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { LoadingRows } from '../components/Loading.tsx';
import { PageLink } from '../components/links.tsx';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useNow } from '../components/use-now.ts';
import { flattenPages } from '../data/pages.ts';
import { type RunFilter, useRuns } from '../data/runs.ts';
import { formatSpan } from '../format/duration.ts';
import { formatInstant } from '../format/time.ts';

const useStyles = makeStyles({
  more: { display: 'flex', justifyContent: 'center', marginTop: tokens.spacingVerticalL },
  error: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

interface RunListProps {
  readonly filter: RunFilter;
  readonly showFlow?: boolean;
  /** Shown when there are none. */
  readonly empty: ReactNode;
}

/** Runs, latest first. */
export function RunList({ filter, showFlow = false, empty }: RunListProps) {
  const styles = useStyles();
  const query = useRuns(filter);
  const runs = flattenPages(query.data);
  const now = useNow(runs.some((run) => !isEndedStatus(run.status)) ? 1000 : 0);

  if (query.isPending) return <LoadingRows label="Loading runs" />;
  if (query.error && runs.length === 0) {
    return (
      <ErrorNotice
        error={query.error}
        title="The runs could not be read."
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (runs.length === 0) return <>{empty}</>;
  const columns = buildColumns(showFlow, now, styles.error);
  return (
    <>
      <DataTable label="Runs" columns={columns} rows={runs} keyOf={(run) => run.id} />
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button
            disabled={query.isFetchingNextPage}
            icon={query.isFetchingNextPage ? <Spinner size="tiny" /> : undefined}
            onClick={() => void query.fetchNextPage()}
          >
            Show older runs
          </Button>
        </div>
      )}
    </>
  );
}

function buildColumns(showFlow: boolean, now: number, errorClass: string): Column<Run>[] {
  const started: Column<Run> = {
    header: 'Started',
    render: (run) =>
      showFlow ? (
        <TimeAgo instant={run.startedAt} />
      ) : (
        <PageLink to="/runs/$runId" params={{ runId: run.id }}>
          {formatInstant(run.startedAt)}
        </PageLink>
      ),
  };
  const flow: Column<Run> = {
    header: 'Flow',
    render: (run) => (
      <PageLink to="/runs/$runId" params={{ runId: run.id }}>
        {run.flowName}
      </PageLink>
    ),
  };
  return [
    ...(showFlow ? [flow] : [started]),
    { header: 'Status', width: '130px', render: (run) => <StatusBadge status={run.status} /> },
    ...(showFlow ? [started] : []),
    { header: 'Duration', width: '110px', render: (run) => formatSpan(run.startedAt, run.endedAt, now) },
    {
      header: 'Result',
      render: (run) => (
        <span className={errorClass}>{run.error?.message.split('\n', 1)[0] ?? describeStart(run)}</span>
      ),
    },
  ];
}

function describeStart(run: Run): string {
  return run.triggerName === undefined
    ? 'Started by hand'
    : `Started by ${run.triggerName.replaceAll('_', ' ')}`;
}
