import { Button, Spinner } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { useNavigate } from '@tanstack/react-router';
import { useNotify } from '../components/notifications.tsx';
import { useCreateConnectorDraft } from '../data/connector-drafts.ts';

/** Opens the draft of a connector's next version, the one there is or a new one. */
export function EditButton({ connectorId }: { connectorId: string }) {
  const create = useCreateConnectorDraft();
  const navigate = useNavigate();
  const notify = useNotify();
  const edit = () =>
    create.mutate(
      { connectorId },
      {
        onSuccess: ({ id }) => void navigate({ to: '/connectors/drafts/$draftId', params: { draftId: id } }),
        onError: (error) => notify.error('The connector could not be opened.', error),
      },
    );
  return (
    <Button
      icon={create.isPending ? <Spinner size="tiny" /> : <EditRegular />}
      disabledFocusable={create.isPending}
      onClick={edit}
    >
      Edit
    </Button>
  );
}
