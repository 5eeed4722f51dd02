import { Button, Dropdown, Field, makeStyles, Option, Spinner, tokens } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { getRouteApi } from '@tanstack/react-router';
import { RUN_STATUSES, readRunStatus } from '../app/search.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { ButtonLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { describeStatus } from '../components/StatusBadge.tsx';
import { useFlows } from '../data/flows.ts';
import { RunList } from './RunList.tsx';

const useStyles = makeStyles({
  filters: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
    marginBottom: tokens.spacingVerticalL,
  },
  filter: { minWidth: '180px' },
});

const route = getRouteApi('/shell/runs');
const ALL = 'all';

export function RunsPage() {
  const styles = useStyles();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: flows = [], isPending } = useFlows();
  const flowName = flows.find((flow) => flow.id === search.flowId)?.name;
  const isFiltered = search.flowId !== undefined || search.status !== undefined;

  return (
    <>
      <PageHeader title="Runs" description="Everything your flows did, action by action." />
      <div className={styles.filters}>
        <Field label="Flow" className={styles.filter}>
          <Dropdown
            value={flowName ?? (search.flowId ? '…' : 'All flows')}
            selectedOptions={[search.flowId ?? ALL]}
            onOptionSelect={(_, { optionValue }) =>
              void navigate({ search: { ...search, flowId: optionValue === ALL ? undefined : optionValue } })
            }
          >
            <Option value={ALL}>All flows</Option>
            {flows.map((flow) => (
              <Option key={flow.id} value={flow.id}>
                {flow.name}
              </Option>
            ))}
          </Dropdown>
        </Field>
        <Field label="Status" className={styles.filter}>
          <Dropdown
            value={search.status ? describeStatus(search.status) : 'Any status'}
            selectedOptions={[search.status ?? ALL]}
            onOptionSelect={(_, { optionValue }) =>
              void navigate({ search: { ...search, status: readRunStatus(optionValue) } })
            }
          >
            <Option value={ALL}>Any status</Option>
            {RUN_STATUSES.map((status) => (
              <Option key={status} value={status}>
                {describeStatus(status)}
              </Option>
            ))}
          </Dropdown>
        </Field>
        {isPending && <Spinner size="tiny" />}
      </div>
      <RunList
        filter={search}
        showFlow
        empty={
          isFiltered ? (
            <EmptyState
              icon={<HistoryRegular />}
              title="No run is like that"
              actions={<Button onClick={() => void navigate({ search: {} })}>Show all runs</Button>}
            >
              Choose another flow or status.
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
