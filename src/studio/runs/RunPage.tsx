import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { StopRegular } from '@fluentui/react-icons/svg/stop';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { RunDetail } from '../../api/index.ts';
import { BackLink } from '../components/BackLink.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { PageLink } from '../components/links.tsx';
import { useNotify } from '../components/notifications.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { Properties } from '../components/Properties.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { useNow } from '../components/use-now.ts';
import { useFlowVersion } from '../data/flows.ts';
import { useCancelRun, useLiveRun, useResubmitRun, useRun } from '../data/runs.ts';
import { formatSpan } from '../format/duration.ts';
import { formatInstant } from '../format/time.ts';
import { buildTimeline } from './build-timeline.ts';
import { readParents } from './read-parents.ts';
import { RepeatContext } from './repeat.ts';
import { Timeline } from './Timeline.tsx';
import { TriggerEntry } from './TriggerEntry.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  timeline: { display: 'flex', flexDirection: 'column', gap: '6px' },
});

const route = getRouteApi('/shell/runs/$runId');

export function RunPage() {
  const { runId } = route.useParams();
  const query = useRun(runId);
  const { isLive, failure } = useLiveRun(runId, query.data);
  const resubmit = useResubmitRun(runId);
  const notify = useNotify();
  const navigate = useNavigate();
  const { mutate, isPending } = resubmit;
  const runAgain = useCallback(
    (action?: string) =>
      mutate(action, {
        onSuccess: (run) => void navigate({ to: '/runs/$runId', params: { runId: run.id } }),
        onError: (error) => notify.error('The run was not begun again.', error),
      }),
    [mutate, navigate, notify],
  );
  const hasEnded = query.data !== undefined && !isLive;
  const repeat = useMemo(
    () => (hasEnded ? { isPending, from: runAgain } : undefined),
    [hasEnded, isPending, runAgain],
  );
  return (
    <>
      <PageHeader
        title={query.data ? `Run of ${query.data.flowName}` : 'Run'}
        above={
          <BackLink>
            <PageLink to="/runs">Runs</PageLink>
          </BackLink>
        }
        actions={
          isLive ? (
            <CancelButton runId={runId} />
          ) : (
            hasEnded && (
              <Button
                icon={isPending ? <Spinner size="tiny" /> : <ArrowClockwiseRegular />}
                disabledFocusable={isPending}
                onClick={() => runAgain()}
              >
                Run again
              </Button>
            )
          )
        }
      />
      <QueryView query={query} what="run">
        {(run) => (
          <RepeatContext value={repeat}>
            <RunView run={run} isLive={isLive} failure={failure} />
          </RepeatContext>
        )}
      </QueryView>
    </>
  );
}

function RunView({ run, isLive, failure }: { run: RunDetail; isLive: boolean; failure: unknown }) {
  const styles = useStyles();
  const now = useNow(isLive ? 500 : 0);
  const { data: version } = useFlowVersion(run.flowId, run.flowVersion);
  const parents = useMemo(() => readParents(version?.definitionText ?? ''), [version]);
  const timeline = useMemo(() => buildTimeline(run.actions, parents), [run.actions, parents]);
  return (
    <div className={styles.root}>
      <Properties
        items={[
          [
            'Status',
            <span key="status" role="status">
              <StatusBadge status={run.status} />
            </span>,
          ],
          ['Duration', formatSpan(run.startedAt, run.endedAt, now)],
          ['Started', formatInstant(run.startedAt)],
          [
            'Flow',
            <PageLink key="flow" to="/flows/$flowId" params={{ flowId: run.flowId }}>
              {run.flowName}
            </PageLink>,
          ],
          ['Version', String(run.flowVersion)],
          ['Repeats', run.origin && <OriginLink key="origin" origin={run.origin} />],
        ]}
      />
      {run.error && (
        <ErrorNotice
          error={new Error([run.error.message, run.error.fix].filter(Boolean).join(' '))}
          title={run.error.code ?? 'The run failed.'}
        />
      )}
      <ErrorNotice error={failure} title="The run can no longer be followed." />
      <div className={styles.timeline}>
        {run.trigger && <TriggerEntry trigger={run.trigger} />}
        <Timeline nodes={timeline} />
      </div>
    </div>
  );
}

/** The run that this one repeats. */
function OriginLink({ origin }: { origin: NonNullable<RunDetail['origin']> }) {
  const from = origin.action === undefined ? '' : `, from ${origin.action.replaceAll('_', ' ')} on`;
  return (
    <>
      <PageLink to="/runs/$runId" params={{ runId: origin.runId }}>
        An earlier run
      </PageLink>
      {from}
    </>
  );
}

function CancelButton({ runId }: { runId: string }) {
  const cancel = useCancelRun(runId);
  const notify = useNotify();
  return (
    <Button
      icon={cancel.isPending ? <Spinner size="tiny" /> : <StopRegular />}
      disabled={cancel.isPending}
      onClick={() =>
        cancel.mutate(undefined, { onError: (error) => notify.error('The run goes on.', error) })
      }
    >
      Cancel run
    </Button>
  );
}
