import { stripTypeScriptTypes } from 'node:module';
import { SOURCE_BYTES } from '../limits.ts';

/** Sources are immutable and come again with each call. */
const stripped = new Map<string, string>();
const MAX_KEPT = 20;

/** A script that cannot be read; `place` is `script.ts:3:10`. */
export class UnreadableScript extends Error {}

/**
 * JavaScript of a script: types become blanks, so lines and columns stay.
 *
 * @throws UnreadableScript
 */
export function readScriptSource(fileName: string, source: string): string {
  if (Buffer.byteLength(source) > SOURCE_BYTES) {
    throw new UnreadableScript(`${fileName} is larger than 1 MiB.`);
  }
  if (!/\.ts$/i.test(fileName)) return source;
  const known = stripped.get(source);
  if (known !== undefined) return known;
  const result = strip(fileName, source);
  if (stripped.size >= MAX_KEPT) stripped.clear();
  stripped.set(source, result);
  return result;
}

function strip(fileName: string, source: string): string {
  try {
    return stripTypeScriptTypes(source);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UnreadableScript(`${fileName}${findPlace(error)}: ${error.message.replace(/\.?$/, '.')}`);
  }
}

/** The message of Node holds the line, the text of it, and marks below the column: `:2`, `const b: = 2;`, `   ^`. */
function findPlace({ stack = '' }: Error): string {
  const [head = '', ...rest] = stack.split('\n');
  const line = /:(\d+)$/.exec(head)?.[1];
  const marks = rest.find((text) => /^ *\^+ *$/.test(text));
  if (line === undefined) return '';
  return marks === undefined ? ` line ${line}` : ` line ${line}, column ${marks.indexOf('^') + 1}`;
}
