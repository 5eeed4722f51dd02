import { Button, Text } from '@fluentui/react-components';
import { ClipboardPasteRegular } from '@fluentui/react-icons/svg/clipboard-paste';
import { useState } from 'react';
import { getByPointer, isJsonObject } from '../../../base/index.ts';
import {
  addUnsubscribe,
  editOperation,
  findCallbackField,
  findUnsubscribe,
  importSchemaSample,
  listBodyFields,
  putMember,
  readTriggerKind,
  setCallbackField,
  setTriggerKind,
  type TriggerKind,
} from '../../../connector/index.ts';
import type { PlacedEditorProps } from './editor-props.ts';
import { ChoiceField, TextField } from './fields.tsx';
import type { ListTab } from './list-tab.ts';
import { SampleDialog } from './SampleDialog.tsx';
import { SchemaEditor } from './SchemaEditor.tsx';
import { useStepStyles } from './use-step-styles.ts';

const KINDS: readonly (readonly [TriggerKind, string])[] = [
  ['action', 'Action: a step in a flow'],
  ['polling-batch', 'Trigger: asked now and then, a run for each new item'],
  ['polling-single', 'Trigger: asked now and then, one run for the answer'],
  ['webhook', 'Trigger: the service calls (webhook)'],
];

interface TriggerEditorProps extends PlacedEditorProps {
  onKind(tab: ListTab): void;
  onSelect(pointer: string): void;
}

/** Whether an operation is a step or starts flows, and how. */
export function TriggerEditor(props: TriggerEditorProps) {
  const { definition, pointer, onChange, onMoved, onKind } = props;
  const styles = useStepStyles();
  const kind = readTriggerKind(definition.openapi, pointer);
  const hint = getByPointer(definition.openapi, `${pointer}/x-ms-trigger-hint`);
  const choose = (value: string) => {
    const chosen = KINDS.find(([one]) => one === value)?.[0] ?? 'action';
    const placed = setTriggerKind(definition, pointer, chosen);
    onChange(placed.definition, 'Kind of operation');
    onMoved(placed.pointer);
    onKind(chosen === 'action' ? 'action' : 'trigger');
  };
  return (
    <div className={styles.stack}>
      <div className={styles.pair}>
        <ChoiceField label="Kind" value={kind} choices={KINDS} onChange={choose} />
        {kind !== 'action' && (
          <TextField
            label="How to make it fire"
            value={typeof hint === 'string' ? hint : ''}
            hint="Shown while somebody tests a flow."
            onChange={(value) =>
              onChange(
                editOperation(definition, pointer, (one) =>
                  putMember(one, 'x-ms-trigger-hint', value || undefined),
                ),
                'Hint of the trigger',
              )
            }
          />
        )}
      </div>
      {kind.startsWith('polling') && (
        <Text className={styles.faint}>
          The service is asked again with the address it gives in Location: 202 means nothing new, 200 brings
          what is.
        </Text>
      )}
      {kind === 'webhook' && <WebhookEditor {...props} />}
    </div>
  );
}

function WebhookEditor(props: TriggerEditorProps) {
  const { definition, pointer, onChange, onSelect } = props;
  const styles = useStepStyles();
  const [isPasting, setPasting] = useState(false);
  const { openapi } = definition;
  const path = pointer.slice(0, pointer.lastIndexOf('/'));
  const onPath = isJsonObject(getByPointer(openapi, `${path}/x-ms-notification-content`));
  const content = `${onPath ? path : pointer}/x-ms-notification-content/schema`;
  const fields = listBodyFields(openapi, pointer);
  const unsubscribe = findUnsubscribe(openapi, pointer);
  return (
    <section className={styles.box} aria-label="Webhook">
      <div className={styles.pair}>
        <ChoiceField
          label="Field that takes the callback’s address"
          value={findCallbackField(openapi, pointer)?.pointer ?? ''}
          choices={[['', 'None yet'], ...fields.map((one) => [one.pointer, one.name] as const)]}
          hint="A text in the body. Flows fill it in by themselves."
          onChange={(value) => onChange(setCallbackField(definition, pointer, value), 'Callback field')}
        />
        <div className={styles.stack}>
          <Text weight="semibold">When a flow is turned off</Text>
          {unsubscribe === undefined ? (
            <div className={styles.bar}>
              <Text className={styles.faint}>Nothing ends the subscription.</Text>
              <Button
                size="small"
                onClick={() =>
                  onChange(addUnsubscribe(definition, pointer).definition, 'Add the unsubscribe operation')
                }
              >
                Add the operation that does
              </Button>
            </div>
          ) : (
            <div className={styles.bar}>
              <Button size="small" onClick={() => onSelect(unsubscribe)}>
                Show the operation that ends it
              </Button>
            </div>
          )}
        </div>
      </div>
      <div className={styles.bar}>
        <Text weight="semibold" className={styles.grow}>
          What a callback brings
        </Text>
        <Button size="small" icon={<ClipboardPasteRegular />} onClick={() => setPasting(true)}>
          Import callback from sample
        </Button>
      </div>
      <SchemaEditor {...props} title="Callback" schemaPointer={content} />
      {isPasting && (
        <SampleDialog
          title="Import what a callback brings"
          hint="The body of a call as the service makes it, in JSON or XML."
          placeholder={'{\n  "event": "delivered"\n}'}
          isDescribed={isJsonObject(getByPointer(openapi, content))}
          onImport={(text, mode) =>
            onChange(importSchemaSample(definition, content, text, mode), 'Import callback')
          }
          onClose={() => setPasting(false)}
        />
      )}
    </section>
  );
}
