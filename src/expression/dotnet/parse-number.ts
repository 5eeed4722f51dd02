import { Decimal, fitDecimal } from '../value.ts';
import { getNumberCulture } from './number-culture.ts';

/** A whole number of 64 bits with an optional sign, as .NET's `NumberStyles.Integer` takes it. */
export function parseIntegerText(text: string): bigint | undefined {
  const digits = /^\s*([+-]?\d{1,40})\s*$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const integer = BigInt(digits.replace('+', ''));
  return BigInt.asIntN(64, integer) === integer ? integer : undefined;
}

/** With its groups and marks made plain: `12,345.6-` → `-12345.6`. */
const NUMBER = /^\s*([+-]?)\s*(?:(\d[\d,]*)(\.\d*)?|(\.\d+))(e[+-]?\d{1,6})?\s*,?([+-]?)\s*$/i;

/**
 * A number with sign (before or after), group marks at any place of its whole part, decimal mark and exponent:
 * .NET's `NumberStyles.Float`, with thousands and trailing sign.
 */
export function parseFloatText(text: string, locale?: string): number | undefined {
  const plain = simplifyNumber(text, locale);
  const number = plain === undefined ? Number.NaN : Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

export function parseDecimalText(text: string): Decimal | undefined {
  const plain = simplifyNumber(text);
  if (plain === undefined) return undefined;
  return fitDecimal(new Decimal(plain));
}

function simplifyNumber(text: string, locale?: string): string | undefined {
  const { decimal, group } = getNumberCulture(locale);
  const match = NUMBER.exec(decimal === '.' && group === ',' ? text : swapMarks(text, decimal, group));
  if (match === null) return undefined;
  const [, before = '', whole = '', fraction = '', bare = '', exponent = '', after = ''] = match;
  if (before !== '' && after !== '') return undefined;
  return `${before}${after}${whole.replaceAll(',', '')}${fraction}${bare}${exponent}`;
}

/** Writes a text with the marks of a locale in those of English. Blanks that group are any kind of blank. */
function swapMarks(text: string, decimal: string, group: string): string {
  const isGroup = /\s/.test(group)
    ? (char: string) => char === '\u00a0' || char === '\u202f' || char === ' '
    : (char: string) => char === group || (group === '’' && char === "'");
  const trimmed = text.trim();
  let result = '';
  for (const char of trimmed) {
    if (char === decimal) result += '.';
    else if (isGroup(char)) result += ',';
    else result += char === ',' || char === '.' ? '?' : char;
  }
  return result;
}
