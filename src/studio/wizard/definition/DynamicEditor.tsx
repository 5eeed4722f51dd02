import { Combobox, Field, Input, makeStyles, Option, Select, Text, tokens } from '@fluentui/react-components';
import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import {
  type ConnectorDefinition,
  compileConnector,
  type DefinitionItem,
  listDefinitionItems,
  listParameters,
  listSchemaRows,
  putMember,
} from '../../../connector/index.ts';
import { useStepStyles } from './use-step-styles.ts';

const NAME = 'x-ms-dynamic-values';

const useStyles = makeStyles({
  source: { minWidth: 0, '& select': { width: '100%', minWidth: 0, textOverflow: 'ellipsis' } },
  argument: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr)',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
  },
});

interface DynamicEditorProps {
  readonly definition: ConnectorDefinition;
  /** The operation whose other parameters may be passed on. */
  readonly pointer?: string;
  readonly name: string;
  /** The parameter or schema that has the values. */
  readonly owner: JsonObject;
  onChange(owner: JsonObject): void;
}

/** Dropdown values that another operation answers with. */
export function DynamicEditor({ definition, pointer, name, owner, onChange }: DynamicEditorProps) {
  const styles = useStyles();
  const step = useStepStyles();
  const written = owner[NAME];
  const source = isJsonObject(written) ? written : undefined;
  const operationId = text(source?.['operationId']);
  const set = (next: JsonObject | undefined) => onChange(putMember(owner, NAME, next));
  const put = (member: string, value: string) =>
    set(putMember(source ?? {}, member, value === '' ? undefined : value));
  const operations = listDefinitionItems(definition.openapi).filter(
    (item): item is Extract<DefinitionItem, { method: string }> =>
      'method' in item && item.pointer !== pointer,
  );
  const paths =
    operationId === '' ? { lists: [], values: [] } : listAnswerPaths(definition, operationId, source);
  return (
    <div className={step.stack}>
      <Field
        label="Values from an operation"
        hint="Its answer fills a dropdown, while somebody makes a flow."
      >
        <Select
          className={styles.source}
          value={operationId}
          onChange={(_, data) =>
            set(data.value === '' ? undefined : { ...(source ?? {}), operationId: data.value })
          }
        >
          <option value="">None</option>
          {operationId !== '' && !operations.some((one) => one.operationId === operationId) && (
            <option value={operationId}>{operationId} (not there)</option>
          )}
          {operations.map((one) => (
            <option key={one.pointer} value={one.operationId}>
              {one.title} ({one.operationId})
            </option>
          ))}
        </Select>
      </Field>
      {source !== undefined && operationId !== '' && (
        <>
          <div className={step.pair}>
            <PathField
              label="List in the answer"
              hint="Empty: the answer is the list."
              value={text(source['value-collection'])}
              paths={paths.lists}
              onChange={(value) => put('value-collection', value)}
            />
            <PathField
              label="Value of each"
              hint="What is sent."
              value={text(source['value-path'])}
              paths={paths.values}
              onChange={(value) => put('value-path', value)}
            />
            <PathField
              label="Title of each"
              hint="What people see."
              value={text(source['value-title'])}
              paths={paths.values}
              onChange={(value) => put('value-title', value)}
            />
          </div>
          <Arguments
            definition={definition}
            pointer={pointer}
            name={name}
            operation={operations.find((one) => one.operationId === operationId)?.pointer}
            source={source}
            onChange={set}
          />
        </>
      )}
    </div>
  );
}

interface PathFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly paths: readonly string[];
  onChange(value: string): void;
}

