import { isJsonObject, type Json } from '../../base/index.ts';
import { followPath } from '../dynamic/follow-path.ts';
import { readPath } from '../dynamic/read-arguments.ts';
import { readItems, readItemValue } from '../dynamic/read-options.ts';
import { makePollLocation } from '../policies/poll-location.ts';
import { toText } from '../request/serialize.ts';
import type { HttpRequestPlan, OperationResult, QueryEntry } from '../request-types.ts';
import type { CompiledOperation } from '../types.ts';

/**
 * The answer to a poll, with the place of the next one where parameters say that they continue from it
 * (`x-ms-trigger-value`) and the service does not say it itself. As with services that do, the first poll only
 * learns where to begin. A service without news is asked the same again.
 *
 * @param location where this poll went; undefined for the first one
 */
export function advancePoll(
  result: OperationResult,
  operation: CompiledOperation,
  request: HttpRequestPlan,
  location: string | undefined,
): OperationResult {
  const written = operation.trigger?.kind === 'polling' ? listWritten(operation) : [];
  if (written.length === 0 || result.statusCode !== 200 || result.headers['location'] !== undefined)
    return result;
  const state = written.flatMap(({ name, extension }) => readState(name, extension, result.body));
  const isEmpty = state.length === 0;
  const next = isEmpty && location !== undefined ? location : makePollLocation(request, state);
  const headers = { ...result.headers, location: next };
  const hasNews = location !== undefined && !isEmpty;
  return hasNews ? { ...result, headers } : { statusCode: 202, headers, body: null };
}

function listWritten({ parameters }: CompiledOperation) {
  return parameters.flatMap((parameter) => {
    const extension = parameter.extensions['x-ms-trigger-value'];
    const isUsed = parameter.in === 'query' && isJsonObject(extension);
    return isUsed ? [{ name: parameter.sentAs ?? parameter.name, extension }] : [];
  });
}

function readState(name: string, extension: Json, body: Json): QueryEntry[] {
  if (!isJsonObject(extension)) return [];
  const collection = readPath(extension, 'value-collection', 'itemsPath');
  const path = readPath(extension, 'value-path', 'itemValuePath');
  // A single trigger's answer has the value itself.
  const hasList = collection !== undefined && followPath(body, collection) !== undefined;
  const own = hasList || path === undefined || Array.isArray(body) ? undefined : followPath(body, path);
  const values =
    own === undefined ? readItems(body, collection).map((item) => readItemValue(item, path)) : [own];
  const newest = findNewest(values.filter((value) => value !== undefined && value !== null));
  return newest === undefined ? [] : [{ name, value: toText(newest) }];
}

/** The greatest of numbers and of instants, whatever their order; of other values the last one. */
function findNewest(values: readonly Json[]): Json | undefined {
  const isNumeric = values.every(
    (value) => typeof value === 'number' || typeof value === 'bigint' || isDigits(value),
  );
  if (isNumeric)
    return values.reduce<Json | undefined>((most, value) => (isAbove(value, most) ? value : most), undefined);
  const instants = values.map((value) =>
    typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN,
  );
  if (instants.some(Number.isNaN)) return values.at(-1);
  return values[instants.indexOf(Math.max(...instants))];
}

const INSTANT = /^\d{4}-\d\d-\d\dT/;

function isDigits(value: Json): boolean {
  return typeof value === 'string' && /^-?\d+$/.test(value);
}

function isAbove(value: Json, most: Json | undefined): boolean {
  if (most === undefined) return true;
  // Ids may be longer than numbers are exact.
  return isDigits(String(value)) && isDigits(String(most))
    ? BigInt(String(value)) > BigInt(String(most))
    : Number(value) > Number(most);
}
