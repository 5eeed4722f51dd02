import { Field, Input } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FormDialog } from '../components/FormDialog.tsx';
import { useCreateList } from '../data/lists.ts';
import { ColumnsEditor } from './ColumnsEditor.tsx';
import { type ColumnDraft, readDrafts } from './columns.ts';

const FIRST: ColumnDraft = { key: 'first', title: 'Title', type: 'text', required: true, choices: '' };

/** Makes a list with its columns. */
export function NewListDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [drafts, setDrafts] = useState<readonly ColumnDraft[]>([FIRST]);
  const create = useCreateList();
  const navigate = useNavigate();
  const columns = readDrafts(drafts);
  return (
    <FormDialog
      open
      wide
      title="New list"
      action="Create list"
      busy={create.isPending}
      disabled={name.trim() === '' || columns.length === 0}
      error={create.error}
      onSubmit={() =>
        create.mutate(
          { name: name.trim(), columns },
          { onSuccess: ({ id }) => void navigate({ to: '/lists/$listId', params: { listId: id } }) },
        )
      }
      onClose={onClose}
    >
      <Field label="Name" required>
        <Input value={name} placeholder="Orders" onChange={(_, data) => setName(data.value)} />
      </Field>
      <ColumnsEditor drafts={drafts} onChange={setDrafts} />
    </FormDialog>
  );
}
