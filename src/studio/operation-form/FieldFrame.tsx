import { Field, type FieldProps } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { formatPointer } from '../../base/index.ts';
import { useForm } from './form-context.tsx';
import type { FormField } from './types.ts';

const LONG = 220;

interface FieldFrameProps {
  readonly field: FormField;
  /** Beside the description: what the service said. */
  readonly note?: string | undefined;
  readonly children: ReactElement | NonNullable<FieldProps['children']>;
}

/** Label, description and what is wrong, around the control of a field. */
export function FieldFrame({ field, note, children }: FieldFrameProps) {
  const problem = useProblem(field);
  const { label, description, required } = field;
  const about = description === label ? '' : description;
  const hint = [about.length > LONG ? `${about.slice(0, LONG)} …` : about, note].filter(Boolean).join(' ');
  return (
    <Field
      label={label}
      required={required}
      hint={hint || undefined}
      validationState={problem === undefined ? 'none' : 'error'}
      validationMessage={problem}
    >
      {children}
    </Field>
  );
}

/** What is wrong with a field, once somebody has been there. */
export function useProblem({ path }: FormField): string | undefined {
  const { problems, isChecked } = useForm();
  const pointer = formatPointer(path);
  return isChecked(pointer) ? problems.get(pointer) : undefined;
}
