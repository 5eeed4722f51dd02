import { Button, Spinner } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { RUN_TIMES } from '../app/search.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { ButtonLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { useFlows } from '../data/flows.ts';
import { RunAgainButton, readEndedBadly } from './RunAgainButton.tsx';
import { RunFilters } from './RunFilters.tsx';
import { RunList } from './RunList.tsx';

const route = getRouteApi('/shell/runs');
const HOUR_MS = 3_600_000;

export function RunsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: flows = [], isPending } = useFlows();
  const flowName = flows.find((flow) => flow.id === search.flowId)?.name;
  const isFiltered = Object.keys(search).length > 0;
  const { flowId, status, property, time } = search;
  // Once per choice: the list would begin anew with each moment.
  const startedFrom = useMemo(
    () => time && new Date(Date.now() - RUN_TIMES[time] * HOUR_MS).toISOString(),
    [time],
  );
  const badly = readEndedBadly(status);

  return (
    <>
      <PageHeader
        title="Runs"
        description="Everything your flows did, action by action."
        actions={
          flowId !== undefined &&
          flowName !== undefined &&
          badly !== undefined && (
            <RunAgainButton flowId={flowId} flowName={flowName} status={badly} startedFrom={startedFrom} />
          )
        }
      />
      <RunFilters search={search} flows={flows} onChange={(next) => void navigate({ search: next })} />
      {isPending && <Spinner size="tiny" />}
      <RunList
        filter={{ flowId, status, startedFrom, property }}
        showFlow
        empty={
          isFiltered ? (
            <EmptyState
              icon={<HistoryRegular />}
              title="No run is like that"
              actions={<Button onClick={() => void navigate({ search: {} })}>Show all runs</Button>}
            >
              Choose another flow, status or time, or look for another property.
            </EmptyState>
          ) : (
            <EmptyState
              icon={<HistoryRegular />}
              title="Nothing has run yet"
              actions={
                <ButtonLink to="/flows" appearance="primary">
                  Go to flows
                </ButtonLink>
              }
            >
              Turn a flow on, or run one now: each run then appears here with its inputs, outputs and errors.
            </EmptyState>
          )
        }
      />
    </>
  );
}
