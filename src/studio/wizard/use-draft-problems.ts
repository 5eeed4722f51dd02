import { useEffect, useRef, useState } from 'react';
import type { ConnectorDefinition, DraftProblem } from '../../connector/index.ts';
import { DraftChecker } from './draft-checker.ts';

/** To hand a large definition over takes some milliseconds: not at every key. */
const CHECK_AFTER_MS = 150;
/** The step is drawn first: a large definition is not handed over while somebody waits for the page. */
const FIRST_AFTER_MS = 50;
const NONE: readonly DraftProblem[] = [];

/**
 * What is wrong with a definition, found in a thread of its own when the hands rest; until then what was found before.
 *
 * @param waits something that is looked at is being made meanwhile, and takes all that the machine can do
 */
export function useDraftProblems(definition: ConnectorDefinition, waits: boolean): readonly DraftProblem[] {
  const [problems, setProblems] = useState(NONE);
  const checker = useRef<DraftChecker>(undefined);
  const hasBegun = useRef(false);
  hasBegun.current ||= !waits;
  const isOn = hasBegun.current;
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isOn) return undefined;
    const worker = new Worker(new URL('./problems.worker.ts', import.meta.url), { type: 'module' });
    const started = new DraftChecker(worker, setProblems);
    checker.current = started;
    isFirst.current = true;
    return () => started.stop();
  }, [isOn]);
  useEffect(() => {
    if (!isOn) return undefined;
    const waitMs = isFirst.current ? FIRST_AFTER_MS : CHECK_AFTER_MS;
    isFirst.current = false;
    const timer = setTimeout(() => checker.current?.check(definition), waitMs);
    return () => clearTimeout(timer);
  }, [definition, isOn]);
  return problems;
}
