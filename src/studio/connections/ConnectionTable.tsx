import { makeStyles, tokens } from '@fluentui/react-components';
import type { Connection } from '../../api/index.ts';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { PageLink } from '../components/links.tsx';
import { TimeAgo } from '../components/TimeAgo.tsx';
import { formatCount } from '../format/count.ts';
import { ConnectionActions } from './ConnectionActions.tsx';
import { ConnectionStatus } from './ConnectionStatus.tsx';

const useStyles = makeStyles({
  connector: { display: 'inline-flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

/** Connections with how they stand and what can be done about it. */
export function ConnectionTable({ connections }: { connections: readonly Connection[] }) {
  const styles = useStyles();
  const columns: Column<Connection>[] = [
    {
      header: 'Name',
      render: ({ id, name }) => (
        <PageLink to="/connections/$connectionId" params={{ connectionId: id }}>
          <b>{name}</b>
        </PageLink>
      ),
    },
    {
      header: 'Connector',
      render: ({ connector }) => (
        <span className={styles.connector}>
          <ConnectorIcon {...connector} size={24} />
          <PageLink to="/connectors/$connectorId" params={{ connectorId: connector.id }}>
            {connector.title}
          </PageLink>
        </span>
      ),
    },
    { header: 'Status', render: (connection) => <ConnectionStatus connection={connection} /> },
    { header: 'Owner', width: '120px', render: ({ owner }) => owner?.name ?? '–' },
    { header: 'Used by', width: '90px', render: ({ flowCount }) => formatCount(flowCount, 'flow') },
    { header: 'Last used', width: '120px', render: ({ lastUsedAt }) => <TimeAgo instant={lastUsedAt} /> },
    {
      header: 'More',
      isActions: true,
      width: '60px',
      render: (connection) => <ConnectionActions connection={connection} />,
    },
  ];
  return <DataTable label="Connections" columns={columns} rows={connections} keyOf={({ id }) => id} />;
}
