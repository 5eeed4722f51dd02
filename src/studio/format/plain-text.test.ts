import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test('a description is one line of words, without the marks of Markdown and HTML', () => {
  expect(
    plainText('A [carrier](https://x.example/a_b), **such** as\n`fedex`, `dhl_express`, <b>ups</b>.'),
  ).toBe('A carrier, such as fedex, dhl_express, ups .');
  expect(plainText('_Never_ *ever* __use__ ***this***')).toBe('Never ever use this');
});

test('what only looks like a mark stays', () => {
  expect(plainText('snake_case and other_case, __init__ly')).toBe('snake_case and other_case, __init__ly');
  expect(plainText(undefined)).toBe('');
});
