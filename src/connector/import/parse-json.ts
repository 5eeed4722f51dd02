import { type Node, type ParseError, parse, parseTree, printParseErrorCode, visit } from 'jsonc-parser';
import { formatPointer, type Json, type JsonObject, parseJson, setOwn } from '../../base/index.ts';
import { parseBrokenTexts } from './broken-texts.ts';
import { countKeys, countWrittenKeys } from './count-keys.ts';
import { lineAt } from './decode.ts';
import { describeSyntaxError } from './json-syntax.ts';
import { type Problems, UnusableInput } from './problems.ts';

/**
 * Reads JSON as people write it: comments, trailing and missing commas, control characters in texts, other blanks,
 * and brackets missing or left over at the very end are repaired with a warning. Whatever would lose content is
 * an error: half an API is worse than none.
 *
 * @throws UnusableInput with the line of the first mistake that cannot be repaired.
 */
export function parseTolerantJson(name: string, text: string, problems: Problems): Json {
  const strict = tryStrict(text);
  if (strict === undefined) {
    const value = repair(name, text, problems);
    reportDuplicates(name, text, problems);
    return value;
  }
  // Almost no document has a key twice; counting them is ten times as fast as looking for it.
  if (countWrittenKeys(text) !== countKeys(strict)) reportDuplicates(name, text, problems);
  return strict;
}

function tryStrict(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function repair(name: string, written: string, problems: Problems): Json {
  const text = replaceBlanks(name, written, problems);
  const broken = parseBrokenTexts(text);
  if (broken !== undefined) {
    const line = lineAt(text, broken.offset);
    const message = `A text in ${name} goes on after line ${line}; JSON would write the line break as \\n.`;
    problems.add('CONNECTOR_CONTROL_CHARACTER', message, { line });
    return broken.value;
  }
  const errors: ParseError[] = [];
  const value = readValue(text, errors);
  for (const error of errors) report(name, text, error, problems);
  reportLeniencies(name, text, problems);
  if (value === undefined) throw new UnusableInput('CONNECTOR_JSON_SYNTAX', `${name} holds no JSON value.`);
  return value;
}

/** The library takes `__proto__` for the prototype of what it makes: where that is a name, its tree is read instead. */
function readValue(text: string, errors: ParseError[]): Json | undefined {
  const options = { allowTrailingComma: true };
  if (!/"(?:_|\\u005f){2}proto/i.test(text)) return parse(text, errors, options) as Json | undefined;
  const tree = parseTree(text, errors, options);
  return tree && toValue(tree);
}

function toValue({ type, value, children = [] }: Node): Json {
  if (type === 'array') return children.map(toValue);
  if (type !== 'object') return value as Json;
  const object: JsonObject = {};
  for (const { children: [name, member] = [] } of children)
    if (name !== undefined && member !== undefined) setOwn(object, String(name.value), toValue(member));
  return object;
}

/** Blanks that Unicode knows and JSON does not, outside of texts. Offsets stay. */
function replaceBlanks(name: string, text: string, problems: Problems): string {
  let first = -1;
  const replaced = text.replace(
    /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/g,
    (match, offset: number) => {
      if (match.startsWith('"')) return match;
      if (first < 0) first = offset;
      return ' ';
    },
  );
  if (first >= 0) {
    const line = lineAt(text, first);
    problems.add('CONNECTOR_UNICODE_SPACE', `${name} holds a blank in line ${line} that is none in JSON.`, {
      line,
    });
  }
  return replaced;
}

function report(name: string, text: string, error: ParseError, problems: Problems): void {
  const line = lineAt(text, error.offset);
  const rest = text.slice(error.offset);
  switch (printParseErrorCode(error.error)) {
    case 'CommaExpected':
      problems.add('CONNECTOR_MISSING_COMMA', `A comma is missing in ${name} before line ${line}.`, { line });
      return;
    case 'InvalidCharacter':
    case 'InvalidEscapeCharacter':
    case 'InvalidUnicode':
      problems.add(
        'CONNECTOR_CONTROL_CHARACTER',
        `A text in ${name}, line ${line}, holds a control character or a wrong escape.`,
        { line },
      );
      return;
    case 'CloseBraceExpected':
    case 'CloseBracketExpected':
      // Only where the text ends after something whole; one that ends elsewhere was cut off.
      if (rest.trim() === '' && /[}\]]\s*$/.test(text)) {
        problems.add('CONNECTOR_MISSING_BRACKET', `A closing bracket is missing at the end of ${name}.`, {
          line,
        });
        return;
      }
      break;
    case 'EndOfFileExpected':
      if (/^[\s}\],]*$/.test(rest)) {
        problems.add('CONNECTOR_SURPLUS_BRACKET', `${name} has a closing bracket too many in line ${line}.`, {
          line,
        });
        return;
      }
  }
  throw new UnusableInput('CONNECTOR_JSON_SYNTAX', describeSyntaxError(name, text, error), { line });
}

/** Comments and trailing commas, which the repairing parser takes without a word. */
function reportLeniencies(name: string, text: string, problems: Problems): void {
  let commaLine: number | undefined;
  const close = () => {
    if (commaLine !== undefined) {
      const line = commaLine;
      problems.add('CONNECTOR_TRAILING_COMMA', `A comma in ${name}, line ${line}, has nothing after it.`, {
        line,
      });
    }
    commaLine = undefined;
  };
  const settle = () => {
    commaLine = undefined;
  };
  visit(
    text,
    {
      onComment: (_offset, _length, line) =>
        problems.add('CONNECTOR_COMMENT', `${name} holds a comment in line ${line + 1}.`, { line: line + 1 }),
      onSeparator: (character, _offset, _length, line) => {
        if (character === ',') commaLine = line + 1;
      },
      onObjectProperty: settle,
      onLiteralValue: settle,
      onObjectBegin: settle,
      onArrayBegin: settle,
      onObjectEnd: close,
      onArrayEnd: close,
    },
    { allowTrailingComma: true },
  );
}

function reportDuplicates(name: string, text: string, problems: Problems): void {
  const open: Set<string>[] = [];
  visit(
    text,
    {
      onObjectBegin: () => {
        open.push(new Set());
      },
      onObjectEnd: () => {
        open.pop();
      },
      onObjectProperty: (key, _offset, _length, line, _character, path) => {
        const keys = open.at(-1);
        if (keys?.has(key) === true) {
          problems.add(
            'CONNECTOR_DUPLICATE_KEY',
            `'${key}' stands twice in one object of ${name}; the last counts.`,
            {
              pointer: formatPointer([...path(), key]),
              line: line + 1,
            },
          );
        }
        keys?.add(key);
      },
    },
    { allowTrailingComma: true },
  );
}
