/**
 * Splits shell text into commands and their words: quotes of POSIX shells, `$'…'` of Bash, carets of the Windows
 * command line, lines continued with `\`, `^` or a backtick, comments. A command ends at a line's end or at `;`,
 * `|` and `&`. Variables (`$TOKEN`, `%TOKEN%`) stay as they stand: nothing is run or looked up.
 *
 * Parsers of shell words in the registry know neither `$'…'` nor carets, which are what browsers write under
 * *Copy as cURL*.
 */
export function splitCommands(text: string): string[][] {
  const isWindows = /\s\^"|\^\r?\n/.test(text);
  const reader: Reader = { text: text.replaceAll('\r\n', '\n'), at: 0, isWindows };
  const commands: string[][] = [];
  let words: string[] = [];
  while (reader.at < reader.text.length) {
    const step = readStep(reader);
    if (step === undefined) continue;
    if (step.kind === 'word') words.push(step.word);
    else {
      if (words.length > 0) commands.push(words);
      words = [];
    }
  }
  return words.length > 0 ? [...commands, words] : commands;
}

interface Reader {
  readonly text: string;
  at: number;
  readonly isWindows: boolean;
}

type Step = { readonly kind: 'word'; readonly word: string } | { readonly kind: 'end' };

/** One word, the end of a command, or nothing but blanks. */
function readStep(reader: Reader): Step | undefined {
  const { text } = reader;
  const rest = text.slice(reader.at, reader.at + 2);
  if (/^[\\^`]\n/.test(rest)) {
    reader.at += 2;
    return undefined;
  }
  const character = text[reader.at] ?? '';
  if (character === '\n' || character === ';' || character === '|' || character === '&') {
    reader.at += 1;
    return { kind: 'end' };
  }
  if (/\s/.test(character)) {
    reader.at += 1;
    return undefined;
  }
  if (character === '#') {
    const end = text.indexOf('\n', reader.at);
    reader.at = end < 0 ? text.length : end;
    return undefined;
  }
  return { kind: 'word', word: readWord(reader) };
}

function readWord(reader: Reader): string {
  let word = '';
  while (reader.at < reader.text.length) {
    const character = reader.text[reader.at] ?? '';
    const next = reader.text[reader.at + 1] ?? '';
    if (/[\s;|&]/.test(character) || (/[\\^`]/.test(character) && next === '\n')) break;
    word += readPiece(reader, character, next);
  }
  return word;
}

function readPiece(reader: Reader, character: string, next: string): string {
  if (reader.isWindows && character === '^' && next === '"') {
    reader.at += 2;
    return readWindowsQuoted(reader);
  }
  if (reader.isWindows && character === '^' && next !== '') return take(reader, 2, next);
  if (character === '$' && next === "'") return take(reader, 2, '') + readAnsi(reader);
  if (character === "'") return take(reader, 1, '') + readUntilQuote(reader);
  if (character === '"') return take(reader, 1, '') + readDoubleQuoted(reader);
  if (character === '\\' && next !== '' && !reader.isWindows) return take(reader, 2, next);
  return take(reader, 1, character);
}

function take(reader: Reader, count: number, result: string): string {
  reader.at += count;
  return result;
}

function readUntilQuote(reader: Reader): string {
  const end = reader.text.indexOf("'", reader.at);
  const stop = end < 0 ? reader.text.length : end;
  const quoted = reader.text.slice(reader.at, stop);
  reader.at = stop + 1;
  return quoted;
}

function readDoubleQuoted(reader: Reader): string {
  let quoted = '';
  while (reader.at < reader.text.length) {
    const character = reader.text[reader.at] ?? '';
    const next = reader.text[reader.at + 1] ?? '';
    reader.at += 1;
    if (character === '"') return quoted;
    if (character !== '\\' || !/["\\$`\n]/.test(next)) quoted += character;
    else {
      reader.at += 1;
      if (next !== '\n') quoted += next;
    }
  }
  return quoted;
}

/** `^"…^"` as Chrome writes it for cmd: every special character has a caret before it, quotes inside `^\^"`. */
function readWindowsQuoted(reader: Reader): string {
  let quoted = '';
  while (reader.at < reader.text.length) {
    const rest = reader.text.slice(reader.at, reader.at + 4);
    const [match, inner] = /^\^\\\^"()|^\^"/.exec(rest) ?? [];
    if (match !== undefined) {
      reader.at += match.length;
      if (inner === undefined) return quoted;
      quoted += '"';
    } else if (/^\^\n\n?/.test(rest)) {
      // A line break inside a value is written as a continued, empty line.
      reader.at += rest.startsWith('^\n\n') ? 3 : 2;
      quoted += '\n';
    } else if (rest.startsWith('^')) quoted += take(reader, 2, rest[1] ?? '');
    else if (/^\\["\\]/.test(rest)) quoted += take(reader, 2, rest[1] ?? '');
    else quoted += take(reader, 1, rest[0] ?? '');
  }
  return quoted;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function readAnsi(reader: Reader): string {
  let quoted = '';
  while (reader.at < reader.text.length) {
    const rest = reader.text.slice(reader.at, reader.at + 10);
    if (rest.startsWith("'")) return take(reader, 1, quoted);
    const [code] = /^\\(?:x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8})/.exec(rest) ?? [];
    if (code !== undefined) {
      const point = Number.parseInt(code.slice(2), 16);
      quoted += take(reader, code.length, point <= 0x10ffff ? String.fromCodePoint(point) : '');
    } else if (rest.startsWith('\\')) quoted += take(reader, 2, ESCAPES[rest[1] ?? ''] ?? rest[1] ?? '');
    else quoted += take(reader, 1, rest[0] ?? '');
  }
  return quoted;
}
