import { makeStyles, SearchBox, Select, Tab, TabList, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ConnectorRegular } from '@fluentui/react-icons/svg/connector';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import type { ConnectorSummary } from '../../api/index.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { LoadingCards } from '../components/Loading.tsx';
import { ButtonLink } from '../components/links.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { matchesSearch } from '../components/search.ts';
import { useSettledText } from '../components/use-settled-text.ts';
import { useConnectors } from '../data/connectors.ts';
import { DraftsInProgress } from '../wizard/DraftsInProgress.tsx';
import { ConnectorCard } from './ConnectorCard.tsx';
import { FoundOperations, useMatches } from './FoundOperations.tsx';

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

const route = getRouteApi('/shell/connectors');

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

interface GalleryProps {
  readonly connectors: readonly ConnectorSummary[];
}

function Gallery({ connectors }: GalleryProps) {
  const styles = useStyles();
  const { search: given = '', kind: givenKind, category: givenCategory } = route.useSearch();
  const show = useShow();
  const [search, setSearch] = useSettledText(given, (text) => show({ search: text }));
  const wanted = useDeferredValue(search);
  const categories = listCategories(connectors);
  const kind = KINDS.find(([name]) => name === givenKind)?.[0] ?? 'all';
  const category = categories.find((name) => name === givenCategory);
  const within = connectors.filter(
    (connector) =>
      (kind === 'all' || connector.kind === kind) &&
      (category === undefined || connector.categories?.includes(category)),
  );
  const found = within.filter(({ title, name, description, publisher }) =>
    matchesSearch(wanted, title, name, description, publisher),
  );
  const operations = useMatches(wanted, within);
  return (
    <>
      <div className={styles.bar}>
        <SearchBox
          className={styles.search}
          placeholder="Search connectors and operations"
          aria-label="Search connectors"
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        {categories.length > 0 && (
          <Select
            aria-label="Category"
            value={category ?? ''}
            onChange={(_, data) => show({ category: data.value })}
          >
            <option value="">All categories</option>
            {categories.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
        <TabList
          size="small"
          aria-label="Which connectors"
          selectedValue={kind}
          onTabSelect={(_, data) => show({ kind: data.value === 'all' ? '' : String(data.value) })}
        >
          {KINDS.map(([value, label]) => (
            <Tab key={value} value={value}>
              {label}
            </Tab>
          ))}
        </TabList>
      </div>
      {found.length > 0 && (
        <ul className={styles.gallery} aria-label="Connectors">
          {found.map((connector) => (
            <li key={connector.id}>
              <ConnectorCard connector={connector} />
            </li>
          ))}
        </ul>
      )}
      {wanted.trim() !== '' && <FoundOperations {...operations} />}
      {found.length === 0 && operations.matches.length === 0 && !operations.isPending && (
        <NothingFound search={wanted} />
      )}
    </>
  );
}

/** What is looked for stands in the address: it is there again after a look at a connector. */
function useShow() {
  const navigate = route.useNavigate();
  return (change: { search?: string; kind?: string; category?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
}

function NothingFound({ search }: { search: string }) {
  return (
    <EmptyState
      icon={<ConnectorRegular />}
      title={search === '' ? 'No connector here yet' : `Nothing matches “${search}”`}
      actions={<ButtonLink to="/connectors/new">New connector</ButtonLink>}
    >
      Import the OpenAPI document of an API, and every operation it describes can be called from a flow.
    </EmptyState>
  );
}

function listCategories(connectors: readonly ConnectorSummary[]): string[] {
  return [...new Set(connectors.flatMap(({ categories = [] }) => categories))].sort();
}
