import { Field, Input } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { RenameRegular } from '@fluentui/react-icons/svg/rename';
import { useState } from 'react';
import type { FlowSummary } from '../../api/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { FormDialog } from '../components/FormDialog.tsx';
import { MoreMenu, type MoreMenuItem } from '../components/MoreMenu.tsx';
import { useDeleteFlow, usePatchFlow } from '../data/flows.ts';

interface FlowMenuProps {
  readonly flow: Pick<FlowSummary, 'id' | 'name'>;
  readonly extra?: readonly MoreMenuItem[];
  readonly onDeleted?: () => void;
}

type Open = 'rename' | 'delete' | undefined;

/** What else can be done with a flow. */
export function FlowMenu({ flow, extra = [], onDeleted }: FlowMenuProps) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <>
      <MoreMenu
        label={`More for ${flow.name}`}
        items={[
          ...extra,
          { label: 'Rename', icon: <RenameRegular />, onClick: () => setOpen('rename') },
          { label: 'Delete', icon: <DeleteRegular />, onClick: () => setOpen('delete') },
        ]}
      />
      {open === 'rename' && <RenameFlow flow={flow} onClose={close} />}
      {open === 'delete' && <DeleteFlow flow={flow} onClose={close} onDeleted={onDeleted} />}
    </>
  );
}

function RenameFlow({ flow, onClose }: Pick<FlowMenuProps, 'flow'> & { onClose: () => void }) {
  const [name, setName] = useState(flow.name);
  const patch = usePatchFlow();
  return (
    <FormDialog
      open
      title="Rename the flow"
      action="Rename"
      busy={patch.isPending}
      disabled={name.trim() === ''}
      error={patch.error}
      onSubmit={() => patch.mutate({ id: flow.id, name: name.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
    </FormDialog>
  );
}

function DeleteFlow({ flow, onClose, onDeleted }: FlowMenuProps & { onClose: () => void }) {
  const remove = useDeleteFlow();
  const confirm = () =>
    remove.mutate(flow.id, {
      onSuccess: () => {
        onClose();
        onDeleted?.();
      },
    });
  return (
    <ConfirmDialog
      open
      title={`Delete “${flow.name}”?`}
      action="Delete flow"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      Its versions and the history of its runs are deleted too. This cannot be undone.
    </ConfirmDialog>
  );
}
