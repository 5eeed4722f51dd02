/** What an endpoint that pages answers. */
export interface Page<Item> {
  readonly value: readonly Item[];
  readonly nextCursor?: string | undefined;
}

/** The options of an infinite query over an endpoint that pages. */
export const pageByCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { nextCursor?: string | undefined }) => page.nextCursor,
};

export function flattenPages<Item>(data: { readonly pages: readonly Page<Item>[] } | undefined): Item[] {
  return data?.pages.flatMap((page) => [...page.value]) ?? [];
}

/** Reads page after page, for things of which there are few and all are needed at once. */
export async function readAllPages<Item>(
  readPage: (cursor: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    items.push(...page.value);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}
