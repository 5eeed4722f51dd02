import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { formatPointer } from '../../base/index.ts';
import { FileField } from './FileField.tsx';
import { useForm } from './form-context.tsx';
import { ArrayField, DictionaryField, ObjectField, ShapeField } from './GroupFields.tsx';
import { getAt } from './inputs.ts';
import { JsonValueField } from './JsonValueField.tsx';
import { OptionsField } from './OptionsField.tsx';
import { ChoiceField, DateField, NumberField, TextField } from './ScalarFields.tsx';
import { TreeField } from './TreeField.tsx';
import type { FieldKind, FormField } from './types.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  more: { alignSelf: 'flex-start' },
});

type Editor = (props: { readonly field: FormField }) => React.ReactNode;

const EDITORS: Readonly<Record<FieldKind, Editor>> = {
  array: ArrayField,
  boolean: ChoiceField,
  choice: ChoiceField,
  date: DateField,
  datetime: DateField,
  dictionary: DictionaryField,
  file: FileField,
  integer: NumberField,
  json: JsonValueField,
  longtext: TextField,
  number: NumberField,
  object: ObjectField,
  options: OptionsField,
  password: TextField,
  shape: ShapeField,
  text: TextField,
  tree: TreeField,
};

export function FieldEditor({ field }: { readonly field: FormField }) {
  const Editor = EDITORS[field.kind];
  return <Editor field={field} />;
}

/** At first as many; a form of hundreds of fields shows the others when asked. */
const PORTION = 40;

/** Fields below each other; the advanced ones, unless they are required or filled, behind a button. */
export function FieldList({ fields }: { readonly fields: readonly FormField[] }) {
  const styles = useStyles();
  const { inputs } = useForm();
  const [isAll, setAll] = useState(false);
  const [limit, setLimit] = useState(PORTION);
  const isFolded = (field: FormField) =>
    field.visibility === 'advanced' && !field.required && getAt(inputs, field.path) === undefined;
  const folded = isAll ? 0 : fields.filter(isFolded).length;
  const offered = isAll ? fields : fields.filter((field) => !isFolded(field));
  return (
    <div className={styles.list}>
      {offered.slice(0, limit).map((field) => (
        <FieldEditor key={formatPointer(field.path)} field={field} />
      ))}
      {offered.length > limit && (
        <Button className={styles.more} size="small" onClick={() => setLimit(limit + 5 * PORTION)}>
          Show {Math.min(offered.length - limit, 5 * PORTION)} more of {offered.length}
        </Button>
      )}
      {folded > 0 && (
        <Button className={styles.more} size="small" appearance="subtle" onClick={() => setAll(true)}>
          Show advanced ({folded})
        </Button>
      )}
    </div>
  );
}
