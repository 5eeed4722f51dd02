import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import type { PagingEntry } from '../../../connector/index.ts';
import { DisclosureTitle } from '../../components/DisclosureTitle.tsx';
import { LongName } from '../../components/LongName.tsx';
import { MethodBadge } from '../../components/MethodBadge.tsx';
import { PHONE } from '../../components/styles.ts';
import { describePaging } from './paging-kinds.ts';

const ROW_HEIGHT = 65;

const useStyles = makeStyles({
  list: {
    position: 'relative',
    boxSizing: 'content-box',
    margin: 0,
    padding: 0,
    listStyle: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  item: {
    position: 'absolute',
    insetInline: 0,
    top: 0,
    ':not([data-index="0"])': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingVerticalS,
    paddingRight: tokens.spacingHorizontalM,
    [PHONE]: { flexWrap: 'wrap' },
  },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingHorizontalL}`,
    // The longest choice is wider than a phone.
    '& select': { width: '100%', minWidth: 0, textOverflow: 'ellipsis' },
  },
});

interface PagingListProps {
  readonly entries: readonly PagingEntry[];
  /** The operation that is open, by its pointer. */
  readonly open: string | undefined;
  onOpen(pointer: string | undefined): void;
  onAccept(entry: PagingEntry): void;
  /** What of the open one is shown. */
  children(entry: PagingEntry): ReactNode;
}

/** Operations that return lists, one of them open. Only those in sight are drawn, and the open one. */
export function PagingList({ entries, open, onOpen, onAccept, children }: PagingListProps) {
  const styles = useStyles();
  const list = useRef<HTMLUListElement>(null);
  const top = useTop(list);
  const openAt = entries.findIndex(({ pointer }) => pointer === open);
  const virtual = useWindowVirtualizer({
    count: entries.length,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => entries[index]?.pointer ?? index,
    scrollMargin: top,
    overscan: 8,
    // Whoever fills it in may scroll away and comes back to it; whoever is led to it finds it.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      return openAt < 0 ? rows : [...new Set([...rows, openAt])].sort((one, other) => one - other);
    },
  });
  return (
    <ul
      ref={list}
      className={styles.list}
      aria-label="Operations that return lists"
      style={{ height: virtual.getTotalSize() }}
    >
      {virtual.getVirtualItems().map(({ index, start }) => {
        const entry = entries[index];
        if (entry === undefined) return null;
        const isOpen = index === openAt;
        return (
          <li
            key={entry.pointer}
            ref={virtual.measureElement}
            className={styles.item}
            style={{ transform: `translateY(${start - top}px)` }}
            data-index={index}
            data-place={`/openapi${entry.pointer}/`}
            aria-setsize={entries.length}
            aria-posinset={index + 1}
          >
            <EntryRow
              entry={entry}
              isOpen={isOpen}
              onToggle={() => onOpen(isOpen ? undefined : entry.pointer)}
              onAccept={() => onAccept(entry)}
            />
            {isOpen && <div className={styles.body}>{children(entry)}</div>}
          </li>
        );
      })}
    </ul>
  );
}

/** How far a list is below the top of the page. */
function useTop(list: { readonly current: HTMLElement | null }): number {
  const [top, setTop] = useState(0);
  // What stands above may grow or go, by any change of the page.
  useLayoutEffect(() => {
    if (list.current) setTop(Math.round(list.current.getBoundingClientRect().top + scrollY));
  });
  return top;
}

interface EntryRowProps {
  readonly entry: PagingEntry;
  readonly isOpen: boolean;
  onToggle(): void;
  onAccept(): void;
}

function EntryRow({ entry, isOpen, onToggle, onAccept }: EntryRowProps) {
  const styles = useStyles();
  const name = entry.summary || entry.operationId;
  return (
    <div className={styles.row}>
      <DisclosureTitle
        isOpen={isOpen}
        badge={<MethodBadge method={entry.method} />}
        title={<LongName name={name} />}
        about={
          <>
            <LongName name={entry.path} /> · {describeEntry(entry)}
          </>
        }
        onToggle={onToggle}
      />
      {isOpenQuestion(entry) && (
        <>
          <Badge appearance="tint" color="brand">
            Proposed
          </Badge>
          <Button size="small" aria-label={`Accept the proposal for ${name}`} onClick={onAccept}>
            Accept
          </Button>
        </>
      )}
    </div>
  );
}

export function isOpenQuestion({ own, proposal }: PagingEntry): boolean {
  return own === undefined && proposal !== undefined;
}

function describeEntry({ own, paging, proposal }: PagingEntry): string {
  if (paging !== undefined) {
    const most = paging.maximumItems === undefined ? '' : ` · at most ${paging.maximumItems} items`;
    return `${describePaging(paging)}${most}${own === undefined ? ' · from the definition' : ''}`;
  }
  if (own !== undefined) return own['by'] === 'none' ? 'There is one page.' : 'Not complete yet.';
  if (proposal !== undefined) return `${describePaging(proposal.paging)}: ${proposal.reason}`;
  return 'Nothing is said: only the first page is read.';
}
