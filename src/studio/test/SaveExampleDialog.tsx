import { Checkbox, Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { OperationTest } from '../../api/index.ts';
import { type JsonObject, maskCredentials, stringifyJson } from '../../base/index.ts';
import { type DefinitionEdit, shortenExample } from '../../connector/index.ts';
import { FormDialog } from '../components/FormDialog.tsx';
import { JsonField, readJsonText } from '../components/JsonField.tsx';

interface SaveExampleDialogProps {
  readonly operationId: string;
  readonly summary: string;
  readonly answer: NonNullable<OperationTest['answer']>;
  /** What was sent. */
  readonly inputs: JsonObject;
  onSave(edit: DefinitionEdit, label: string): void;
  onClose(): void;
}

/** Keeps an answer in the definition, as the example of its response; what is personal can be taken out before. */
export function SaveExampleDialog({
  operationId,
  summary,
  answer,
  inputs,
  onSave,
  onClose,
}: SaveExampleDialogProps) {
  const [text, setText] = useState(() => stringifyJson(shortenExample(maskCredentials(answer.body)), 2));
  const [keepsInputs, setKeepsInputs] = useState(Object.keys(inputs).length > 0);
  const read = readJsonText(text);
  const save = () => {
    if (!read.ok || read.value === undefined) return;
    const mediaType = String(answer.headers['content-type'] ?? 'application/json').split(';')[0] ?? '';
    const edit: DefinitionEdit = {
      edit: 'save-example',
      operationId,
      answer: { status: String(answer.statusCode), mediaType, body: read.value },
      ...(keepsInputs ? { inputs } : {}),
    };
    onSave(edit, `Example of ${summary}`);
    onClose();
  };
  return (
    <FormDialog
      open
      wide
      title="Save as example"
      action="Save"
      disabled={!read.ok || read.value === undefined}
      onSubmit={save}
      onClose={onClose}
    >
      <Text>
        It becomes the example of the response {answer.statusCode}, in the definition: whoever sees the
        connector, and whoever gets its document, can read it. Take out what is personal.
      </Text>
      <JsonField
        label="Answer"
        hint="Lists are cut to their first three elements."
        text={text}
        rows={Math.min(16, Math.max(4, text.split('\n').length))}
        onChange={setText}
      />
      <Checkbox
        label="The inputs too: “Fill with a sample” then brings them back"
        checked={keepsInputs}
        disabled={Object.keys(inputs).length === 0}
        onChange={(_, data) => setKeepsInputs(data.checked === true)}
      />
    </FormDialog>
  );
}
