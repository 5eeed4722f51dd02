import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
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
import { type GridHandle, ListGrid } from './ListGrid.tsx';

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

/** The items of a list, to read and to type in. */
export function ListItems({ list }: { list: List }) {
  const styles = useStyles();
  const query = useListItems(list.id);
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
  if (query.error && items.length === 0) {
    return (
      <ErrorNotice
        error={query.error}
        title="The items could not be read."
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <>
      <div className={styles.bar}>
        <Text className={styles.count}>
          {hasNextPage ? `The first ${formatCount(items.length, 'item')}` : formatCount(items.length, 'item')}
        </Text>
        {isFetchingNextPage && <Spinner size="tiny" label="Loading more" />}
        {chosen.length > 0 && (
          <Button icon={<DeleteRegular />} onClick={() => setDeleting(true)}>
            Delete {formatCount(chosen.length, 'row')}
          </Button>
        )}
        <Button appearance="primary" icon={<AddRegular />} onClick={() => grid.current?.startNewRow()}>
          Add row
        </Button>
      </div>
      <ListGrid
        ref={grid}
        list={list}
        items={items}
        selected={selected}
        onSelect={setSelected}
        onChange={change}
        onAdd={add}
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
