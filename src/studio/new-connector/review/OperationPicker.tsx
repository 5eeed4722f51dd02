import { Button, Dropdown, makeStyles, Option, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useDeferredValue, useMemo, useState } from 'react';
import type { OperationSummary } from '../../../api/index.ts';
import { formatCount } from '../../format/count.ts';
import { OperationChoices } from './OperationChoices.tsx';
import { countTags, filterOperations, findNeeded, setChosen } from './selection.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  search: { flex: '1 1 220px', maxWidth: 'none' },
  tags: { flex: '0 1 200px', minWidth: '150px' },
  count: { color: tokens.colorNeutralForeground2 },
});

interface OperationPickerProps {
  readonly operations: readonly OperationSummary[];
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly chosen: ReadonlySet<string>;
  onChange(chosen: ReadonlySet<string>): void;
}

/** Operations to take or to leave: by search, by tag, all that are shown, or one by one. */
export function OperationPicker({ operations, needs, chosen, onChange }: OperationPickerProps) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const [tag, setTag] = useState<string>();
  const tags = useMemo(() => countTags(operations), [operations]);
  const shown = useMemo(() => filterOperations(operations, wanted, tag), [operations, wanted, tag]);
  const needed = useMemo(() => findNeeded(chosen, needs), [chosen, needs]);
  const ids = shown.map(({ operationId }) => operationId);
  const isFiltered = shown.length < operations.length;
  return (
    <>
      <div className={styles.bar}>
        <SearchBox
          className={styles.search}
          placeholder={`Search ${formatCount(operations.length, 'operation')}`}
          aria-label="Search operations"
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        {tags.size > 1 && (
          <Dropdown
            className={styles.tags}
            aria-label="Tag"
            value={tag ?? 'All tags'}
            selectedOptions={[tag ?? '']}
            onOptionSelect={(_, data) => setTag(data.optionValue || undefined)}
          >
            <Option value="">All tags</Option>
            {[...tags].map(([name, count]) => (
              <Option key={name} value={name} text={name}>
                {`${name} (${count})`}
              </Option>
            ))}
          </Dropdown>
        )}
        <Button onClick={() => onChange(setChosen(chosen, ids, true))}>
          {isFiltered ? `Select these ${shown.length}` : 'Select all'}
        </Button>
        <Button onClick={() => onChange(setChosen(chosen, ids, false))}>
          {isFiltered ? 'Clear these' : 'Select none'}
        </Button>
      </div>
      <Text className={styles.count} role="status">
        {describeChoice(chosen.size, operations.length, needed.size)}
      </Text>
      {shown.length === 0 ? (
        <Text>No operation matches.</Text>
      ) : (
        <OperationChoices
          operations={shown}
          chosen={chosen}
          needed={needed}
          onToggle={(id) => onChange(setChosen(chosen, [id], !chosen.has(id)))}
        />
      )}
    </>
  );
}

function describeChoice(chosen: number, all: number, needed: number): string {
  const taken = `${chosen.toLocaleString('en')} of ${formatCount(all, 'operation')} selected`;
  return needed === 0 ? `${taken}.` : `${taken}, and ${needed} that they need.`;
}
