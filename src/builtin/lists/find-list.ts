import type { Kysely } from 'kysely';
import { isUuid, type Json } from '../../base/index.ts';
import { type Database, findList, findListByName, type List } from '../../store/index.ts';
import { type Column, readColumns } from './columns.ts';
import { ListError } from './errors.ts';

export interface OpenList {
  readonly list: List;
  readonly columns: readonly Column[];
}

/**
 * The list an operation means, by id or name. Logic Apps encodes the name twice in its paths: a name that is not
 * found is also tried decoded.
 *
 * @throws ListError LIST_NOT_FOUND
 */
export async function openList(
  db: Kysely<Database>,
  environmentId: string,
  table: Json | undefined,
): Promise<OpenList> {
  const name = typeof table === 'string' ? table.trim() : '';
  if (name === '') throw new ListError('LIST_INPUT_INVALID', 'The input table names no list.');
  const list =
    (await findByIdOrName(db, environmentId, name)) ?? (await findDecoded(db, environmentId, name));
  if (list === undefined) throw new ListError('LIST_NOT_FOUND', `There is no list “${name}”.`);
  return { list, columns: readColumns(list.columns) };
}

async function findByIdOrName(
  db: Kysely<Database>,
  environmentId: string,
  name: string,
): Promise<List | undefined> {
  const list = isUuid(name) ? await findList(db, name) : undefined;
  if (list?.environmentId === environmentId) return list;
  return findListByName(db, environmentId, name);
}

async function findDecoded(
  db: Kysely<Database>,
  environmentId: string,
  name: string,
): Promise<List | undefined> {
  if (!/%[\da-f]{2}/i.test(name)) return undefined;
  try {
    return await findByIdOrName(db, environmentId, decodeURIComponent(name));
  } catch {
    return undefined;
  }
}
