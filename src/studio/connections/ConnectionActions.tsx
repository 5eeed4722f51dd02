import { Spinner } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { PlugConnectedCheckmarkRegular } from '@fluentui/react-icons/svg/plug-connected-checkmark';
import { RenameRegular } from '@fluentui/react-icons/svg/rename';
import { useState } from 'react';
import type { Connection } from '../../api/index.ts';
import { MoreMenu } from '../components/MoreMenu.tsx';
import { DeleteConnectionDialog } from './DeleteConnectionDialog.tsx';
import { EditConnectionDialog } from './EditConnectionDialog.tsx';
import { RenameConnectionDialog } from './RenameConnectionDialog.tsx';
import { SignInDialog } from './SignInDialog.tsx';
import { useSignIn } from './use-sign-in.ts';
import { useTestNotice } from './use-test-notice.ts';

interface ConnectionActionsProps {
  readonly connection: Connection;
  readonly onDeleted?: () => void;
}

type Open = 'sign-in' | 'rename' | 'values' | 'delete' | undefined;

/** Whether a person signs in for a connection, and not its application by itself. */
export function signsIn({ status, signIn }: Connection): boolean {
  return status === 'needs-sign-in' || signIn?.signedInAt !== undefined;
}

/** What can be done with a connection. */
export function ConnectionActions({ connection, onDeleted }: ConnectionActionsProps) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const test = useTestNotice(connection);
  const signIn = useSignIn();
  const startSignIn = () => {
    signIn.open();
    setOpen('sign-in');
    void signIn.begin(connection.id);
  };
  if (test.isPending) return <Spinner size="tiny" aria-label={`Testing ${connection.name}`} />;
  return (
    <>
      <MoreMenu
        label={`More for ${connection.name}`}
        items={[
          ...(signsIn(connection)
            ? [{ label: labelSignIn(connection), icon: <PersonRegular />, onClick: startSignIn }]
            : []),
          { label: 'Test', icon: <PlugConnectedCheckmarkRegular />, onClick: test.run },
          { label: 'Rename', icon: <RenameRegular />, onClick: () => setOpen('rename') },
          { label: 'Replace values or secrets', icon: <KeyRegular />, onClick: () => setOpen('values') },
          { label: 'Delete', icon: <DeleteRegular />, onClick: () => setOpen('delete') },
        ]}
      />
      {open === 'sign-in' && <SignInDialog connection={connection} signIn={signIn} onClose={close} />}
      {open === 'rename' && <RenameConnectionDialog connection={connection} onClose={close} />}
      {open === 'values' && <EditConnectionDialog connection={connection} onClose={close} />}
      {open === 'delete' && (
        <DeleteConnectionDialog connection={connection} onClose={close} onDeleted={onDeleted} />
      )}
    </>
  );
}

export function labelSignIn({ signIn }: Connection): string {
  return signIn?.signedInAt === undefined ? 'Sign in' : 'Sign in again';
}
