import { Field, makeStyles, Textarea } from '@fluentui/react-components';
import { describeError, type Json, parseJson } from '../../base/index.ts';
import { MONOSPACE } from './styles.ts';

const useStyles = makeStyles({
  area: { '& textarea': { fontFamily: MONOSPACE, fontSize: '13px', lineHeight: '20px', maxHeight: 'none' } },
});

/** What a JSON field holds: a value, nothing, or a text that is not JSON. */
export type JsonText = { ok: true; value: Json | undefined } | { ok: false; message: string };

/** Reads what was typed; nothing but blanks is no value. */
export function readJsonText(text: string): JsonText {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: parseJson(text) };
  } catch (error) {
    return { ok: false, message: `This is not JSON yet: ${describeError(error)}` };
  }
}

interface JsonFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly text: string;
  readonly rows?: number;
  onChange(text: string): void;
}

/** A field for JSON; says what is wrong with it while one types. */
export function JsonField({ label, hint, text, rows = 10, onChange }: JsonFieldProps) {
  const styles = useStyles();
  const result = readJsonText(text);
  return (
    <Field
      label={label}
      hint={hint}
      validationState={result.ok ? 'none' : 'error'}
      validationMessage={result.ok ? undefined : result.message}
    >
      <Textarea
        className={styles.area}
        value={text}
        resize="vertical"
        textarea={{ rows, spellCheck: false, autoCapitalize: 'off', autoCorrect: 'off' }}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}
