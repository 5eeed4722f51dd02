import { Button, Checkbox, Dropdown, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { PHONE } from '../components/styles.ts';
import { COLUMN_TYPE_LABELS, type ColumnDraft, readColumnType } from './columns.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gap: tokens.spacingHorizontalS,
    gridTemplateColumns: 'minmax(120px, 1fr) 190px auto auto',
    alignItems: 'center',
    [PHONE]: { gridTemplateColumns: '1fr auto' },
  },
  type: { minWidth: 0 },
  choices: { gridColumnStart: 1, gridColumnEnd: -1 },
});

interface ColumnFieldsProps {
  readonly draft: ColumnDraft;
  onChange(change: Partial<ColumnDraft>): void;
  onRemove(): void;
}

/** One column of a list. */
export function ColumnFields({ draft, onChange, onRemove }: ColumnFieldsProps) {
  const styles = useStyles();
  const name = draft.title || 'the new column';
  return (
    <div className={styles.root}>
      <Input
        aria-label="Column title"
        placeholder="Title"
        value={draft.title}
        onChange={(_, data) => onChange({ title: data.value })}
      />
      <Dropdown
        className={styles.type}
        aria-label={`Type of ${name}`}
        // Values do not change their type: a new column, filled by hand or by a flow, takes them over.
        disabled={draft.name !== undefined}
        value={COLUMN_TYPE_LABELS[draft.type]}
        selectedOptions={[draft.type]}
        onOptionSelect={(_, data) => onChange({ type: readColumnType(data.optionValue) ?? draft.type })}
      >
        {Object.entries(COLUMN_TYPE_LABELS).map(([type, label]) => (
          <Option key={type} value={type}>
            {label}
          </Option>
        ))}
      </Dropdown>
      <Checkbox
        label="Required"
        aria-label={`${name} is required`}
        checked={draft.required}
        onChange={(_, data) => onChange({ required: data.checked === true })}
      />
      <Button appearance="subtle" icon={<DeleteRegular />} aria-label={`Remove ${name}`} onClick={onRemove} />
      {draft.type === 'choice' && (
        <Input
          className={styles.choices}
          aria-label={`Choices of ${name}`}
          placeholder="Choices, separated by commas: New, Shipped, Failed"
          value={draft.choices}
          onChange={(_, data) => onChange({ choices: data.value })}
        />
      )}
    </div>
  );
}
