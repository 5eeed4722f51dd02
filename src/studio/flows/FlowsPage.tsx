import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { FlowRegular } from '@fluentui/react-icons/svg/flow';
import { useState } from 'react';
import type { FlowSummary } from '../../api/index.ts';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { PageLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { useFlows } from '../data/flows.ts';
import { describeTriggers } from './describe-trigger.ts';
import { FlowMenu } from './FlowMenu.tsx';
import { FlowSwitch } from './FlowSwitch.tsx';
import { NewFlowDialog } from './NewFlowDialog.tsx';

const useStyles = makeStyles({
  run: { display: 'inline-flex', gap: tokens.spacingHorizontalS, alignItems: 'center', flexWrap: 'wrap' },
});

export function FlowsPage() {
  const query = useFlows();
  const [isNew, setNew] = useState(false);
  const newButton = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => setNew(true)}>
      New flow
    </Button>
  );
  return (
    <>
      <PageHeader title="Flows" description="What happens by itself, and when." actions={newButton} />
      <QueryView query={query} what="flows">
        {(flows) =>
          flows.length === 0 ? (
            <EmptyState icon={<FlowRegular />} title="No flow yet" actions={newButton}>
              A flow starts on a trigger and calls operations of your connectors. Bring one from Power
              Automate or Logic Apps as a definition file, or paste a definition.
            </EmptyState>
          ) : (
            <FlowTable flows={flows} />
          )
        }
      </QueryView>
      {isNew && <NewFlowDialog onClose={() => setNew(false)} />}
    </>
  );
}

function FlowTable({ flows }: { flows: readonly FlowSummary[] }) {
  const styles = useStyles();
  const columns: Column<FlowSummary>[] = [
    {
      header: 'Name',
      render: (flow) => (
        <PageLink to="/flows/$flowId" params={{ flowId: flow.id }}>
          <b>{flow.name}</b>
        </PageLink>
      ),
    },
    { header: 'Starts', render: (flow) => describeTriggers(flow.triggers) },
    {
      header: 'Last run',
      width: '220px',
      render: ({ lastRun }) =>
        lastRun ? (
          <PageLink to="/runs/$runId" params={{ runId: lastRun.id }} className={styles.run}>
            <StatusBadge status={lastRun.status} /> <TimeAgo instant={lastRun.startedAt} />
          </PageLink>
        ) : (
          'Has not run'
        ),
    },
    { header: 'State', width: '90px', render: (flow) => <FlowSwitch flow={flow} /> },
    { header: 'More', isActions: true, width: '60px', render: (flow) => <FlowMenu flow={flow} /> },
  ];
  return <DataTable label="Flows" columns={columns} rows={flows} keyOf={(flow) => flow.id} />;
}
