import { useEffect, useState } from 'react';
import { type ConnectorDefinition, type DraftProblem, listDraftProblems } from '../../connector/index.ts';

/** A definition of a thousand operations takes a while to look through: not while somebody types. */
const CHECK_AFTER_MS = 250;

/** What is wrong with a definition, looked for when the hands rest. */
export function useDraftProblems(definition: ConnectorDefinition): readonly DraftProblem[] {
  const [problems, setProblems] = useState<readonly DraftProblem[]>(() => listDraftProblems(definition));
  const [checked, setChecked] = useState(definition);
  useEffect(() => {
    if (checked === definition) return undefined;
    const timer = setTimeout(() => {
      setProblems(listDraftProblems(definition));
      setChecked(definition);
    }, CHECK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [checked, definition]);
  return problems;
}
