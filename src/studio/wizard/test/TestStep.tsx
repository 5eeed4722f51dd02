import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { applyEdit, listCallable } from '../../../connector/index.ts';
import { TestBench } from '../../test/TestBench.tsx';
import type { StepProps } from '../step-props.ts';

const route = getRouteApi('/shell/connectors/drafts/$draftId');

/** Tries the connector as the draft defines it; what is mended goes into the draft and can be undone. */
export function TestStep({ draft, definition, onChange, flush, publish }: StepProps) {
  // The connector that a new draft becomes will have its id: what is connected and kept for the draft stays.
  const { id, connectorId = id, baseVersion = 1, revision, title } = draft;
  const { connection, operation } = route.useSearch();
  const navigate = route.useNavigate();
  const operations = useMemo(() => listCallable(definition.openapi), [definition]);
  return (
    <TestBench
      connectorId={connectorId}
      title={title}
      version={baseVersion}
      draft={{ id, revision, flush, publish }}
      operations={operations}
      choice={{ connection, operation }}
      onChoose={(choice) =>
        void navigate({
          search: ({ at }) => ({ step: 'test', ...(at ? { at } : {}), ...choice }),
          replace: true,
        })
      }
      isEditing={false}
      onEdit={(edit, label) => onChange(applyEdit(definition, edit), label)}
    />
  );
}
