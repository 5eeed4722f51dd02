import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { getRouteApi } from '@tanstack/react-router';
import { applyEdit } from '../../../connector/index.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { QueryView } from '../../components/QueryView.tsx';
import { useConnector } from '../../data/connectors.ts';
import { TestBench } from '../../test/TestBench.tsx';
import type { StepProps } from '../step-props.ts';

const route = getRouteApi('/shell/connectors/drafts/$draftId');

/** Tries the connector as the draft defines it; what is mended goes into the draft and can be undone. */
export function TestStep({ draft, definition, onChange }: StepProps) {
  const { connectorId } = draft;
  const { connection, operation } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useConnector(connectorId);
  if (connectorId === undefined) {
    return (
      <EmptyState icon={<BeakerRegular />} title="Create the connector first">
        A test needs a connection, and a connection needs a connector that is there. Create it, connect, and
        test it; what you find goes into its next version.
      </EmptyState>
    );
  }
  return (
    <QueryView query={query} what="connector">
      {(connector) => (
        <TestBench
          connectorId={connectorId}
          title={connector.title}
          version={draft.baseVersion ?? connector.latestVersion}
          operations={connector.operations}
          draftId={draft.id}
          choice={{ connection, operation }}
          onChoose={(choice) => void navigate({ search: { step: 'test', ...choice }, replace: true })}
          isEditing={false}
          onEdit={(edit, label) => onChange(applyEdit(definition, edit), label)}
        />
      )}
    </QueryView>
  );
}
