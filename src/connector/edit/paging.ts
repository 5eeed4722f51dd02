import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { makeSample } from '../../schema/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { ConnectorError } from '../errors.ts';
import { listOperations } from '../operations.ts';
import { detectPaging, type PagingProposal } from '../paging/detect-paging.ts';
import { findItems, splitPath } from '../paging/find-items.ts';
import { type NextPage, planNextPage } from '../paging/next-page.ts';
import type { Paging } from '../paging/paging-types.ts';
import { PAGING_EXTENSION } from '../paging/read-paging.ts';
import { setAt } from '../policies/body-path.ts';
import { prepareRequest } from '../request/prepare-request.ts';
import { redactRequest } from '../request/redact-request.ts';
import { makeSampleConnection } from '../request/sample-connection.ts';
import { makeSampleInputs } from '../request/sample-inputs.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';
import { editObjectAt } from './edit-at.ts';
import { setMember } from './members.ts';

/** An operation whose answers hold lists, and how they continue. */
export interface PagingEntry {
  readonly operationId: string;
  readonly summary: string;
  readonly method: string;
  readonly path: string;
  /** JSON pointer to the operation in the document. */
  readonly pointer: string;
  /** What stands in the definition, complete or not. `by: 'none'` says that there is one page. */
  readonly own: JsonObject | undefined;
  /** What calls do. */
  readonly paging: Paging | undefined;
  /** For whoever has not decided yet. */
  readonly proposal: PagingProposal | undefined;
}

/** All operations for which pages are a question. */
export function listPaging(connector: CompiledConnector): PagingEntry[] {
  return [...listOperations(connector.definition.openapi)].flatMap((place): PagingEntry[] => {
    const id = place.operation['operationId'];
    const operation = typeof id === 'string' ? connector.operation(id) : undefined;
    if (operation === undefined || operation.kind === 'trigger') return [];
    const written = place.operation[PAGING_EXTENSION];
    const own = isJsonObject(written) ? written : undefined;
    const { paging, operationId, summary } = operation;
    const isAsked = paging === undefined && operation.method === 'GET';
    const proposal = isAsked ? detectPaging(connector, operation) : undefined;
    const isQuestion = own !== undefined || paging !== undefined || proposal !== undefined;
    if (!isQuestion && !(isAsked && givesList(connector, operation))) return [];
    const { path, pointer } = place;
    return [{ operationId, summary, method: operation.method, path, pointer, own, paging, proposal }];
  });
}

function givesList(connector: CompiledConnector, operation: CompiledOperation): boolean {
  return findItems(makeAnswer(connector, operation)) !== undefined;
}

/** Says how an operation pages, as far as it is known yet; undefined leaves it to the rest of its definition. */
export function setPaging(
  definition: ConnectorDefinition,
  pointer: string,
  paging: Paging | JsonObject | undefined,
): ConnectorDefinition {
  const written = paging === undefined ? undefined : ({ ...paging } as JsonObject);
  const change = (operation: JsonObject) => setMember(operation, PAGING_EXTENSION, written);
  return { ...definition, openapi: editObjectAt(definition.openapi, pointer, change) };
}

/** The first two requests, as lines; without a second one, there is no further page. */
export interface PagingPreview {
  readonly first: string;
  readonly next?: string;
  readonly problem?: string;
}

const SIZE = 25;

/** The requests of the first two pages, for sample inputs and an answer that says that there is more. Nothing is sent. */
export function previewPaging(connector: CompiledConnector, operationId: string): PagingPreview | undefined {
  const operation = connector.operation(operationId);
  const [method] = connector.authentication;
  if (operation?.paging === undefined || method === undefined) return undefined;
  const { paging } = operation;
  const values = makeSampleConnection(connector, method);
  const inputs = makeFirstInputs(connector, operation, paging);
  const write = (given: JsonObject) => {
    const plan = prepareRequest({ connector, operation, values, method }, given, { unchecked: true });
    const { method: verb, url } = redactRequest(plan, values);
    return { verb: String(verb), url: String(url) };
  };
  try {
    const first = write(inputs);
    const next = planNextPage(paging, {
      operation,
      input: (name) => inputs[name],
      answer: {
        headers: { link: `<${markSecond(first.url)}>; rel="next"` },
        body: makeContinuedAnswer(connector, operation, paging, markSecond(first.url)),
      },
      items: readSize(operation, paging, inputs),
      firstItems: readSize(operation, paging, inputs),
    });
    const line = `${first.verb} ${first.url}`;
    return next === undefined ? { first: line } : { first: line, next: writeNext(next, inputs, write) };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { first: '', problem: error.message };
  }
}

function writeNext(
  next: NextPage,
  inputs: JsonObject,
  write: (given: JsonObject) => { readonly verb: string; readonly url: string },
): string {
  if ('location' in next) return `GET ${next.location}`;
  const { verb, url } = write({ ...inputs, [next.name]: next.value });
  return `${verb} ${url}`;
}

/** A first page is asked for without saying where to begin, unless it must be said. */
function makeFirstInputs(
  connector: CompiledConnector,
  operation: CompiledOperation,
  paging: Paging,
): JsonObject {
  const inputs = makeSampleInputs(connector, operation);
  if (!('parameter' in paging)) return inputs;
  const { parameter } = paging;
  const isRequired = operation.parameters.some(({ name, required }) => name === parameter && required);
  const first = paging.by === 'page' ? (paging.first ?? 1) : paging.by === 'offset' ? 0 : undefined;
  return setMember(inputs, parameter, isRequired ? first : undefined);
}

function readSize(operation: CompiledOperation, paging: Paging, inputs: JsonObject): number {
  const name = 'sizeParameter' in paging ? paging.sizeParameter : undefined;
  const fallback = operation.parameters.find((one) => one.name === name)?.default;
  const size = Number((name === undefined ? undefined : inputs[name]) ?? fallback ?? SIZE);
  return Number.isInteger(size) && size > 0 ? size : SIZE;
}

function markSecond(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}…`;
}

/** A sample answer that says that there is another page. */
function makeContinuedAnswer(
  connector: CompiledConnector,
  operation: CompiledOperation,
  paging: Paging,
  link: string,
): Json {
  const marks: readonly (readonly [path: string | undefined, value: Json])[] = [
    [paging.by === 'nextLink' ? paging.nextLink : undefined, link],
    [paging.by === 'cursor' ? paging.cursor : undefined, 'mark-of-page-2'],
    [paging.by === 'cursor' ? paging.hasMore : undefined, true],
    ['total' in paging ? paging.total : undefined, 1_000_000],
    ['pages' in paging ? paging.pages : undefined, 1_000_000],
  ];
  const sample = makeAnswer(connector, operation);
  const start: Json = isJsonObject(sample) ? sample : {};
  return marks.reduce<Json>((body, [path, value]) => {
    if (path === undefined) return body;
    const isName = isJsonObject(body) && Object.hasOwn(body, path);
    return setAt(body, isName ? [path] : splitPath(path), value) ?? body;
  }, start);
}

function makeAnswer(connector: CompiledConnector, { responses }: CompiledOperation): Json {
  const schema = responses.find(
    ({ status, schema: one }) => status.startsWith('2') && one !== undefined,
  )?.schema;
  return schema === undefined ? null : makeSample(schema, connector.definition.openapi);
}
