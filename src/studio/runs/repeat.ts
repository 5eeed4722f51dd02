import { createContext } from 'react';
import type { RunAction } from '../../api/index.ts';

/** Begins the run that is looked at again from one of its actions; undefined while it has not ended. */
export interface Repeat {
  readonly isPending: boolean;
  from(action: string): void;
}

export const RepeatContext = createContext<Repeat | undefined>(undefined);

/** Actions that ran, outside of loops: what came before them is known. */
export function isRepeatable({ key, status }: RunAction): boolean {
  return status !== 'Skipped' && !key.includes('/');
}
