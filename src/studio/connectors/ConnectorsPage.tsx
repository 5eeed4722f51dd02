import { makeStyles, SearchBox, Tab, TabList, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ConnectorRegular } from '@fluentui/react-icons/svg/connector';
import { useDeferredValue, useState } from 'react';
import type { ConnectorSummary } from '../../api/index.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { LoadingCards } from '../components/Loading.tsx';
import { ButtonLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { matchesSearch } from '../components/search.ts';
import { useConnectors } from '../data/connectors.ts';
import { DraftsInProgress } from '../wizard/DraftsInProgress.tsx';
import { ConnectorCard } from './ConnectorCard.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalL,
  },
  search: { flex: '0 1 400px', minWidth: '200px' },
  gallery: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
  },
});

export function ConnectorsPage() {
  const query = useConnectors();
  return (
    <>
      <PageHeader
        title="Connectors"
        description="The APIs that your flows and programs can call."
        actions={
          <ButtonLink to="/connectors/new" appearance="primary" icon={<AddRegular />}>
            New connector
          </ButtonLink>
        }
      />
      <DraftsInProgress />
      <QueryView query={query} what="connectors" loading={<LoadingCards label="Loading connectors" />}>
        {(connectors) => <Gallery connectors={connectors} />}
      </QueryView>
    </>
  );
}

const KINDS = [
  ['all', 'All'],
  ['custom', 'Custom'],
  ['builtin', 'Built in'],
] as const;
type Kind = (typeof KINDS)[number][0];

interface GalleryProps {
  readonly connectors: readonly ConnectorSummary[];
}

function Gallery({ connectors }: GalleryProps) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const [kind, setKind] = useState<Kind>('all');
  const found = connectors.filter(
    (connector) =>
      (kind === 'all' || connector.kind === kind) &&
      matchesSearch(wanted, connector.title, connector.name, connector.description, connector.publisher),
  );
  return (
    <>
      <div className={styles.bar}>
        <SearchBox
          className={styles.search}
          placeholder="Search connectors"
          aria-label="Search connectors"
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        <TabList
          size="small"
          aria-label="Which connectors"
          selectedValue={kind}
          onTabSelect={(_, data) => setKind(data.value as Kind)}
        >
          {KINDS.map(([value, label]) => (
            <Tab key={value} value={value}>
              {label}
            </Tab>
          ))}
        </TabList>
      </div>
      {found.length > 0 ? (
        <ul className={styles.gallery} aria-label="Connectors">
          {found.map((connector) => (
            <li key={connector.id}>
              <ConnectorCard connector={connector} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState
          icon={<ConnectorRegular />}
          title={wanted === '' ? 'No connector yet' : `Nothing matches “${search}”`}
          actions={<ButtonLink to="/connectors/new">New connector</ButtonLink>}
        >
          Import the OpenAPI document of an API, and every operation it describes can be called from a flow.
        </EmptyState>
      )}
    </>
  );
}
