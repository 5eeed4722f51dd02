import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { type ReactNode, useState } from 'react';
import type { Connection } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import type { DefinitionEdit } from '../../connector/index.ts';
import { Card } from '../components/Card.tsx';
import { ConnectionField } from '../components/ConnectionField.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { NewConnectionDialog } from '../connections/NewConnectionDialog.tsx';
import { type ConnectingDraft, useConnections } from '../data/connections.ts';
import { useKeepInputs } from '../data/operation-tests.ts';
import { CheckList } from './CheckList.tsx';
import { OperationField } from './OperationField.tsx';
import { OperationTestForm } from './OperationTestForm.tsx';
import { TestHistory } from './TestHistory.tsx';
import { listTestable, type TestableOperation } from './testable-operations.ts';

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

/** What is tried, by ids: it stands in the address, so that a reload and a link find it again. */
export interface TestChoice {
  readonly connection?: string | undefined;
  readonly operation?: string | undefined;
}

interface TestBenchProps {
  readonly connectorId: string;
  readonly title: string;
  /** Of the version whose forms are shown. */
  readonly version: number;
  readonly operations: readonly TestableOperation[];
  /** Call it as this draft defines it. */
  readonly draft?: ConnectingDraft;
  readonly choice: TestChoice;
  onChoose(choice: TestChoice): void;
  readonly isEditing: boolean;
  onEdit(edit: DefinitionEdit, label: string): void;
}

/** Where a connector is tried: a connection, an operation, its inputs, and everything about the call. */
export function TestBench(props: TestBenchProps) {
  const styles = useStyles();
  const [isConnecting, setConnecting] = useState(false);
  // The dialog keeps its place while what is behind it changes: it may have more to say about what it made.
  return (
    <div className={styles.root}>
      <BenchContent {...props} onConnect={() => setConnecting(true)} />
      {isConnecting && (
        <NewConnectionDialog
          connectorId={props.connectorId}
          draft={props.draft}
          onMade={({ id }) => props.onChoose({ ...props.choice, connection: id })}
          onClose={() => setConnecting(false)}
        />
      )}
    </div>
  );
}

function BenchContent({ onConnect, ...props }: TestBenchProps & { onConnect(): void }): ReactNode {
  const { connectorId, title, choice, onChoose } = props;
  const { data: connections, error } = useConnections(connectorId);
  const operations = listTestable(props.operations);
  const operation = operations.find((one) => one.operationId === choice.operation) ?? operations[0];
  const connection = connections?.find(({ id }) => id === choice.connection) ?? connections?.[0];
  if (connections === undefined) {
    return error ? <ErrorNotice error={error} /> : <Spinner label="Loading connections" />;
  }
  if (operation === undefined) {
    return (
      <EmptyState icon={<BeakerRegular />} title="Nothing to test yet">
        {title} has no operation that can be called. Add one first.
      </EmptyState>
    );
  }
  if (connection === undefined) {
    return (
      <EmptyState
        icon={<PlugConnectedRegular />}
        title="Connect first"
        actions={
          <Button appearance="primary" onClick={onConnect}>
            New connection
          </Button>
        }
      >
        A test calls {title} with the credentials of a connection. Make one, then come back to this place.
      </EmptyState>
    );
  }
  return (
    <>
      <Pickers
        connections={connections}
        connection={connection}
        operations={operations}
        operation={operation}
        onChoose={(change) => onChoose({ ...choice, ...change })}
        onConnect={onConnect}
      />
      <Trial
        key={`${operation.operationId} ${connection.id}`}
        {...props}
        connection={connection}
        operationId={operation.operationId}
      />
    </>
  );
}

type TrialProps = TestBenchProps & { readonly connection: Connection; readonly operationId: string };

/** An operation through a connection: its form, what is checked, what was tried before. */
function Trial(props: TrialProps) {
  const { connectorId, operationId, draft } = props;
  const keep = useKeepInputs(connectorId, operationId);
  // A form begins anew with the inputs of an earlier test.
  const [round, setRound] = useState(0);
  const beginAgain = (inputs: JsonObject) => {
    keep(inputs);
    setRound(round + 1);
    scrollTo({ top: 0 });
  };
  return (
    <>
      <OperationTestForm key={round} {...props} />
      <CheckList connectorId={connectorId} draft={draft} />
      <TestHistory connectorId={connectorId} operationId={operationId} onUse={beginAgain} />
    </>
  );
}

interface PickersProps {
  readonly connections: readonly Connection[];
  readonly connection: Connection;
  readonly operations: readonly TestableOperation[];
  readonly operation: TestableOperation;
  onChoose(change: TestChoice): void;
  onConnect(): void;
}

function Pickers({ connections, connection, operations, operation, onChoose, onConnect }: PickersProps) {
  const styles = useStyles();
  return (
    <Card title="What is tested">
      <div className={styles.pickers}>
        <div className={styles.connection}>
          <ConnectionField
            connections={connections}
            connection={connection}
            className={styles.grow}
            onChoose={(id) => onChoose({ connection: id })}
          />
          <Button icon={<AddRegular />} aria-label="New connection" onClick={onConnect} />
        </div>
        <OperationField
          operations={operations}
          operation={operation}
          onChoose={(operationId) => onChoose({ operation: operationId })}
        />
      </div>
    </Card>
  );
}
