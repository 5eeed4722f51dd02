import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalJson, type Json, stringifyJson } from '../base/index.ts';
import { createContextScope } from './context-scope.ts';
import { ExpressionError } from './errors.ts';
import { functionTable } from './functions/table.ts';
import { compileExpression, compileTemplate } from './template.ts';

const scope = createContextScope({
  parameters: { p: { a: [1, null, 'x'] } },
  item: { id: 1 },
  trigger: { name: 't', outputs: { body: 'b' } },
  now: '2024-05-31T08:00:00Z',
});

/** Runs what may fail in one way only. */
function attempt(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
    const { message, start, end, line, column } = error as ExpressionError;
    expect(message.length).toBeGreaterThan(0);
    expect(start).toBeLessThanOrEqual(end);
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
  }
}

const names = functionTable.map(({ name }) => name);
const literal = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '0', '-1', '1.5', '2.0', '9223372036854775807', "''", "'a,b'"),
  fc.constantFrom(
    "'2024-02-29T12:00:00Z'",
    "'yyyy-MM-dd'",
    "'de-DE'",
    "'UTC'",
    "'Month'",
    "'<a><b>1</b></a>'",
  ),
  fc.string({ maxLength: 8 }).map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.integer().map(String),
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    literal,
    fc
      .tuple(fc.constantFrom(...names), fc.array(tie('expression'), { maxLength: 4 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('.a', '?.a', '[0]', '?[0]', "['a']", "?['a/0']"))
      .map(([target, step]) => target + step),
  ),
}));

describe('whatever the text', () => {
  test('only an ExpressionError is thrown for arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        attempt(() => compileExpression(text));
        attempt(() => compileTemplate(`@${text}`).evaluate(scope));
        attempt(() => compileTemplate(`x @{${text}} y`).evaluate(scope));
      }),
      { numRuns: 2000 },
    );
  });

  test('only an ExpressionError is thrown for text of the characters of the language', () => {
    const unit = fc.constantFrom(...'@{}()[]?.,\'0123456789-+eE aitemjson\n"');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        attempt(() => compileExpression(text).evaluate(scope));
        attempt(() => compileTemplate(text).evaluate(scope));
      }),
      { numRuns: 3000 },
    );
  });

  test('any call of any function with any arguments gives JSON or an ExpressionError', () => {
    fc.assert(
      fc.property(expression, (text) => {
        attempt(() => {
          const value = compileExpression(text).evaluate(scope);
          const json = stringifyJson(value);
          expect(json, text).toBeTypeOf('string');
          expect(json, text).not.toMatch(/NaN|Infinity/);
        });
      }),
      { numRuns: 5000 },
    );
  });

  test('a value without @ is its own template', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = value as Json;
        fc.pre(!stringifyJson(json).includes('@'));
        const template = compileTemplate(json);
        expect(template.constant).toBe(true);
        expect(equalJson(template.evaluate(scope), json)).toBe(true);
      }),
    );
  });

  test('any text survives as a literal and in a template', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const quoted = `'${text.replaceAll("'", "''")}'`;
        expect(compileExpression(quoted).evaluate(scope)).toBe(text);
        expect(compileTemplate(`a@{${quoted}}b`).evaluate(scope)).toBe(`a${text}b`);
      }),
    );
  });

  test('conversions undo each other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const given = createContextScope({ variables: { t: text } });
        for (const round of [
          "base64ToString(base64(variables('t')))",
          "uriComponentToString(uriComponent(variables('t')))",
          "dataUriToString(dataUri(variables('t')))",
          "json(string(createArray(variables('t'))))[0]",
        ]) {
          expect(compileExpression(round).evaluate(given), round).toBe(text);
        }
      }),
    );
  });

  test.for([
    ['quotes', `concat(${"'".repeat(100_001)}`],
    ['blanks', ' '.repeat(200_000)],
    ['a number without end', '1'.repeat(1_000_000)],
    ['points', `item()${'.'.repeat(100_000)}`],
    ['braces', '@{'.repeat(50_000)],
    ['escapes', '@@{'.repeat(50_000)],
    ['a long date', `formatDateTime('${'1'.repeat(150)} ${'a'.repeat(100_000)}')`],
    ['a long number', `float('${'1,'.repeat(100_000)}x')`],
    ['a long format', `formatNumber(1.5, '${'#,'.repeat(20_000)}')`],
    ['a long pattern', `formatDateTime('2024-01-01', '${"d'".repeat(1)}${'yyyy '.repeat(20_000)}')`],
    ['a long path', `parameters('p')?['${'a/'.repeat(20_000)}']`],
    ['a long URI', `uriHost('http://${'a.'.repeat(100_000)}')`],
    ['unclosed XML', `xml('${'<a>'.repeat(5000)}')`],
    ['a long data URI', `dataUriToString('data:${';'.repeat(100_000)}')`],
  ])('%s take no time', ([, text]) => {
    const started = performance.now();
    attempt(() => compileExpression(text ?? '').evaluate(scope));
    attempt(() => compileTemplate(text ?? '').evaluate(scope));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
