import { useMemo } from 'react';
import {
  type DraftProblem,
  listDefinitionItems,
  type PolicyEntry,
  setPolicyOperations,
} from '../../../connector/index.ts';
import { OperationScope } from '../OperationScope.tsx';
import type { StepProps } from '../step-props.ts';

const MANY = 100;

interface PolicyOperationsProps extends Pick<StepProps, 'definition' | 'onChange'> {
  readonly entry: PolicyEntry;
  readonly problems: readonly DraftProblem[];
}

/** Which operations a policy applies to. */
export function PolicyOperations({ entry, definition, problems, onChange }: PolicyOperationsProps) {
  const { index, operationIds } = entry;
  const choices = useMemo(() => listChoices(definition, operationIds), [definition, operationIds]);
  const gone = problems.find(({ message }) => message.includes('there is no operation'));
  return (
    <OperationScope
      label="Applies to"
      subject="policy"
      operations={choices}
      chosen={operationIds}
      warning={gone?.message}
      onChange={(ids) => onChange(setPolicyOperations(definition, index, ids), 'Operations of a policy')}
    />
  );
}

/** The operations of the definition, and those that are named though they are gone. */
function listChoices(definition: StepProps['definition'], named: readonly string[]) {
  const known = listDefinitionItems(definition.openapi).flatMap((item) =>
    'operationId' in item && item.operationId !== '' ? [{ id: item.operationId, title: item.title }] : [],
  );
  const ids = new Set(known.map(({ id }) => id));
  const gone = named.filter((id) => !ids.has(id)).map((id) => ({ id, title: `${id} (gone)` }));
  const isNamed = ({ id }: { id: string }) => named.includes(id);
  // What is chosen stands first in a list that cannot be seen whole.
  const sorted =
    known.length > MANY ? [...known.filter(isNamed), ...known.filter((one) => !isNamed(one))] : known;
  return [...gone, ...sorted];
}
