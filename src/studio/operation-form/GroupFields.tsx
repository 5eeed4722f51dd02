import { Button, Input, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { formatPointer, isJsonObject, type JsonObject } from '../../base/index.ts';
import { PHONE } from '../components/styles.ts';
import { FieldEditor, FieldList } from './FieldEditor.tsx';
import { useForm } from './form-context.tsx';
import { createItem, listMembers, withShape } from './form-model.ts';
import { GroupFrame } from './GroupFrame.tsx';
import { pickDependencies } from './inputs.ts';
import { JsonValueField } from './JsonValueField.tsx';
import { describeRefusal } from './OptionsField.tsx';
import { useDynamicContent } from './queries.ts';
import { showText, useValue } from './ScalarFields.tsx';
import type { FormField } from './types.ts';

const useStyles = makeStyles({
  item: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  grow: { flexGrow: 1, minWidth: 0 },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalS,
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr) auto', '& > :nth-child(2)': { gridRow: 2 } },
  },
  add: { alignSelf: 'flex-start' },
});

interface FieldProps {
  readonly field: FormField;
}

/** An object within an object; folded while it is optional and empty, so that circles never unfold by themselves. */
export function ObjectField({ field }: FieldProps) {
  const { definitions, method } = useForm();
  const { value } = useValue(field);
  const [isOpen, setOpen] = useState((field.required && field.path.length < 6) || value !== undefined);
  return (
    <GroupFrame field={field} isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
      {isOpen && <FieldList fields={listMembers(field, definitions, method)} />}
    </GroupFrame>
  );
}

/** A list; each element has its own fields. */
export function ArrayField({ field }: FieldProps) {
  const styles = useStyles();
  const { definitions, setValue, removeItem } = useForm();
  const { value } = useValue(field);
  const items = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const add = () => {
    const item = createItem(field, items.length, definitions);
    setValue(field.path, [...items, item?.kind === 'object' ? {} : item?.kind === 'array' ? [] : '']);
  };
  return (
    <GroupFrame field={field}>
      {items.map((_, index) => {
        const item = createItem(field, index, definitions);
        return (
          item && (
            // biome-ignore lint/suspicious/noArrayIndexKey: an element is known by its place
            <div key={index} className={styles.item}>
              <div className={styles.grow}>
                <FieldEditor field={item} />
              </div>
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={`Remove ${item.label}`}
                onClick={() => removeItem(field.path, index)}
              />
            </div>
          )
        );
      })}
      <Button className={styles.add} size="small" icon={<AddRegular />} onClick={add}>
        Add to {field.label}
      </Button>
    </GroupFrame>
  );
}

/** Names and values that somebody makes up. */
export function DictionaryField({ field }: FieldProps) {
  const styles = useStyles();
  const { value, setValue } = useValue(field);
  const [rows, setRows] = useState(() =>
    Object.entries(isJsonObject(value) ? value : {}).map(([name, one]) => [name, showText(one)] as const),
  );
  const change = (next: readonly (readonly [string, string])[]) => {
    setRows([...next]);
    const named = next.filter(([name]) => name !== '');
    setValue(named.length === 0 ? undefined : (Object.fromEntries(named) as JsonObject));
  };
  const edit = (index: number, row: readonly [string, string]) =>
    change(rows.map((one, at) => (at === index ? row : one)));
  return (
    <GroupFrame field={field}>
      {rows.map(([name, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name until somebody gives it one
        <div key={index} className={styles.pair}>
          <Input
            aria-label={`Name ${index + 1} of ${field.label}`}
            placeholder="Name"
            value={name}
            onChange={(_, data) => edit(index, [data.value, text])}
          />
          <Input
            aria-label={`Value ${index + 1} of ${field.label}`}
            placeholder="Value"
            value={text}
            onChange={(_, data) => edit(index, [name, data.value])}
          />
          <Button
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={`Remove row ${index + 1} of ${field.label}`}
            onClick={() => change(rows.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        className={styles.add}
        size="small"
        icon={<AddRegular />}
        onClick={() => setRows([...rows, ['', '']])}
      >
        Add to {field.label}
      </Button>
    </GroupFrame>
  );
}

/** Fields that the service describes, once what they depend on is chosen; until then, and where it fails, JSON. */
export function ShapeField({ field }: FieldProps) {
  const { target, inputs } = useForm();
  const question = {
    pointer: formatPointer(field.path),
    want: 'schema' as const,
    ...(field.isFromShape ? { extension: field.schema } : {}),
  };
  const query = useDynamicContent(target, question, inputs, pickDependencies(field.schema, inputs), true);
  if (query.isFetching && query.data === undefined && !query.isError) {
    return (
      <GroupFrame field={field}>
        <Spinner size="tiny" label="Asking the service for the fields" />
      </GroupFrame>
    );
  }
  const shape = query.isError ? undefined : query.data?.schema;
  if (shape === undefined) return <JsonValueField field={field} note={describeRefusal(query.error)} />;
  const shaped = withShape(field, shape);
  if (shaped.kind !== 'object') return <FieldEditor field={shaped} />;
  return <ShapedObject field={shaped} />;
}

function ShapedObject({ field }: FieldProps) {
  const { definitions, method } = useForm();
  const fields = listMembers(field, definitions, method);
  return (
    <GroupFrame field={field}>
      <FieldList fields={fields} />
    </GroupFrame>
  );
}
