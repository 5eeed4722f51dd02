import { Button, Switch, Text } from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import {
  deleteParameter,
  listParameters,
  moveParameter,
  type ParameterPlace,
  renameParameter,
  setParameterMember,
} from '../../../connector/index.ts';
import { describeField } from '../field-problem.ts';
import { type PlacedEditorProps, problemPlace } from './editor-props.ts';
import { ChoiceField, CommitField, TextField, VISIBILITIES } from './fields.tsx';
import { useStepStyles } from './use-step-styles.ts';
import { ValueEditor } from './ValueEditor.tsx';

interface ParameterEditorProps extends PlacedEditorProps {
  readonly place: ParameterPlace;
  readonly count: number;
}

/** One parameter: what it is called, what it takes, how it is shown. */
export function ParameterEditor(props: ParameterEditorProps) {
  const { definition, pointer, place, problems, onChange, onMoved } = props;
  const styles = useStepStyles();
  const { parameter } = place;
  const name = String(parameter['name']);
  const isPath = parameter['in'] === 'path';
  const set = (member: string, value: Json | undefined, label: string) =>
    onChange(setParameterMember(definition, place, member, value), `${label} of ${name}`);
  const rename = (next: string) => {
    const renamed = renameParameter(definition, pointer, place, next);
    if (!renamed.ok) return;
    onChange(renamed.definition, `Rename ${name}`);
    onMoved(renamed.pointer);
  };
  const at = (member: string) => problemPlace(`${place.pointer}/${member}`);
  return (
    <div className={styles.box}>
      {place.sharedAs && (
        <Text className={styles.faint}>
          Shared as {place.sharedAs}: what is changed here changes for all operations that refer to it.
        </Text>
      )}
      <div className={styles.pair}>
        <CommitField
          label="Name"
          required
          value={name}
          disabled={isPath && place.sharedAs !== undefined}
          check={(text) => checkName(props, text)}
          {...describeField(problems, problemPlace(place.pointer), at('name'))}
          onCommit={rename}
        />
        <TextField
          label="Title"
          value={textOf(parameter, 'x-ms-summary')}
          hint="What people see."
          {...describeField(problems, at('x-ms-summary'))}
          onChange={(value) => set('x-ms-summary', value || undefined, 'Title')}
        />
      </div>
      <TextField
        label="Description"
        value={textOf(parameter, 'description')}
        {...describeField(problems, at('description'))}
        onChange={(value) => set('description', value || undefined, 'Description')}
      />
      <div className={styles.pair}>
        <ChoiceField
          label="Visibility"
          value={textOf(parameter, 'x-ms-visibility')}
          choices={VISIBILITIES}
          {...describeField(problems, at('x-ms-visibility'))}
          onChange={(value) => set('x-ms-visibility', value || undefined, 'Visibility')}
        />
        {isPath && (
          <ChoiceField
            label="Encoding in the address"
            value={textOf(parameter, 'x-ms-url-encoding')}
            choices={[
              ['', 'Not said: once'],
              ['single', 'Once'],
              ['double', 'Twice: for values with a slash'],
            ]}
            {...describeField(problems, at('x-ms-url-encoding'))}
            onChange={(value) => set('x-ms-url-encoding', value || undefined, 'Encoding')}
          />
        )}
        <Switch
          label="Required"
          checked={isPath || parameter['required'] === true}
          disabled={isPath}
          onChange={(_, data) => set('required', data.checked, 'Required')}
        />
      </div>
      <ValueEditor
        {...props}
        name={name}
        schema={isJsonObject(parameter['schema']) ? parameter['schema'] : {}}
        schemaPointer={`${place.pointer}/schema`}
        owner={parameter}
        ownerPointer={place.pointer}
        scalarsOnly
      />
      <div className={styles.bar}>
        <Button
          size="small"
          icon={<ArrowUpRegular />}
          disabledFocusable={place.index === 0}
          onClick={() => onChange(moveParameter(definition, pointer, place, place.index - 1), 'Reorder')}
        >
          Up
        </Button>
        <Button
          size="small"
          icon={<ArrowDownRegular />}
          onClick={() => onChange(moveParameter(definition, pointer, place, place.index + 1), 'Reorder')}
        >
          Down
        </Button>
        <Button
          size="small"
          icon={<DeleteRegular />}
          disabledFocusable={isPath}
          onClick={() => onChange(deleteParameter(definition, pointer, place), `Delete ${name}`)}
        >
          Delete
        </Button>
        {isPath && <Text className={styles.faint}>It stands in the path: take it out there.</Text>}
      </div>
    </div>
  );
}

function checkName({ definition, pointer, place }: ParameterEditorProps, text: string): string | undefined {
  if (text === '') return 'A parameter needs a name.';
  const isPath = place.parameter['in'] === 'path';
  if (isPath && /[{}/?#]/.test(text)) return 'No braces, slashes, ? or # in the name of a path parameter.';
  if (text === 'connectionId') return "'connectionId' is kept for the platform.";
  const others = listParameters(definition.openapi, pointer).filter((one) => one.pointer !== place.pointer);
  const isTaken = others.some(
    ({ parameter }) => parameter['name'] === text && parameter['in'] === place.parameter['in'],
  );
  return isTaken ? `There is a parameter '${text}' already.` : undefined;
}

function textOf(owner: JsonObject, name: string): string {
  const value = owner[name];
  return typeof value === 'string' ? value : '';
}
