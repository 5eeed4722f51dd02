import { Checkbox, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { JsonObject } from '../../base/index.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { FormDialog } from '../components/FormDialog.tsx';
import { JsonField, readJsonText } from '../components/JsonField.tsx';
import { useCreateCheck } from '../data/operation-tests.ts';

interface SaveCheckDialogProps {
  readonly connectorId: string;
  readonly check: {
    readonly connectionId: string;
    readonly operationId: string;
    readonly inputs: JsonObject;
  };
  readonly name: string;
  /** What came this time. */
  readonly statusCode: number;
  onClose(): void;
}

/** Keeps a test with what has to come of it. */
export function SaveCheckDialog({
  connectorId,
  check,
  name: first,
  statusCode,
  onClose,
}: SaveCheckDialogProps) {
  const [name, setName] = useState(first);
  const [checksSchema, setChecksSchema] = useState(true);
  const [pointer, setPointer] = useState('');
  const [text, setText] = useState('');
  const create = useCreateCheck(connectorId);
  const read = readJsonText(text);
  const value = read.ok ? read.value : undefined;
  const isHalf = pointer !== '' && (value === undefined || !pointer.startsWith('/'));
  const save = () =>
    create.mutate(
      {
        ...check,
        name: name.trim(),
        expectations: {
          status: statusCode,
          ...(checksSchema ? { schema: true } : {}),
          ...(pointer !== '' && value !== undefined ? { equals: [{ pointer, value }] } : {}),
        },
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      open
      title="Keep as a check"
      action="Keep"
      busy={create.isPending}
      disabled={name.trim() === '' || isHalf}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label="Name" required>
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field label="Status" hint="What the service has to answer.">
        <Input value={String(statusCode)} readOnly />
      </Field>
      <Checkbox
        label="The answer must be what the definition says"
        checked={checksSchema}
        onChange={(_, data) => setChecksSchema(data.checked === true)}
      />
      <Field
        label="A place in the body"
        hint="Optional: a JSON pointer such as /status."
        validationMessage={
          isHalf ? 'Give a pointer that begins with / and the value that belongs there.' : undefined
        }
      >
        <Input value={pointer} onChange={(_, data) => setPointer(data.value)} />
      </Field>
      {pointer !== '' && (
        <JsonField
          label="Its value"
          hint="As JSON: text in quotation marks."
          text={text}
          rows={2}
          onChange={setText}
        />
      )}
      <ErrorNotice error={create.error} />
    </FormDialog>
  );
}
