import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import {
  type CompiledOperation,
  findItems,
  type NextPage,
  type Paging,
  planNextPage,
  recognizePaging,
} from '../connector/index.ts';
import { type CallServices, callOperation } from './call-operation.ts';
import { PageLoops } from './page-loops.ts';
import { askPatiently, type PageClock, pause, takeTime } from './page-wait.ts';
import { selectOperation } from './select-operation.ts';
import type { CallOutcome, OperationCall } from './types.ts';

/** One page of an operation's answer. */
export interface Page {
  readonly outcome: CallOutcome;
  readonly items: readonly Json[];
  /** From the body to the list; undefined when the answer has none. */
  readonly path: readonly string[] | undefined;
  readonly paging: Paging | undefined;
  /** Whether the service has more after this one. */
  readonly hasMore: boolean;
}

interface PagedOperation {
  readonly operation: CompiledOperation;
  readonly version: number;
  readonly service: string;
}

/**
 * The pages of an operation, one at a time; the next is asked for when somebody takes it. A page that failed is the
 * last. An operation that does not page has one.
 *
 * @throws CallFailure InvalidResponse when the pages go in a circle; ActionTimedOut, ActionCancelled
 */
export async function* listPages(
  services: CallServices,
  call: OperationCall,
  clock: PageClock,
): AsyncGenerator<Page, void, undefined> {
  let current = call;
  let number = 1;
  let firstItems: number | undefined;
  let state: { paged: PagedOperation; loops: PageLoops; paging: Paging | undefined } | undefined;
  for (;;) {
    const asked = { ...current, ...takeTime(call, clock) };
    const outcome = await askPatiently(
      () => callOperation(services, asked),
      state?.paged.operation.idempotent ?? false,
      clock,
    );
    if (!outcome.ok || outcome.outputs === undefined) return yield failed(outcome);
    state ??= await begin(services, call, outcome.outputs);
    const { paged, loops, paging } = state;
    const { headers, body } = outcome.outputs;
    const found = findItems(body, paging?.items);
    const items = found?.items ?? [];
    firstItems ??= items.length;
    const next =
      paging === undefined
        ? undefined
        : planNextPage(paging, {
            operation: paged.operation,
            input: (name) => readInput(current, name),
            answer: { headers, body },
            items: items.length,
            firstItems,
          });
    yield { outcome, items, path: found?.path, paging, hasMore: next !== undefined };
    if (next === undefined) return;
    visit(loops, next, items);
    await pause(outcome.retryAfterMs, clock);
    number += 1;
    current = turnTo(call, current, next, { number, version: paged.version });
  }
}

function failed(outcome: CallOutcome): Page {
  return { outcome, items: [], path: undefined, paging: undefined, hasMore: false };
}

/** The operation, its version held for all pages, and how it pages. */
async function begin(
  { connections, versions }: CallServices,
  call: OperationCall,
  answer: { readonly headers: JsonObject; readonly body: Json },
) {
  const connection = await connections.get(call.connectionId);
  const version = call.connectorVersion ?? connection.latestVersion;
  const connector = call.connector ?? (await versions.get(connection.connector.id, version));
  const { operation } = selectOperation(connector, call.operation, call.inputs);
  const paged: PagedOperation = { operation, version, service: connector.title };
  const paging = operation.kind === 'trigger' ? undefined : (operation.paging ?? recognizePaging(answer));
  return { paged, paging, loops: new PageLoops(paged.service) };
}

/** A number always rises, so there it is the page itself that must not come twice. */
function visit(loops: PageLoops, next: NextPage, items: readonly Json[]): void {
  if ('location' in next) loops.visit(next.location);
  else if (typeof next.value === 'string') loops.visit(next.value);
  else loops.compare(items);
}

function turnTo(
  call: OperationCall,
  current: OperationCall,
  next: NextPage,
  { number, version }: { readonly number: number; readonly version: number },
): OperationCall {
  const { idempotencyKey } = call;
  const page = {
    ...current,
    connectorVersion: version,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}/page-${number}` }),
  };
  if ('location' in next) return { ...page, location: next.location };
  return { ...page, inputs: setInput(call, current.inputs, next.name, next.value) };
}

/** Named by method and path, an operation has its query apart. */
function setInput({ operation }: OperationCall, inputs: JsonObject, name: string, value: Json): JsonObject {
  if ('operationId' in operation) return { ...inputs, [name]: value };
  const queries = isJsonObject(inputs['queries']) ? inputs['queries'] : {};
  return { ...inputs, queries: { ...queries, [name]: value } };
}

function readInput({ operation, inputs }: OperationCall, name: string): Json | undefined {
  if ('operationId' in operation) return inputs[name];
  return isJsonObject(inputs['queries']) ? inputs['queries'][name] : undefined;
}
