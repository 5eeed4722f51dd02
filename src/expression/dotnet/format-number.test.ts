import { describe, expect, test } from 'vitest';
import { evaluate, failOf } from '../test-helpers.ts';

const format = (number: string, pattern: string, locale?: string) =>
  evaluate(`formatNumber(${number}, '${pattern.replaceAll("'", "''")}'${locale ? `, '${locale}'` : ''})`);

describe('standard formats', () => {
  test.for([
    ['1234.5', 'N', '1,234.50'],
    ['1234.567', 'N0', '1,235'],
    ['-1234.5', 'C2', '-$1,234.50'],
    ['2.5', 'F0', '3'],
    ['-5', 'D3', '-005'],
    ['255', 'X', 'FF'],
    ['255', 'x4', '00ff'],
    ['-1', 'X', 'FFFFFFFFFFFFFFFF'],
    ['12345.678', 'E', '1.234568E+004'],
    ['12345.678', 'e3', '1.235e+004'],
    ['12345.678', 'G3', '1.23E+04'],
    ['0.00001', 'G', '1E-05'],
    ['0.1234', 'P1', '12.3%'],
    ['0.12345', 'P', '12.35%'],
    ['1234', 'F', '1234.00'],
    ['1.10', 'R', '1.1'],
    ['7', '', '7'],
    ['9223372036854775807', 'N0', '9,223,372,036,854,775,807'],
    ["decimal('1.005')", 'F2', '1.01'],
  ] as const)('%s in %s is %s', ([number, pattern, text]) => {
    expect(format(number, pattern)).toBe(text);
  });

  test.for([
    ['1234.5', 'N2', 'de-DE', '1.234,50'],
    ['1234.5', 'C2', 'de-DE', '1.234,50 €'],
    ['1234567.891', 'N2', 'en-IN', '12,34,567.89'],
    ['1234.5', 'C', 'en-gb', '£1,234.50'],
    ['0.5', 'P0', 'de-DE', '50 %'],
  ] as const)('%s in %s for %s is %s', ([number, pattern, locale, text]) => {
    expect(format(number, pattern, locale)).toBe(text);
  });

  test.for([
    ['1.5', 'D'],
    ['1.5', 'X'],
    ['1', 'Q'],
    ['1', "0 'open"],
  ] as const)('%s in %s fails', ([number, pattern]) => {
    expect(failOf(`formatNumber(${number}, '${pattern.replaceAll("'", "''")}')`).fault).toBe('value');
  });

  test('an unknown locale fails', () => {
    expect(failOf("formatNumber(1, 'N', 'xx-XX')").sentence).toContain('locale');
    expect(failOf("formatNumber(1, 'N', 'no locale')").sentence).toContain('locale');
  });
});

describe('custom formats', () => {
  test.for([
    ['5', '000', '005'],
    ['1234', '#,#', '1,234'],
    ['1234567890.5', '0,0.0', '1,234,567,890.5'],
    ['1234567', '#,##0,', '1,235'],
    ['1234567', '0,,.0', '1.2'],
    ['0', '#', ''],
    ['0', '0.##', '0'],
    ['1.5', '0.##', '1.5'],
    ['3.14159', '0.000', '3.142'],
    ['2065551234', '(###) ###-####', '(206) 555-1234'],
    ['0.126', '0.0%', '12.6%'],
    ['-5', '0.0;(0.0);none', '(5.0)'],
    ['0', '0.0;(0.0);none', 'none'],
    ['5', "0 'units'", '5 units'],
    ['5', '\\#0', '#5'],
    ['86000', '0.###E+0', '8.6E+4'],
    ['0.00086', '0.0e00', '8.6e-04'],
    ['-1.5', '0.0', '-1.5'],
    ['12', 'a;b;c', 'a'],
  ] as const)('%s in %s is %s', ([number, pattern, text]) => {
    expect(format(number, pattern)).toBe(text);
  });

  test('a locale changes the marks', () => {
    expect(format('1234567.891', '#,##0.00', 'is-IS')).toBe('1.234.567,89');
  });
});
