import { createCultureCache } from './culture.ts';

/** How a locale writes numbers. In patterns `n` stands for the digits. */
export interface NumberCulture {
  readonly decimal: string;
  readonly group: string;
  /** Sizes of the group next to the decimal mark and of those before it: 3 and 3, in India 3 and 2. */
  readonly groupSizes: readonly [number, number];
  readonly negative: string;
  readonly currency: { readonly positive: string; readonly negative: string; readonly digits: number };
  readonly percent: { readonly positive: string; readonly negative: string };
}

export const getNumberCulture = createCultureCache(deriveNumberCulture);

function deriveNumberCulture(locale: string): NumberCulture {
  const plain = new Intl.NumberFormat(locale, { numberingSystem: 'latn', minimumFractionDigits: 1 });
  const parts = plain.formatToParts(-1234567890.5);
  const find = (type: string) => parts.find((part) => part.type === type)?.value;
  const integers = parts.filter((part) => part.type === 'integer').map((part) => part.value.length);
  const primary = integers.at(-1) ?? 3;
  return {
    decimal: find('decimal') ?? '.',
    group: find('group') ?? ',',
    groupSizes: [primary, integers.length > 2 ? (integers.at(-2) ?? primary) : primary],
    negative: '-',
    currency: deriveCurrency(locale),
    percent: derivePatterns(new Intl.NumberFormat(locale, { style: 'percent', numberingSystem: 'latn' })),
  };
}

function deriveCurrency(locale: string): NumberCulture['currency'] {
  const region = new Intl.Locale(locale).maximize().region ?? 'US';
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: CURRENCIES[region] ?? (EURO.has(region) ? 'EUR' : 'XXX'),
    currencyDisplay: 'narrowSymbol',
    numberingSystem: 'latn',
  });
  return { ...derivePatterns(format), digits: format.resolvedOptions().maximumFractionDigits ?? 2 };
}

const DIGITS = new Set(['integer', 'group', 'decimal', 'fraction']);

/** What a format puts before and after the digits. Blanks are plain ones, as .NET prints them. */
function derivePatterns(format: Intl.NumberFormat): { positive: string; negative: string } {
  const derive = (value: number) =>
    format
      .formatToParts(value)
      .map(({ type, value: text }) => (DIGITS.has(type) ? 'n' : type === 'minusSign' ? '-' : text))
      .join('')
      .replace(/n+/, 'n')
      .replaceAll(/[\u00a0\u202f]/g, ' ')
      .replaceAll(/[\u200e\u200f\u061c]/g, '');
  return { positive: derive(1), negative: derive(-1) };
}

const EURO: ReadonlySet<string> = new Set(
  'AT BE BG HR CY EE FI FR DE GR IE IT LV LT LU MT NL PT SK SI ES AD MC SM VA ME XK'.split(' '),
);

/** The currencies of the regions flows are written in; Intl does not tell. */
const CURRENCIES: Readonly<Record<string, string>> = {
  US: 'USD',
  PR: 'USD',
  EC: 'USD',
  GB: 'GBP',
  JP: 'JPY',
  CN: 'CNY',
  IN: 'INR',
  CH: 'CHF',
  LI: 'CHF',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  GL: 'DKK',
  FO: 'DKK',
  IS: 'ISK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  RS: 'RSD',
  BA: 'BAM',
  MK: 'MKD',
  AL: 'ALL',
  MD: 'MDL',
  TR: 'TRY',
  RU: 'RUB',
  UA: 'UAH',
  BY: 'BYN',
  GE: 'GEL',
  AM: 'AMD',
  AZ: 'AZN',
  KZ: 'KZT',
  UZ: 'UZS',
  IL: 'ILS',
  SA: 'SAR',
  AE: 'AED',
  QA: 'QAR',
  KW: 'KWD',
  BH: 'BHD',
  OM: 'OMR',
  JO: 'JOD',
  LB: 'LBP',
  IQ: 'IQD',
  IR: 'IRR',
  EG: 'EGP',
  MA: 'MAD',
  TN: 'TND',
  DZ: 'DZD',
  ZA: 'ZAR',
  NG: 'NGN',
  KE: 'KES',
  GH: 'GHS',
  ET: 'ETB',
  TZ: 'TZS',
  UG: 'UGX',
  BR: 'BRL',
  MX: 'MXN',
  CA: 'CAD',
  AR: 'ARS',
  CL: 'CLP',
  CO: 'COP',
  PE: 'PEN',
  UY: 'UYU',
  PY: 'PYG',
  BO: 'BOB',
  VE: 'VES',
  CR: 'CRC',
  GT: 'GTQ',
  HN: 'HNL',
  NI: 'NIO',
  PA: 'PAB',
  DO: 'DOP',
  JM: 'JMD',
  AU: 'AUD',
  NZ: 'NZD',
  KR: 'KRW',
  TW: 'TWD',
  HK: 'HKD',
  MO: 'MOP',
  SG: 'SGD',
  MY: 'MYR',
  TH: 'THB',
  ID: 'IDR',
  PH: 'PHP',
  VN: 'VND',
  PK: 'PKR',
  BD: 'BDT',
  LK: 'LKR',
  NP: 'NPR',
  MM: 'MMK',
  KH: 'KHR',
  LA: 'LAK',
  MN: 'MNT',
  AF: 'AFN',
};
