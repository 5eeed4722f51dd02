import { describe, expect, it } from 'vitest';
import { parseFilter } from './parse-filter.ts';
import { parseOrderBy } from './parse-order-by.ts';
import type { Filter } from './types.ts';

/** The tree as text: every group in parentheses. */
function print(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${print(filter.left)} ${filter.kind} ${print(filter.right)})`;
    case 'not':
      return `not ${print(filter.operand)}`;
    case 'compare':
      return `${filter.field.name} ${filter.operator} ${filter.value.type}:${filter.value.value}`;
    case 'match':
      return `${filter.match}(${filter.field.name}, ${filter.value.type}:${filter.value.value})`;
  }
}

describe('parseFilter', () => {
  it.each([
    ["Title eq 'New order'", 'Title eq text:New order'],
    ["Title eq 'O''Neill'", "Title eq text:O'Neill"],
    ["Title eq ''", 'Title eq text:'],
    ['Total gt -12.5', 'Total gt number:-12.5'],
    ['5 lt Total', 'Total gt number:5'],
    ['Done eq true', 'Done eq boolean:true'],
    ['Done', 'Done eq boolean:true'],
    ['not Done', 'not Done eq boolean:true'],
    ['Due ne null', 'Due ne null:null'],
    ["Created ge datetime'2026-01-31T00:00:00Z'", 'Created ge instant:2026-01-31T00:00:00Z'],
    ['Created ge 2026-01-31T10:00:00.5+01:00', 'Created ge instant:2026-01-31T10:00:00.5+01:00'],
    ["Created ge '2026-01-31'", 'Created ge text:2026-01-31'],
    ['Created lt 2026-01-31', 'Created lt instant:2026-01-31'],
    ['a eq 1 or b eq 2 and c eq 3', '(a eq number:1 or (b eq number:2 and c eq number:3))'],
    ['(a eq 1 or b eq 2) and not (c eq 3)', '((a eq number:1 or b eq number:2) and not c eq number:3)'],
    ["a eq 1 AND B EQ 'x'", '(a eq number:1 and B eq text:x)'],
    [
      "startswith(Title, 'A') and endswith(Title,'z')",
      '(startswith(Title, text:A) and endswith(Title, text:z))',
    ],
    ["substringof('mid', Title) eq true", 'contains(Title, text:mid)'],
    ["contains(Title,'mid') eq false", 'not contains(Title, text:mid)'],
    ["Author/EMail eq 'a@b.c'", 'Author/EMail eq text:a@b.c'],
    ['Größe_x0020_cm ge 3', 'Größe_x0020_cm ge number:3'],
  ])('reads %s', (text, expected) => {
    expect(print(parseFilter(text))).toBe(expected);
  });

  it.each([
    ["Title eq 'open", '$filter, character 10: the closing quote is missing.'],
    ['Title = 1', '$filter, character 7: “=” has no meaning here.'],
    [
      "Title eq 'a' Total gt 1",
      "$filter, character 14: there is “Total” where 'and', 'or' or the end was expected.",
    ],
    ['Title eq', '$filter, character 9: the filter ends where a column or a value was expected.'],
    ['(Title eq 1', "$filter, character 12: the filter ends where ')' was expected."],
    ['1 eq 1', '$filter, character 7: a comparison needs a column on one side and a value on the other.'],
    ["'a'", '$filter, character 4: the filter ends where one of eq, ne, gt, ge, lt, le was expected.'],
    ['', '$filter, character 1: the filter ends where a column or a value was expected.'],
    [
      'length(Title) gt 3',
      '$filter, character 1: the function length is not known; there are startswith, endswith, contains, substringof.',
    ],
  ])('says where and why it cannot read %s', (text, message) => {
    expect(() => parseFilter(text)).toThrow(message);
  });

  it('refuses endless nesting before the stack does', () => {
    expect(() => parseFilter(`${'('.repeat(5_000)}a eq 1${')'.repeat(5_000)}`)).toThrow('nested too deeply');
    expect(() => parseFilter(`${'not '.repeat(4_000)}a eq 1`)).toThrow('nested too deeply');
    expect(() => parseFilter('a or '.repeat(50_000))).toThrow('at most 16384 characters');
  });
});

describe('parseOrderBy', () => {
  it('reads columns with and without a direction', () => {
    const orders = parseOrderBy('Created desc, Title asc,ID');
    expect(orders.map(({ field, descending }) => [field.name, descending])).toEqual([
      ['Created', true],
      ['Title', false],
      ['ID', false],
    ]);
    expect(parseOrderBy('')).toEqual([]);
  });

  it('says where it cannot read', () => {
    expect(() => parseOrderBy('Title down')).toThrow(
      "$orderby, character 7: there is “down” where 'asc', 'desc', a comma or the end was expected.",
    );
    expect(() => parseOrderBy('Title,')).not.toThrow();
  });
});
