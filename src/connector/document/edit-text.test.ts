import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getByPointer, type Json, type JsonObject } from '../../base/index.ts';
import { editAt, renameMember } from '../edit/edit-at.ts';
import { isSame } from './diff-json.ts';
import { editText } from './edit-text.ts';
import { printText } from './print-text.ts';
import { readText } from './read-text.ts';
import type { TextFormat } from './text-types.ts';

const YAML = `# Ships parcels.
openapi: 3.1.0

info:
  title: "Shipping"   # as people know it
  version: '1'
paths:
  # The one everybody uses
  /labels:
    post:
      operationId: CreateLabel
      tags: [labels, new]
      parameters:
        # who carries it
        - name: carrier
          in: query
        - name: weight   # in grams
          in: query

  # Where it is
  /tracking:
    get:
      operationId: Track
      description: |
        Where a parcel is.
        And when it comes.
`;

const JSON_TEXT = `{
    // Ships parcels.
    "openapi": "3.1.0",
    "info": { "title": "Shipping", "version": "1" }, /* as people know it */
    "paths": {
        "/labels": {"post": {"operationId": "CreateLabel", "tags": ["labels"]}},
        "/tracking": {
            "get": {"operationId": "Track"}, // where it is
        }
    }
}
`;

function read(text: string, format: TextFormat): JsonObject {
  const result = readText(text, format, true);
  if (!result.ok) throw new Error(`${result.error.message}\n${text}`);
  return result.value;
}

function edit(text: string, change: (value: JsonObject) => JsonObject, format: TextFormat = 'yaml'): string {
  const to = change(read(text, format));
  const edited = editText(text, format, to);
  expect(isSame(read(edited, format), to), edited).toBe(true);
  return edited;
}

function setAt(pointer: string, value: Json | undefined) {
  return (root: JsonObject) => editAt(root, pointer, () => value);
}

