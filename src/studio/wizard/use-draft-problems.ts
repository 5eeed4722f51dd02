import { useEffect, useRef, useState } from 'react';
import { type ConnectorDefinition, type DraftProblem, listDraftProblems } from '../../connector/index.ts';

/** A definition of a thousand operations takes a while to look through: not while somebody types. */
const CHECK_AFTER_MS = 250;
/** The longer a look takes, the longer the hands must have rested: who pauses for a moment goes on typing. */
const REST_PER_LOOK = 4;
const MAX_WAIT_MS = 4000;

/** What is wrong with a definition, looked for when the hands rest. */
export function useDraftProblems(definition: ConnectorDefinition): readonly DraftProblem[] {
  const [problems, setProblems] = useState<readonly DraftProblem[]>(() => listDraftProblems(definition));
  const [checked, setChecked] = useState(definition);
  const waitMs = useRef(CHECK_AFTER_MS);
  useEffect(() => {
    if (checked === definition) return undefined;
    const timer = setTimeout(() => {
      const startedAt = performance.now();
      setProblems(listDraftProblems(definition));
      setChecked(definition);
      const rest = (performance.now() - startedAt) * REST_PER_LOOK;
      waitMs.current = Math.min(Math.max(rest, CHECK_AFTER_MS), MAX_WAIT_MS);
    }, waitMs.current);
    return () => clearTimeout(timer);
  }, [checked, definition]);
  return problems;
}
