import type { Kysely } from 'kysely';
import type { BuiltinAnswer, BuiltinCall } from '../../gateway/index.ts';
import { type Database, type ItemChange, listItemChanges } from '../../store/index.ts';
import { openList } from './find-list.ts';
import { buildItemBody } from './item-body.ts';

/** Items per poll; when there are more, the next poll follows at once. */
const BATCH = 100;

/** A poll is one look into an index, so it may come often. */
const POLL_SECONDS = 1;

/**
 * Answers a poll as polling triggers do: the first one with 202 and where the changes begin, later ones with 200
 * and what came since, or 202 for nothing. The `Location` carries the number of the last change that was seen.
 */
export async function pollItems(
  db: Kysely<Database>,
  call: BuiltinCall,
  change: ItemChange,
): Promise<BuiltinAnswer> {
  const { list, columns } = await openList(db, call.environmentId, call.parameters['table']);
  const seen = call.location === undefined ? undefined : readCursor(call.location);
  if (seen === undefined) return { status: 202, headers: buildHeaders(list.changeSeq), body: null };
  const items = await listItemChanges(db, list.id, change, seen, BATCH);
  const last = items.at(-1);
  if (last === undefined) return { status: 202, headers: buildHeaders(seen), body: null };
  const cursor = change === 'created' ? last.createdSeq : last.changedSeq;
  const value = items.map((item) => buildItemBody(list, columns, item));
  const waitSeconds = items.length === BATCH ? 0 : POLL_SECONDS;
  return { status: 200, headers: buildHeaders(cursor, waitSeconds), body: { value } };

  function buildHeaders(cursor: number, seconds = POLL_SECONDS) {
    const path = change === 'created' ? 'onnewitems' : 'onupdateditems';
    const location = `patchbay://lists/datasets/default/tables/${list.id}/${path}?after=${cursor}`;
    return { location, 'retry-after': String(seconds) };
  }
}

function readCursor(location: string): number | undefined {
  const after = URL.parse(location)?.searchParams.get('after');
  return after !== null && after !== undefined && /^\d{1,15}$/.test(after) ? Number(after) : undefined;
}
