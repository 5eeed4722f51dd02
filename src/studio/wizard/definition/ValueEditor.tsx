import { Switch } from '@fluentui/react-components';
import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import {
  editAt,
  editDocument,
  isNullable,
  putMember,
  readType,
  readValue,
  SCHEMA_TYPES,
  type SchemaType,
  setNullable,
  setType,
} from '../../../connector/index.ts';
import { describeField } from '../field-problem.ts';
import { DynamicEditor } from './DynamicEditor.tsx';
import { EnumEditor } from './EnumEditor.tsx';
import { type EditorProps, problemPlace } from './editor-props.ts';
import { ChoiceField, CommitField } from './fields.tsx';
import { useStepStyles } from './use-step-styles.ts';

interface ValueEditorProps extends EditorProps {
  /** The operation it belongs to, for values that depend on its other parameters. */
  readonly pointer?: string;
  readonly name: string;
  readonly schema: JsonObject;
  readonly schemaPointer: string;
  /** Where dynamic values are written: a parameter, else the schema itself. */
  readonly owner: JsonObject;
  readonly ownerPointer: string;
  /** Of a parameter: objects have no place in an address. */
  readonly scalarsOnly?: boolean;
}

const TYPES: readonly (readonly [string, string])[] = [
  ['any', 'Anything'],
  ['string', 'Text'],
  ['integer', 'Whole number'],
  ['number', 'Number'],
  ['boolean', 'Yes or no'],
  ['object', 'Object'],
  ['array', 'List'],
];

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  string: [
    'date-time',
    'date',
    'time',
    'date-no-tz',
    'email',
    'uri',
    'uuid',
    'html',
    'byte',
    'binary',
    'password',
    'decimal',
  ],
  integer: ['int32', 'int64'],
  number: ['float', 'double', 'decimal'],
};

/** What a value may be: type, format, default, fixed or dynamic choices. */
export function ValueEditor(props: ValueEditorProps) {
  const { definition, name, schema, schemaPointer, owner, ownerPointer, problems, onChange, scalarsOnly } =
    props;
  const styles = useStepStyles();
  const type = readType(schema);
  const edit = (change: (schema: JsonObject) => JsonObject, label: string) =>
    onChange(
      editDocument(definition, (openapi) =>
        editAt(openapi, schemaPointer, (before) => change(isJsonObject(before) ? before : {})),
      ),
      `${label} of ${name}`,
    );
  const at = (member: string) => problemPlace(`${schemaPointer}/${member}`);
  const isScalar = type !== 'object' && type !== 'array';
  return (
    <div className={styles.stack}>
      <div className={styles.pair}>
        <ChoiceField
          label="Type"
          value={type}
          choices={TYPES.filter(([one]) => !(scalarsOnly === true && one === 'object'))}
          {...describeField(problems, at('type'), problemPlace(schemaPointer))}
          onChange={(value) => edit((one) => setType(one, asType(value)), 'Type')}
        />
        {FORMATS[type] !== undefined && (
          <ChoiceField
            label="Format"
            value={typeof schema['format'] === 'string' ? schema['format'] : ''}
            choices={[['', 'None'], ...(FORMATS[type] ?? []).map((one) => [one, one] as const)]}
            {...describeField(problems, at('format'))}
            onChange={(value) => edit((one) => putMember(one, 'format', value || undefined), 'Format')}
          />
        )}
        {type === 'array' && scalarsOnly === true && (
          <ChoiceField
            label="Each item is"
            value={readType(isJsonObject(schema['items']) ? schema['items'] : {})}
            choices={TYPES.filter(([one]) => one !== 'object' && one !== 'array')}
            onChange={(value) =>
              edit((one) => {
                const items = isJsonObject(one['items']) ? one['items'] : {};
                return { ...one, items: setType(items, asType(value)) };
              }, 'Items')
            }
          />
        )}
        {isScalar && (
          <CommitField
            label="Default"
            value={schema['default'] === undefined ? '' : String(schema['default'])}
            check={(text) => checkDefault(text, schema)}
            {...describeField(problems, at('default'))}
            onCommit={(text) =>
              edit(
                (one) => putMember(one, 'default', text === '' ? undefined : (readValue(text, one) as Json)),
                'Default',
              )
            }
          />
        )}
        {type !== 'any' && scalarsOnly !== true && (
          <Switch
            label="May be null"
            checked={isNullable(schema)}
            onChange={(_, data) => edit((one) => setNullable(one, data.checked), 'Null')}
          />
        )}
      </div>
      {isScalar && type !== 'boolean' && (
        <>
          <EnumEditor name={name} schema={schema} onChange={(next) => edit(() => next, 'Values')} />
          <DynamicEditor
            {...(props.pointer === undefined ? {} : { pointer: props.pointer })}
            definition={definition}
            name={name}
            owner={owner}
            onChange={(next) =>
              onChange(
                editDocument(definition, (openapi) => editAt(openapi, ownerPointer, () => next)),
                `Dynamic values of ${name}`,
              )
            }
          />
        </>
      )}
    </div>
  );
}

function asType(value: string): SchemaType | 'any' {
  return SCHEMA_TYPES.find((one) => one === value) ?? 'any';
}

function checkDefault(text: string, schema: JsonObject): string | undefined {
  const type = readType(schema);
  if (text === '' || typeof readValue(text, schema) !== 'string') return undefined;
  if (type === 'integer' || type === 'number') return `'${text}' is no number.`;
  return type === 'boolean' ? 'Write true or false.' : undefined;
}
