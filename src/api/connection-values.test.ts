import { expect, test } from 'vitest';
import { describeMisfit, isEmptyValue, listCounting } from './connection-values.ts';

const demand = (name: string, dependencies?: Record<string, (string | boolean)[]>) => ({
  name,
  type: 'string',
  required: true,
  ...(dependencies === undefined ? {} : { dependencies }),
});
const namesOf = (demands: { name: string }[]) => demands.map(({ name }) => name);

test('a parameter counts only when those it depends on have one of the values, and count themselves', () => {
  const demands = [
    demand('kind'),
    demand('onPremises', { kind: ['server'] }),
    demand('gateway', { onPremises: [true] }),
  ];
  expect(namesOf(listCounting(demands, {}))).toEqual(['kind']);
  expect(namesOf(listCounting(demands, { kind: 'server' }))).toEqual(['kind', 'onPremises']);
  expect(namesOf(listCounting(demands, { kind: 'server', onPremises: 'True' }))).toEqual([
    'kind',
    'onPremises',
    'gateway',
  ]);
  // What stands in a field that is not shown any more is no reason to ask for another.
  expect(namesOf(listCounting(demands, { kind: 'cloud', onPremises: true }))).toEqual(['kind']);
});

test('parameters that depend on each other in a circle end the search', () => {
  const demands = [demand('a', { b: ['x'] }), demand('b', { a: ['y'] })];
  expect(namesOf(listCounting(demands, { a: 'y', b: 'x' }))).toEqual(['a', 'b']);
});

test.each([
  ['int', 8080, undefined],
  ['int', ' 8080 ', undefined],
  ['int', '8080.5', 'a whole number'],
  ['int', '1e3', 'a whole number'],
  ['int', [1], 'a whole number'],
  ['bool', 'True', undefined],
  ['bool', 'yes', 'true or false'],
  ['string', 12, undefined],
  ['string', { a: 1 }, 'a text'],
  ['securestring', ['k'], 'a text'],
])('a value of type %s: %j should have been %s', (type, value, wanted) => {
  expect(describeMisfit({ name: 'p', type, required: false }, value)).toBe(wanted);
});

test('of an enumeration only its values fit, whatever their type', () => {
  const region = { name: 'region', type: 'string', required: true, allowed: ['eu', 1] };
  expect(describeMisfit(region, '1')).toBeUndefined();
  expect(describeMisfit(region, 'us')).toBe('one of eu, 1');
});

test('only missing, null and empty texts are empty', () => {
  expect([undefined, null, '', 0, false].map(isEmptyValue)).toEqual([true, true, true, false, false]);
});
