import { describe, expect, test } from 'vitest';
import { evaluate, failOf } from '../test-helpers.ts';

/** The edges of functions beyond their documented examples. */
const VALUES: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  text: [
    ["concat('a', null, 1.5, true)", 'a1.5True'],
    ['concat(json(\'{"a": 1}\'), createArray(1))', '{"a":1}[1]'],
    ["substring('hello', 1)", 'ello'],
    ["substring('hello', 5, 0)", ''],
    ["slice('Hello', -10)", 'Hello'],
    ["slice('Hello', 1, -1)", 'ell'],
    ["indexOf('Hello', '')", 0],
    ["lastIndexOf('Hello', '')", 4],
    ["lastIndexOf('', '')", 0],
    ["nthIndexOf('banana', 'AN', -2)", 1],
    ["nthIndexOf('banana', 'a', 4)", -1],
    ["nthIndexOf('banana', 'a', -4)", -1],
    ["nthIndexOf('banana', 'a', 0)", -1],
    ["replace('a.b', '.', '$&')", 'a$&b'],
    ["split('abc', '')", ['abc']],
    ["toUpper('straße')", 'STRAßE'],
    ["toUpper('ıi')", 'ıI'],
    ["toLower('ΑΣ İ')", 'ασ İ'],
    ["trim('\u3000x\u00a0')", 'x'],
    ["chunk('', 2)", []],
    ["startsWith('abc', '')", true],
    ["endsWith('a', 'ba')", false],
    ["isInt('9223372036854775808')", false],
    ["isFloat('1.2.3')", false],
  ],
  collections: [
    ["contains(createArray('a'), 'A')", false],
    ["contains(json('{\"Key\": 1}'), 'key')", true],
    ["contains('', '')", true],
    ["first('')", ''],
    ["first(json('[]'))", null],
    ["skip('abc', 1)", 'bc'],
    ["sort(createArray('b', 'A', 'c'))", ['A', 'b', 'c']],
    ['sort(json(\'[{"k": 2}, {"j": 0}, {"k": 1}]\'), \'K\')', [{ j: 0 }, { k: 1 }, { k: 2 }]],
    ["union(createArray(1, 1), createArray('1'))", [1, '1']],
    ['union(json(\'{"a": 1}\'), json(\'{"a": 2}\'))', { a: 2 }],
    ['union(json(\'[{"a": 1, "b": 2}]\'), json(\'[{"b": 2, "a": 1}]\'))', [{ a: 1, b: 2 }]],
    ['intersection(json(\'{"a": 1, "b": 2}\'), json(\'{"a": 1, "b": 3}\'))', { a: 1 }],
    ["join(createArray(1, null, true), '-')", '1--True'],
  ],
  xpath: [
    ["xpath('<r><a> 12 </a></r>', 'number(/r/a)')", 12],
    ["xpath('<r><a> 12 </a></r>', '/r/a + 1')", 13],
    ["xpath('<r><a/></r>', 'number(/r/a)')", 'NaN'],
    ["xpath('<r/>', '/r/none + 1')", 'NaN'],
    ["xpath('<r><a>1e3</a></r>', 'number(/r/a)')", 'NaN'],
  ],
  numbers: [
    ['div(-7, 2)', -3],
    ['div(7, 2.0)', 3.5],
    ["div(float('7'), 2)", 3.5],
    ['div(add(0.5, 0.5), 2)', 0.5],
    ['div(if(true, 3.0, 3), 2)', 1.5],
    ['div(max(3.0, 1), 2)', 1.5],
    ['mod(-7, 3)', -1],
    ['mod(5.5, 2)', 1.5],
    ['mul(-1, 0)', 0],
    ["add(decimal('0.1'), 0.2)", 0.3],
    ["string(div(decimal('1'), 3))", '0.3333333333333333333333333333'],
    ["string(div(decimal('10'), 3))", '3.3333333333333333333333333333'],
    ["string(decimal('9.2345678901234567890123456789'))", '9.234567890123456789012345679'],
    ["string(decimal('79228162514264337593543950335'))", '79228162514264337593543950335'],
    ['equals(1, 1.0)', true],
    ["equals(decimal('1'), 1)", true],
    ['max(9007199254740993, 9007199254740992)', 9007199254740993n],
    ['string(1e20)', '1E+20'],
    ['string(0.00001)', '1E-05'],
    ['string(2.0)', '2'],
    ["int(' -5 ')", -5],
    ['int(5.0)', 5],
    ["float('12345,6,78,-')", -12345678],
    ["float('1 234,5', 'fr-FR')", 1234.5],
    ['rand(4, 4)', 4],
  ],
  logic: [
    ["equals('a', 'A')", false],
    ["equals(1, '1')", false],
    ["less('a', 'B')", true],
    ["and(greaterOrEquals('a', 'A'), lessOrEquals('a', 'A'))", true],
    ["coalesce(null, '')", ''],
  ],
  conversion: [
    ["string(base64ToBinary('aGk='))", 'hi'],
    ["base64(binary('hi'))", 'aGk='],
    ["json(base64ToBinary('eyJhIjoxfQ=='))", { a: 1 }],
    ["json('<a>1</a>')", { a: '1' }],
    [
      'json(xml(\'<a><b/><c></c><d> </d><e x="1">t</e><e/></a>\'))',
      { a: { b: null, c: '', d: '', e: [{ '@x': '1', '#text': 't' }, null] } },
    ],
    [
      `json(xml('<a xmlns:j="http://james.newtonking.com/projects/json"><b j:Array="true">1</b></a>'))`,
      { a: { b: ['1'] } },
    ],
    ["uriHost('https://user@München.example:81/x')", 'münchen.example'],
    ["json(xml('<a><![CDATA[x<y]]></a>'))", { a: { '#cdata-section': 'x<y' } }],
    [
      'string(xml(json(\'{"a": {"@id": 1, "b": [1, true], "c d": "<", "e": null}}\')))',
      '<a id="1"><b>1</b><b>true</b><c_x0020_d>&lt;</c_x0020_d><e /></a>',
    ],
    ['json(xml(json(\'{"a": {"c d": "1"}}\')))', { a: { 'c d': '1' } }],
    ["uriComponent('!*()')", '%21%2A%28%29'],
    ["uriComponentToString('%ZZ+')", '%ZZ+'],
    ["dataUriToString('data:,a%20b')", 'a b'],
    [
      "dataUriToBinary('data:;base64,aGk=')",
      { '$content-type': 'text/plain;charset=US-ASCII', $content: 'aGk=' },
    ],
    ["xpath(xml('<r><a>1</a></r>'), '/r/a/text()')", ['1']],
    ["xpath(xml('<r><a>1</a></r>'), '/r/zz')", []],
    ["string(first(xpath('<r><a k=\"v\">1</a></r>', '/r/a')))", '<a k="v">1</a>'],
    ["xpath('<r><a k=\"v\"/></r>', '/r/a/@k')", ['v']],
    ["uriPort('http://a')", 80],
    ["uriPath('https://a')", '/'],
  ],
};

