import { Text } from '@fluentui/react-components';
import type { Connection, FlowUse } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { type Column, DataTable } from '../components/DataTable.tsx';
import { PageLink } from '../components/links.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useConnectionFlows } from '../data/connections.ts';

const columns: Column<FlowUse>[] = [
  {
    header: 'Flow',
    render: (flow) => (
      <PageLink to="/flows/$flowId" params={{ flowId: flow.id }}>
        <b>{flow.name}</b>
      </PageLink>
    ),
  },
  { header: 'State', width: '100px', render: ({ state }) => (state === 'on' ? 'On' : 'Off') },
  { header: 'As', render: ({ references }) => references.join(', ') },
];

/** The flows that would stop without a connection. */
export function ConnectionFlows({ connection }: { connection: Connection }) {
  const query = useConnectionFlows(connection.id);
  return (
    <Card title="Used by" note="Flows whose latest version calls this connection.">
      <QueryView query={query} what="flows">
        {(flows) =>
          flows.length === 0 ? (
            <Text>No flow uses it yet. Choose it on the Connections tab of a flow.</Text>
          ) : (
            <DataTable label="Flows that use it" columns={columns} rows={flows} keyOf={({ id }) => id} />
          )
        }
      </QueryView>
    </Card>
  );
}
