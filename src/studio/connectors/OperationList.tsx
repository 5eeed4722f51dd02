import { Button, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useDeferredValue, useMemo, useState } from 'react';
import type { OperationSummary } from '../../api/index.ts';
import { matchesSearch } from '../components/search.ts';
import { formatCount } from '../format/count.ts';
import { type BrowserRow, OperationRows } from './OperationRows.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  search: { width: '100%', maxWidth: 'none' },
});

interface OperationListProps {
  readonly operations: readonly OperationSummary[];
  readonly selected: string | undefined;
  onSelect(operationId: string): void;
}

const GROUPS = [
  ['action', 'Actions'],
  ['trigger', 'Triggers'],
] as const;

/** Operations by kind, with a search over their names and paths. */
export function OperationList({ operations, selected, onSelect }: OperationListProps) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const [isAll, setAll] = useState(false);
  const matching = useMemo(
    () =>
      operations.filter(
        ({ operationId, summary, path, description, visibility }) =>
          visibility !== 'internal' && matchesSearch(wanted, operationId, summary, path, description),
      ),
    [operations, wanted],
  );
  const found = useMemo(
    () => (isAll ? matching : matching.filter((one) => isOffered(one) || one.operationId === selected)),
    [matching, isAll, selected],
  );
  const rows = useMemo(() => groupByKind(found), [found]);
  const hidden = matching.length - found.length;
  return (
    <div className={styles.root}>
      <SearchBox
        className={styles.search}
        placeholder={`Search ${formatCount(operations.length, 'operation')}`}
        aria-label="Search operations"
        value={search}
        onChange={(_, data) => setSearch(data.value)}
      />
      {found.length === 0 && hidden === 0 && <Text>No operation matches “{search}”.</Text>}
      {rows.length > 0 && (
        // Another search begins at the top, with the first that it found.
        <OperationRows key={wanted} rows={rows} selected={selected} onSelect={onSelect} />
      )}
      {hidden > 0 && (
        <Button appearance="subtle" onClick={() => setAll(true)}>
          Show {hidden} deprecated or replaced
        </Button>
      )}
    </div>
  );
}

/** What a later revision replaces stays callable, and out of the way. */
function isOffered({ deprecated, supersededBy }: OperationSummary): boolean {
  return !(deprecated || supersededBy);
}

function groupByKind(operations: readonly OperationSummary[]): BrowserRow[] {
  return GROUPS.flatMap(([kind, title]) => {
    const group = operations.filter((operation) => operation.kind === kind);
    return group.length === 0 ? [] : [`${title} (${group.length})`, ...group];
  });
}
