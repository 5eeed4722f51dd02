import { createContext, use } from 'react';
import type { Json, JsonObject } from '../../base/index.ts';
import type { FieldProblems } from './problems.ts';
import type { FormTarget } from './queries.ts';

/** What every field of the form shares. */
interface FormState {
  readonly target: FormTarget;
  /** Upper case: decides what may be written (`x-ms-mutability`). */
  readonly method: string;
  readonly definitions: JsonObject;
  readonly inputs: JsonObject;
  readonly problems: FieldProblems;
  /** Whether the problems of a place are to be shown: somebody was there, or tried to call. */
  isChecked(pointer: string): boolean;
  setValue(path: readonly string[], value: Json | undefined): void;
  removeItem(path: readonly string[], index: number): void;
}

const FormContext = createContext<FormState | undefined>(undefined);

export const FormProvider = FormContext.Provider;

export function useForm(): FormState {
  const state = use(FormContext);
  if (state === undefined) throw new Error('This field stands outside of a form.');
  return state;
}
