import { makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { OperationDetail } from '../../api/index.ts';
import { formatPointer, isJsonObject, type JsonObject, stringifyJson } from '../../base/index.ts';
import { JsonField, readJsonText } from '../components/JsonField.tsx';
import { FieldList } from './FieldEditor.tsx';
import { FormProvider } from './form-context.tsx';
import { listFields } from './form-model.ts';
import { removeItem, setAt } from './inputs.ts';
import { readProblems } from './problems.ts';
import { type FormTarget, useInputProblems } from './queries.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  bar: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap' },
  note: { color: tokens.colorNeutralForeground2 },
  problems: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    color: tokens.colorPaletteRedForeground1,
  },
});

interface OperationFormProps {
  readonly operation: OperationDetail;
  readonly target: FormTarget;
  readonly inputs: JsonObject;
  /** Somebody tried to call: everything that is wrong is shown. */
  readonly isTried: boolean;
  /** `undefined` while what is typed as JSON is none. */
  onChange(inputs: JsonObject | undefined): void;
}

/** The inputs of an operation as a form made from its schemas, or as JSON; both are the same inputs. */
export function OperationForm({ operation, target, inputs, isTried, onChange }: OperationFormProps) {
  const styles = useStyles();
  const [text, setText] = useState<string>();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const fields = useMemo(() => listFields(operation), [operation]);
  const found = useInputProblems(target, inputs).data?.problems ?? [];
  const entered = text === undefined ? undefined : readJsonText(text);
  const isBroken = entered !== undefined && !(entered.ok && isJsonObject(entered.value ?? {}));
  const type = (next: string) => {
    setText(next);
    const read = readJsonText(next);
    const value = read.ok ? (read.value ?? {}) : undefined;
    onChange(isJsonObject(value) ? value : undefined);
  };
  const state = {
    target,
    method: operation.method,
    definitions: operation.definitions,
    inputs,
    problems: readProblems(found),
    isChecked: (pointer: string) => isTried || touched.has(pointer),
    setValue: (path: readonly string[], value: Parameters<typeof setAt>[2]) => {
      setTouched(new Set([...touched, formatPointer(path)]));
      onChange(setAt(inputs, path, value));
    },
    removeItem: (path: readonly string[], index: number) => onChange(removeItem(inputs, path, index)),
  };
  return (
    <div className={styles.root}>
      <div className={styles.bar}>
        <Text size={200} className={styles.note}>
          This is a real call: what it changes stays changed.
        </Text>
        <Switch
          label="JSON"
          checked={text !== undefined}
          disabled={isBroken}
          onChange={(_, data) => setText(data.checked ? stringifyJson(inputs, 2) : undefined)}
        />
      </div>
      {text === undefined ? (
        <FormProvider value={state}>
          {fields.length === 0 ? <Text>It needs no inputs.</Text> : <FieldList fields={fields} />}
        </FormProvider>
      ) : (
        <>
          <JsonField
            label="Inputs"
            hint="By parameter name."
            text={text}
            rows={Math.min(18, Math.max(4, text.split('\n').length))}
            onChange={type}
          />
          {!isBroken && found.length > 0 && (
            <ul className={styles.problems} aria-label="What is wrong with the inputs">
              {found.slice(0, 8).map(({ message, pointer }) => (
                <li key={`${pointer} ${message}`}>{message}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
