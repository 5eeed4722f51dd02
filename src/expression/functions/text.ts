import type { Json } from '../../base/index.ts';
import { define, defineScoped, defineVariadic, Fault } from '../define.ts';
import { formatNumber } from '../dotnet/format-number.ts';
import { parseFloatText, parseIntegerText } from '../dotnet/parse-number.ts';
import { anyText, arrayOrText, integer, numeric, optional, text } from '../parameters.ts';
import { compareText, toLowerCase, toUpperCase } from '../text-case.ts';
import { createGuid, GUID_FORMATS } from './guid.ts';

/** What a text may at most become (limit of the service). */
const MAX_TEXT_LENGTH = 104_857_600;

export const TEXT_FUNCTIONS = [
  define({
    name: 'chunk',
    group: 'text',
    parameters: [arrayOrText('collection'), integer('size')],
    returns: 'array',
    doc: 'Pieces of the given size of a text or an array; the last may be shorter.',
    example: { expression: "chunk('patchbay', 3)", value: ['pat', 'chb', 'ay'] },
    run: (collection, size) => cutChunks(collection, size),
  }),
  defineVariadic({
    name: 'concat',
    group: 'text',
    parameter: anyText('value'),
    returns: 'string',
    doc: 'The values as text, one after the other.',
    example: { expression: "concat('Order ', 12, '!')", value: 'Order 12!' },
    run: (items) => checkLength(items.join('')),
  }),
  define({
    name: 'endsWith',
    group: 'text',
    parameters: [text('text'), text('searchText')],
    returns: 'boolean',
    doc: 'Whether a text ends with another, ignoring case.',
    example: { expression: "endsWith('label.PDF', '.pdf')", value: true },
    run: (whole, part) =>
      part.length <= whole.length && compareText(whole.slice(whole.length - part.length), part) === 0,
  }),
  define({
    name: 'formatNumber',
    group: 'text',
    parameters: [numeric('number'), text('format'), optional(text('locale'))],
    returns: 'string',
    doc: 'A number in a .NET format such as `C2`, `N0` or `0.00`.',
    example: { expression: "formatNumber(1234.5, 'N2')", value: '1,234.50' },
    run: (number, format, locale) => formatNumber(number, format, locale),
  }),
  defineScoped({
    name: 'guid',
    group: 'text',
    parameters: [optional(text('format'))],
    returns: 'string',
    doc: 'A new random identifier, in the layout N, D (default), B, P or X.',
    example: { expression: "guid('N')", pattern: '^[0-9a-f]{32}$' },
    run: (scope, format = 'D') => {
      const write = GUID_FORMATS.get(format.toUpperCase() || 'D');
      if (write === undefined)
        throw new Fault(`knows the formats N, D, B, P and X only`, { parameter: 'format', seen: format });
      return write(createGuid(() => scope.random()));
    },
  }),
  define({
    name: 'indexOf',
    group: 'text',
    parameters: [text('text'), text('searchText')],
    returns: 'integer',
    doc: 'The first position of a text in another, from 0, ignoring case; -1 if it is not there.',
    example: { expression: "indexOf('Patchbay', 'BAY')", value: 5 },
    run: (whole, part) => toUpperCase(whole).indexOf(toUpperCase(part)),
  }),
  define({
    name: 'isFloat',
    group: 'text',
    parameters: [anyText('text'), optional(text('locale'))],
    returns: 'boolean',
    doc: 'Whether a text can be read as a number.',
    example: { expression: "isFloat('3,14', 'de-DE')", value: true },
    run: (given, locale) => parseFloatText(given, locale) !== undefined,
  }),
  define({
    name: 'isInt',
    group: 'text',
    parameters: [anyText('text')],
    returns: 'boolean',
    doc: 'Whether a text can be read as a whole number.',
    example: { expression: "isInt('42')", value: true },
    run: (given) => parseIntegerText(given) !== undefined,
  }),
  define({
    name: 'lastIndexOf',
    group: 'text',
    parameters: [text('text'), text('searchText')],
    returns: 'integer',
    doc: 'The last position of a text in another, ignoring case; -1 if it is not there.',
    example: { expression: "lastIndexOf('a/b/c', '/')", value: 3 },
    run: (whole, part) =>
      part === '' ? Math.max(0, whole.length - 1) : toUpperCase(whole).lastIndexOf(toUpperCase(part)),
  }),
  define({
    name: 'length',
    group: 'text',
    parameters: [arrayOrText('collection')],
    returns: 'integer',
    doc: 'The number of characters of a text or of items of an array.',
    example: { expression: "length('cable')", value: 5 },
    run: (collection) => collection.length,
    quick:
      (slow, { evaluate }) =>
      (scope) => {
        const given = evaluate(scope);
        return typeof given === 'string' || Array.isArray(given) ? given.length : slow(given);
      },
  }),
  define({
    name: 'nthIndexOf',
    group: 'text',
    parameters: [text('text'), text('searchText'), integer('occurrence')],
    returns: 'integer',
    doc: 'The position of the nth hit, ignoring case; a negative n counts from the end.',
    example: { expression: "nthIndexOf('a-b-c-d', '-', 2)", value: 3 },
    run: (whole, part, occurrence) => findNth(toUpperCase(whole), toUpperCase(part), occurrence),
  }),
  define({
    name: 'replace',
    group: 'text',
    parameters: [text('text'), text('oldText'), text('newText')],
    returns: 'string',
    doc: 'Swaps every hit of a text, minding case.',
    example: { expression: "replace('a,b,c', ',', ';')", value: 'a;b;c' },
    run: (whole, part, replacement) => {
      if (part === '') throw new Fault('cannot search for an empty text', { parameter: 'oldText' });
      return checkLength(whole.replaceAll(part, () => replacement));
    },
  }),
  define({
    name: 'slice',
    group: 'text',
    parameters: [text('text'), integer('startIndex'), optional(integer('endIndex'))],
    returns: 'string',
    doc: 'The part between two positions, the second left out; negative ones count from the end.',
    example: { expression: "slice('Patchbay', -3)", value: 'bay' },
    run: (whole, start, end) => whole.slice(start, end),
  }),
  define({
    name: 'split',
    group: 'text',
    parameters: [text('text'), text('delimiter')],
    returns: 'array',
    doc: 'The parts of a text between the delimiters.',
    example: { expression: "split('red;green', ';')", value: ['red', 'green'] },
    run: (whole, delimiter): Json => (delimiter === '' ? [whole] : whole.split(delimiter)),
  }),
  define({
    name: 'startsWith',
    group: 'text',
    parameters: [text('text'), text('searchText')],
    returns: 'boolean',
    doc: 'Whether a text begins with another, ignoring case.',
    example: { expression: "startsWith('Invoice 7', 'invoice')", value: true },
    run: (whole, part) => compareText(whole.slice(0, part.length), part) === 0,
  }),
  define({
    name: 'substring',
    group: 'text',
    parameters: [text('text'), integer('startIndex'), optional(integer('length'))],
    returns: 'string',
    doc: 'The part from a position, of the given length or to the end.',
    example: { expression: "substring('Patchbay', 5, 3)", value: 'bay' },
    run: (whole, start, length) => cutSubstring(whole, start, length),
  }),
  define({
    name: 'toLower',
    group: 'text',
    parameters: [text('text')],
    returns: 'string',
    doc: 'The text in lower case.',
    example: { expression: "toLower('Label')", value: 'label' },
    run: (given) => toLowerCase(given),
    quick:
      (slow, { evaluate }) =>
      (scope) => {
        const given = evaluate(scope);
        return typeof given === 'string' ? toLowerCase(given) : slow(given);
      },
  }),
  define({
    name: 'toUpper',
    group: 'text',
    parameters: [text('text')],
    returns: 'string',
    doc: 'The text in upper case.',
    example: { expression: "toUpper('Label')", value: 'LABEL' },
    run: (given) => toUpperCase(given),
    quick:
      (slow, { evaluate }) =>
      (scope) => {
        const given = evaluate(scope);
        return typeof given === 'string' ? toUpperCase(given) : slow(given);
      },
  }),
  define({
    name: 'trim',
    group: 'text',
    parameters: [anyText('text')],
    returns: 'string',
    doc: 'The text without white space at both ends.',
    example: { expression: "trim('  ok ')", value: 'ok' },
    run: (given) => given.trim(),
  }),
];

