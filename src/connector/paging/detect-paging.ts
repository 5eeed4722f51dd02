import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { inferSchema } from '../../schema/index.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';
import { findItems } from './find-items.ts';
import { readNextLink } from './link-header.ts';
import { type Leaf, listLeaves } from './list-leaves.ts';
import type { PageAnswer, Paging } from './paging-types.ts';

export interface PagingProposal {
  readonly paging: Paging;
  /** A sentence for whoever decides. */
  readonly reason: string;
}

const LINK = /^(?:@?odata\.nextlink|next_?link|next_?(?:page_?)?(?:url|uri|href|link)|next_?page|next)$/i;
const CURSOR =
  /^(?:next_?(?:page_?)?(?:cursor|token|marker|key)|cursor|end_?cursor|continuation_?token|next)$/i;
const CURSOR_PARAMETER =
  /^(?:next_?)?(?:page_?)?(?:cursor|token|marker)$|^(?:start(?:ing)?_?)?after$|^continuation_?token$|^exclusive_?start_?key$/i;
const PAGE_PARAMETER = /^(?:page|page_?(?:number|no|num|index)|p)$/i;
const OFFSET_PARAMETER = /^(?:\$?skip|offset|start|start_?(?:at|index|from)|first_?result|from)$/i;
const SIZE_PARAMETER =
  /^(?:\$?top|limit|size|count|per_?page|page_?size|page_?limit|max_?(?:results|items|records)|take|rows)$/i;
const TOTAL = /^(?:total(?:_?(?:count|items|results|records|size))?|count|@odata\.count)$/i;
const PAGES = /^(?:pages|total_?pages|page_?count|num_?pages|last_?page)$/i;
const HAS_MORE = /^(?:has_?(?:more|next)(?:_?page)?|more)$/i;

/**
 * Proposes how the answers of an operation continue: what its definition declares, else what its parameters and
 * the schema of its answer, or a sample answer, look like. `undefined` when nothing speaks for pages.
 */
export function detectPaging(
  connector: CompiledConnector,
  operation: CompiledOperation,
  sample?: PageAnswer,
): PagingProposal | undefined {
  if (operation.paging !== undefined) return { paging: operation.paging, reason: 'The definition says so.' };
  const header = detectHeader(operation, sample);
  if (header !== undefined) return header;
  const leaves = readLeaves(connector, operation, sample);
  const items = findList(leaves);
  if (items === undefined) return undefined;
  const base = items === '' ? {} : { items };
  return (
    detectLink(leaves, base) ??
    detectCursor(operation, leaves, base) ??
    detectPage(operation, leaves, base) ??
    detectOffset(operation, leaves, base)
  );
}

/** What an answer itself shows without doubt, for operations nobody has declared: only links. */
export function recognizePaging(answer: PageAnswer): Paging | undefined {
  if (readNextLink(answer.headers['link']) !== undefined) return { by: 'linkHeader' };
  if (!isJsonObject(answer.body)) return undefined;
  const name = ['@odata.nextLink', 'odata.nextLink', 'nextLink'].find((one) =>
    Object.hasOwn(answer.body as JsonObject, one),
  );
  return name === undefined || findItems(answer.body) === undefined
    ? undefined
    : { by: 'nextLink', nextLink: name };
}

function detectHeader({ successResponse }: CompiledOperation, sample: PageAnswer | undefined) {
  const declared = Object.keys(successResponse?.headers ?? {}).some((name) => name.toLowerCase() === 'link');
  const seen = readNextLink(sample?.headers['link']) !== undefined;
  if (!declared && !seen) return undefined;
  return { paging: { by: 'linkHeader' }, reason: 'Its answers carry a Link header.' } as const;
}

function readLeaves(
  { definition }: CompiledConnector,
  { successResponse }: CompiledOperation,
  sample: PageAnswer | undefined,
): Leaf[] {
  if (sample !== undefined) return listLeaves(inferSchema([sample.body as Json]), {}, sample.body);
  return successResponse?.schema === undefined ? [] : listLeaves(successResponse.schema, definition.openapi);
}

/** Path of the list, empty for the answer itself. */
function findList(leaves: readonly Leaf[]): string | undefined {
  const lists = leaves.filter(({ type }) => type === 'array');
  const usual = lists.find(({ name }) => /^(?:value|items|data|results|records|entries)$/i.test(name));
  return (usual ?? lists[0])?.path;
}

function detectLink(leaves: readonly Leaf[], base: object): PagingProposal | undefined {
  const link = leaves.find(({ name, type, format, path }) => {
    if (type !== 'string' || !LINK.test(name)) return false;
    return /link|url|uri|href/i.test(name) || format === 'uri' || /links?\//i.test(path);
  });
  if (link === undefined) return undefined;
  const reason = `Its answers hold the address of the next page in '${link.path}'.`;
  return { paging: { by: 'nextLink', nextLink: link.path, ...base }, reason };
}

function detectCursor(
  operation: CompiledOperation,
  leaves: readonly Leaf[],
  base: object,
): PagingProposal | undefined {
  const parameter = findQuery(operation, CURSOR_PARAMETER);
  const mark = leaves.find(({ name, type }) => type !== 'array' && type !== 'boolean' && CURSOR.test(name));
  if (parameter === undefined || mark === undefined) return undefined;
  const more = leaves.find(({ name, type }) => type === 'boolean' && HAS_MORE.test(name));
  const hasMore = more === undefined ? {} : { hasMore: more.path };
  const reason = `It takes '${parameter}', and its answers give one in '${mark.path}'.`;
  return { paging: { by: 'cursor', parameter, cursor: mark.path, ...hasMore, ...base }, reason };
}

function detectPage(
  operation: CompiledOperation,
  leaves: readonly Leaf[],
  base: object,
): PagingProposal | undefined {
  const parameter = findQuery(operation, PAGE_PARAMETER);
  if (parameter === undefined) return undefined;
  const lowest = operation.parameters.find(({ name }) => name === parameter);
  const starts = lowest?.default ?? lowest?.schema['minimum'];
  const first = starts === 0 ? { first: 0 } : {};
  const counts = { ...findCount(leaves, 'total', TOTAL), ...findCount(leaves, 'pages', PAGES) };
  const reason = `It takes the number of a page in '${parameter}'.`;
  return { paging: { by: 'page', parameter, ...findSize(operation), ...first, ...counts, ...base }, reason };
}

function detectOffset(
  operation: CompiledOperation,
  leaves: readonly Leaf[],
  base: object,
): PagingProposal | undefined {
  const parameter = findQuery(operation, OFFSET_PARAMETER);
  const size = findSize(operation);
  if (parameter === undefined || size.sizeParameter === undefined) return undefined;
  const reason = `It takes how many items to pass over in '${parameter}'.`;
  return {
    paging: { by: 'offset', parameter, ...size, ...findCount(leaves, 'total', TOTAL), ...base },
    reason,
  };
}

function findSize(operation: CompiledOperation): { sizeParameter?: string } {
  const sizeParameter = findQuery(operation, SIZE_PARAMETER);
  return sizeParameter === undefined ? {} : { sizeParameter };
}

function findCount(leaves: readonly Leaf[], key: string, pattern: RegExp): Record<string, string> {
  const leaf = leaves.find(
    ({ name, type }) => (type === 'integer' || type === 'number') && pattern.test(name),
  );
  return leaf === undefined ? {} : { [key]: leaf.path };
}

function findQuery({ parameters }: CompiledOperation, pattern: RegExp): string | undefined {
  return parameters.find((one) => one.in === 'query' && pattern.test(one.name))?.name;
}
