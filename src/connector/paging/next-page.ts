import type { Json } from '../../base/index.ts';
import { toText } from '../request/serialize.ts';
import type { CompiledOperation } from '../types.ts';
import { getByPath } from './find-items.ts';
import { readNextLink } from './link-header.ts';
import type { CursorPaging, OffsetPaging, PageAnswer, PagePaging, Paging } from './paging-types.ts';

/** The page that was just read. */
export interface PageState {
  readonly operation: CompiledOperation;
  /** The value of an input of that page. */
  readonly input: (name: string) => Json | undefined;
  readonly answer: PageAnswer;
  /** How many items it had, and how many the first page had. */
  readonly items: number;
  readonly firstItems: number;
}

/** How to get the next page: at an address, or with an input changed. */
export type NextPage =
  | { readonly location: string }
  | { readonly name: string; readonly value: string | number };

/** What comes after a page; `undefined`: it was the last one. */
export function planNextPage(paging: Paging, state: PageState): NextPage | undefined {
  switch (paging.by) {
    case 'nextLink':
      return toLocation(getByPath(state.answer.body, paging.nextLink));
    case 'linkHeader':
      return toLocation(readNextLink(state.answer.headers['link']));
    case 'cursor':
      return planCursor(paging, state);
    case 'page':
      return planPage(paging, state);
    case 'offset':
      return planOffset(paging, state);
  }
}

function toLocation(link: Json | undefined): NextPage | undefined {
  return typeof link === 'string' && link.trim() !== '' ? { location: link.trim() } : undefined;
}

function planCursor(
  { parameter, cursor, hasMore }: CursorPaging,
  { answer }: PageState,
): NextPage | undefined {
  if (hasMore !== undefined && getByPath(answer.body, hasMore) === false) return undefined;
  const mark = getByPath(answer.body, cursor);
  if (mark === undefined || mark === null || mark === '' || mark === false) return undefined;
  return { name: parameter, value: toText(mark) };
}

function planPage(paging: PagePaging, state: PageState): NextPage | undefined {
  const { parameter, sizeParameter, first = 1, pages, total } = paging;
  const { answer, items, operation } = state;
  const page = readNumber(state.input(parameter)) ?? readDefault(operation, parameter) ?? first;
  if (items === 0 || isShort(state, sizeParameter)) return undefined;
  const count = readAt(answer.body, pages);
  if (count !== undefined && page - first + 1 >= count) return undefined;
  const all = readAt(answer.body, total);
  if (all !== undefined && (page - first) * state.firstItems + items >= all) return undefined;
  return { name: parameter, value: page + 1 };
}

function planOffset(paging: OffsetPaging, state: PageState): NextPage | undefined {
  const { parameter, sizeParameter, total } = paging;
  const { answer, items, operation } = state;
  if (items === 0 || isShort(state, sizeParameter)) return undefined;
  const offset = readNumber(state.input(parameter)) ?? readDefault(operation, parameter) ?? 0;
  const all = readAt(answer.body, total);
  if (all !== undefined && offset + items >= all) return undefined;
  return { name: parameter, value: offset + items };
}

/**
 * A page with fewer items than the first one is the last. Of the first one itself that can only be said when the
 * service surely gives as many as were asked for: some silently give less.
 */
function isShort(state: PageState, sizeParameter: string | undefined): boolean {
  if (state.items < state.firstItems) return true;
  const parameter = findParameter(state.operation, sizeParameter);
  if (sizeParameter === undefined || parameter === undefined) return false;
  const size = readNumber(state.input(sizeParameter)) ?? readNumber(parameter.default);
  const sure = readNumber(parameter.schema['maximum']) ?? readNumber(parameter.default);
  return size !== undefined && sure !== undefined && size <= sure && state.items < size;
}

function readDefault(operation: CompiledOperation, name: string): number | undefined {
  return readNumber(findParameter(operation, name)?.default);
}

function findParameter(operation: CompiledOperation, name: string | undefined) {
  return operation.parameters.find((one) => one.name === name);
}

function readAt(body: Json, path: string | undefined): number | undefined {
  return path === undefined ? undefined : readNumber(getByPath(body, path));
}

/** Also text with a number: inputs of flows are often text. */
function readNumber(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
