import { Dropdown, Field, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';

import { RUN_STATUSES, type RunSearch, type RunTime, readRunStatus, readRunTime } from '../app/search.ts';
import { describeStatus } from '../components/StatusBadge.tsx';
import { PHONE } from '../components/styles.ts';

const useStyles = makeStyles({
  filters: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
    marginBottom: tokens.spacingVerticalL,
  },
  filter: { minWidth: '180px', [PHONE]: { flexGrow: 1, minWidth: '150px' } },
});

const ALL = 'all';
const TIMES: Readonly<Record<RunTime, string>> = {
  hour: 'Last hour',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
};

interface RunFiltersProps {
  readonly search: RunSearch;
  readonly flows: readonly { readonly id: string; readonly name: string }[];
  onChange(search: RunSearch): void;
}

/** Which runs are listed: of which flow, how they went, since when, and what they were about. */
export function RunFilters({ search, flows, onChange }: RunFiltersProps) {
  const styles = useStyles();
  const flowName = flows.find((flow) => flow.id === search.flowId)?.name;
  const change = (part: Partial<Record<keyof RunSearch, string | undefined>>) =>
    onChange(dropEmpty({ ...search, ...part }));
  return (
    <div className={styles.filters}>
      <Choice
        label="Flow"
        value={flowName ?? (search.flowId ? '…' : 'All flows')}
        selected={search.flowId}
        options={[['All flows', undefined], ...flows.map(({ id, name }) => [name, id] as const)]}
        onChoose={(flowId) => change({ flowId })}
      />
      <Choice
        label="Status"
        value={search.status ? describeStatus(search.status) : 'Any status'}
        selected={search.status}
        options={[
          ['Any status', undefined],
          ...RUN_STATUSES.map((status) => [describeStatus(status), status] as const),
        ]}
        onChoose={(status) => change({ status: readRunStatus(status) })}
      />
      <Choice
        label="Started"
        value={search.time ? TIMES[search.time] : 'Any time'}
        selected={search.time}
        options={[
          ['Any time', undefined],
          ...Object.entries(TIMES).map(([time, name]) => [name, time] as const),
        ]}
        onChoose={(time) => change({ time: readRunTime(time) })}
      />
      <PropertySearch value={search.property ?? ''} onSearch={(property) => change({ property })} />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly selected: string | undefined;
  readonly options: readonly (readonly [name: string, value: string | undefined])[];
  onChoose(value: string | undefined): void;
}

function Choice({ label, value, selected, options, onChoose }: ChoiceProps) {
  const styles = useStyles();
  return (
    <Field label={label} className={styles.filter}>
      <Dropdown
        value={value}
        selectedOptions={[selected ?? ALL]}
        onOptionSelect={(_, { optionValue }) => onChoose(optionValue === ALL ? undefined : optionValue)}
      >
        {options.map(([name, option]) => (
          <Option key={option ?? ALL} value={option ?? ALL}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}

/** `orderId:4711`, as actions track it. */
function PropertySearch({ value, onSearch }: { value: string; onSearch(value: string | undefined): void }) {
  const styles = useStyles();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const isUnclear = text.trim() !== '' && !/^[^:]+:/.test(text.trim());
  const search = () => {
    if (!isUnclear && text.trim() !== value) onSearch(text.trim() || undefined);
  };
  return (
    <Field
      label="Tracked property"
      className={styles.filter}
      validationState={isUnclear ? 'warning' : 'none'}
      validationMessage={isUnclear ? 'Write name:value, such as orderId:4711.' : undefined}
    >
      <Input
        value={text}
        placeholder="orderId:4711"
        type="search"
        onChange={(_, data) => setText(data.value)}
        onBlur={search}
        onKeyDown={({ key }) => key === 'Enter' && search()}
      />
    </Field>
  );
}

function dropEmpty(search: Partial<Record<keyof RunSearch, string | undefined>>): RunSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  );
}
