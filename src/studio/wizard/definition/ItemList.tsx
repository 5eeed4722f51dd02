import {
  Button,
  makeStyles,
  mergeClasses,
  SearchBox,
  Tab,
  TabList,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import type { DefinitionItem, DraftProblem, SharedKind } from '../../../connector/index.ts';
import { MethodBadge } from '../../components/MethodBadge.tsx';
import { PHONE } from '../../components/styles.ts';
import { formatCount } from '../../format/count.ts';
import { type ListTab, tabOf } from './list-tab.ts';

const ROW_HEIGHT = 44;

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    minWidth: 0,
    position: 'sticky',
    top: tokens.spacingVerticalM,
    [PHONE]: { position: 'static' },
  },
  search: { maxWidth: 'none' },
  list: {
    height: 'min(560px, calc(100dvh - 300px))',
    minHeight: '220px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    position: 'relative',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
    [PHONE]: { height: '220px' },
  },
  rows: { position: 'relative', width: '100%' },
  row: {
    position: 'absolute',
    left: 0,
    width: '100%',
    height: `${ROW_HEIGHT}px`,
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `0 ${tokens.spacingHorizontalS}`,
    cursor: 'pointer',
    borderLeft: '3px solid transparent',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    borderLeftColor: tokens.colorBrandStroke1,
  },
  words: { minWidth: 0, flexGrow: 1, display: 'flex', flexDirection: 'column' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', lineHeight: '18px' },
  path: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  inner: { fontStyle: 'italic' },
  dot: { width: '8px', height: '8px', borderRadius: '50%', flexShrink: 0 },
  error: { backgroundColor: tokens.colorStatusDangerBackground3 },
  warning: { backgroundColor: tokens.colorStatusWarningBackground3 },
  none: { padding: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2, display: 'block' },
});

const KINDS: Readonly<Record<SharedKind, string>> = {
  schemas: 'Schema',
  parameters: 'Parameter',
  responses: 'Response',
  requestBodies: 'Body',
};

interface ItemListProps {
  readonly items: readonly DefinitionItem[];
  readonly problems: readonly DraftProblem[];
  readonly tab: ListTab;
  readonly selected: string | undefined;
  onTab(tab: ListTab): void;
  /** @param isPassing somebody goes through the list by keys, and may be on the way to another one */
  onSelect(pointer: string, isPassing?: boolean): void;
  onAdd(tab: ListTab): void;
  onMove(pointer: string, by: -1 | 1): void;
  onDelete(pointer: string): void;
}

/** The table of contents of a definition: only the lines in sight are drawn. */
export function ItemList({ items, problems, tab, selected, onTab, onSelect, onAdd, ...rest }: ItemListProps) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const frame = useRef<HTMLDivElement>(null);
  const counts = useMemo(() => countTabs(items), [items]);
  const shown = useMemo(() => filterItems(items, tab, search), [items, tab, search]);
  const severities = useMemo(() => findSeverities(problems), [problems]);
  const at = shown.findIndex(({ pointer }) => pointer === selected);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  const handleKey = (event: KeyboardEvent) => {
    const { key, altKey } = event;
    if (altKey && selected && (key === 'ArrowUp' || key === 'ArrowDown')) {
      rest.onMove(selected, key === 'ArrowUp' ? -1 : 1);
    } else if (key === 'Delete' && selected && at >= 0) rest.onDelete(selected);
    else {
      const target = shown[moveTo(key, at, shown.length)];
      if (target === undefined || !MOVES.has(key)) return;
      onSelect(target.pointer, true);
    }
    event.preventDefault();
  };
  return (
    <div className={styles.root}>
      <TabList
        size="small"
        selectedValue={tab}
        onTabSelect={(_, data) => onTab(data.value as ListTab)}
        aria-label="Parts of the definition"
      >
        <Tab value="action">Actions {counts.action}</Tab>
        <Tab value="trigger">Triggers {counts.trigger}</Tab>
        <Tab value="shared">References {counts.shared}</Tab>
      </TabList>
      <SearchBox
        className={styles.search}
        size="small"
        aria-label={`Search ${NAMES[tab].plural}`}
        placeholder="Search"
        value={search}
        onChange={(_, data) => setSearch(data.value)}
      />
      <div
        ref={frame}
        className={styles.list}
        role="listbox"
        aria-label={NAMES[tab].title}
        aria-activedescendant={at >= 0 ? `item-${at}` : undefined}
        tabIndex={0}
        onKeyDown={handleKey}
      >
        {shown.length === 0 ? (
          <Text className={styles.none}>
            {search === '' ? NAMES[tab].none : `Nothing here is called “${search}”.`}
          </Text>
        ) : (
          <div className={styles.rows} style={{ height: virtual.getTotalSize() }} role="presentation">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const item = shown[index];
              if (item === undefined) return null;
              return (
                <Row
                  key={item.pointer}
                  item={item}
                  index={index}
                  top={start}
                  size={shown.length}
                  isSelected={index === at}
                  severity={severities.get(item.pointer)}
                  onSelect={onSelect}
                />
              );
            })}
          </div>
        )}
      </div>
      <Button icon={<AddRegular />} onClick={() => onAdd(tab)}>
        {NAMES[tab].add}
      </Button>
    </div>
  );
}

