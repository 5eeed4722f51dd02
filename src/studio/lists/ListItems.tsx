import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { List, ListItem } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { LoadingRows } from '../components/Loading.tsx';
import { useNotify } from '../components/notifications.tsx';
import { useItemWrites, useListItems } from '../data/lists.ts';
import { flattenPages } from '../data/pages.ts';
import { formatCount } from '../format/count.ts';
import { CsvButtons } from './CsvButtons.tsx';
import { ListFilter } from './ListFilter.tsx';
import { type GridHandle, ListGrid } from './ListGrid.tsx';
import { type ListView, readSorting, type Sorting, writeQuery } from './list-view.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    flexWrap: 'wrap',
    marginBottom: tokens.spacingVerticalM,
  },
  count: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
});

const route = getRouteApi('/shell/lists/$listId');

/** The items of a list, to read and to type in. */
export function ListItems({ list }: { list: List }) {
  const styles = useStyles();
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const wanted = writeQuery(view, list.columns);
  const query = useListItems(list.id, wanted);
  const show = (change: ListView) =>
    void navigate({ search: { ...view, ...change }, replace: true, resetScroll: false });
  const sorting = readSorting(view, list.columns);
  const items = useMemo(() => flattenPages(query.data), [query.data]);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [deleting, setDeleting] = useState(false);
  const grid = useRef<GridHandle>(null);
  const { update, create, remove } = useItemWrites(list.id);
  const notify = useNotify();

  const change = (item: ListItem, fields: JsonObject) =>
    update.mutate(
      { item, fields },
      { onError: (error) => notify.error('The cell is as it was before.', error) },
    );
  const add = async (fields: JsonObject) => {
    try {
      await create.mutateAsync(fields);
      return true;
    } catch (error) {
      notify.error('The row was not added.', error);
      return false;
    }
  };
  const chosen = items.filter(({ id }) => selected.has(id));
  const confirmDelete = () =>
    remove.mutate(chosen, {
      onSuccess: () => {
        setDeleting(false);
        setSelected(new Set());
      },
    });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const reachEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (query.isPending) return <LoadingRows label="Loading items" count={8} />;
  return (
    <>
      <ListFilter
        columns={list.columns}
        conditions={view.where ?? []}
        onChange={(where) => show({ where })}
      />
      <div className={styles.bar}>
        <Text className={styles.count} role="status">
          {hasNextPage ? `The first ${formatCount(items.length, 'item')}` : formatCount(items.length, 'item')}
        </Text>
        {query.isPlaceholderData && <Spinner size="tiny" label="Looking" />}
        {isFetchingNextPage && <Spinner size="tiny" label="Loading more" />}
        {chosen.length > 0 && (
          <Button icon={<DeleteRegular />} onClick={() => setDeleting(true)}>
            Delete {formatCount(chosen.length, 'row')}
          </Button>
        )}
        <CsvButtons list={list} query={wanted} />
        <Button appearance="primary" icon={<AddRegular />} onClick={() => grid.current?.startNewRow()}>
          Add row
        </Button>
      </div>
      {query.error && (
        <ErrorNotice
          error={query.error}
          title="The items could not be read."
          onRetry={() => void query.refetch()}
        />
      )}
      <ListGrid
        ref={grid}
        list={list}
        items={items}
        selected={selected}
        onSelect={setSelected}
        onChange={change}
        onAdd={add}
        sorting={sorting}
        onSort={(column) => show({ sort: nextSort(sorting, column) })}
        onReachEnd={reachEnd}
      />
      <ConfirmDialog
        open={deleting}
        title={`Delete ${formatCount(chosen.length, 'row')}?`}
        action="Delete"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={confirmDelete}
        onClose={() => setDeleting(false)}
      >
        This cannot be undone.
      </ConfirmDialog>
    </>
  );
}

/** Up, down, and as it was. */
function nextSort(sorting: Sorting | undefined, column: string): string {
  if (sorting?.column !== column) return column;
  return sorting.descending ? '' : `-${column}`;
}
