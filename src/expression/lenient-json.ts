import { type Json, parseJson } from '../base/index.ts';

/**
 * The texts that `json()` takes beyond JSON, as the JSON reader of .NET does: single quotes, names without quotes,
 * comments, a comma after the last item, and line breaks and tabs inside a text. Numbers stay those of JSON: a leading
 * zero and `0x` would be other numbers than they look, and no value can be `NaN` or `undefined`.
 *
 * @throws SyntaxError as `JSON.parse` does, with the place in the given text
 */
export function parseLenientJson(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    const strict = error instanceof SyntaxError ? rewriteAsJson(text) : undefined;
    if (strict === undefined) throw error;
    try {
      return parseJson(strict);
    } catch {
      throw error; // its place is one in the text that people wrote
    }
  }
}

const BLANK = /(?:\s|\/\*.*?\*\/|\/\/[^\n\r]*)+/sy;
const TOKEN =
  /"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|[{}[\],:]|-?\d(?:[eE][+-]|[\w.])*|[\p{L}\p{Nd}_$]+/suy;

/** The same in strict JSON; `undefined` for what is none of its tokens. */
function rewriteAsJson(text: string): string | undefined {
  const tokens = splitTokens(text);
  return tokens
    ?.map((token, index) => {
      const next = tokens[index + 1];
      if (token === ',' && isEnd(next) && isItem(tokens[index - 1])) return '';
      if (token.startsWith('"') || token.startsWith("'")) return rewriteText(token);
      return next === ':' && isName(token) ? JSON.stringify(token) : token;
    })
    .join(' ');
}

function splitTokens(text: string): string[] | undefined {
  const tokens: string[] = [];
  for (let offset = 0; offset < text.length; ) {
    BLANK.lastIndex = offset;
    offset += BLANK.exec(text)?.[0].length ?? 0;
    if (offset === text.length) break;
    TOKEN.lastIndex = offset;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return undefined;
    tokens.push(token);
    offset += token.length;
  }
  return tokens;
}

function isEnd(token: string | undefined): boolean {
  return token === '}' || token === ']';
}

/** Whether a comma may follow: `[,]` has no item. */
function isItem(token: string | undefined): boolean {
  return token !== undefined && !['{', '[', ',', ':'].includes(token);
}

function isName(token: string): boolean {
  return /^[\p{L}\p{Nd}_$]+$/u.test(token);
}

/** A text in either kind of quotes, with what JSON wants escaped. */
function rewriteText(token: string): string {
  return `"${token.slice(1, -1).replaceAll(/\\.|"|\p{Cc}/gsu, rewriteCharacter)}"`;
}

function rewriteCharacter(found: string): string {
  if (found === "\\'") return "'";
  if (found === '"') return '\\"';
  return found.startsWith('\\') ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
