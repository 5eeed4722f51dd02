import { isJsonObject, type Json } from '../../base/index.ts';
import { type CallServices, callOperation } from '../call-operation.ts';
import { callPages } from '../pages-merged.ts';
import type { CallOutcome, OperationCall } from '../types.ts';
import { FailedPage } from './failed-page.ts';

/** Nobody scrolls through more; a search narrows what the first of them hold. */
const MAX_PAGES = 20;
const MAX_ITEMS = 10_000;

/**
 * The answer of an operation with the items of the pages that follow: as the operation declares them, else as long as
 * a page holds a `value` list and a next link.
 *
 * @param declared whether the operation says how it pages
 * @throws FailedPage when a declared page or the first one fails; what other pages lack is left out
 */
export async function readAllPages(
  services: CallServices,
  declared: boolean,
  call: OperationCall,
): Promise<Json> {
  if (declared) {
    const all = await callPages(services, { ...call, pages: { maximumItems: MAX_ITEMS } });
    return requireAnswer(all).body;
  }
  const first = await callOperation(services, call);
  const { body } = requireAnswer(first);
  if (!isJsonObject(body) || !Array.isArray(body['value'])) return body;
  const items = [...body['value']];
  const seen = new Set<string>();
  let next = readNextLink(body);
  for (let page = 1; page < MAX_PAGES && next !== undefined && items.length < MAX_ITEMS; page++) {
    if (seen.has(next)) break;
    seen.add(next);
    const outcome = await callOperation(services, { ...call, location: next });
    const more = outcome.ok ? outcome.outputs?.body : undefined;
    if (!isJsonObject(more) || !Array.isArray(more['value'])) break;
    for (const item of more['value']) items.push(item);
    next = readNextLink(more);
  }
  return { ...body, value: items };
}

function requireAnswer(outcome: CallOutcome) {
  if (outcome.ok && outcome.outputs !== undefined) return outcome.outputs;
  throw new FailedPage(outcome);
}

function readNextLink(body: { readonly [name: string]: Json }): string | undefined {
  const link = body['nextLink'] ?? body['@odata.nextLink'] ?? body['nextlink'];
  return typeof link === 'string' && link !== '' ? link : undefined;
}
