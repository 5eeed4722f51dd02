import { describe, expect, test } from 'vitest';
import { evaluate, failOf } from './test-helpers.ts';

const context = {
  parameters: {
    o: {
      a: 1,
      B: { c: 'deep' },
      'x/y': 'literal',
      x: { y: 'nested' },
      list: [{ id: 7 }, { id: 8 }],
      nil: null,
    },
    arr: [10, 20],
    nil: null,
    text: 'abc',
    key: 'a',
  },
  outputs: {
    Get: { headers: { 'Content-Type': 'text/csv' }, body: { 'owner/mail': 'x', owner: { id: 4 } } },
  },
};
const get = (expression: string) => evaluate(expression, context);
const fail = (expression: string) => failOf(expression, context);

describe('selection', () => {
  test.for([
    ["parameters('o').B.c", 'deep'],
    ["parameters('o')['a']", 1],
    ["parameters('o')[parameters('key')]", 1],
    ["parameters('o')?.zz", null],
    ["parameters('o')?.zz?.yy", null],
    ["parameters('nil')?['a']", null],
    ["parameters('o').nil?.a", null],
    ["parameters('arr')[1]", 20],
    ["parameters('arr')?[5]", null],
    ["parameters('arr')[sub(length(parameters('arr')), 1)]", 20],
    ["parameters('o').b.C", 'deep'],
    ["parameters('o')['x/y']", 'literal'],
    ["parameters('o')?['B/c']", 'deep'],
    ["parameters('o')?['list/1/id']", 8],
    ["parameters('o')?['list/9/id']", null],
    ["parameters('o')?['B/zz']", null],
    ["outputs('Get')?['body/owner/mail']", 'x'],
    ["outputs('Get')?['body/owner/id']", 4],
    ["outputs('Get')?['headers/content-type']", 'text/csv'],
  ] as const)('%s gives %j', ([expression, value]) => {
    expect(get(expression)).toEqual(value);
  });

  test.for([
    [
      "parameters('o')['zz']",
      "The property 'zz' doesn't exist; available are 'a', 'B', 'x/y', 'x', 'list', 'nil'.",
    ],
    ["parameters('nil').a", "The property 'a' cannot be selected from null."],
    ["parameters('o')?['zz']['yy']", "The property 'yy' cannot be selected from null."],
    ["parameters('text')?['a']", 'Property selection is not supported on a string.'],
    ["parameters('o').a.b", 'Property selection is not supported on an integer.'],
    [
      "parameters('arr')?['x']",
      "Elements of an array are selected by an integer index, not by the text 'x'.",
    ],
    ["parameters('arr')[2]", 'The array index 2 is out of range: the array has 2 elements.'],
    ["parameters('o')[0]", 'The properties of an object are selected by a text, not by the number 0.'],
    ["parameters('arr')[1.5]", 'Only texts and whole numbers stand in brackets, not a float.'],
    ["parameters('o')['B/zz']", undefined],
  ] as const)('%s fails: %s', ([expression, sentence]) => {
    const error = fail(expression);
    expect(error).toMatchObject({ code: 'InvalidTemplate', fault: 'selection' });
    if (sentence) expect(error.sentence).toBe(sentence);
  });

  test('the error stands under the step that failed, with a way out', () => {
    const error = fail("parameters('o').list['a'].id");
    expect([error.start, error.end]).toEqual([20, 25]);
    expect(fail("parameters('nil').a").fix).toContain("'?'");
  });

  test('the prototype is no property', () => {
    expect(get("parameters('o')?['toString']")).toBeNull();
    expect(get("parameters('o')?['__proto__']")).toBeNull();
    expect(get("parameters('o')?.constructor")).toBeNull();
  });
});