/** Texts and arrays as items with a `,` between grow without bound in a loop; the service stops here too. */
export function checkLength(result: string): string {
  if (result.length <= MAX_TEXT_LENGTH) return result;
  throw new Fault(`makes texts of at most ${MAX_TEXT_LENGTH} characters, not ${result.length}`);
}

function cutChunks(collection: Json[] | string, size: number): Json[] {
  if (size < 1) throw new Fault(`expects a size of at least 1, not ${size}`, { parameter: 'size' });
  const count = Math.ceil(collection.length / size);
  return Array.from({ length: count }, (_, index) => collection.slice(index * size, (index + 1) * size));
}

function findNth(whole: string, part: string, occurrence: number): number {
  const step = Math.max(1, part.length);
  const backwards = occurrence < 0;
  let position = backwards ? whole.length : -step;
  for (let left = Math.abs(occurrence); left > 0; left--) {
    if (backwards && position <= 0) return -1;
    position = backwards ? whole.lastIndexOf(part, position - step) : whole.indexOf(part, position + step);
    if (position === -1) return -1;
  }
  return occurrence === 0 ? -1 : position;
}

/** Without a length the start must lie inside the text, as the service has it. */
function cutSubstring(whole: string, start: number, length: number | undefined): string {
  const end = start + (length ?? Math.max(1, whole.length - start));
  const isAll = start === 0 && length === undefined;
  if (!isAll && (start < 0 || (length ?? 0) < 0 || end > whole.length)) {
    const asked = length === undefined ? `start ${start}` : `start ${start} and length ${length}`;
    throw new Fault(`was asked for ${asked}, out of range of a text of ${whole.length} characters`);
  }
  return whole.slice(start, length === undefined ? undefined : end);
}
