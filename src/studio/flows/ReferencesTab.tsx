import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { useState } from 'react';
import type { Flow } from '../../api/index.ts';
import { Card } from '../components/Card.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useNotify } from '../components/notifications.tsx';
import { useConnections } from '../data/connections.ts';
import { useSaveFlow } from '../data/flows.ts';
import { ReferenceChooser } from './ReferenceChooser.tsx';

const useStyles = makeStyles({ actions: { display: 'flex', gap: tokens.spacingHorizontalS } });

/** Which connections a flow uses. */
export function ReferencesTab({ flow }: { flow: Flow }) {
  const styles = useStyles();
  const { data: connections = [] } = useConnections();
  const [edited, setEdited] = useState<Flow['connectionReferences']>();
  const save = useSaveFlow(flow.id);
  const notify = useNotify();
  const { references } = flow.check;

  if (references.length === 0) {
    return (
      <EmptyState icon={<PlugConnectedRegular />} title="No connection needed">
        No action of this flow calls a connector.
      </EmptyState>
    );
  }
  const connectionReferences = edited ?? flow.connectionReferences;
  const submit = () =>
    save.mutate(
      { version: flow.version, connectionReferences },
      {
        onSuccess: () => {
          setEdited(undefined);
          notify.success('The connections are saved.');
        },
      },
    );
  return (
    <Card title="Connections" note="The definition calls them by these names.">
      <ReferenceChooser
        uses={references}
        connections={connections}
        value={connectionReferences}
        onChange={setEdited}
      />
      <ErrorNotice error={save.error} title="The connections are not saved." />
      <div className={styles.actions}>
        <Button
          appearance="primary"
          disabledFocusable={edited === undefined || save.isPending}
          icon={save.isPending ? <Spinner size="tiny" /> : undefined}
          onClick={submit}
        >
          Save
        </Button>
      </div>
    </Card>
  );
}
