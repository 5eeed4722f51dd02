import { describe, expect, test } from 'vitest';
import { evaluate, failOf } from '../test-helpers.ts';

const call = (name: string, ...args: (string | number)[]) =>
  evaluate(
    `${name}(${args.map((arg) => (typeof arg === 'string' ? `'${arg.replaceAll("'", "''")}'` : arg)).join(', ')})`,
  );
const MOMENT = '2018-03-05T13:07:06.1234567Z';

describe('formats', () => {
  test.for([
    ['d', '3/5/2018'],
    ['D', 'Monday, March 5, 2018'],
    ['f', 'Monday, March 5, 2018 1:07 PM'],
    ['F', 'Monday, March 5, 2018 1:07:06 PM'],
    ['g', '3/5/2018 1:07 PM'],
    ['G', '3/5/2018 1:07:06 PM'],
    ['m', 'March 5'],
    ['o', '2018-03-05T13:07:06.1234567Z'],
    ['r', 'Mon, 05 Mar 2018 13:07:06 GMT'],
    ['s', '2018-03-05T13:07:06'],
    ['t', '1:07 PM'],
    ['T', '1:07:06 PM'],
    ['u', '2018-03-05 13:07:06Z'],
    ['U', 'Monday, March 5, 2018 1:07:06 PM'],
    ['y', 'March 2018'],
    ['', '2018-03-05T13:07:06.1234567Z'],
    ['y M d h H m s t', '18 3 5 1 13 7 6 P'],
    ['yyyyy MMM ddd', '02018 Mar Mon'],
    ['%d', '5'],
    ['fff', '123'],
    ['FFFFFFF', '1234567'],
    ['ss.FF', '06.12'],
    ['zzz K %z', '+00:00 Z +0'],
    ["'at' HH\\h \"o'clock\"", "at 13h o'clock"],
    ['gg', 'A.D.'],
  ] as const)('%s prints %s', ([format, text]) => {
    expect(call('formatDateTime', MOMENT, format)).toBe(text);
  });

  test('F without digits takes the point before it away', () => {
    expect(call('formatDateTime', '2018-03-05T13:07:06Z', 'HH:mm:ss.FFFK')).toBe('13:07:06Z');
    expect(call('formatDateTime', '2018-03-05T13:07:06.0004Z', 'ss.FFF')).toBe('06');
  });

  test.for([
    ['d', 'de-DE', '05.03.2018'],
    ['D', 'de-DE', 'Montag, 5. März 2018'],
    ['D', 'fr-fr', 'lundi 5 mars 2018'],
    ['D', 'pt-BR', 'segunda-feira, 5 de março de 2018'],
    ['D', 'ko-KR', '2018년 3월 5일 월요일'],
    ['d', 'sv-SE', '2018-03-05'],
    ['t', 'en-GB', '13:07'],
    ['d MMMM', 'ru-RU', '5 марта'],
    ['MMMM', 'ru-RU', 'март'],
    ['MM/dd', 'de-DE', '03.05'],
    ['R', 'de-DE', 'Mon, 05 Mar 2018 13:07:06 GMT'],
  ] as const)('%s for %s prints %s', ([format, locale, text]) => {
    expect(call('formatDateTime', MOMENT, format, locale)).toBe(text);
  });

  test.for(['q', 'Z', '%', "'open", 'ffffffff', 'ends \\'])('%s is no format', (format) => {
    expect(failOf(`formatDateTime('${MOMENT}', '${format.replaceAll("'", "''")}')`).sentence).toContain(
      'format',
    );
  });
});

describe('timestamps', () => {
  test.for([
    ['2018-03-05', '2018-03-05T00:00:00.0000000'],
    ['2018-03-05Z', '2018-03-05T00:00:00.0000000Z'],
    ['2018-03-05 13:07', '2018-03-05T13:07:00.0000000'],
    ['2018-03-05T13:07:06+02:00', '2018-03-05T11:07:06.0000000Z'],
    ['2018-03-05T13:07:06-0530', '2018-03-05T18:37:06.0000000Z'],
    ['2018-03-05T13:07:06.123456789Z', '2018-03-05T13:07:06.1234568Z'],
    ['03/05/2018 1:07 PM', '2018-03-05T13:07:00.0000000'],
    ['12/31/2018 12:00 AM', '2018-12-31T00:00:00.0000000'],
    ['Mon, 05 Mar 2018 13:07:06 GMT', '2018-03-05T13:07:06.0000000Z'],
    ['Thursday, March 15, 2018', '2018-03-15T00:00:00.0000000'],
    ['March 5, 2018', '2018-03-05T00:00:00.0000000'],
    ['5 Mar 2018 5pm', '2018-03-05T17:00:00.0000000'],
    ['2018/03/05', '2018-03-05T00:00:00.0000000'],
    ['0001-01-01', '0001-01-01T00:00:00.0000000'],
  ] as const)('%s is %s', ([text, iso]) => {
    expect(call('formatDateTime', text)).toBe(iso);
  });

  test.for([
    '',
    'hello',
    '2018',
    '20180305',
    '2018-02-29',
    '2018-13-01',
    '15/03/2018',
    '2018-03-05T25:00:00Z',
    '2018-03-05T10:61:00Z',
    '2018-03-05T10:00:00+25:00',
    '13:07',
    'Friday, March 15, 2018',
    'May May 2018',
    '1.2.3.4',
  ])("'%s' is none", (text) => {
    expect(failOf(`formatDateTime('${text}')`).sentence).toContain('not valid as a timestamp');
  });
});

