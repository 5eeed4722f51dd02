import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitCommands } from './split-words.ts';

it.each<[string, string[][]]>([
  ['curl a b', [['curl', 'a', 'b']]],
  ['curl \'a b\' "c \\"d\\" \\$e" f\\ g', [['curl', 'a b', 'c "d" $e', 'f g']]],
  ['curl a \\\n  -H b', [['curl', 'a', '-H', 'b']]],
  ['curl a \\\r\n  -H b\r\n', [['curl', 'a', '-H', 'b']]],
  ['curl a `\n  -H b', [['curl', 'a', '-H', 'b']]],
  ["curl $'it\\'s\\n\\u00e9\\x41\\U0001F600'", [['curl', "it's\néA😀"]]],
  [
    'curl ^"https://a.example/?x=1^&y=2^" ^\r\n  -H ^"a: ^\\^"b^\\^"^"',
    [['curl', 'https://a.example/?x=1&y=2', '-H', 'a: "b"']],
  ],
  [
    'curl a | jq .b; curl c # why\ncurl d',
    [
      ['curl', 'a'],
      ['jq', '.b'],
      ['curl', 'c'],
      ['curl', 'd'],
    ],
  ],
  ["curl 'never closed", [['curl', 'never closed']]],
  ["curl -d ''", [['curl', '-d', '']]],
])('splits %s', (text, commands) => {
  expect(splitCommands(text)).toEqual(commands);
});

it('gives back whatever was put into single quotes', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
      const usable = values.map((value) => value.replaceAll(/[\r\n^]/g, ' '));
      const quoted = usable.map((value) => `'${value.replaceAll("'", "'\\''")}'`).join(' ');
      expect(splitCommands(quoted)).toEqual([usable]);
    }),
  );
});
