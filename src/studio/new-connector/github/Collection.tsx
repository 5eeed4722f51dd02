import { makeStyles, mergeClasses, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { SourceEntry } from '../../../api/index.ts';
import { QueryView } from '../../components/QueryView.tsx';
import { matchesSearch } from '../../components/search.ts';
import { useGitHubFolder } from '../../data/connector-imports.ts';
import { formatCount } from '../../format/count.ts';
import { ConnectorPreview } from './ConnectorPreview.tsx';

const ROW_HEIGHT = 34;

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 720px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  left: { display: 'grid', gap: tokens.spacingVerticalS, minWidth: 0 },
  search: { maxWidth: 'none' },
  frame: {
    height: 'clamp(200px, 45dvh, 460px)',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  rows: { position: 'relative', listStyleType: 'none', margin: 0, padding: 0 },
  item: { position: 'absolute', insetInline: 0, top: 0, height: `${ROW_HEIGHT}px` },
  row: {
    width: '100%',
    height: '100%',
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'start',
    paddingInline: tokens.spacingHorizontalM,
    cursor: 'pointer',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chosen: { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2 },
  hint: { color: tokens.colorNeutralForeground2, padding: tokens.spacingHorizontalL, textAlign: 'center' },
});

interface CollectionProps {
  /** Of the community's repository. */
  readonly folder: string;
  readonly busy: boolean;
  onChoose(github: string): void;
}

/** The connectors of a collection beside a look at the chosen one. */
export function Collection({ folder, busy, onChoose }: CollectionProps) {
  const query = useGitHubFolder(folder);
  return (
    <QueryView query={query} what="connectors on GitHub">
      {({ value }) => <Entries entries={value.filter(isFolder)} busy={busy} onChoose={onChoose} />}
    </QueryView>
  );
}

function isFolder({ kind }: SourceEntry): boolean {
  return kind === 'folder';
}

interface EntriesProps {
  readonly entries: readonly SourceEntry[];
  readonly busy: boolean;
  onChoose(github: string): void;
}

function Entries({ entries, busy, onChoose }: EntriesProps) {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const [chosen, setChosen] = useState<SourceEntry>();
  const shown = useMemo(() => entries.filter(({ name }) => matchesSearch(wanted, name)), [entries, wanted]);
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  return (
    <div className={styles.root}>
      <div className={styles.left}>
        <SearchBox
          className={styles.search}
          aria-label="Search connectors on GitHub"
          placeholder={`Search ${formatCount(entries.length, 'connector')}`}
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
        <div ref={frame} className={styles.frame}>
          <ul
            className={styles.rows}
            aria-label="Connectors on GitHub"
            style={{ height: rows.getTotalSize() }}
          >
            {rows.getVirtualItems().map(({ index, start }) => {
              const entry = shown[index];
              return (
                entry && (
                  <li
                    key={entry.path}
                    className={styles.item}
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <button
                      type="button"
                      className={mergeClasses(styles.row, entry.path === chosen?.path && styles.chosen)}
                      aria-current={entry.path === chosen?.path}
                      onClick={() => setChosen(entry)}
                    >
                      {entry.name}
                    </button>
                  </li>
                )
              );
            })}
          </ul>
        </div>
      </div>
      {chosen ? (
        <ConnectorPreview key={chosen.path} entry={chosen} busy={busy} onChoose={onChoose} />
      ) : (
        <Text className={styles.hint}>Choose a connector to see what it is.</Text>
      )}
    </div>
  );
}
