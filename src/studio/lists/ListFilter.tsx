import { Button, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { FilterAddRegular } from '@fluentui/react-icons/svg/filter-add';
import { useRef } from 'react';
import type { ListColumn } from '../../api/index.ts';
import { useSettledText } from '../components/use-settled-text.ts';
import { type Condition, listOperators, OPERATORS, type Operator, takesValue } from './list-view.ts';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    justifyItems: 'start',
    marginBottom: tokens.spacingVerticalM,
  },
  row: {
    width: '100%',
    minWidth: 0,
    padding: 0,
    border: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    margin: 0,
  },
  value: { minWidth: '140px', flex: '0 1 260px' },
});

interface ListFilterProps {
  readonly columns: readonly ListColumn[];
  readonly conditions: readonly Condition[];
  onChange(conditions: Condition[]): void;
}

/** What rows have to be to be shown: all of the conditions. */
export function ListFilter({ columns, conditions, onChange }: ListFilterProps) {
  const styles = useStyles();
  const add = useRef<HTMLButtonElement>(null);
  const usable = columns.filter(({ type }) => listOperators(type).length > 0);
  const [first] = usable;
  if (first === undefined) return null;
  const replace = (index: number, condition: Condition) => onChange(conditions.with(index, condition));
  return (
    <section className={styles.root} aria-label="Filter">
      {conditions.map((condition, index) => (
        <ConditionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have nothing of their own but their place
          key={index}
          number={index + 1}
          columns={usable}
          condition={condition}
          onChange={(next) => replace(index, next)}
          onRemove={() => {
            onChange(conditions.toSpliced(index, 1));
            add.current?.focus();
          }}
        />
      ))}
      <Button
        ref={add}
        size="small"
        appearance="subtle"
        icon={<FilterAddRegular />}
        onClick={() => onChange([...conditions, begin(first)])}
      >
        {conditions.length === 0 ? 'Filter' : 'And another condition'}
      </Button>
    </section>
  );
}

interface ConditionRowProps {
  readonly number: number;
  readonly columns: readonly ListColumn[];
  readonly condition: Condition;
  onChange(condition: Condition): void;
  onRemove(): void;
}

function ConditionRow({ number, columns, condition, onChange, onRemove }: ConditionRowProps) {
  const styles = useStyles();
  const column = columns.find(({ name }) => name === condition.column);
  const label = (what: string) => `${what} of condition ${number}`;
  return (
    <fieldset className={styles.row} aria-label={`Condition ${number}`}>
      <Select
        aria-label={label('Column')}
        value={column?.name ?? ''}
        onChange={(_, data) => {
          const next = columns.find(({ name }) => name === data.value);
          if (next) onChange(begin(next));
        }}
      >
        {column === undefined && <option value="">{condition.column} is gone</option>}
        {columns.map(({ name, title }) => (
          <option key={name} value={name}>
            {title ?? name}
          </option>
        ))}
      </Select>
      {column && (
        <>
          <Select
            aria-label={label('Comparison')}
            value={condition.operator}
            onChange={(_, data) => onChange({ ...condition, operator: data.value as Operator })}
          >
            {listOperators(column.type).map((operator) => (
              <option key={operator} value={operator}>
                {OPERATORS[operator].label}
              </option>
            ))}
          </Select>
          {takesValue(condition.operator) && (
            <ValueField
              key={column.name}
              label={label('Value')}
              column={column}
              value={condition.value}
              onChange={(value) => onChange({ ...condition, value })}
            />
          )}
        </>
      )}
      <Button
        appearance="subtle"
        icon={<DismissRegular />}
        aria-label={`Remove condition ${number}`}
        onClick={onRemove}
      />
    </fieldset>
  );
}

interface ValueFieldProps {
  readonly label: string;
  readonly column: ListColumn;
  readonly value: string;
  onChange(value: string): void;
}

const INPUT_TYPES = {
  number: 'number',
  integer: 'number',
  date: 'date',
  dateTime: 'datetime-local',
} as const;

function ValueField({ label, column: { type, choices = [] }, value, onChange }: ValueFieldProps) {
  const styles = useStyles();
  const [text, setText] = useSettledText(value, onChange);
  const options: readonly (readonly [string, string])[] =
    type === 'boolean'
      ? [
          ['true', 'Yes'],
          ['false', 'No'],
        ]
      : choices.map((choice) => [choice, choice]);
  if (type === 'boolean' || type === 'choice') {
    return (
      <Select aria-label={label} value={value} onChange={(_, data) => onChange(data.value)}>
        {options.map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <Input
      className={styles.value}
      aria-label={label}
      type={INPUT_TYPES[type as keyof typeof INPUT_TYPES] ?? 'text'}
      value={text}
      onChange={(_, data) => setText(data.value)}
    />
  );
}

function begin({ name, type, choices }: ListColumn): Condition {
  const [operator = 'is'] = listOperators(type);
  return { column: name, operator, value: type === 'boolean' ? 'true' : (choices?.[0] ?? '') };
}
