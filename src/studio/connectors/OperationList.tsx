import { Button, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { OperationSummary } from '../../api/index.ts';
import { MethodBadge } from '../components/MethodBadge.tsx';
import { matchesSearch } from '../components/search.ts';
import { MONOSPACE } from '../components/styles.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  search: { width: '100%', maxWidth: 'none' },
  heading: {
    color: tokens.colorNeutralForeground2,
    margin: `0 0 ${tokens.spacingVerticalXS}`,
    display: 'block',
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: '2px' },
  // Of a thousand operations only those in sight are laid out and drawn.
  item: { contentVisibility: 'auto', containIntrinsicSize: 'auto 54px' },
  operation: {
    width: '100%',
    boxSizing: 'border-box',
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    border: '1px solid transparent',
    borderRadius: tokens.borderRadiusLarge,
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '&[aria-current="true"]': {
      backgroundColor: tokens.colorNeutralBackground1,
      border: `1px solid ${tokens.colorBrandStroke1}`,
    },
  },
  words: { minWidth: 0 },
  path: {
    display: 'block',
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
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
  const matching = operations.filter(
    ({ operationId, summary, path, description, visibility }) =>
      visibility !== 'internal' && matchesSearch(wanted, operationId, summary, path, description),
  );
  // What a later revision replaces stays callable, and out of the way.
  const isOffered = (one: OperationSummary) =>
    !(one.deprecated || one.supersededBy) || one.operationId === selected;
  const found = isAll ? matching : matching.filter(isOffered);
  const hidden = matching.length - found.length;
  return (
    <div className={styles.root}>
      <SearchBox
        className={styles.search}
        placeholder={`Search ${operations.length} operations`}
        aria-label="Search operations"
        value={search}
        onChange={(_, data) => setSearch(data.value)}
      />
      {found.length === 0 && hidden === 0 && <Text>No operation matches “{search}”.</Text>}
      {GROUPS.map(([kind, title]) => {
        const group = found.filter((operation) => operation.kind === kind);
        if (group.length === 0) return null;
        return (
          <section key={kind} aria-label={title}>
            <Text as="h2" weight="semibold" className={styles.heading}>
              {title} ({group.length})
            </Text>
            <ul className={styles.list}>
              {group.map((operation) => (
                <li key={operation.operationId} className={styles.item}>
                  <OperationRow
                    operation={operation}
                    isSelected={operation.operationId === selected}
                    onSelect={onSelect}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {hidden > 0 && (
        <Button appearance="subtle" onClick={() => setAll(true)}>
          Show {hidden} deprecated or replaced
        </Button>
      )}
    </div>
  );
}

interface OperationRowProps {
  readonly operation: OperationSummary;
  readonly isSelected: boolean;
  onSelect(operationId: string): void;
}

function OperationRow({ operation, isSelected, onSelect }: OperationRowProps) {
  const styles = useStyles();
  return (
    <button
      type="button"
      className={styles.operation}
      aria-current={isSelected}
      onClick={() => onSelect(operation.operationId)}
    >
      <MethodBadge method={operation.method} />
      <span className={styles.words}>
        {operation.summary}
        {operation.deprecated && ' (deprecated)'}
        <span className={styles.path}>{operation.path}</span>
      </span>
    </button>
  );
}
