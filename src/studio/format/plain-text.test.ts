import { expect, test } from 'vitest';
import { plainText, shorten } from './plain-text.ts';

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

test('headings, lists, quotes and fences leave no marks', () => {
  expect(
    plainText('## Going live\nUse:\n\n```text\nhttps://x.example/{id}\n```\n - one\n - two\n> Mind *this*.'),
  ).toBe('Going live Use: https://x.example/{id} one two Mind this.');
  expect(plainText('as ```text http://x``` says')).toBe('as http://x says');
  expect(plainText('5 - 3, a > b')).toBe('5 - 3, a > b');
});

test('a text is shortened where a word ends', () => {
  expect(shorten('one two, three', 9)).toBe('one two …');
  expect(shorten('one two', 7)).toBe('one two');
  expect(shorten('undivided', 4)).toBe('undi …');
});
