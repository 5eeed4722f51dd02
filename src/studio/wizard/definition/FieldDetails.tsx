import { Switch, Text } from '@fluentui/react-components';
import { getByPointer, isJsonObject, type JsonObject } from '../../../base/index.ts';
import {
  checkFieldName,
  editAt,
  editDocument,
  putMember,
  renameField,
  type SchemaRow,
  setFieldRequired,
} from '../../../connector/index.ts';
import { describeField } from '../field-problem.ts';
import { type EditorProps, problemPlace } from './editor-props.ts';
import { ChoiceField, CommitField, TextField, VISIBILITIES } from './fields.tsx';
import { useStepStyles } from './use-step-styles.ts';
import { ValueEditor } from './ValueEditor.tsx';

interface FieldDetailsProps extends EditorProps {
  readonly pointer?: string;
  readonly row: SchemaRow;
  /** The object whose field it is. */
  readonly owner: string | undefined;
  onRenamed(name: string): void;
}

/** What is said of one row of a schema. */
export function FieldDetails(props: FieldDetailsProps) {
  const { definition, row, owner, problems, onChange, onRenamed } = props;
  const styles = useStepStyles();
  const { openapi } = definition;
  // What is said of a reference is said where it points to.
  const place = row.target;
  const label = row.name || 'the whole';
  const text = (name: string) => (typeof row.schema[name] === 'string' ? row.schema[name] : '');
  const titleName =
    row.schema['x-ms-summary'] === undefined && row.schema['title'] !== undefined ? 'title' : 'x-ms-summary';
  const set = (name: string, value: string | undefined, what: string) =>
    onChange(
      editDocument(definition, (one) =>
        editAt(one, place, (schema) =>
          putMember(isJsonObject(schema) ? schema : {}, name, value || undefined),
        ),
      ),
      `${what} of ${label}`,
    );
  const at = (name: string) => problemPlace(`${place}/${name}`);
  const holder = owner === undefined ? undefined : getByPointer(openapi, owner);
  return (
    <div className={styles.box}>
      {row.refersTo && (
        <Text className={styles.faint}>
          Shared as {row.refersTo}: what is changed here changes wherever it is used.
        </Text>
      )}
      <div className={styles.pair}>
        {owner !== undefined && isJsonObject(holder) && (
          <CommitField
            label="Field name"
            required
            value={row.name}
            check={(name) => checkFieldName(holder, row.name, name)}
            onCommit={(name) => {
              onChange(
                editDocument(definition, (one) => renameField(one, owner, row.name, name)),
                `Rename ${row.name}`,
              );
              onRenamed(name);
            }}
          />
        )}
        <TextField
          label="Title"
          value={text(titleName)}
          {...describeField(problems, at(titleName))}
          onChange={(value) => set(titleName, value, 'Title')}
        />
        <TextField
          label="Description"
          value={text('description')}
          {...describeField(problems, at('description'))}
          onChange={(value) => set('description', value, 'Description')}
        />
        <ChoiceField
          label="Visibility"
          value={text('x-ms-visibility')}
          choices={VISIBILITIES}
          {...describeField(problems, at('x-ms-visibility'))}
          onChange={(value) => set('x-ms-visibility', value, 'Visibility')}
        />
        {owner !== undefined && (
          <Switch
            label="Required"
            checked={row.isRequired}
            onChange={(_, data) =>
              onChange(
                editDocument(definition, (one) => setFieldRequired(one, owner, row.name, data.checked)),
                `Required of ${label}`,
              )
            }
          />
        )}
      </div>
      <ValueEditor
        {...props}
        name={label}
        schema={row.schema}
        schemaPointer={place}
        owner={row.schema as JsonObject}
        ownerPointer={place}
      />
    </div>
  );
}
