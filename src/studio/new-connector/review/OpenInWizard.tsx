import { Button, Spinner } from '@fluentui/react-components';
import type { NewConnectorDraft } from '../../../api/index.ts';
import { useNotify } from '../../components/notifications.tsx';
import { useBeginDraft } from '../use-begin-draft.ts';

/** Goes on by hand with what was imported: nothing is made but a draft. */
export function OpenInWizard({ source, disabled }: { source: NewConnectorDraft; disabled: boolean }) {
  const draft = useBeginDraft();
  const notify = useNotify();
  return (
    <Button
      disabledFocusable={disabled || draft.isPending}
      icon={draft.isPending ? <Spinner size="tiny" /> : undefined}
      onClick={() => draft.begin(source, (error) => notify.error('The draft could not be made.', error))}
    >
      Open in the wizard
    </Button>
  );
}
