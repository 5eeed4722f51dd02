import { Field, type FieldProps, Input, makeStyles, Select, Textarea } from '@fluentui/react-components';
import { type KeyboardEvent, useState } from 'react';

/** A long choice is cut off rather than making its column wider. */
const useStyles = makeStyles({
  choice: { minWidth: 0, '& select': { width: '100%', minWidth: 0, textOverflow: 'ellipsis' } },
});

type Said = Pick<FieldProps, 'hint' | 'required' | 'validationMessage' | 'validationState' | 'className'>;

interface TextFieldProps extends Said {
  readonly label: string;
  readonly value: string;
  readonly rows?: number;
  readonly placeholder?: string;
  onChange(text: string): void;
}

/** A text that is taken over letter by letter. */
export function TextField({ label, value, rows, placeholder, onChange, ...said }: TextFieldProps) {
  return (
    <Field label={label} {...said}>
      {rows === undefined ? (
        <Input value={value} placeholder={placeholder} onChange={(_, data) => onChange(data.value)} />
      ) : (
        <Textarea
          value={value}
          rows={rows}
          resize="vertical"
          placeholder={placeholder}
          onChange={(_, data) => onChange(data.value)}
        />
      )}
    </Field>
  );
}

interface CommitFieldProps extends Said {
  readonly label: string;
  readonly value: string;
  readonly disabled?: boolean;
  /** Why a text will not do. */
  check(text: string): string | undefined;
  onCommit(text: string): void;
}

/** A text on which others depend: it is taken over as a whole, on Enter or when the field is left. */
export function CommitField({ label, value, disabled, check, onCommit, ...said }: CommitFieldProps) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? value;
  const refusal = draft === undefined || draft === value ? undefined : check(draft.trim());
  const commit = () => {
    if (draft === undefined || refusal !== undefined) return;
    setDraft(undefined);
    if (draft.trim() !== value) onCommit(draft.trim());
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape' && draft !== undefined) {
      event.stopPropagation();
      setDraft(undefined);
    }
  };
  const refused =
    refusal === undefined ? {} : { validationMessage: refusal, validationState: 'error' as const };
  return (
    <Field label={label} {...said} {...refused}>
      <Input
        value={text}
        disabled={disabled}
        onChange={(_, data) => setDraft(data.value)}
        onBlur={commit}
        onKeyDown={handleKey}
      />
    </Field>
  );
}

interface ChoiceFieldProps extends Said {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [string, string])[];
  readonly disabled?: boolean;
  onChange(value: string): void;
}

/** One of a few, as value and name. A value that is none of them is shown as it stands. */
export function ChoiceField({ label, value, choices, disabled, onChange, ...said }: ChoiceFieldProps) {
  const styles = useStyles();
  const isKnown = choices.some(([one]) => one === value);
  return (
    <Field label={label} {...said}>
      <Select
        className={styles.choice}
        value={value}
        disabled={disabled}
        onChange={(_, data) => onChange(data.value)}
      >
        {!isKnown && <option value={value}>{value}</option>}
        {choices.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

export const VISIBILITIES = [
  ['', 'Normal'],
  ['important', 'Important: shown first'],
  ['advanced', 'Advanced: behind “show more”'],
  ['internal', 'Internal: never shown'],
] as const;
