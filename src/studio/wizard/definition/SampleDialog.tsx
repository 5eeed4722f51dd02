import { Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { SampleMode } from '../../../connector/index.ts';
import { FormDialog } from '../../components/FormDialog.tsx';
import { MONOSPACE } from '../../components/styles.ts';

interface SampleDialogProps {
  readonly title: string;
  readonly hint: string;
  readonly placeholder: string;
  /** There is a description already, which the sample may replace or extend. */
  readonly isDescribed: boolean;
  /** @throws Error that says why the sample cannot be read */
  onImport(text: string, mode: SampleMode): void;
  onClose(): void;
}

/** Takes a sample from which a body is described. */
export function SampleDialog({
  title,
  hint,
  placeholder,
  isDescribed,
  onImport,
  onClose,
}: SampleDialogProps) {
  const [text, setText] = useState('');
  const [mode, setMode] = useState<SampleMode>('replace');
  const [error, setError] = useState<unknown>();
  const submit = () => {
    try {
      onImport(text, mode);
      onClose();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <FormDialog
      open
      wide
      title={title}
      action="Import"
      disabled={text.trim() === ''}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Sample" hint={hint}>
        <Textarea
          value={text}
          placeholder={placeholder}
          resize="vertical"
          textarea={{ rows: 12, spellCheck: false, style: { fontFamily: MONOSPACE, fontSize: '13px' } }}
          onChange={(_, data) => {
            setText(data.value);
            setError(undefined);
          }}
        />
      </Field>
      {isDescribed && (
        <Field label="What is described already">
          <RadioGroup value={mode} onChange={(_, data) => setMode(data.value as SampleMode)}>
            <Radio value="replace" label="Replace it: the sample says how it is" />
            <Radio value="extend" label="Extend it: the sample shows one more way it may be" />
          </RadioGroup>
        </Field>
      )}
    </FormDialog>
  );
}
