/**
 * What the code by hand does where the language says that an operand of another type is an error, and that whole numbers
 * stay exact: the least that is right for any data, each for one type, with errors that name no place.
 */
export function readText(value: unknown): string {
  return typeof value === 'string' ? value : refuse('a text');
}

export function readNumber(value: unknown): number {
  return typeof value === 'number' ? value : refuse('a number');
}

export function readDate(value: unknown): Date {
  const date = new Date(readText(value));
  return Number.isNaN(date.getTime()) ? refuse('a timestamp') : date;
}

export function countItems(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : refuse('an array or a text');
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string' || Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' ? Object.keys(value).length === 0 : refuse('something with items');
}

export function add(a: unknown, b: unknown): number {
  const [left, right] = [readNumber(a), readNumber(b)];
  return checkExact(left, right, left + right);
}

export function multiply(a: unknown, b: unknown): number {
  const [left, right] = [readNumber(a), readNumber(b)];
  return checkExact(left, right, left * right);
}

function checkExact(a: number, b: number, result: number): number {
  const isWrong = Number.isSafeInteger(a) && Number.isSafeInteger(b) && !Number.isSafeInteger(result);
  return isWrong ? refuse('numbers with a smaller result') : result;
}

/** A value inside a text: nothing is empty, objects are JSON. */
export function writeText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function formatMinute(date: Date): string {
  const day = `${date.getUTCFullYear()}-${writeTwo(date.getUTCMonth() + 1)}-${writeTwo(date.getUTCDate())}`;
  return `${day} ${writeTwo(date.getUTCHours())}:${writeTwo(date.getUTCMinutes())}`;
}

/** Months, days, hours and minutes with two digits. */
function writeTwo(value: number): string {
  return String(value).padStart(2, '0');
}

function refuse(wanted: string): never {
  throw new TypeError(`expected ${wanted}`);
}
