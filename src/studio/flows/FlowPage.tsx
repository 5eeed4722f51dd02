import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { Flow } from '../../api/index.ts';
import { BackLink } from '../components/BackLink.tsx';
import { downloadText } from '../components/download.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { LoadingRows } from '../components/Loading.tsx';
import { PageLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useFlow } from '../data/flows.ts';
import { RunList } from '../runs/RunList.tsx';
import { describeTriggers } from './describe-trigger.ts';
import { FlowMenu } from './FlowMenu.tsx';
import { FlowNotices } from './FlowNotices.tsx';
import { FlowSwitch } from './FlowSwitch.tsx';
import { ReferencesTab } from './ReferencesTab.tsx';
import { RunNowButton } from './RunNowButton.tsx';
import { TriggerTab } from './TriggerTab.tsx';
import { DefinitionTab } from './tab-chunks.ts';

const useStyles = makeStyles({
  tabs: {
    marginBottom: tokens.spacingVerticalL,
    marginInline: `-${tokens.spacingHorizontalM}`,
    overflowX: 'auto',
  },
});

const route = getRouteApi('/shell/flows/$flowId');
const TABS = [
  ['runs', 'Runs'],
  ['definition', 'Definition'],
  ['connections', 'Connections'],
  ['trigger', 'Trigger'],
] as const;
type TabName = (typeof TABS)[number][0];

export function FlowPage() {
  const { flowId } = route.useParams();
  const query = useFlow(flowId);
  const flow = query.data;
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={flow?.name ?? 'Flow'}
        description={flow && describeTriggers(flow.triggers)}
        above={
          <BackLink>
            <PageLink to="/flows">Flows</PageLink>
          </BackLink>
        }
        actions={
          flow && (
            <>
              <FlowSwitch flow={flow} />
              <RunNowButton flow={flow} />
              <FlowMenu
                flow={flow}
                extra={[
                  {
                    label: 'Download definition',
                    icon: <ArrowDownloadRegular />,
                    onClick: () => downloadText(`${flow.name}.json`, flow.definitionText),
                  },
                ]}
                onDeleted={() => void navigate({ to: '/flows' })}
              />
            </>
          )
        }
      />
      <QueryView query={query} what="flow">
        {(data) => <FlowTabs flow={data} />}
      </QueryView>
    </>
  );
}

function FlowTabs({ flow }: { flow: Flow }) {
  const styles = useStyles();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const selected: TabName = TABS.find(([name]) => name === tab)?.[0] ?? 'runs';
  return (
    <>
      <FlowNotices flow={flow} selected={selected} />
      <TabList
        className={styles.tabs}
        selectedValue={selected}
        onTabSelect={(_, data) => void navigate({ search: { tab: String(data.value) }, replace: true })}
      >
        {TABS.map(([name, label]) => (
          <Tab key={name} value={name} id={`tab-${name}`}>
            {label}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`tab-${selected}`}>
        <Suspense fallback={<LoadingRows label="Loading the editor" />}>
          <TabContent flow={flow} selected={selected} />
        </Suspense>
      </div>
    </>
  );
}

function TabContent({ flow, selected }: { flow: Flow; selected: TabName }) {
  switch (selected) {
    case 'definition':
      return <DefinitionTab flow={flow} />;
    case 'connections':
      return <ReferencesTab flow={flow} />;
    case 'trigger':
      return <TriggerTab flow={flow} />;
    case 'runs':
      return (
        <RunList
          filter={{ flowId: flow.id }}
          empty={
            <EmptyState icon={<HistoryRegular />} title="It has not run yet">
              Turn the flow on and let its trigger start it, or press Run now.
            </EmptyState>
          }
        />
      );
  }
}
