import { Button, Field, Input } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useState } from 'react';
import { formatPointer, getByPointer, isJsonObject, type Json } from '../../../base/index.ts';
import { editOperation, putMember } from '../../../connector/index.ts';
import { Card } from '../../components/Card.tsx';
import { isWithin } from '../address/is-within.ts';
import type { PlacedEditorProps } from './editor-props.ts';
import { ResponseEditor } from './ResponseEditor.tsx';
import { useStepStyles } from './use-step-styles.ts';

const STATUS = /^(?:[1-5]\d\d|[1-5]XX|default)$/i;

/** What an operation answers, by status. What flows read is open; answers that tell of a failure are opened by hand. */
export function ResponsesEditor(props: PlacedEditorProps) {
  const { definition, pointer, shown, onChange } = props;
  const styles = useStepStyles();
  const [status, setStatus] = useState('');
  const found = getByPointer(definition.openapi, `${pointer}/responses`);
  const responses = isJsonObject(found) ? found : {};
  const names = Object.keys(responses);
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(() => {
    const arrived = names.find((name) => shown && isWithin(shown, placeOf(pointer, name)));
    return new Map(arrived === undefined ? [] : [[arrived, true]]);
  });
  const first = names.find((name) => name.startsWith('2')) ?? names[0];
  const isFree = STATUS.test(status.trim()) && responses[status.trim()] === undefined;
  const set = (name: string, value: Json | undefined, label: string) =>
    onChange(
      editOperation(definition, pointer, (one) => ({ ...one, responses: putMember(responses, name, value) })),
      label,
    );
  const add = () => {
    set(status.trim(), { description: '' }, `New response ${status.trim()}`);
    setOpened(new Map(opened).set(status.trim(), true));
    setStatus('');
  };
  return (
    <Card title="Responses" note="What the service answers. Flows offer the fields of the first success.">
      {names.map((name) => (
        <ResponseEditor
          key={name}
          {...props}
          status={name}
          isOnly={names.length === 1}
          isOpen={opened.get(name) ?? name === first}
          onOpen={(isOpen) => setOpened(new Map(opened).set(name, isOpen))}
          onDelete={() => set(name, undefined, `Delete response ${name}`)}
        />
      ))}
      <div className={styles.bar}>
        <Field
          label="Further status"
          orientation="horizontal"
          {...(status !== '' && !isFree
            ? { validationMessage: 'A status such as 404, a class such as 4XX, or default; each once.' }
            : {})}
        >
          <Input
            value={status}
            placeholder="404"
            onChange={(_, data) => setStatus(data.value)}
            onKeyDown={(event) => event.key === 'Enter' && isFree && add()}
          />
        </Field>
        <Button icon={<AddRegular />} disabledFocusable={!isFree} onClick={add}>
          Add response
        </Button>
      </div>
    </Card>
  );
}

function placeOf(operation: string, status: string): string {
  return operation + formatPointer(['responses', status]);
}
