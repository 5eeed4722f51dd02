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
import { type ConnectingDraft, useConnectable, useUpdateConnection } from '../data/connections.ts';
import { hasFault, listMissing, readChanges, startEntering } from './connection-values.ts';
import { findMethod } from './find-method.ts';
import { ParameterFields } from './ParameterFields.tsx';

interface EditConnectionDialogProps {
  readonly connection: Connection;
  readonly draft?: ConnectingDraft | undefined;
  onClose(): void;
}

/** Renames a connection or replaces its parameters; says why it does not work as long as it does not. */
export function EditConnectionDialog({ connection, draft, onClose }: EditConnectionDialogProps) {
  const { data: connector } = useConnectable(connection.connector.id, draft);
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
  const method = findMethod(connector, connection);
  return <EditForm connection={connection} draft={draft} method={method} onClose={onClose} />;
}

interface EditFormProps extends EditConnectionDialogProps {
  readonly method: AuthenticationMethod | undefined;
}

function EditForm({ connection, draft, method, onClose }: EditFormProps) {
  const [name, setName] = useState(connection.name);
  const [entered, setEntered] = useState(() => (method ? startEntering(method, connection.parameters) : {}));
  const [known, setKnown] = useState(connection);
  const update = useUpdateConnection(connection.id);
  const notify = useNotify();
  const parameters = method ? readChanges(method, entered, known.parameters) : {};
  const isReady =
    method === undefined ||
    (listMissing(method, entered, known.secrets).length === 0 && !hasFault(method, entered));
  const submit = () =>
    update.mutate(
      { name: name.trim(), parameters, ...(draft === undefined ? {} : { draftId: draft.id }) },
      {
        onSuccess: (saved) => {
          setKnown(saved);
          if (saved.status === 'error') return;
          notify.success(
            saved.status === 'connected'
              ? `“${saved.name}” is saved and works.`
              : `“${saved.name}” is saved. With other values somebody has to sign in again.`,
          );
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
