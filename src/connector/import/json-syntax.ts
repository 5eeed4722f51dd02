import { type ParseError, printParseErrorCode } from 'jsonc-parser';
import { lineAt } from './decode.ts';

const WHAT: Readonly<Record<string, string>> = {
  InvalidSymbol: 'something stands there that is no value',
  InvalidNumberFormat: 'a number is not written as JSON wants it',
  PropertyNameExpected: 'the name of a property, in double quotes, is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is missing',
  InvalidCharacter: 'a text holds a control character',
  InvalidEscapeCharacter: 'a text holds a wrong escape',
  InvalidUnicode: 'a text holds a wrong escape',
  InvalidCommentToken: 'a comment is not written as // or /* */',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected:
    'the document has ended already, and there is more text: a closing bracket stands too early',
  UnexpectedEndOfComment: 'a comment is not closed',
  UnexpectedEndOfString: 'a text is not closed',
  UnexpectedEndOfNumber: 'a number ends too early',
};

/** One sentence for a mistake that cannot be repaired, with line and column. */
export function describeSyntaxError(name: string, text: string, error: ParseError): string {
  const line = lineAt(text, error.offset);
  const column = error.offset - text.lastIndexOf('\n', error.offset - 1);
  const what = describeCause(text, error);
  const cut = text.slice(error.offset).trim() === '' ? ' The file ends there; it may have been cut off.' : '';
  return `${name} is not valid JSON: in line ${line}, column ${column}, ${what}.${cut}`;
}

function describeCause(text: string, error: ParseError): string {
  const code = printParseErrorCode(error.error);
  // After a list whose ] is missing, the parser expects one more value and meets the next closing bracket.
  const isAfterList = code === 'ValueExpected' && !/:\s*$/.test(text.slice(0, error.offset).slice(-1000));
  if (isAfterList && text[error.offset] === '}') return 'a closing ] is missing before the }';
  return WHAT[code] ?? 'the JSON is broken';
}
