import type { JsonObject } from '../../../base/index.ts';
import type { Paging } from '../../../connector/index.ts';

type PagingKind = Paging['by'];

interface PagingField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly type: 'parameter' | 'path' | 'number';
  readonly required?: boolean;
}

const ITEMS: PagingField = {
  name: 'items',
  label: 'Where the items are',
  hint: 'Such as data/orders; empty: the answer itself, or the list in it.',
  type: 'path',
};
const MAXIMUM: PagingField = {
  name: 'maximumItems',
  label: 'Most items',
  hint: 'No more are fetched, whatever a caller asks for.',
  type: 'number',
};
const SIZE: PagingField = {
  name: 'sizeParameter',
  label: 'Size parameter',
  hint: 'Says how many items a page has.',
  type: 'parameter',
};
const TOTAL: PagingField = {
  name: 'total',
  label: 'Where the number of items is',
  hint: 'Such as meta/total, when the answer says it.',
  type: 'path',
};

function askParameter(label: string, hint: string): PagingField {
  return { name: 'parameter', label, hint, type: 'parameter', required: true };
}

/** What there is to fill in for each way to page. */
export const PAGING_KINDS: Readonly<
  Record<PagingKind, { readonly title: string; readonly fields: readonly PagingField[] }>
> = {
  nextLink: {
    title: 'The answer holds the address of the next page',
    fields: [
      {
        name: 'nextLink',
        label: 'Where the link is',
        hint: 'Such as links/next or @odata.nextLink.',
        type: 'path',
        required: true,
      },
      ITEMS,
      MAXIMUM,
    ],
  },
  linkHeader: { title: 'A Link header holds the address of the next page', fields: [ITEMS, MAXIMUM] },
  page: {
    title: 'A parameter counts the pages',
    fields: [
      askParameter('Page parameter', 'Says which page is wanted.'),
      SIZE,
      { name: 'first', label: 'Number of the first page', hint: '1 unless it is said.', type: 'number' },
      TOTAL,
      {
        name: 'pages',
        label: 'Where the number of pages is',
        hint: 'Such as meta/pages, when the answer says it.',
        type: 'path',
      },
      ITEMS,
      MAXIMUM,
    ],
  },
  offset: {
    title: 'A parameter says how many items to pass over',
    fields: [
      askParameter('Offset parameter', 'Says how many items to pass over.'),
      SIZE,
      TOTAL,
      ITEMS,
      MAXIMUM,
    ],
  },
  cursor: {
    title: 'The answer holds a mark that is given back',
    fields: [
      askParameter('Mark parameter', 'Takes the mark of the answer before.'),
      {
        name: 'cursor',
        label: 'Where the mark is',
        hint: 'Such as meta/next_cursor.',
        type: 'path',
        required: true,
      },
      {
        name: 'hasMore',
        label: 'Where it says that there is more',
        hint: 'Such as has_more, when the answer says it.',
        type: 'path',
      },
      ITEMS,
      MAXIMUM,
    ],
  },
};

/** How an operation pages, in a few words. */
export function describePaging(paging: Paging): string {
  switch (paging.by) {
    case 'nextLink':
      return `Link in ${paging.nextLink}`;
    case 'linkHeader':
      return 'Link header';
    case 'page':
      return `Page number in ${paging.parameter}`;
    case 'offset':
      return `Offset in ${paging.parameter}`;
    case 'cursor':
      return `Mark from ${paging.cursor} in ${paging.parameter}`;
  }
}

export function isPagingKind(by: unknown): by is PagingKind {
  return typeof by === 'string' && Object.hasOwn(PAGING_KINDS, by);
}

/** Begins with what the other way to page has in common with the new one. */
export function changeKind(by: PagingKind, before: JsonObject): JsonObject {
  const kept = PAGING_KINDS[by].fields.flatMap(({ name }) => {
    const value = before[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { by, ...Object.fromEntries(kept) };
}
