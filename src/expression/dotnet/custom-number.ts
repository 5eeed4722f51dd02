import { Decimal as DecimalJs } from 'decimal.js';
import { failFormat } from './format-number.ts';
import type { NumberCulture } from './number-culture.ts';

/** A custom pattern's part for positive, negative or zero values. */
interface Section {
  readonly tokens: readonly Token[];
  /** Digit places before and after the decimal mark. */
  readonly wholePlaces: string;
  readonly fractionPlaces: string;
  readonly grouped: boolean;
  /** The value is multiplied by ten to this power: +2 for %, -3 for each comma before the decimal mark. */
  readonly shift: number;
  readonly exponent: { readonly plus: boolean; readonly digits: number; readonly letter: string } | undefined;
}

type Token =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'whole' | 'fraction' | 'point' | 'exponent' };

/** Writes a number in a custom .NET pattern. */
export function formatCustom(value: DecimalJs, format: string, culture: NumberCulture): string {
  const [positive = '', negative, zero] = splitSections(format);
  const isNegative = value.isNegative() && !value.isZero();
  const pattern = isNegative && negative ? negative : positive;
  const section = parseSection(pattern, format);
  const text = writeSection(value.abs(), section, culture);
  if (isZeroIn(value.abs(), section)) {
    return zero ? writeSection(value.abs(), parseSection(zero, format), culture) : text;
  }
  return isNegative && !negative ? culture.negative + text : text;
}

function isZeroIn(value: DecimalJs, section: Section): boolean {
  return section.exponent === undefined && roundTo(value, section).isZero();
}

/** Cuts at `;` outside of literals. */
function splitSections(format: string): string[] {
  const sections = [''];
  for (const piece of format.match(/\\[\s\S]|'[^']*'?|"[^"]*"?|[\s\S]/g) ?? []) {
    if (piece === ';') sections.push('');
    else sections[sections.length - 1] += piece;
  }
  return sections;
}

const PIECES = /\\[\s\S]?|'[^']*'?|"[^"]*"?|[eE][+-]?0+|[\s\S]/g;

function parseSection(pattern: string, format: string): Section {
  const tokens: Token[] = [];
  let whole = '';
  let fraction = '';
  let commas = '';
  let grouped = false;
  let shift = 0;
  let point = false;
  let exponent: Section['exponent'];
  for (const piece of pattern.match(PIECES) ?? []) {
    if (piece === '0' || piece === '#') {
      if (point) fraction += piece;
      else {
        grouped ||= commas !== '' && whole !== '';
        commas = '';
        whole += piece;
      }
      tokens.push({ kind: point ? 'fraction' : 'whole' });
    } else if (piece === ',') {
      if (!point && whole !== '') commas += piece;
    } else if (piece === '.') {
      if (!point) tokens.push({ kind: 'point' });
      point = true;
    } else if (/^[eE][+-]?0+$/.test(piece) && exponent === undefined) {
      exponent = {
        plus: piece[1] === '+',
        digits: piece.replaceAll(/[^0]/g, '').length,
        letter: piece.charAt(0),
      };
      tokens.push({ kind: 'exponent' });
    } else {
      if (piece === '%' || piece === '‰') shift += piece === '%' ? 2 : 3;
      tokens.push({ kind: 'literal', text: readLiteral(piece, format) });
    }
  }
  shift -= 3 * commas.length;
  return { tokens, wholePlaces: whole, fractionPlaces: fraction, grouped, shift, exponent };
}

function readLiteral(piece: string, format: string): string {
  if (piece.startsWith('\\')) return piece.slice(1);
  const quote = piece.charAt(0);
  if (quote !== "'" && quote !== '"') return piece;
  return piece.length > 1 && piece.endsWith(quote) ? piece.slice(1, -1) : failFormat(format);
}

function roundTo(value: DecimalJs, section: Section): DecimalJs {
  const shifted = value.times(new DecimalJs(10).pow(section.shift));
  return shifted.toDecimalPlaces(section.fractionPlaces.length, DecimalJs.ROUND_HALF_UP);
}

function writeSection(value: DecimalJs, section: Section, culture: NumberCulture): string {
  const power =
    section.exponent === undefined || value.isZero() ? 0 : value.e + 1 - section.wholePlaces.length;
  const rounded = roundTo(value.times(new DecimalJs(10).pow(-power)), section);
  const [whole = '', fraction = ''] = rounded.toFixed().split('.');
  const places = section.wholePlaces.length;
  const digits = padWhole(whole === '0' ? '' : whole, section.wholePlaces);
  const decimals = padFraction(fraction, section.fractionPlaces);
  let wholeIndex = 0;
  let fractionIndex = 0;
  let text = '';
  for (const token of section.tokens) {
    if (token.kind === 'literal') text += token.text;
    else if (token.kind === 'point') text += decimals === '' ? '' : culture.decimal;
    else if (token.kind === 'fraction') text += decimals.charAt(fractionIndex++);
    else if (token.kind === 'exponent') text += writePower(power, section.exponent);
    else text += takeWhole(digits, wholeIndex++, places, section.grouped, culture);
  }
  return text;
}

/** At least as many digits as there are places from the first `0` on. */
function padWhole(digits: string, places: string): string {
  const zero = places.indexOf('0');
  return zero === -1 ? digits : digits.padStart(places.length - zero, '0');
}

/** At most one digit a place, at least up to the last `0`. */
function padFraction(digits: string, places: string): string {
  return digits.slice(0, places.length).padEnd(places.lastIndexOf('0') + 1, '0');
}

/** The digits of one place; the first place takes all that the others have no room for. */
function takeWhole(
  digits: string,
  index: number,
  places: number,
  grouped: boolean,
  culture: NumberCulture,
): string {
  const first = digits.length - places + index;
  if (first < 0) return '';
  const from = index === 0 ? 0 : first;
  return grouped ? sliceGrouped(digits, from, first + 1, culture) : digits.slice(from, first + 1);
}

/** The digits from one position to another, with the group marks that follow each. */
function sliceGrouped(digits: string, from: number, to: number, culture: NumberCulture): string {
  let text = '';
  for (let index = from; index < to; index++) {
    text += digits.charAt(index);
    if (endsGroup(digits.length - index - 1, culture)) text += culture.group;
  }
  return text;
}

/** Whether so many digits to the right are whole groups. */
function endsGroup(remaining: number, { groupSizes: [first, other] }: NumberCulture): boolean {
  return remaining >= first && (remaining - first) % other === 0;
}

function writePower(power: number, exponent: Section['exponent']): string {
  if (exponent === undefined) return '';
  const mark = power < 0 ? '-' : exponent.plus ? '+' : '';
  return exponent.letter + mark + Math.abs(power).toString().padStart(exponent.digits, '0');
}