/** The lines that are in one of two texts only. */
function diffLines(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

describe('a change of the definition changes YAML where it stands', () => {
  test.each<[string, (value: JsonObject) => JsonObject, string[]]>([
    [
      'a text keeps its quotes and the comment behind it',
      setAt('/info/title', 'Say "parcels"'),
      ['- title: "Shipping"   # as people know it', '+ title: "Say \\"parcels\\""   # as people know it'],
    ],
    ['a number that was a text', setAt('/info/version', 2), ["- version: '1'", '+ version: 2']],
    [
      'a new member, in its place',
      (root) =>
        editAt(root, '/info', (info) => ({
          description: 'By post',
          ...(info as JsonObject),
          contact: { name: 'Ann' },
        })),
      ['+ description: By post', '+ contact:', '+ name: Ann'],
    ],
    [
      'a member that goes takes its comment along',
      setAt('/paths/~1tracking', undefined),
      [
        '- # Where it is',
        '- /tracking:',
        '- get:',
        '- operationId: Track',
        '- description: |',
        '- Where a parcel is.',
        '- And when it comes.',
      ],
    ],
    [
      'an item of a list',
      setAt('/paths/~1labels/post/parameters/0', undefined),
      ['- # who carries it', '- - name: carrier'],
    ],
    [
      'a new item',
      setAt('/paths/~1labels/post/parameters/2', { name: 'height', in: 'query' }),
      ['+ - name: height'],
    ],
    [
      'a list between brackets',
      setAt('/paths/~1labels/post/tags/2', 'x: y'),
      ['- tags: [labels, new]', '+ tags: [labels, new, "x: y"]'],
    ],
    [
      'an item between brackets',
      setAt('/paths/~1labels/post/tags/1', 'x: y'),
      ['- tags: [labels, new]', '+ tags: [labels, "x: y"]'],
    ],
    [
      'a text of several lines',
      setAt('/paths/~1tracking/get/description', 'One\nTwo\n'),
      ['- Where a parcel is.', '- And when it comes.', '+ One', '+ Two'],
    ],
    [
      'another name',
      (root) => editAt(root, '/paths', (paths) => renameMember(paths as JsonObject, '/labels', '/{x}: y')),
      ['- /labels:', '+ "/{x}: y":'],
    ],
    [
      'an object that becomes empty',
      setAt('/info', {}),
      ['- title: "Shipping"   # as people know it', "- version: '1'"],
    ],
  ])('%s', (_name, change, expected) => {
    const lines = diffLines(YAML, edit(YAML, change));
    expect(lines.filter((line) => line !== '+ info: {}' && line !== '- info:')).toEqual(expected);
  });

  test('operations that change places take their comments along', () => {
    const swapped = edit(YAML, (root) =>
      editAt(root, '/paths', (paths) => Object.fromEntries(Object.entries(paths as JsonObject).reverse())),
    );
    expect(diffLines(YAML, swapped)).toEqual([]);
    expect(swapped.indexOf('# Where it is')).toBeLessThan(swapped.indexOf('# The one everybody uses'));
  });

  test('what an alias repeats is written out where it changes', () => {
    const text = '# head\na: &x\n  b: 1 # one\nc: *x\nd: "kept"\n';
    expect(edit(text, setAt('/c/b', 2))).toBe('# head\na: &x\n  b: 1 # one\nc:\n  b: 2\nd: "kept"\n');
  });

  test.each<[string, string, (value: JsonObject) => JsonObject, string]>([
    [
      'members between brackets in another order',
      '# head\ninfo: { title: A, version: 1 } # info\n\n# tail\nz: "kept"\n',
      setAt('/info', { version: 1, title: 'A' }),
      '# head\ninfo: { version: 1, title: A } # info\n\n# tail\nz: "kept"\n',
    ],
    [
      'a member under a key that is written out',
      "# head\n? a\n: b: 1\n\n# tail\nz: 'kept'\n",
      setAt('/a/b', { c: [1] }),
      "# head\n? a\n: b:\n    c:\n      - 1\n\n# tail\nz: 'kept'\n",
    ],
    [
      'a list in a list',
      "# head\nrows:\n  - - 1 # one\n    - 2\n# tail\nz: 'kept'\n",
      setAt('/rows/0/0', { a: 1 }),
      "# head\nrows:\n  - - a: 1 # one\n    - 2\n# tail\nz: 'kept'\n",
    ],
  ])('what cannot be changed in place leaves the rest as it was: %s', (_name, text, change, expected) => {
    expect(edit(text, change)).toBe(expected);
  });
});

describe('a change of the definition changes JSON where it stands', () => {
  test.each<[string, (value: JsonObject) => JsonObject, string[]]>([
    [
      'a value',
      setAt('/info/title', 'Parcels'),
      [
        '- "info": { "title": "Shipping", "version": "1" }, /* as people know it */',
        '+ "info": { "title": "Parcels", "version": "1" }, /* as people know it */',
      ],
    ],
    ['a new member, indented as the others', setAt('/paths/~1x', {}), ['- },', '+ "/x": {}']],
    [
      'another name',
      (root) => editAt(root, '/paths', (paths) => renameMember(paths as JsonObject, '/tracking', '/track')),
      ['- "/tracking": {', '+ "/track": {'],
    ],
  ])('%s', (_name, change, expected) => {
    const lines = diffLines(JSON_TEXT, edit(JSON_TEXT, change, 'json'));
    expect(lines.filter((line) => !line.endsWith(' }') && !line.endsWith(' },'))).toEqual(
      expected.filter((line) => line !== '- },'),
    );
    expect(edit(JSON_TEXT, change, 'json')).toContain('// Ships parcels.\n    "openapi": "3.1.0"');
  });
});

describe('whatever is changed', () => {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  const keys = fc.constantFrom('a', 'b', 'name', '200', 'x: y', '#', '-', '', 'yes', '~', 'null');
  const object: fc.Arbitrary<JsonObject> = fc.letrec<{ node: Json; object: JsonObject }>((tie) => ({
    node: fc.oneof({ weight: 3, arbitrary: value }, tie('object'), fc.array(tie('node'), { maxLength: 4 })),
    object: fc.dictionary(keys, tie('node'), { maxKeys: 5 }),
  })).object;

  test.each<TextFormat>(['yaml', 'json'])('the text means the definition afterwards (%s)', (format) => {
    fc.assert(
      fc.property(object, object, (from, to) => {
        const edited = editText(printText(from, format), format, to);
        expect(isSame(read(edited, format), to)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test.each<TextFormat>(['yaml', 'json'])('one change leaves the lines before it alone (%s)', (format) => {
    const list: Json = [{ a: 1, b: [1, 2] }, { a: 2 }];
    const document: JsonObject = { head: { note: 'x' }, list, tail: { z: { y: 'x' } } };
    const text = `${format === 'yaml' ? '# kept' : '// kept'}\n${printText(document, format)}`;
    fc.assert(
      fc.property(
        fc.constantFrom('/list/0/a', '/list/1', '/list/2', '/tail/z/y', '/tail/n'),
        value,
        (at, put) => {
          const edited = edit(text, setAt(at, put), format);
          expect(edited.split('\n')[0]).toContain('kept');
          const expected = getByPointer(setAt(at, put)(document), at);
          expect(isSame(getByPointer(read(edited, format), at), expected)).toBe(true);
        },
      ),
    );
  });
});

test.each<TextFormat>(['yaml', 'json'])(
  'a member called __proto__ is a member like any other (%s)',
  (format) => {
    const from = JSON.parse('{"a": 1, "__proto__": {"b": 1}}') as JsonObject;
    const to = JSON.parse('{"a": 2, "__proto__": {"b": {"__proto__": [1]}}, "c": 3}') as JsonObject;
    const edited = read(editText(printText(from, format), format, to), format);
    expect(JSON.stringify(edited)).toBe(JSON.stringify(to));
    expect(({} as Record<string, unknown>)['b']).toBeUndefined();
  },
);
