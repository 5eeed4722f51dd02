import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { useState } from 'react';
import type { Connection, Connector, OperationDetail } from '../../api/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { ConnectionField } from '../components/ConnectionField.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { ButtonLink } from '../components/links.tsx';
import { useCallOperation, useConnections } from '../data/connections.ts';
import { useKeptInputs } from '../data/operation-tests.ts';
import { OperationForm } from '../operation-form/OperationForm.tsx';
import { prefill } from '../operation-form/prefill.ts';
import { TryResult } from './TryResult.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

interface TryOperationProps {
  readonly connector: Connector;
  readonly operation: OperationDetail;
}

/** Calls an operation through a connection, with inputs from its form. */
export function TryOperation({ connector, operation }: TryOperationProps) {
  const { data: connections, isPending } = useConnections(connector.id);
  if (isPending) return <Spinner label="Loading connections" />;
  const [first] = connections ?? [];
  if (connections === undefined || first === undefined) {
    return (
      <EmptyState
        icon={<PlugConnectedRegular />}
        title="No connection yet"
        actions={
          <ButtonLink to="/connections" search={{ connect: connector.id }} appearance="primary">
            Connect
          </ButtonLink>
        }
      >
        Connect to {connector.title} first, then try its operations here.
      </EmptyState>
    );
  }
  return <TryForm operation={operation} connections={connections} first={first} connectorId={connector.id} />;
}

interface TryFormProps {
  readonly connectorId: string;
  readonly operation: OperationDetail;
  readonly connections: readonly Connection[];
  readonly first: Connection;
}

function TryForm({ connectorId, operation, connections, first }: TryFormProps) {
  const styles = useStyles();
  const [chosen, setChosen] = useState<string>();
  const [isReadable, setReadable] = useState(true);
  const [isTried, setTried] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [filled, setFilled] = useState(0);
  const { operationId, connectorVersion: version } = operation;
  const [inputs, setInputs] = useKeptInputs(connectorId, operationId, () => prefill(operation));
  const call = useCallOperation(operationId);
  const connection = connections.find(({ id }) => id === chosen) ?? first;
  const isTrigger = operation.kind === 'trigger';
  const send = (confirm?: boolean) => {
    setAsking(false);
    setTried(true);
    call.mutate({
      connectionId: connection.id,
      parameters: inputs,
      version,
      ...(confirm === undefined ? {} : { confirm }),
      ...(isTrigger ? { simulate: true } : {}),
    });
  };
  return (
    <div className={styles.root}>
      <ConnectionField connections={connections} connection={connection} onChoose={setChosen} />
      <OperationForm
        key={filled}
        operation={operation}
        target={{ connectorId, connectionId: connection.id, operationId, version }}
        inputs={inputs}
        isTried={isTried}
        onChange={(next) => {
          setReadable(next !== undefined);
          if (next !== undefined) setInputs(next);
        }}
      />
      <div className={styles.bar}>
        <Button
          appearance="primary"
          icon={call.isPending ? <Spinner size="tiny" /> : <PlayRegular />}
          disabledFocusable={call.isPending || !isReadable}
          onClick={() => (operation.requiresConfirmation ? setAsking(true) : send())}
        >
          {call.isPending ? 'Calling' : isTrigger ? 'Show an example' : 'Call'}
        </Button>
        <Button
          onClick={() => {
            setInputs(operation.sample);
            setReadable(true);
            setFilled(filled + 1);
          }}
        >
          Fill with a sample
        </Button>
      </div>
      <ConfirmDialog
        open={isAsking}
        title={`${operation.summary}?`}
        action="Call"
        busy={false}
        onConfirm={() => send(true)}
        onClose={() => setAsking(false)}
      >
        The connector asks that a person agrees before this is called: it may change or delete something.
      </ConfirmDialog>
      <TryResult result={call.data} error={call.error} />
    </div>
  );
}
