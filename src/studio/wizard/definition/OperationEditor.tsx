import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { getByPointer, isJsonObject, type JsonObject } from '../../../base/index.ts';
import { checkOperationId, editOperation, putMember, renameOperation } from '../../../connector/index.ts';
import { Card } from '../../components/Card.tsx';
import { describeField } from '../field-problem.ts';
import { AddressField } from './AddressField.tsx';
import { BodyEditor } from './BodyEditor.tsx';
import { type PlacedEditorProps, problemPlace } from './editor-props.ts';
import { ChoiceField, CommitField, TextField, VISIBILITIES } from './fields.tsx';
import type { ListTab } from './list-tab.ts';
import { ParameterList } from './ParameterList.tsx';
import { ResponsesEditor } from './ResponsesEditor.tsx';
import { TriggerEditor } from './TriggerEditor.tsx';
import { useStepStyles } from './use-step-styles.ts';

interface OperationEditorProps extends PlacedEditorProps {
  onMove(by: -1 | 1): void;
  onDuplicate(): void;
  onDelete(pointer: string): void;
  onSelect(pointer: string): void;
  onKind(tab: ListTab): void;
}

/** Everything about one action or trigger, from top to bottom. */
export function OperationEditor(props: OperationEditorProps) {
  const { definition, pointer, problems, onChange } = props;
  const styles = useStepStyles();
  const found = getByPointer(definition.openapi, pointer);
  const operation: JsonObject = isJsonObject(found) ? found : {};
  const text = (name: string) => (typeof operation[name] === 'string' ? operation[name] : '');
  const id = text('operationId');
  const name = text('summary') || id;
  const set = (member: string, value: string | undefined, label: string) =>
    onChange(
      editOperation(definition, pointer, (one) => putMember(one, member, value)),
      `${label} of ${name}`,
    );
  const place = (member: string) => problemPlace(`${pointer}/${member}`);
  return (
    <div className={styles.stack}>
      <Card
        title={name || 'Operation'}
        actions={
          <div className={styles.bar}>
            <Button
              appearance="subtle"
              icon={<ArrowUpRegular />}
              aria-label="Move up"
              onClick={() => props.onMove(-1)}
            />
            <Button
              appearance="subtle"
              icon={<ArrowDownRegular />}
              aria-label="Move down"
              onClick={() => props.onMove(1)}
            />
            <Button appearance="subtle" icon={<CopyRegular />} onClick={props.onDuplicate}>
              Duplicate
            </Button>
            <Button appearance="subtle" icon={<DeleteRegular />} onClick={() => props.onDelete(pointer)}>
              Delete
            </Button>
          </div>
        }
      >
        <WholeProblems {...props} />
        <div className={styles.pair}>
          <TextField
            label="Summary"
            required
            value={text('summary')}
            hint="What people choose it by: a few words, such as Track a shipment."
            {...describeField(problems, place('summary'))}
            onChange={(value) => set('summary', value, 'Summary')}
          />
          <CommitField
            label="Operation ID"
            required
            value={id}
            hint="What flows and programs name it by."
            check={(value) => checkOperationId(definition.openapi, pointer, value)}
            {...describeField(problems, place('operationId'))}
            onCommit={(value) => onChange(renameOperation(definition, pointer, value), `Rename ${name}`)}
          />
        </div>
        <TextField
          label="Description"
          rows={2}
          value={text('description')}
          hint="A sentence or two, ending with a full stop."
          {...describeField(problems, place('description'))}
          onChange={(value) => set('description', value, 'Description')}
        />
        <div className={styles.pair}>
          <ChoiceField
            label="Visibility"
            value={text('x-ms-visibility')}
            choices={VISIBILITIES}
            {...describeField(problems, place('x-ms-visibility'))}
            onChange={(value) => set('x-ms-visibility', value || undefined, 'Visibility')}
          />
        </div>
        <TriggerEditor {...props} />
      </Card>
      <Card title="Request" note="How the service is called.">
        <AddressField {...props} />
        <ParameterList {...props} />
        <BodyEditor {...props} />
      </Card>
      <ResponsesEditor {...props} />
    </div>
  );
}

/** What is wrong with the operation as a whole, beside no field. */
function WholeProblems({ problems, pointer }: PlacedEditorProps) {
  const place = problemPlace(pointer);
  const own = problems.filter((one) => one.severity !== 'hint' && one.pointer === place);
  if (own.length === 0) return null;
  return own.map(({ message, severity }) => (
    <MessageBar key={message} intent={severity === 'error' ? 'error' : 'warning'}>
      <MessageBarBody>{message}</MessageBarBody>
    </MessageBar>
  ));
}
