import { Spinner } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { PlugConnectedCheckmarkRegular } from '@fluentui/react-icons/svg/plug-connected-checkmark';
import { useState } from 'react';
import type { Connection } from '../../api/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { MoreMenu } from '../components/MoreMenu.tsx';
import { useNotify } from '../components/notifications.tsx';
import { useDeleteConnection, useSignInConnection, useTestConnection } from '../data/connections.ts';
import { EditConnectionDialog } from './EditConnectionDialog.tsx';

type Open = 'edit' | 'delete' | undefined;

/** What can be done with a connection. */
export function ConnectionActions({ connection }: { connection: Connection }) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const test = useTestConnection();
  const remove = useDeleteConnection();
  const notify = useNotify();
  const runTest = () =>
    test.mutate(connection.id, {
      onSuccess: ({ status, statusDetail }) =>
        status === 'connected'
          ? notify.success(`“${connection.name}” works.`)
          : notify.error(
              `“${connection.name}” does not work.`,
              new Error([statusDetail?.message, statusDetail?.fix].filter(Boolean).join(' ')),
            ),
      onError: (error) => notify.error('The connection could not be tested.', error),
    });
  const begin = useSignInConnection();
  const signIn = async () => {
    // Opened at the click, or the browser would block it.
    const window_ = window.open('about:blank', '_blank', 'popup,width=520,height=720');
    try {
      const { authorizationUrl } = await begin.mutateAsync(connection.id);
      if (window_) window_.location.href = authorizationUrl;
      else window.location.href = authorizationUrl;
    } catch (error) {
      window_?.close();
      notify.error('The sign-in could not begin.', error);
    }
  };
  if (test.isPending) return <Spinner size="tiny" aria-label={`Testing ${connection.name}`} />;
  return (
    <>
      <MoreMenu
        label={`More for ${connection.name}`}
        items={[
          ...(connection.status === 'needs-sign-in'
            ? [{ label: 'Sign in', icon: <PersonRegular />, onClick: () => void signIn() }]
            : []),
          { label: 'Test', icon: <PlugConnectedCheckmarkRegular />, onClick: runTest },
          { label: 'Rename or replace secrets', icon: <EditRegular />, onClick: () => setOpen('edit') },
          { label: 'Delete', icon: <DeleteRegular />, onClick: () => setOpen('delete') },
        ]}
      />
      {open === 'edit' && <EditConnectionDialog connection={connection} onClose={close} />}
      <ConfirmDialog
        open={open === 'delete'}
        title={`Delete “${connection.name}”?`}
        action="Delete connection"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(connection.id, { onSuccess: close })}
        onClose={close}
      >
        Flows that use it will fail until you choose another. Its credentials are erased; this cannot be
        undone.
      </ConfirmDialog>
    </>
  );
}
