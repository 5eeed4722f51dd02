import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../components/EmptyState.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { QueryView } from '../components/QueryView.tsx';
import { useConnections } from '../data/connections.ts';
import { ConnectionTable } from './ConnectionTable.tsx';
import { NewConnectionDialog } from './NewConnectionDialog.tsx';

const route = getRouteApi('/shell/connections');

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
            <ConnectionTable connections={connections} />
          )
        }
      </QueryView>
      {(isNew || connect !== undefined) && <NewConnectionDialog connectorId={connect} onClose={close} />}
    </>
  );
}
