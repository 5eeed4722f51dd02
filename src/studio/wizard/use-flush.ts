import { type Dispatch, type RefObject, useCallback, useEffect, useRef } from 'react';
import { type DraftAction, type DraftState, mustSave, readSaveStatus } from './draft-state.ts';

/**
 * A function that sends what is not saved yet at once: it resolves when the server has what is on the screen, and
 * rejects where it does not take it.
 */
export function useFlush(
  state: DraftState,
  current: RefObject<DraftState>,
  dispatch: Dispatch<DraftAction>,
): () => Promise<void> {
  const waiting = useRef<PromiseWithResolvers<void>[]>([]);
  useEffect(() => {
    if (waiting.current.length === 0) return;
    const status = readSaveStatus(state);
    if (status === 'saving') {
      if (mustSave(state)) dispatch({ type: 'saving' });
      return;
    }
    for (const { resolve, reject } of waiting.current.splice(0)) {
      if (status === 'saved') resolve();
      else reject(describe(state));
    }
  }, [state, dispatch]);
  return useCallback(() => {
    const { error, conflict } = current.current;
    if (conflict !== undefined) return Promise.reject(describe(current.current));
    if (readSaveStatus(current.current) === 'saved') return Promise.resolve();
    const waiter = Promise.withResolvers<void>();
    waiting.current.push(waiter);
    if (error !== undefined) dispatch({ type: 'retry' });
    else if (mustSave(current.current)) dispatch({ type: 'saving' });
    return waiter.promise;
  }, [current, dispatch]);
}

function describe({ error }: DraftState): Error {
  if (error instanceof Error) return error;
  return new Error('The draft was changed in two places. Choose what to go on with, then try again.');
}
