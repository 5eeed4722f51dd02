import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import type { List } from '../../api/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { useUpdateList } from '../data/lists.ts';
import { ColumnsEditor } from './ColumnsEditor.tsx';
import { type ColumnDraft, draftColumn, readDrafts } from './columns.ts';

/** Adds, retitles and removes columns of a list. */
export function EditColumnsDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const [drafts, setDrafts] = useState<readonly ColumnDraft[]>(() => list.columns.map(draftColumn));
  const update = useUpdateList(list.id);
  const columns = readDrafts(drafts);
  const removed = list.columns.filter(({ name }) => !columns.some((column) => column.name === name));
  return (
    <FormDialog
      open
      wide
      title={`Columns of “${list.name}”`}
      action="Save columns"
      busy={update.isPending}
      disabled={columns.length === 0}
      error={update.error}
      onSubmit={() => update.mutate({ columns }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <ColumnsEditor drafts={drafts} onChange={setDrafts} />
      {removed.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            What stands in {removed.map(({ title, name }) => title ?? name).join(', ')} is deleted when you
            save.
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  );
}
