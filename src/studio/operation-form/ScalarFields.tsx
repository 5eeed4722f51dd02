import { Dropdown, Input, Option, Textarea } from '@fluentui/react-components';
import { type Json, parseJson } from '../../base/index.ts';
import { readDateTime, writeDateTime } from './date-text.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { listChoices } from './field-kind.ts';
import { useForm } from './form-context.tsx';
import { getAt } from './inputs.ts';
import type { Choice, FormField } from './types.ts';

interface FieldProps {
  readonly field: FormField;
}

/** The value of a field and how to change it. */
export function useValue({ path }: FormField) {
  const { inputs, setValue } = useForm();
  return { value: getAt(inputs, path), setValue: (value: Json | undefined) => setValue(path, value) };
}

export function TextField({ field }: FieldProps) {
  const { value, setValue } = useValue(field);
  const text = showText(value);
  const change = (entered: string) => setValue(entered === '' ? undefined : entered);
  return (
    <FieldFrame field={field}>
      {field.kind === 'longtext' ? (
        <Textarea value={text} resize="vertical" onChange={(_, data) => change(data.value)} />
      ) : (
        <Input
          type={field.kind === 'password' ? 'password' : 'text'}
          autoComplete={field.kind === 'password' ? 'new-password' : 'off'}
          value={text}
          placeholder={showDefault(field)}
          onChange={(_, data) => change(data.value)}
        />
      )}
    </FieldFrame>
  );
}

/** Digits become a number; what is none stays a text, and the check says so. */
export function NumberField({ field }: FieldProps) {
  const { value, setValue } = useValue(field);
  return (
    <FieldFrame field={field}>
      <Input
        inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={showText(value)}
        placeholder={showDefault(field)}
        onChange={(_, data) => setValue(readNumber(data.value))}
      />
    </FieldFrame>
  );
}

/** `1.` and `1.50` stay as they are typed, until they are a number that reads the same. */
export function readNumber(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return text;
  const number = parseJson(text);
  return String(number) === text ? number : text;
}

export function DateField({ field }: FieldProps) {
  const { value, setValue } = useValue(field);
  const isTime = field.kind === 'datetime';
  const shown = isTime ? readDateTime(value) : typeof value === 'string' ? value : '';
  // Services take other ways to write a date as well: what the picker cannot show stays a text.
  const isPlain =
    value !== undefined && (shown === undefined || (!isTime && !/^\d{4}-\d\d-\d\d$/.test(shown)));
  if (isPlain) return <TextField field={field} />;
  const write = (entered: string) => {
    if (entered === '') return undefined;
    return isTime ? writeDateTime(entered, field.schema.format === 'date-no-tz') : entered;
  };
  return (
    <FieldFrame field={field}>
      <Input
        type={isTime ? 'datetime-local' : 'date'}
        {...(isTime ? { step: 1 } : {})}
        value={shown ?? ''}
        onChange={(_, data) => setValue(write(data.value))}
      />
    </FieldFrame>
  );
}

const YES_NO: readonly Choice[] = [
  { value: true, title: 'Yes' },
  { value: false, title: 'No' },
];

/** One of a few values by their names, or none of them. */
export function ChoiceField({ field }: FieldProps) {
  const { value, setValue } = useValue(field);
  const choices = field.kind === 'boolean' ? YES_NO : (listChoices(field.schema) ?? []);
  const chosen = choices.findIndex((choice) => choice.value === value);
  const title = chosen < 0 ? showText(value) : choices[chosen]?.title;
  return (
    <FieldFrame field={field}>
      <Dropdown
        value={title ?? ''}
        placeholder={showDefault(field, choices)}
        selectedOptions={chosen < 0 ? [] : [String(chosen)]}
        clearable={!field.required}
        onOptionSelect={(_, data) => setValue(choices[Number(data.optionValue ?? -1)]?.value)}
      >
        {choices.map((choice, index) => (
          <Option key={String(choice.value)} value={String(index)}>
            {choice.title}
          </Option>
        ))}
      </Dropdown>
    </FieldFrame>
  );
}

export function showText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What the service assumes where nothing is entered. */
function showDefault({ schema }: FormField, choices: readonly Choice[] = []): string | undefined {
  const { default: fallback } = schema;
  if (fallback === undefined || fallback === null || typeof fallback === 'object') return undefined;
  const title = choices.find(({ value }) => value === fallback)?.title ?? String(fallback);
  return `${title} if left empty`;
}
