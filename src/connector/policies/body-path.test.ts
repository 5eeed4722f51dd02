import { describe, expect, it } from 'vitest';
import { getAt, parseBodyPath, parseSubPath, setAt } from './body-path.ts';
import { evaluatePropertyValue } from './property-value.ts';

describe('paths into a body', () => {
  it('are read with and without @, braces and smart quotes', () => {
    expect(parseBodyPath('body()')).toEqual({ root: 'body', keys: [] });
    expect(parseBodyPath("@{item()['@odata.etag'].a[2]}")).toEqual({
      root: 'item',
      keys: ['@odata.etag', 'a', 2],
    });
    expect(parseBodyPath('@body()[‘a b’]')).toEqual({ root: 'body', keys: ['a b'] });
    expect(parseBodyPath('@headers()')).toBeUndefined();
    expect(parseSubPath('null')).toEqual([]);
    expect(parseSubPath("['@odata.type']")).toEqual(['@odata.type']);
    expect(parseSubPath('a.b')).toEqual(['a', 'b']);
    expect(parseSubPath('first name')).toEqual(['first name']);
  });

  it('write copies and leave what they cannot pass', () => {
    const body = { a: [{ b: 1 }] };
    expect(setAt(body, ['a', 0, 'c'], 2)).toEqual({ a: [{ b: 1, c: 2 }] });
    expect(setAt(body, ['x', 'y'], 1)).toEqual({ a: [{ b: 1 }], x: { y: 1 } });
    expect(setAt(body, ['a', 0, 'b'], undefined)).toEqual({ a: [{}] });
    expect(setAt(body, ['a', 7, 'b'], 1)).toEqual(body);
    expect(setAt('text', ['a'], 1)).toBe('text');
    expect(body).toEqual({ a: [{ b: 1 }] });
    expect(getAt({ a: 1 }, ['constructor'])).toBeUndefined();
  });
});

describe('the value of a property', () => {
  it('is text, a list, an object, or what a lone expression finds', () => {
    const body = { n: 5, o: { x: 1 }, gone: null };
    expect(evaluatePropertyValue(' !', body, undefined)).toBe(' !');
    expect(evaluatePropertyValue('30', body, undefined)).toBe('30');
    expect(evaluatePropertyValue('["matter.created"]', body, undefined)).toEqual(['matter.created']);
    expect(evaluatePropertyValue('@body().n', body, undefined)).toBe(5);
    expect(evaluatePropertyValue('[{@body().o}]', body, undefined)).toEqual([{ x: 1 }]);
    expect(evaluatePropertyValue("'{@item()['id']}-x'", body, { id: 'i' })).toBe('i-x');
    expect(evaluatePropertyValue('{@body().gone}', body, undefined)).toBeUndefined();
  });
});
