import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Connection } from '../../api/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { useUpdateConnection } from '../data/connections.ts';

interface RenameConnectionDialogProps {
  readonly connection: Connection;
  onClose(): void;
}

export function RenameConnectionDialog({ connection, onClose }: RenameConnectionDialogProps) {
  const [name, setName] = useState(connection.name);
  const update = useUpdateConnection(connection.id);
  return (
    <FormDialog
      open
      title="Rename the connection"
      action="Rename"
      busy={update.isPending}
      disabled={name.trim() === ''}
      error={update.error}
      onSubmit={() => update.mutate({ name: name.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
    </FormDialog>
  );
}
