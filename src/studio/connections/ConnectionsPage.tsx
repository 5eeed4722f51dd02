import { Button, Dropdown, makeStyles, Option, SearchBox, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import type { Connection } from '../../api/index.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { matchesSearch } from '../components/search.ts';
import { useConnections } from '../data/connections.ts';
import { STATUS_LABELS } from './ConnectionStatus.tsx';
import { ConnectionTable } from './ConnectionTable.tsx';
import { NewConnectionDialog } from './NewConnectionDialog.tsx';

const useStyles = makeStyles({
  filters: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalL,
  },
  search: { flexGrow: 1, flexBasis: '220px', maxWidth: '400px' },
  filter: { minWidth: '150px', flexBasis: '170px' },
});

const route = getRouteApi('/shell/connections');
const ALL = 'all';

export function ConnectionsPage() {
  const query = useConnections();
  const { connect } = route.useSearch();
  const navigate = route.useNavigate();
  const [isNew, setNew] = useState(false);
  const close = () => {
    setNew(false);
    if (connect) void navigate({ search: {}, replace: true });
  };
  const newButton = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => setNew(true)}>
      New connection
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Connections"
        description="A connector plus your credentials. They are sealed when stored and never shown again."
        actions={newButton}
      />
      <QueryView query={query} what="connections">
        {(connections) =>
          connections.length === 0 ? (
            <EmptyState icon={<PlugConnectedRegular />} title="No connection yet" actions={newButton}>
              A connection lets flows and programs call a connector in your name. It is tested when you make
              it.
            </EmptyState>
          ) : (
            <FilteredTable connections={connections} />
          )
        }
      </QueryView>
      {(isNew || connect !== undefined) && <NewConnectionDialog connectorId={connect} onClose={close} />}
    </>
  );
}

function FilteredTable({ connections }: { connections: readonly Connection[] }) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<string>(ALL);
  const [connectorId, setConnectorId] = useState<string>(ALL);
  const wanted = useDeferredValue(search);
  const connectors = new Map(connections.map(({ connector }) => [connector.id, connector.title]));
  const found = connections.filter(
    (one) =>
      (status === ALL || one.status === status) &&
      (connectorId === ALL || one.connector.id === connectorId) &&
      matchesSearch(wanted, one.name, one.connector.title, one.owner?.name, one.signIn?.account),
  );
  const showAll = () => {
    setSearch('');
    setStatus(ALL);
    setConnectorId(ALL);
  };
  return (
    <>
      <div className={styles.filters}>
        <SearchBox
          className={styles.search}
          placeholder="Search connections"
          aria-label="Search connections"
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        <Filter
          label="Status"
          all="Any status"
          options={Object.entries(STATUS_LABELS)}
          value={status}
          onChange={setStatus}
        />
        <Filter
          label="Connector"
          all="All connectors"
          options={[...connectors].sort(([, a], [, b]) => a.localeCompare(b))}
          value={connectorId}
          onChange={setConnectorId}
        />
      </div>
      {found.length > 0 ? (
        <ConnectionTable connections={found} />
      ) : (
        <EmptyState
          icon={<PlugConnectedRegular />}
          title="No connection is like that"
          actions={<Button onClick={showAll}>Show all connections</Button>}
        >
          Search for a name, a connector, an owner or an account, or choose another filter.
        </EmptyState>
      )}
    </>
  );
}

interface FilterProps {
  readonly label: string;
  /** What stands there when nothing is filtered. */
  readonly all: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly value: string;
  onChange(value: string): void;
}

function Filter({ label, all, options, value, onChange }: FilterProps) {
  const styles = useStyles();
  return (
    <Dropdown
      className={styles.filter}
      aria-label={label}
      value={options.find(([one]) => one === value)?.[1] ?? all}
      selectedOptions={[value]}
      onOptionSelect={(_, { optionValue }) => onChange(optionValue ?? ALL)}
    >
      <Option value={ALL}>{all}</Option>
      {options.map(([one, text]) => (
        <Option key={one} value={one}>
          {text}
        </Option>
      ))}
    </Dropdown>
  );
}
