import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { Connector } from '../../api/index.ts';
import { BackLink } from '../components/BackLink.tsx';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { LoadingRows } from '../components/Loading.tsx';
import { ButtonLink, PageLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useConnector } from '../data/connectors.ts';
import { formatCount } from '../format/count.ts';
import { EditButton } from '../wizard/EditButton.tsx';
import { ConnectorMenu } from './ConnectorMenu.tsx';
import { OperationBrowser } from './OperationBrowser.tsx';
import { CONNECTOR_TABS } from './tab-chunks.ts';

const useStyles = makeStyles({
  tabs: { marginBottom: tokens.spacingVerticalL, marginInline: `-${tokens.spacingHorizontalM}` },
});

// Whoever comes for the operations loads nothing of the other tabs.
const {
  test: ConnectorTestTab,
  about: ConnectorAbout,
  'sign-in': SignInSettings,
  versions: VersionList,
} = CONNECTOR_TABS;

const route = getRouteApi('/shell/connectors/$connectorId');
const TABS = [
  ['operations', 'Operations'],
  ['test', 'Test'],
  ['about', 'About'],
  ['sign-in', 'Sign-in'],
  ['versions', 'Versions'],
] as const;
type TabName = (typeof TABS)[number][0];

export function ConnectorPage() {
  const { connectorId } = route.useParams();
  const query = useConnector(connectorId);
  const connector = query.data;
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={connector?.title ?? 'Connector'}
        description={connector && describeConnector(connector)}
        icon={connector && <ConnectorIcon {...connector} size={56} />}
        above={
          <BackLink>
            <PageLink to="/connectors">Connectors</PageLink>
          </BackLink>
        }
        actions={
          connector && (
            <>
              <ButtonLink
                to="/connections"
                search={{ connect: connector.id }}
                appearance="primary"
                icon={<PlugConnectedRegular />}
              >
                Connect
              </ButtonLink>
              {connector.kind === 'custom' && <EditButton connectorId={connector.id} />}
              {connector.kind === 'custom' && (
                <ConnectorMenu connector={connector} onDeleted={() => void navigate({ to: '/connectors' })} />
              )}
            </>
          )
        }
      />
      <QueryView query={query} what="connector">
        {(data) => <ConnectorTabs connector={data} />}
      </QueryView>
    </>
  );
}

function describeConnector(connector: Connector): string {
  const parts = [
    connector.publisher,
    formatCount(connector.operationCount, 'operation'),
    connector.kind === 'builtin' ? 'built in' : `version ${connector.latestVersion}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

function ConnectorTabs({ connector }: { connector: Connector }) {
  const styles = useStyles();
  const { tab, operation } = route.useSearch();
  const navigate = route.useNavigate();
  const signsIn = connector.authentication.some(({ type }) => type === 'oauth2');
  const tabs = TABS.filter(([name]) => name !== 'sign-in' || signsIn);
  const selected: TabName = tabs.find(([name]) => name === tab)?.[0] ?? 'operations';
  return (
    <>
      <TabList
        className={styles.tabs}
        selectedValue={selected}
        onTabSelect={(_, data) => void navigate({ search: { tab: String(data.value) }, replace: true })}
      >
        {tabs.map(([name, label]) => (
          <Tab key={name} value={name} id={`tab-${name}`}>
            {label}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`tab-${selected}`}>
        {selected === 'operations' && (
          <OperationBrowser
            connector={connector}
            selected={operation}
            onSelect={(operationId) => void navigate({ search: { operation: operationId } })}
          />
        )}
        <Suspense fallback={<LoadingRows label="Loading" />}>
          {selected === 'test' && <ConnectorTestTab connector={connector} />}
          {selected === 'about' && <ConnectorAbout connector={connector} />}
          {selected === 'sign-in' && <SignInSettings connector={connector} />}
          {selected === 'versions' && <VersionList connector={connector} />}
        </Suspense>
      </div>
    </>
  );
}
