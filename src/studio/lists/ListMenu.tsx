import { Field, Input } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { RenameRegular } from '@fluentui/react-icons/svg/rename';
import { useState } from 'react';
import type { List } from '../../api/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { FormDialog } from '../components/FormDialog.tsx';
import { MoreMenu } from '../components/MoreMenu.tsx';
import { useDeleteList, useUpdateList } from '../data/lists.ts';
import { formatCount } from '../format/count.ts';

interface ListMenuProps {
  readonly list: List;
  readonly onDeleted?: () => void;
}

/** What else can be done with a list. */
export function ListMenu({ list, onDeleted }: ListMenuProps) {
  const [open, setOpen] = useState<'rename' | 'delete'>();
  const close = () => setOpen(undefined);
  const remove = useDeleteList();
  return (
    <>
      <MoreMenu
        label={`More for ${list.name}`}
        items={[
          { label: 'Rename', icon: <RenameRegular />, onClick: () => setOpen('rename') },
          { label: 'Delete', icon: <DeleteRegular />, onClick: () => setOpen('delete') },
        ]}
      />
      {open === 'rename' && <RenameList list={list} onClose={close} />}
      <ConfirmDialog
        open={open === 'delete'}
        title={`Delete “${list.name}”?`}
        action="Delete list"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(list.id, {
            onSuccess: () => {
              close();
              onDeleted?.();
            },
          })
        }
        onClose={close}
      >
        {formatCount(list.itemCount, 'item is', 'items are')} deleted with it. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}

function RenameList({ list, onClose }: { list: List; onClose: () => void }) {
  const [name, setName] = useState(list.name);
  const update = useUpdateList(list.id);
  return (
    <FormDialog
      open
      title="Rename the list"
      action="Rename"
      busy={update.isPending}
      disabled={name.trim() === ''}
      error={update.error}
      onSubmit={() => update.mutate({ name: name.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label="Name" hint="Flows that name the list must be changed too." required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
    </FormDialog>
  );
}