describe('reading in a locale', () => {
  test.for([
    ['20 octobre 2010', 'fr-FR', '2010-10-20T00:00:00.0000000'],
    ['31/12/2019', 'en-GB', '2019-12-31T00:00:00.0000000'],
    ['15. Januar 2026 8:05', 'de-DE', '2026-01-15T08:05:00.0000000'],
    ['2026年1月15日', 'ja-JP', '2026-01-15T00:00:00.0000000'],
    ['1/2/03', 'en-US', '2003-01-02T00:00:00.0000000'],
    ['1/2/50', 'en-US', '1950-01-02T00:00:00.0000000'],
    ['2019-12-31', 'fr-FR', '2019-12-31T00:00:00.0000000'],
  ] as const)('%s for %s is %s', ([text, locale, iso]) => {
    expect(call('parseDateTime', text, locale)).toBe(iso);
  });

  test.for([
    ['20191231235959', 'yyyyMMddHHmmss', '2019-12-31T23:59:59.0000000'],
    ['31-Dec-2019', 'dd-MMM-yyyy', '2019-12-31T00:00:00.0000000'],
    ['Tuesday, December 31, 2019', 'D', '2019-12-31T00:00:00.0000000'],
    ['5:30 PM on 1/2/2020', "h:mm tt 'on' M/d/yyyy", '2020-01-02T17:30:00.0000000'],
    ['2019-12-31 10:00 +02:00', 'yyyy-MM-dd HH:mm zzz', '2019-12-31T08:00:00.0000000Z'],
    ['2019-12-31T10:00:00.1230000Z', 'o', '2019-12-31T10:00:00.1230000Z'],
    ['1912', 'yyMM', '2019-12-01T00:00:00.0000000'],
  ] as const)('%s as %s is %s', ([text, format, iso]) => {
    expect(call('parseDateTime', text, 'en-US', format)).toBe(iso);
  });

  test.for([
    ['2019-12-31', 'dd/MM/yyyy'],
    ['31/12/2019 x', 'dd/MM/yyyy'],
    ['1/12/2019', 'dd/MM/yyyy'],
    ['13:00 PM', 'HH:mm tt'],
    ['31/02/2019', 'dd/MM/yyyy'],
  ] as const)('%s does not fit %s', ([text, format]) => {
    expect(failOf(`parseDateTime('${text}', 'en-US', '${format}')`).sentence).toContain(
      'not a date in its format',
    );
  });
});

describe('moving', () => {
  test.for([
    ["addToTime('2018-01-31T00:00:00Z', 1, 'Month')", '2018-02-28T00:00:00.0000000Z'],
    ["addToTime('2020-02-29', -1, 'year', 'd')", '2/28/2019'],
    ["subtractFromTime('2020-01-15', 13, 'Month', 'yyyy-MM')", '2018-12'],
    ["addDays('2018-03-15T10:11:12.1234567Z', 1)", '2018-03-16T10:11:12.1234567Z'],
    ["addHours('2018-03-15', 1.5, 'HH:mm')", '01:30'],
    ["dateDifference('2018-01-02', '2018-01-01')", '-1.00:00:00'],
    ["dateDifference('2018-01-01T00:00:00Z', '2018-01-01T00:00:00.5Z')", '00:00:00.5000000'],
    ["dayOfYear('2020-12-31')", 366],
    ["ticks('2018-01-01T00:00:00.1234567Z')", 636503616001234567n],
  ] as const)('%s is %s', ([expression, value]) => {
    expect(evaluate(expression)).toBe(value);
  });

  test('leaves the calendar with an error', () => {
    expect(failOf("addDays('9999-12-31', 1)").sentence).toContain('years 1 to 9999');
    expect(failOf("addToTime('0001-01-31', -1, 'Month')").sentence).toContain('years 1 to 9999');
    expect(failOf("addToTime('2020-01-01', 1, 'Eon')").sentence).toContain('Second, Minute');
    expect(failOf("addToTime('2020-01-01', 0.5, 'Month')").sentence).toContain('whole months');
  });
});

describe('time zones', () => {
  test.for([
    ["convertFromUtc('2018-07-01T08:00:00Z', 'Pacific Standard Time')", '2018-07-01T01:00:00.0000000'],
    ["convertFromUtc('2018-01-01T08:00:00Z', 'nepal standard time', 't')", '1:45 PM'],
    ["convertFromUtc('2018-01-01T08:00:00Z', 'Europe/Berlin', 'HH')", '09'],
    ["convertFromUtc('2018-01-01T08:00:00Z', 'Kamchatka Standard Time', 'HH')", '20'],
    ["convertFromUtc('2018-01-01T08:00:00Z', 'Mid-Atlantic Standard Time', 'HH')", '06'],
    [
      "convertTimeZone('2018-01-01T00:00:00', 'Pacific Standard Time', 'UTC')",
      '2018-01-01T08:00:00.0000000Z',
    ],
    ["convertToUtc('2018-11-04T01:30:00', 'Pacific Standard Time')", '2018-11-04T09:30:00.0000000Z'],
    ["convertToUtc('2018-07-01T12:00:00', 'AUS Eastern Standard Time', 'HH')", '02'],
  ] as const)('%s is %s', ([expression, value]) => {
    expect(evaluate(expression)).toBe(value);
  });

  test.for([
    ["convertFromUtc('2018-01-01', 'Nowhere')", 'time zone id'],
    ["convertToUtc('2018-01-01T00:00:00Z', 'Pacific Standard Time')", 'matching the time zone'],
    ["convertToUtc('2018-03-11T02:30:00', 'Pacific Standard Time')", 'skipped'],
  ] as const)('%s fails', ([expression, part]) => {
    expect(failOf(expression).sentence).toContain(part);
  });
});
