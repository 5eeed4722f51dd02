import {
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Connection, Connector } from '../../api/index.ts';
import { ConnectorIcon } from '../components/ConnectorIcon.tsx';
import { FormDialog } from '../components/FormDialog.tsx';
import { useNotify } from '../components/notifications.tsx';
import { useCreateConnection } from '../data/connections.ts';
import { listMissing, readEntered, startEntering } from './connection-values.ts';
import { EditConnectionDialog } from './EditConnectionDialog.tsx';
import { MethodChooser } from './MethodChooser.tsx';
import { ParameterFields } from './ParameterFields.tsx';

const useStyles = makeStyles({
  connector: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
});

interface ConnectFormProps {
  readonly connector: Connector;
  onClose(): void;
}

/** Connects to a connector. A connection that turns out not to work is there to be mended at once. */
export function ConnectForm({ connector, onClose }: ConnectFormProps) {
  const styles = useStyles();
  const first = connector.authentication.find(({ supported }) => supported) ?? connector.authentication[0];
  const [method, setMethod] = useState(first);
  const [name, setName] = useState(connector.title);
  const [entered, setEntered] = useState(() => (first ? startEntering(first) : {}));
  const [broken, setBroken] = useState<Connection>();
  const create = useCreateConnection();
  const notify = useNotify();

  if (broken) return <EditConnectionDialog connection={broken} onClose={onClose} />;
  const isReady = method === undefined || (method.supported && listMissing(method, entered).length === 0);
  const submit = () =>
    create.mutate(
      {
        connectorId: connector.id,
        name: name.trim(),
        ...(method?.parameterSet === undefined ? {} : { parameterSet: method.parameterSet }),
        parameters: method ? readEntered(method, entered) : {},
      },
      {
        onSuccess: (connection) => {
          if (connection.status === 'error') return setBroken(connection);
          if (connection.status === 'needs-sign-in') {
            notify.success(`“${connection.name}” is made. Choose Sign in from its menu to connect it.`);
            return onClose();
          }
          notify.success(`Connected to ${connector.title}.`);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      open
      title={`Connect to ${connector.title}`}
      action="Connect"
      busy={create.isPending}
      disabled={!isReady || name.trim() === ''}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={styles.connector}>
        <ConnectorIcon {...connector} size={36} />
        <Text>{connector.baseUrl?.startsWith('http') ? connector.baseUrl : connector.title}</Text>
      </div>
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      {method && (
        <>
          <MethodChooser
            methods={connector.authentication}
            selected={method}
            onChange={(next) => {
              setMethod(next);
              setEntered(startEntering(next));
            }}
          />
          <ParameterFields method={method} entered={entered} onChange={setEntered} />
          {!method.supported && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                This connector signs in with {method.title}, which Patchbay does not know yet.
              </MessageBarBody>
            </MessageBar>
          )}
        </>
      )}
    </FormDialog>
  );
}
