import { Button, Dropdown, Field, makeStyles, Option, Spinner, tokens } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { useState } from 'react';
import type { Connector, OperationDetail } from '../../api/index.ts';
import { isJsonObject, stringifyJson } from '../../base/index.ts';
import { EmptyState } from '../components/EmptyState.tsx';
import { JsonField, readJsonText } from '../components/JsonField.tsx';
import { ButtonLink } from '../components/links.tsx';
import { useCallOperation, useConnections } from '../data/connections.ts';
import { TryResult } from './TryResult.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  run: { alignSelf: 'flex-start' },
});

interface TryOperationProps {
  readonly connector: Connector;
  readonly operation: OperationDetail;
}

/** Calls an operation through a connection, with inputs made from its schemas. */
export function TryOperation({ connector, operation }: TryOperationProps) {
  const styles = useStyles();
  const { data: connections, isPending } = useConnections(connector.id);
  const [chosen, setChosen] = useState<string>();
  const [text, setText] = useState(() => stringifyJson(operation.sample, 2));
  const call = useCallOperation(operation.operationId);
  const inputs = readJsonText(text);
  const connection = connections?.find(({ id }) => id === chosen) ?? connections?.[0];

  if (isPending) return <Spinner label="Loading connections" />;
  if (!connection) {
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
  const parameters = inputs.ok && isJsonObject(inputs.value ?? {}) ? (inputs.value ?? {}) : undefined;
  const submit = () => {
    if (!isJsonObject(parameters)) return;
    call.mutate({ connectionId: connection.id, parameters, version: operation.connectorVersion });
  };
  return (
    <div className={styles.root}>
      <Field label="Connection">
        <Dropdown
          value={connection.name}
          selectedOptions={[connection.id]}
          onOptionSelect={(_, data) => setChosen(data.optionValue)}
        >
          {connections?.map(({ id, name }) => (
            <Option key={id} value={id}>
              {name}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <JsonField
        label="Inputs"
        hint="By parameter name. This is a real call: what it changes stays changed."
        text={text}
        rows={Math.min(18, Math.max(4, text.split('\n').length))}
        onChange={setText}
      />
      <Button
        className={styles.run}
        appearance="primary"
        icon={call.isPending ? <Spinner size="tiny" /> : <PlayRegular />}
        disabledFocusable={call.isPending || parameters === undefined}
        onClick={submit}
      >
        {call.isPending ? 'Calling' : 'Call'}
      </Button>
      <TryResult result={call.data} error={call.error} />
    </div>
  );
}
