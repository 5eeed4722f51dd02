import { describeError } from '../base/index.ts';
import { StoreError } from './errors.ts';
import { isKeyTaken, readErrorCode } from './pool.ts';

const FOREIGN_KEY_VIOLATION = '23503';
/** Data exceptions: a value of the wrong form, a character PostgreSQL cannot hold (U+0000). */
const DATA_EXCEPTION = /^22/;

/**
 * Runs a statement and turns what the database refuses into an error for people.
 *
 * @param what the thing that is written, as it stands in a sentence: `The list 'Orders'`
 */
export async function guardWrite<Result>(what: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (cause) {
    throw explainWrite(what, cause);
  }
}

function explainWrite(what: string, cause: unknown): unknown {
  const code = readErrorCode(cause) ?? '';
  if (isKeyTaken(cause)) {
    return new StoreError('STORE_NAME_TAKEN', `${what} cannot have this name: another has it.`, { cause });
  }
  if (code === FOREIGN_KEY_VIOLATION) return explainReference(what, cause);
  if (!DATA_EXCEPTION.test(code)) return cause;
  const message = `${what} holds a value that cannot be stored or compared: ${describeError(cause)}.`;
  return new StoreError('STORE_VALUE_INVALID', message, { cause });
}

function explainReference(what: string, cause: unknown) {
  const isDelete = describeError(cause).startsWith('update or delete');
  const code = isDelete ? 'STORE_IN_USE' : 'STORE_NOT_FOUND';
  const table =
    typeof cause === 'object' && cause !== null && 'table' in cause ? String(cause.table) : 'others';
  const message = isDelete
    ? `${what} is still used by ${table}.`
    : `${what} refers to something that is not there.`;
  return new StoreError(code, message, { cause });
}

export function createNotFound(what: string) {
  return new StoreError('STORE_NOT_FOUND', `${what} does not exist.`);
}

/** `current` tells the client what it has missed. */
export function createConflict(what: string, expected: number, current: number) {
  const message = `${what} is at version ${current}, not ${expected}.`;
  return new StoreError('STORE_VERSION_CONFLICT', message, { extra: { currentVersion: current } });
}
