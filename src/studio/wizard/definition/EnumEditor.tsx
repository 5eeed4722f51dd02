import { Button, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import type { JsonObject } from '../../../base/index.ts';
import { type EnumValue, readEnum, readValue, setEnum } from '../../../connector/index.ts';
import { useStepStyles } from './use-step-styles.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 32px',
    gap: tokens.spacingHorizontalS,
  },
});

interface EnumEditorProps {
  readonly name: string;
  readonly schema: JsonObject;
  onChange(schema: JsonObject): void;
}

/** The values of a dropdown, and what people see instead of them. */
export function EnumEditor({ name, schema, onChange }: EnumEditorProps) {
  const styles = useStyles();
  const step = useStepStyles();
  const values = readEnum(schema);
  const change = (index: number, value: EnumValue | undefined) =>
    onChange(setEnum(schema, value === undefined ? values.toSpliced(index, 1) : values.with(index, value)));
  return (
    <div className={step.stack}>
      <div className={step.bar}>
        <Text weight="semibold">Dropdown values</Text>
        {values.length === 0 && <Text className={step.faint}>none: anything may be typed</Text>}
      </div>
      {values.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values repeat while they are typed
        <div key={index} className={styles.row}>
          <Input
            aria-label={`Value ${index + 1} of ${name}`}
            placeholder="Value"
            value={String(one.value)}
            onChange={(_, data) => change(index, { ...one, value: readValue(data.value, schema) })}
          />
          <Input
            aria-label={`Shown as ${index + 1} of ${name}`}
            placeholder="Shown as"
            value={one.title}
            onChange={(_, data) => change(index, { ...one, title: data.value })}
          />
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={`Delete value ${index + 1} of ${name}`}
            onClick={() => change(index, undefined)}
          />
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon={<AddRegular />}
          onClick={() => onChange(setEnum(schema, [...values, { value: '', title: '' }]))}
        >
          Add a value
        </Button>
      </div>
    </div>
  );
}
