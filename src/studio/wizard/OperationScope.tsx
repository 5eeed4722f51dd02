import {
  Checkbox,
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  SearchBox,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { matchesSearch } from '../components/search.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(240px, 100%), 1fr))',
    maxHeight: '260px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingVerticalXS,
  },
  note: { color: tokens.colorNeutralForeground2 },
});

/** More are found by searching. */
const MOST_SHOWN = 100;
const MANY = 12;

interface OperationScopeProps {
  readonly label: string;
  /** Whose operations they are: "policy". */
  readonly subject: string;
  readonly operations: readonly { readonly id: string; readonly title: string }[];
  /** None: all of them. */
  readonly chosen: readonly string[];
  readonly warning?: string | undefined;
  onChange(ids: readonly string[]): void;
}

/** All operations, or those that are chosen. */
export function OperationScope({
  label,
  subject,
  operations,
  chosen,
  warning,
  onChange,
}: OperationScopeProps) {
  const styles = useStyles();
  const [wantsChoice, setWantsChoice] = useState(chosen.length > 0);
  const [search, setSearch] = useState('');
  const isChosen = wantsChoice || chosen.length > 0;
  const found = operations.filter(({ id, title }) => matchesSearch(search, id, title));
  const message =
    isChosen && chosen.length === 0 ? 'Choose at least one: until then it applies to all.' : warning;
  return (
    <div className={styles.root}>
      <Field label={label} validationState={message ? 'warning' : 'none'} validationMessage={message}>
        <RadioGroup
          layout="horizontal"
          value={isChosen ? 'chosen' : 'all'}
          onChange={(_, data) => {
            setWantsChoice(data.value === 'chosen');
            if (data.value === 'all') onChange([]);
          }}
        >
          <Radio value="all" label="All operations" />
          <Radio value="chosen" label="Only chosen ones" />
        </RadioGroup>
      </Field>
      {isChosen && (
        <>
          {operations.length > MANY && (
            <SearchBox
              aria-label={`Search operations of the ${subject}`}
              placeholder="Search operations"
              value={search}
              onChange={(_, data) => setSearch(data.value)}
            />
          )}
          <fieldset className={styles.list} aria-label={`Operations of the ${subject}`}>
            {found.slice(0, MOST_SHOWN).map(({ id, title }) => (
              <Checkbox
                key={id}
                label={title}
                checked={chosen.includes(id)}
                onChange={(_, data) =>
                  onChange(data.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                }
              />
            ))}
          </fieldset>
          {found.length > MOST_SHOWN && (
            <Text className={styles.note}>{`${found.length - MOST_SHOWN} more: search for them.`}</Text>
          )}
        </>
      )}
    </div>
  );
}