const NAMES: Readonly<Record<ListTab, { title: string; plural: string; add: string; none: string }>> = {
  action: { title: 'Actions', plural: 'actions', add: 'New action', none: 'No action yet.' },
  trigger: {
    title: 'Triggers',
    plural: 'triggers',
    add: 'New trigger',
    none: 'No trigger: add one if the service can say when something happens.',
  },
  shared: {
    title: 'References',
    plural: 'references',
    add: 'New schema',
    none: 'Nothing is shared: add a schema that several operations use.',
  },
};

interface RowProps {
  readonly item: DefinitionItem;
  readonly index: number;
  readonly top: number;
  readonly size: number;
  readonly isSelected: boolean;
  readonly severity: Severities | undefined;
  onSelect(pointer: string): void;
}

const Row = memo(function Row({ item, index, top, size, isSelected, severity, onSelect }: RowProps) {
  const styles = useStyles();
  const isOperation = 'method' in item;
  const found = severity === undefined ? '' : `, ${formatCount(severity.count, 'problem')}`;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the list box
    <div
      id={`item-${index}`}
      role="option"
      aria-selected={isSelected}
      aria-setsize={size}
      aria-posinset={index + 1}
      aria-label={`${item.title}${isOperation ? `, ${item.method} ${item.path}` : ''}${found}`}
      className={mergeClasses(styles.row, isSelected && styles.chosen)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(item.pointer)}
    >
      {isOperation && <MethodBadge method={item.method} />}
      <span className={styles.words}>
        <span className={mergeClasses(styles.line, isOperation && item.isInternal && styles.inner)}>
          {item.title}
        </span>
        <span className={mergeClasses(styles.line, styles.path)}>
          {isOperation ? item.path : KINDS[item.kind as SharedKind]}
        </span>
      </span>
      {severity && (
        <span
          className={mergeClasses(styles.dot, severity.isError ? styles.error : styles.warning)}
          title={formatCount(severity.count, 'problem')}
        />
      )}
    </div>
  );
});

function countTabs(items: readonly DefinitionItem[]): Record<ListTab, number> {
  const counts = { action: 0, trigger: 0, shared: 0 };
  for (const item of items) counts[tabOf(item)] += 1;
  return counts;
}

function filterItems(items: readonly DefinitionItem[], tab: ListTab, search: string): DefinitionItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    if (tabOf(item) !== tab) return false;
    const text =
      `${item.title} ${'method' in item ? `${item.method} ${item.path} ${item.operationId}` : ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

interface Severities {
  readonly count: number;
  readonly isError: boolean;
}

/** Of operations and of what they share, by the pointer of the whole. Hints are no problem. */
function findSeverities(problems: readonly DraftProblem[]): ReadonlyMap<string, Severities> {
  const found = new Map<string, Severities>();
  for (const { severity, pointer } of problems) {
    const place = /^\/openapi(\/(?:paths|components)\/[^/]+\/[^/]+)/.exec(pointer)?.[1];
    if (place === undefined || severity === 'hint') continue;
    const before = found.get(place);
    found.set(place, {
      count: (before?.count ?? 0) + 1,
      isError: severity === 'error' || before?.isError === true,
    });
  }
  return found;
}

const MOVES = new Set(['ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']);

function moveTo(key: string, at: number, size: number): number {
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - 10,
    PageDown: at + 10,
    Home: 0,
    End: size - 1,
  };
  return Math.max(0, Math.min(steps[key] ?? at, size - 1));
}
