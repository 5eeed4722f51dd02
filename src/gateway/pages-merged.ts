import { isJsonObject, type Json } from '../base/index.ts';
import { CallFailure } from './call-errors.ts';
import type { CallServices } from './call-operation.ts';
import { describeFailedCall } from './conclude.ts';
import { listPages, type Page } from './pages.ts';
import { NO_REDACTION } from './redact.ts';
import type { CallOutcome, OperationCall } from './types.ts';

/**
 * All items of an operation, page after page, without an end unless `pages.maximumItems` gives one. Only one page
 * is in memory at a time. `timeoutMs` counts for each page.
 *
 * @throws CallFailure as the call of a page fails
 */
export async function* streamItems(
  services: CallServices,
  call: OperationCall,
): AsyncGenerator<Json, void, undefined> {
  const clock = { deadlineAt: undefined, signal: call.signal };
  let count = 0;
  for await (const { outcome, items, paging } of listPages(services, call, clock)) {
    if (outcome.error !== undefined) throw toFailure(outcome);
    const limit = Math.min(call.pages?.maximumItems ?? Infinity, paging?.maximumItems ?? Infinity);
    for (const item of items) {
      if (count >= limit) return;
      count += 1;
      yield item;
    }
    if (count >= limit) return;
  }
}

function toFailure({ error }: CallOutcome): CallFailure {
  const {
    code = 'InvalidResponse',
    message = 'A page brought no answer.',
    fix,
    retryable,
    sent,
  } = error ?? {};
  return new CallFailure(code, message, {
    ...(fix === undefined ? {} : { fix }),
    ...(retryable === undefined ? {} : { retryable }),
    ...(sent === undefined ? {} : { sent }),
  });
}

/**
 * One answer with the items of all pages, up to `pages.maximumItems`: the answer of the first page, its list made
 * longer and the link to what is already in it taken out. A page that fails fails the call.
 */
export async function callPages(services: CallServices, call: OperationCall): Promise<CallOutcome> {
  const deadlineAt = call.timeoutMs === undefined ? undefined : performance.now() + call.timeoutMs;
  try {
    return await collect(services, call, { deadlineAt, signal: call.signal });
  } catch (error) {
    return { ok: false, error: describeFailedCall(error, NO_REDACTION) };
  }
}

async function collect(
  services: CallServices,
  call: OperationCall,
  clock: { readonly deadlineAt: number | undefined; readonly signal: AbortSignal | undefined },
): Promise<CallOutcome> {
  const collected: Json[] = [];
  let first: Page | undefined;
  let count = 0;
  let more = false;
  for await (const page of listPages(services, call, clock)) {
    first ??= page;
    if (!page.outcome.ok || first.path === undefined) return page.outcome;
    count += 1;
    const limit = Math.min(call.pages?.maximumItems ?? Infinity, page.paging?.maximumItems ?? Infinity);
    const room = limit - collected.length;
    for (const item of page.items.slice(0, room)) collected.push(item);
    more = page.hasMore || page.items.length > room;
    if (collected.length >= limit) break;
  }
  if (first?.path === undefined || first.outcome.outputs === undefined) return first?.outcome ?? NOTHING;
  const { outputs } = first.outcome;
  const body = withoutLink(putAt(outputs.body, first.path, collected), first);
  return { ...first.outcome, outputs: { ...outputs, body }, pages: { count, items: collected.length, more } };
}

const NOTHING: CallOutcome = { ok: false };

function putAt(body: Json, path: readonly string[], items: Json[]): Json {
  const [name, ...rest] = path;
  if (name === undefined || !isJsonObject(body)) return items;
  return { ...body, [name]: putAt(body[name] ?? null, rest, items) };
}

/** The link of the first page leads to what is already here. */
function withoutLink(body: Json, { paging }: Page): Json {
  if (paging?.by !== 'nextLink' || !isJsonObject(body)) return body;
  const { [paging.nextLink]: link, ...rest } = body;
  return link === undefined ? body : rest;
}