describe.each(Object.entries(VALUES))('%s', (_group, cases) => {
  test.for(cases)('%s', ([expression, value]) => {
    expect(evaluate(expression)).toEqual(value);
  });
});

test.for([
  ["chunk('abc', 0)", 'at least 1'],
  ["substring('hello', 6)", 'out of range'],
  ["substring('hello', 0, 6)", 'out of range'],
  ["substring('hello', 5)", 'out of range'],
  ["substring('hello', -1, 2)", 'out of range'],
  ["replace('a', '', 'b')", 'empty text'],
  ["guid('Q')", 'N, D, B, P and X'],
  ["contains(null, 'a')", 'a dictionary (object), an array or a string'],
  ['empty(0)', 'an array or a string'],
  ["take('a', -1)", 'out of range'],
  ['sort(createArray(createArray(1), createArray(2)))', 'not an array'],
  ["sort(createArray(1), 'k')", 'holds an integer'],
  ["union(createArray(1), json('{}'))", 'not both'],
  ['add(1, true)', 'an integer, a float or a decimal number, not a boolean'],
  ['mod(1, 0)', 'by zero'],
  ["max('a')", 'a decimal number, not a string'],
  ["max(json('[]'))", 'at least one number'],
  ['rand(5, 1)', 'minimum'],
  ['range(1, 100001)', '100000'],
  ['range(2147483647, 1)', '2147483647'],
  ["less(1, '2')", 'matching types'],
  ["bool('1')", 'to a boolean'],
  ['int(1.7)', 'to an integer'],
  ["int('1.5')", 'to an integer'],
  ["float('1,5x')", 'to a float'],
  ["decimal('x')", 'to a decimal'],
  ["base64ToBinary('%%%')", 'base64'],
  ["dataUriToString('nope')", 'valid data URI'],
  ["json('{')", 'as JSON (at character'],
  ["xml('<a>')", 'as XML'],
  ['xml(json(\'{"a": 1, "b": 2}\'))', 'exactly one root'],
  ["xpath('<a/>', '///')", 'XPath'],
  ["uriHost('/relative')", 'absolute URI'],
  ["addProperty(json('{\"a\": 1}'), 'A', 2)", 'has it already'],
])('%s fails: …%s…', ([expression, part]) => {
  expect(failOf(expression ?? '').sentence).toContain(part);
});

test('forms and multipart bodies are read from their content where nobody listed their fields', () => {
  const form = { '$content-type': 'application/x-www-form-urlencoded', $content: btoa('a=1&a=2&b=x+y') };
  const parts =
    '--B\r\nContent-Disposition: form-data; name="f"\r\n\r\none\r\n--B\r\nContent-Type: image/png\r\n\r\n\x89\r\n--B--';
  const context = {
    outputs: {
      Form: { body: form },
      Parts: { body: { '$content-type': 'multipart/form-data; boundary=B', $content: btoa(parts) } },
      Text: { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'b=x+y' },
      None: { headers: { 'Content-Type': 'text/plain' }, body: 'b=text' },
    },
  };
  expect(evaluate("formDataMultiValues('Form', 'a')", context)).toEqual(['1', '2']);
  expect(evaluate("formDataValue('Form', 'b')", context)).toBe('x y');
  expect(evaluate("formDataValue('Form', 'zz')", context)).toBeNull();
  expect(evaluate("formDataValue('Text', 'b')", context)).toBe('x y');
  expect(evaluate("formDataValue('None', 'b')", context)).toBeNull();
  expect(failOf("formDataValue('Form', 'a')", context).sentence).toContain('2 values');
  expect(evaluate("formDataValue('Parts', 'f')", context)).toBe('one');
  expect(evaluate("multipartBody('Parts', 1)", context)).toEqual({
    '$content-type': 'image/png',
    $content: 'iQ==',
  });
  expect(failOf("multipartBody('None', 0)", context).sentence).toContain('no part 0');
});

test('no function changes its arguments', () => {
  const value = Object.freeze({ a: 1, list: Object.freeze([3, 1, 2]) });
  const context = { variables: { v: value as never } };
  for (const call of [
    "setProperty(variables('v'), 'a', 2)",
    "removeProperty(variables('v'), 'a')",
    "union(variables('v'), variables('v'))",
    "sort(variables('v').list)",
    "reverse(variables('v').list)",
    "take(variables('v').list, 1)",
  ]) {
    evaluate(call, context);
  }
  expect(value).toEqual({ a: 1, list: [3, 1, 2] });
});
