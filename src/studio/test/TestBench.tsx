import { Button, Dropdown, Field, makeStyles, Option, Spinner, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { useState } from 'react';
import type { Connection, OperationSummary } from '../../api/index.ts';
import type { DefinitionEdit } from '../../connector/index.ts';
import { Card } from '../components/Card.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { NewConnectionDialog } from '../connections/NewConnectionDialog.tsx';
import { useConnections } from '../data/connections.ts';
import { CheckList } from './CheckList.tsx';
import { OperationTestForm } from './OperationTestForm.tsx';
import { TestHistory } from './TestHistory.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
  pickers: {
    display: 'grid',
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
    alignItems: 'end',
  },
  connection: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'end' },
  grow: { flexGrow: 1, minWidth: 0 },
});

interface TestBenchProps {
  readonly connectorId: string;
  readonly title: string;
  /** Of the version whose forms are shown. */
  readonly version: number;
  readonly operations: readonly OperationSummary[];
  /** Call it as this draft defines it. */
  readonly draftId?: string;
  readonly isEditing: boolean;
  onEdit(edit: DefinitionEdit, label: string): void;
}

/** Where a connector is tried: a connection, an operation, its inputs, and everything about the call. */
export function TestBench(props: TestBenchProps) {
  const styles = useStyles();
  const { connectorId, title, operations } = props;
  const { data: connections, isPending } = useConnections(connectorId);
  const [isConnecting, setConnecting] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const [operationId, setOperationId] = useState<string>();
  const callable = operations.filter(({ triggerType }) => triggerType !== 'webhook');
  const operation = callable.find((one) => one.operationId === operationId) ?? callable[0];
  const connection = connections?.find(({ id }) => id === chosen) ?? connections?.[0];
  const dialog = isConnecting && (
    <NewConnectionDialog connectorId={connectorId} onClose={() => setConnecting(false)} />
  );
  if (isPending) return <Spinner label="Loading connections" />;
  if (operation === undefined) {
    return (
      <EmptyState icon={<BeakerRegular />} title="Nothing to test yet">
        {title} has no operation that can be called. Add one first.
      </EmptyState>
    );
  }
  if (connection === undefined) {
    return (
      <>
        <EmptyState
          icon={<PlugConnectedRegular />}
          title="Connect first"
          actions={
            <Button appearance="primary" onClick={() => setConnecting(true)}>
              New connection
            </Button>
          }
        >
          A test calls {title} with the credentials of a connection. Make one, then come back to this place.
        </EmptyState>
        {dialog}
      </>
    );
  }
  return (
    <div className={styles.root}>
      <Card title="Test">
        <div className={styles.pickers}>
          <div className={styles.connection}>
            <ConnectionField connections={connections ?? []} connection={connection} onChoose={setChosen} />
            <Button icon={<AddRegular />} aria-label="New connection" onClick={() => setConnecting(true)} />
          </div>
          <Field label="Operation">
            <Dropdown
              value={operation.summary}
              selectedOptions={[operation.operationId]}
              onOptionSelect={(_, data) => setOperationId(data.optionValue)}
            >
              {callable.map((one) => (
                <Option key={one.operationId} value={one.operationId} text={one.summary}>
                  {one.summary}
                </Option>
              ))}
            </Dropdown>
          </Field>
        </div>
      </Card>
      <OperationTestForm
        key={`${operation.operationId} ${connection.id}`}
        {...props}
        connection={connection}
        operationId={operation.operationId}
      />
      <CheckList connectorId={connectorId} />
      <TestHistory connectorId={connectorId} operationId={operation.operationId} />
      {dialog}
    </div>
  );
}

interface ConnectionFieldProps {
  readonly connections: readonly Connection[];
  readonly connection: Connection;
  onChoose(id: string | undefined): void;
}

function ConnectionField({ connections, connection, onChoose }: ConnectionFieldProps) {
  const styles = useStyles();
  return (
    <Field label="Connection" className={styles.grow}>
      <Dropdown
        value={connection.name}
        selectedOptions={[connection.id]}
        onOptionSelect={(_, data) => onChoose(data.optionValue)}
        style={{ minWidth: 0 }}
      >
        {connections.map(({ id, name }) => (
          <Option key={id} value={id}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
