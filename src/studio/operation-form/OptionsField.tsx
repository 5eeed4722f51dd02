import { Combobox, makeStyles, Option, Spinner, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { describeError, formatPointer, type Json, stringifyJson } from '../../base/index.ts';
import { ApiError } from '../../client/index.ts';
import { matchesSearch } from '../components/search.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { listChoices, readType } from './field-kind.ts';
import { useForm } from './form-context.tsx';
import { pickDependencies } from './inputs.ts';
import { useDynamicContent } from './queries.ts';
import { readNumber, showText, useValue } from './ScalarFields.tsx';
import type { Choice, FormField } from './types.ts';

const useStyles = makeStyles({
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  description: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** As many fit into a list that somebody scrolls; typing finds the others. */
const MAX_SHOWN = 100;

/** A list that the service is asked for when it is opened. What is not in it can be typed. */
export function OptionsField({ field }: { readonly field: FormField }) {
  const { target, inputs } = useForm();
  const { value } = useValue(field);
  const [isOpen, setOpen] = useState(false);
  const fixed = listChoices(field.schema);
  const isWanted = fixed === undefined && (isOpen || value !== undefined);
  const question = {
    pointer: formatPointer(field.path),
    ...(field.isFromShape ? { extension: field.schema } : {}),
  };
  const query = useDynamicContent(target, question, inputs, pickDependencies(field.schema, inputs), isWanted);
  return (
    <ChoiceCombobox
      field={field}
      choices={fixed ?? (query.isError ? [] : (query.data?.options ?? []))}
      isLoading={isOpen && query.isFetching}
      note={isWanted ? describeRefusal(query.error) : undefined}
      onOpenChange={setOpen}
    />
  );
}

/** What is to be chosen first is a hint, not a failure. */
export function describeRefusal(error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  const isHint = error instanceof ApiError && /^Input/.test(error.code);
  return isHint ? describeError(error) : `The list cannot be read: ${describeError(error)} Type the value.`;
}

interface ChoiceComboboxProps {
  readonly field: FormField;
  readonly choices: readonly Choice[];
  readonly isLoading: boolean;
  readonly note: string | undefined;
  onOpenChange(isOpen: boolean): void;
}

function ChoiceCombobox({ field, choices, isLoading, note, onOpenChange }: ChoiceComboboxProps) {
  const styles = useStyles();
  const { value, setValue } = useValue(field);
  const [typed, setTyped] = useState<string>();
  const key = value === undefined ? undefined : stringifyJson(value);
  const chosen = choices.find((choice) => stringifyJson(choice.value) === key);
  const found =
    typed === undefined
      ? choices
      : choices.filter(({ title, value: one }) => matchesSearch(typed, title, String(one)));
  const shown = found.slice(0, MAX_SHOWN);
  const type = (text: string) => {
    setTyped(text);
    const exact = choices.find(({ title }) => title === text);
    setValue(exact === undefined ? readTyped(text, field) : exact.value);
  };
  return (
    <FieldFrame field={field} note={note}>
      <Combobox
        freeform
        clearable={!field.required}
        autoComplete="off"
        placeholder="Choose or type"
        value={typed ?? chosen?.title ?? showText(value)}
        selectedOptions={chosen === undefined || key === undefined ? [] : [key]}
        onChange={(event) => type(event.target.value)}
        onOpenChange={(_, data) => onOpenChange(data.open)}
        onBlur={() => setTyped(undefined)}
        onOptionSelect={(_, data) => {
          setTyped(undefined);
          setValue(choices.find((choice) => stringifyJson(choice.value) === data.optionValue)?.value);
        }}
      >
        {isLoading && (
          <Option value="loading" text="" disabled>
            <Spinner size="tiny" label="Asking the service" />
          </Option>
        )}
        {!isLoading && shown.length === 0 && (
          <Option value="none" text="" disabled>
            {note ?? 'Nothing to choose; type the value.'}
          </Option>
        )}
        {shown.map((choice) => (
          <Option
            key={stringifyJson(choice.value)}
            value={stringifyJson(choice.value)}
            text={choice.title}
            disabled={choice.selectable === false}
          >
            <span className={styles.option}>
              <span>{choice.title}</span>
              {choice.description && <span className={styles.description}>{choice.description}</span>}
            </span>
          </Option>
        ))}
        {found.length > MAX_SHOWN && (
          <Option value="more" text="" disabled>
            <Text size={200}>{found.length - MAX_SHOWN} more: type to find them.</Text>
          </Option>
        )}
      </Combobox>
    </FieldFrame>
  );
}

function readTyped(text: string, { schema }: FormField): Json | undefined {
  if (text === '') return undefined;
  const type = readType(schema);
  return type === 'integer' || type === 'number' ? readNumber(text) : text;
}
