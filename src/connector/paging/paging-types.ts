import type { Json, JsonObject } from '../../base/index.ts';

interface PagingBase {
  /** Where the answer holds the items, `data/orders`; left out: the answer itself, or the list in it. */
  readonly items?: string;
  /** No more items than this are fetched, whatever a caller asks for. */
  readonly maximumItems?: number;
}

/** The answer holds the address of the next page. */
export interface LinkPaging extends PagingBase {
  readonly by: 'nextLink';
  /** `next_page_url`, `@odata.nextLink`, `links/next`. */
  readonly nextLink: string;
}

/** A `Link` header with `rel="next"` (RFC 8288). */
export interface LinkHeaderPaging extends PagingBase {
  readonly by: 'linkHeader';
}

/** A query parameter counts the pages. */
export interface PagePaging extends PagingBase {
  readonly by: 'page';
  readonly parameter: string;
  readonly sizeParameter?: string;
  /** Number of the first page; 1 unless it is said. */
  readonly first?: number;
  /** Where the answer says how many items or pages there are. */
  readonly total?: string;
  readonly pages?: string;
}

/** A query parameter says how many items to pass over. */
export interface OffsetPaging extends PagingBase {
  readonly by: 'offset';
  readonly parameter: string;
  readonly sizeParameter?: string;
  readonly total?: string;
}

/** The answer holds a mark that the next request gives back. */
export interface CursorPaging extends PagingBase {
  readonly by: 'cursor';
  readonly parameter: string;
  /** Where the answer holds the mark: `meta/next_cursor`. */
  readonly cursor: string;
  /** Where the answer says whether there is more. */
  readonly hasMore?: string;
}

/** How the answers of an operation continue: `x-patchbay-paging` of the operation. */
export type Paging = LinkPaging | LinkHeaderPaging | PagePaging | OffsetPaging | CursorPaging;

/** An answer, as far as its pages go. */
export interface PageAnswer {
  /** Lower-case names. */
  readonly headers: JsonObject;
  readonly body: Json;
}
