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
import { useMemo, useState } from 'react';
import {
  type DraftProblem,
  listDefinitionItems,
  type PolicyEntry,
  setPolicyOperations,
} from '../../../connector/index.ts';
import { matchesSearch } from '../../components/search.ts';
import type { StepProps } from '../step-props.ts';

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

interface PolicyOperationsProps extends Pick<StepProps, 'definition' | 'onChange'> {
  readonly entry: PolicyEntry;
  readonly problems: readonly DraftProblem[];
}

/** Which operations a policy applies to: all of them, or those that are chosen. */
export function PolicyOperations({ entry, definition, problems, onChange }: PolicyOperationsProps) {
  const styles = useStyles();
  const { index, operationIds } = entry;
  const [wantsChoice, setWantsChoice] = useState(operationIds.length > 0);
  const [search, setSearch] = useState('');
  const choices = useMemo(() => listChoices(definition, operationIds), [definition, operationIds]);
  const isChosen = wantsChoice || operationIds.length > 0;
  const set = (ids: readonly string[]) =>
    onChange(setPolicyOperations(definition, index, ids), 'Operations of a policy');
  const found = choices.filter(({ id, title }) => matchesSearch(search, id, title));
  const gone = problems.find(({ message }) => message.includes('there is no operation'));
  const empty = isChosen && operationIds.length === 0;
  return (
    <div className={styles.root}>
      <Field
        label="Applies to"
        validationState={empty || gone ? 'warning' : 'none'}
        validationMessage={empty ? 'Choose at least one: until then it applies to all.' : gone?.message}
      >
        <RadioGroup
          layout="horizontal"
          value={isChosen ? 'chosen' : 'all'}
          onChange={(_, data) => {
            setWantsChoice(data.value === 'chosen');
            if (data.value === 'all') set([]);
          }}
        >
          <Radio value="all" label="All operations" />
          <Radio value="chosen" label="Only chosen ones" />
        </RadioGroup>
      </Field>
      {isChosen && (
        <>
          {choices.length > MANY && (
            <SearchBox
              aria-label="Search operations of the policy"
              placeholder="Search operations"
              value={search}
              onChange={(_, data) => setSearch(data.value)}
            />
          )}
          <fieldset className={styles.list} aria-label="Operations of the policy">
            {found.slice(0, MOST_SHOWN).map(({ id, title }) => (
              <Checkbox
                key={id}
                label={title}
                checked={operationIds.includes(id)}
                onChange={(_, data) =>
                  set(data.checked ? [...operationIds, id] : operationIds.filter((one) => one !== id))
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

/** The operations of the definition, and those that are named though they are gone. */
function listChoices(definition: StepProps['definition'], named: readonly string[]) {
  const known = listDefinitionItems(definition.openapi).flatMap((item) =>
    'operationId' in item && item.operationId !== '' ? [{ id: item.operationId, title: item.title }] : [],
  );
  const ids = new Set(known.map(({ id }) => id));
  const gone = named.filter((id) => !ids.has(id)).map((id) => ({ id, title: `${id} (gone)` }));
  const isNamed = ({ id }: { id: string }) => named.includes(id);
  // What is chosen stands first in a list that cannot be seen whole.
  const sorted =
    known.length > MOST_SHOWN ? [...known.filter(isNamed), ...known.filter((one) => !isNamed(one))] : known;
  return [...gone, ...sorted];
}