function PathField({ label, hint, value, paths, onChange }: PathFieldProps) {
  return (
    <Field label={label} hint={hint}>
      <Combobox
        freeform
        input={{ style: { minWidth: 0, width: '100%' } }}
        style={{ minWidth: 0 }}
        value={value}
        selectedOptions={[value]}
        onChange={(event) => onChange(event.target.value)}
        onOptionSelect={(_, data) => onChange(data.optionValue ?? '')}
      >
        {paths.map((path) => (
          <Option key={path} value={path}>
            {path}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}

interface ArgumentsProps {
  readonly definition: ConnectorDefinition;
  readonly pointer: string | undefined;
  readonly name: string;
  readonly operation: string | undefined;
  readonly source: JsonObject;
  onChange(source: JsonObject): void;
}

/** What the operation that is asked takes: a fixed value, or what stands in another parameter. */
function Arguments({ definition, pointer, name, operation, source, onChange }: ArgumentsProps) {
  const styles = useStyles();
  const step = useStepStyles();
  if (operation === undefined) return null;
  const asked = listParameters(definition.openapi, operation).map(({ parameter }) =>
    String(parameter['name']),
  );
  if (asked.length === 0) return null;
  const given = isJsonObject(source['parameters']) ? source['parameters'] : {};
  const own = pointer === undefined ? [] : listParameters(definition.openapi, pointer);
  const others = own.map(({ parameter }) => String(parameter['name'])).filter((one) => one !== name);
  const set = (argument: string, value: Json | undefined) => {
    const parameters = putMember(given, argument, value);
    onChange(putMember(source, 'parameters', Object.keys(parameters).length === 0 ? undefined : parameters));
  };
  return (
    <div className={step.stack}>
      <Text weight="semibold">It is asked with</Text>
      {asked.map((argument) => {
        const value = given[argument];
        const reference = isJsonObject(value) ? text(value['parameter']) : undefined;
        const kind = value === undefined ? '' : reference === undefined ? 'fixed' : 'parameter';
        return (
          <div key={argument} className={styles.argument}>
            <Text className={step.mono}>{argument}</Text>
            <Select
              aria-label={`Where ${argument} comes from`}
              value={kind}
              onChange={(_, data) =>
                set(
                  argument,
                  data.value === ''
                    ? undefined
                    : data.value === 'fixed'
                      ? ''
                      : { parameter: others[0] ?? '' },
                )
              }
            >
              <option value="">Left out</option>
              <option value="fixed">Fixed value</option>
              {(others.length > 0 || kind === 'parameter') && (
                <option value="parameter">Another parameter</option>
              )}
            </Select>
            {kind === 'fixed' && (
              <Input
                aria-label={`Value of ${argument}`}
                value={typeof value === 'string' ? value : JSON.stringify(value)}
                onChange={(_, data) => set(argument, data.value)}
              />
            )}
            {kind === 'parameter' && (
              <Select
                aria-label={`Parameter for ${argument}`}
                value={reference ?? ''}
                onChange={(_, data) => set(argument, { parameter: data.value })}
              >
                {[...new Set([...others, reference ?? ''])].map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </Select>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Paths into the answer of an operation: to its lists, and to the fields of what the chosen list holds. */
function listAnswerPaths(
  definition: ConnectorDefinition,
  operationId: string,
  source: JsonObject | undefined,
) {
  const schema = compileConnector(definition).operation(operationId)?.successResponse?.schema;
  if (schema === undefined) return { lists: [], values: [] };
  const rows = listSchemaRows(definition.openapi, '', schema, (_id, depth) => depth < 4);
  const path = (id: string) =>
    id
      .split('/')
      .filter((part) => part.startsWith('property:'))
      .map((part) => part.slice('property:'.length));
  const lists = rows
    .filter(({ schema: one }) => isJsonObject(one['items']))
    .map(({ id }) => path(id).join('/'));
  const base = text(source?.['value-collection']);
  const depth = base === '' ? 0 : base.split('/').length;
  const values = rows
    .filter(
      ({ id, hasChildren }) => !hasChildren && id.includes('items:') && path(id).join('/').startsWith(base),
    )
    .map(({ id }) => path(id).slice(depth).join('/'));
  return { lists: [...new Set(lists)].filter(Boolean), values: [...new Set(values)].filter(Boolean) };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
