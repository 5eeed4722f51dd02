import {
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { AuthenticationMethod, Connection } from '../../api/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { useNotify } from '../components/notifications.tsx';
import { useUpdateConnection } from '../data/connections.ts';
import { useConnector } from '../data/connectors.ts';
import { listMissing, readEntered, startEntering } from './connection-values.ts';
import { ParameterFields } from './ParameterFields.tsx';

interface EditConnectionDialogProps {
  readonly connection: Connection;
  onClose(): void;
}

/** Renames a connection or replaces its parameters; says why it does not work as long as it does not. */
export function EditConnectionDialog({ connection, onClose }: EditConnectionDialogProps) {
  const { data: connector } = useConnector(connection.connector.id);
  if (!connector) {
    return (
      <FormDialog
        open
        title={connection.name}
        action="Save"
        disabled
        onSubmit={() => undefined}
        onClose={onClose}
      >
        <Spinner label="Loading the connector" />
      </FormDialog>
    );
  }
  const methods = connector.authentication;
  const method = methods.find(({ parameterSet }) => parameterSet === connection.parameterSet) ?? methods[0];
  return <EditForm connection={connection} method={method} onClose={onClose} />;
}

interface EditFormProps extends EditConnectionDialogProps {
  readonly method: AuthenticationMethod | undefined;
}

function EditForm({ connection, method, onClose }: EditFormProps) {
  const [name, setName] = useState(connection.name);
  const [entered, setEntered] = useState(() => (method ? startEntering(method, connection.parameters) : {}));
  const [known, setKnown] = useState(connection);
  const update = useUpdateConnection(connection.id);
  const notify = useNotify();
  const parameters = method ? readEntered(method, entered) : {};
  const isReady = method === undefined || listMissing(method, entered, known.secrets).length === 0;
  const submit = () =>
    update.mutate(
      { name: name.trim(), ...(Object.keys(parameters).length > 0 ? { parameters } : {}) },
      {
        onSuccess: (saved) => {
          setKnown(saved);
          if (saved.status === 'error') return;
          notify.success(`“${saved.name}” is saved and works.`);
          onClose();
        },
      },
    );
  return (
    <FormDialog
      open
      title={`Edit “${connection.name}”`}
      action="Save and test"
      busy={update.isPending}
      disabled={!isReady || name.trim() === ''}
      error={update.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {known.status === 'error' && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>The connection is kept, but it does not work.</MessageBarTitle>{' '}
            {known.statusDetail?.message} {known.statusDetail?.fix}
          </MessageBarBody>
        </MessageBar>
      )}
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      {method && (
        <ParameterFields method={method} entered={entered} stored={known.secrets} onChange={setEntered} />
      )}
    </FormDialog>
  );
}
