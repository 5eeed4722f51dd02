import {
  type InfiniteData,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type BodyOf, endpoints, type ListItem } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { client } from '../app/api-client.ts';
import { addRows, type RowsToAdd } from './add-rows.ts';
import { changeItem, dropItem, type ItemPage, putItem, replaceItem } from './list-items.ts';
import { pageByCursor, readAllPages } from './pages.ts';

const KEY = 'lists';
const PAGE_SIZE = 500;

export const listsQuery = queryOptions({
  queryKey: [KEY],
  queryFn: ({ signal }) =>
    readAllPages((cursor) => client.call(endpoints.listLists, { query: { cursor, limit: 200 }, signal })),
});

export function useLists() {
  return useQuery(listsQuery);
}

export const listQuery = (id: string) =>
  queryOptions({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => client.call(endpoints.getList, { params: { id }, signal }),
  });

export function useList(id: string) {
  return useQuery(listQuery(id));
}

/** A mutation after which everything about lists is read again. */
function useListMutation<Variables, Data>(mutationFn: (variables: Variables) => Promise<Data>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }) });
}

export function useCreateList() {
  return useListMutation((body: BodyOf<typeof endpoints.createList>) =>
    client.call(endpoints.createList, { body }),
  );
}

export function useUpdateList(id: string) {
  return useListMutation((body: BodyOf<typeof endpoints.updateList>) =>
    client.call(endpoints.updateList, { params: { id }, body }),
  );
}

export function useDeleteList() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => client.call(endpoints.deleteList, { params: { id } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY], exact: true }),
  });
}

const itemsKey = (id: string) => [KEY, id, 'items'];

/** Which items, and in which order, in OData. */
export interface ItemsQuery {
  readonly filter: string | undefined;
  readonly orderby: string | undefined;
}

export function useListItems(id: string, query: ItemsQuery) {
  return useInfiniteQuery({
    queryKey: [...itemsKey(id), query],
    queryFn: ({ pageParam, signal }) =>
      client.call(endpoints.listItems, {
        params: { id },
        query: { ...query, cursor: pageParam, top: PAGE_SIZE },
        signal,
      }),
    ...pageByCursor,
    // Another order or filter shows what was there until it is in.
    placeholderData: keepPreviousData,
    // Flows write to lists too: a page that is looked at keeps up with them.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= 1 ? 5_000 : false),
  });
}

const EXPORT_PAGE_SIZE = 2_000;

/** All items, page after page, for a file. */
export function readAllItems(id: string, query: ItemsQuery): Promise<ListItem[]> {
  return readAllPages((cursor) =>
    client.call(endpoints.listItems, { params: { id }, query: { ...query, cursor, top: EXPORT_PAGE_SIZE } }),
  );
}

/** Adds the rows of a file; see `addRows`. */
export function useAddItems(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: RowsToAdd) =>
      addRows(input, {
        send: ({ key, rows }) =>
          client.call(endpoints.addItems, {
            params: { id },
            body: { key, items: rows.map((fields) => ({ fields })) },
          }),
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

type Items = InfiniteData<ItemPage>;

/** Writing to the rows of a list: what is typed shows at once, and goes back to what it was when it is refused. */
export function useItemWrites(id: string) {
  const queryClient = useQueryClient();
  const queryKey = itemsKey(id);
  const edit = (change: (items: Items) => Items) =>
    queryClient.setQueriesData<Items>({ queryKey }, (items) => (items ? change(items) : items));
  const settle = () => queryClient.invalidateQueries({ queryKey: [KEY], exact: true });

  const update = useMutation({
    mutationKey: queryKey,
    mutationFn: ({ item, fields }: { item: ListItem; fields: JsonObject }) =>
      client.call(endpoints.updateItem, { params: { id, itemId: item.id }, body: { fields } }),
    onMutate: async ({ item, fields }) => {
      await queryClient.cancelQueries({ queryKey });
      edit((items) => changeItem(items, item.id, fields));
    },
    onError: (_error, { item, fields }) => {
      const before = Object.fromEntries(Object.keys(fields).map((name) => [name, item.fields[name] ?? null]));
      edit((items) => changeItem(items, item.id, before));
    },
    onSuccess: (saved) => {
      // A later write to the same list may still be under way: what it typed must not be taken back meanwhile.
      if (queryClient.isMutating({ mutationKey: queryKey }) <= 1) edit((items) => replaceItem(items, saved));
    },
  });
  const create = useMutation({
    mutationKey: queryKey,
    mutationFn: (fields: JsonObject) =>
      client.call(endpoints.createItem, { params: { id }, body: { fields } }),
    onSuccess: (item) => edit((items) => putItem(items, item)),
    onSettled: settle,
  });
  const remove = useMutation({
    mutationKey: queryKey,
    mutationFn: (items: readonly ListItem[]) =>
      Promise.all(
        items.map((item) => client.call(endpoints.deleteItem, { params: { id, itemId: item.id } })),
      ),
    onMutate: async (gone) => {
      await queryClient.cancelQueries({ queryKey });
      edit((items) => gone.reduce((rest, item) => dropItem(rest, item.id), items));
    },
    onError: () => queryClient.invalidateQueries({ queryKey }),
    onSettled: settle,
  });
  return { update, create, remove };
}
