import { BeakerRegular } from '@fluentui/react-icons/svg/beaker';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { applyEdit, type CompiledConnector } from '../../../connector/index.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { TestBench } from '../../test/TestBench.tsx';
import type { TestableOperation } from '../../test/testable-operations.ts';
import type { StepProps } from '../step-props.ts';
import { useCompiled } from '../use-compiled.ts';

const route = getRouteApi('/shell/connectors/drafts/$draftId');

/** Tries the connector as the draft defines it; what is mended goes into the draft and can be undone. */
export function TestStep({ draft, definition, onChange, flush }: StepProps) {
  // The connector that a new draft becomes will have its id: what is connected and kept for the draft stays.
  const { id, connectorId = id, baseVersion = 1, revision, title } = draft;
  const { connection, operation } = route.useSearch();
  const navigate = route.useNavigate();
  const compiled = useCompiled(definition);
  const operations = useMemo(() => listOperations(compiled), [compiled]);
  if (compiled === undefined) {
    return (
      <EmptyState icon={<BeakerRegular />} title="Not ready to be tested">
        The definition cannot be read as it is. Mend the problems that the steps on the side count, then come
        back.
      </EmptyState>
    );
  }
  return (
    <TestBench
      connectorId={connectorId}
      title={title}
      version={baseVersion}
      draft={{ id, revision, flush }}
      operations={operations}
      choice={{ connection, operation }}
      onChoose={(choice) => void navigate({ search: { step: 'test', ...choice }, replace: true })}
      isEditing={false}
      onEdit={(edit, label) => onChange(applyEdit(definition, edit), label)}
    />
  );
}

function listOperations(compiled: CompiledConnector | undefined): TestableOperation[] {
  return (compiled?.operations ?? []).map(({ operationId, method, path, summary, trigger }) => ({
    operationId,
    method,
    path,
    summary,
    triggerType: trigger?.kind,
  }));
}
