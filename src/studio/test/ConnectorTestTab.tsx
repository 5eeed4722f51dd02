import { getRouteApi } from '@tanstack/react-router';
import type { Connector } from '../../api/index.ts';
import type { DefinitionEdit } from '../../connector/index.ts';
import { useNotify } from '../components/notifications.tsx';
import { useEditConnector } from '../data/operation-tests.ts';
import { TestBench } from './TestBench.tsx';

const route = getRouteApi('/shell/connectors/$connectorId');

/** The Test tab of a connector's page: what is mended here goes into the draft of the next version. */
export function ConnectorTestTab({ connector }: { connector: Connector }) {
  const edit = useEditConnector(connector.id);
  const { connection, operation } = route.useSearch();
  const navigate = route.useNavigate();
  const notify = useNotify();
  const change = (proposal: DefinitionEdit, label: string) => {
    if (connector.kind === 'builtin') {
      notify.error('Nothing was changed.', 'Built-in connectors come with Patchbay.');
      return;
    }
    edit.mutate(proposal, {
      onSuccess: (draftId) => {
        notify.success(`${label}: done in the draft of the next version. Test it there, then save it.`);
        void navigate({
          to: '/connectors/drafts/$draftId',
          params: { draftId },
          search: { step: 'test', connection, operation },
        });
      },
      onError: (error) => notify.error('The definition was not changed.', error),
    });
  };
  return (
    <TestBench
      connectorId={connector.id}
      title={connector.title}
      version={connector.latestVersion}
      operations={connector.operations}
      choice={{ connection, operation }}
      onChoose={(choice) => void navigate({ search: { tab: 'test', ...choice }, replace: true })}
      isEditing={edit.isPending}
      onEdit={change}
    />
  );
}
