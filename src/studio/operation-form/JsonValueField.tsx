import { makeStyles, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { equalJson, stringifyJson } from '../../base/index.ts';
import { readJsonText } from '../components/JsonField.tsx';
import { MONOSPACE } from '../components/styles.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useValue } from './ScalarFields.tsx';
import type { FormField } from './types.ts';

const useStyles = makeStyles({ area: { '& textarea': { fontFamily: MONOSPACE, fontSize: '13px' } } });

/** A value nobody knows the shape of. A text needs no quotes. */
export function JsonValueField({
  field,
  note,
}: {
  readonly field: FormField;
  readonly note?: string | undefined;
}) {
  const styles = useStyles();
  const { value, setValue } = useValue(field);
  const [text, setText] = useState(() => show(value));
  const read = readJsonText(text);
  // The value may have changed elsewhere: then the text follows it.
  const isSame = equalJson(read.ok ? read.value : text, value);
  return (
    <FieldFrame field={field} note={note ?? 'JSON, or a text as it is.'}>
      <Textarea
        className={styles.area}
        resize="vertical"
        value={isSame ? text : show(value)}
        textarea={{ spellCheck: false }}
        onChange={(_, data) => {
          setText(data.value);
          const entered = readJsonText(data.value);
          setValue(entered.ok ? entered.value : data.value);
        }}
      />
    </FieldFrame>
  );
}

function show(value: Parameters<typeof stringifyJson>[0]): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : stringifyJson(value, 2);
}
