import { type Json, parseJson } from '../../base/index.ts';
import { toText } from '../request/serialize.ts';
import { getAt, PATH_STEPS, parseBodyPath, parseSteps } from './body-path.ts';

/** `{@body().first}`, also `@{body().first}`. */
const EMBEDDED = new RegExp(String.raw`(?:\{@|@\{)(body|item)\(\s*\)(${PATH_STEPS})\}`, 'gi');

/**
 * The value that `setproperty` writes. An expression alone gives what it finds, of whatever type; text with
 * expressions in braces is text, unless it is a list or object after they are filled in. A constant is text.
 * `undefined` when an expression finds nothing on its way: the policy then has no effect.
 */
export function evaluatePropertyValue(
  template: string,
  body: Json | undefined,
  item: Json | undefined,
): Json | undefined {
  const single = /\{@/.test(template) ? undefined : parseBodyPath(template);
  if (single !== undefined) return getAt(single.root === 'item' ? item : body, single.keys);
  let isMissing = false;
  const text = unquote(template).replace(EMBEDDED, (_, root: string, steps: string) => {
    const value = getAt(root.toLowerCase() === 'item' ? item : body, parseSteps(steps));
    if (value === undefined || value === null) isMissing = true;
    return toText(value ?? '');
  });
  return isMissing ? undefined : readStructure(text);
}

/** `'{@item()['id']}-x'`: quotes around the whole belong to nothing. */
function unquote(text: string): string {
  const quoted = /^\s*(['"])(.*)\1\s*$/s.exec(text)?.[2];
  return quoted !== undefined && /\{@|@\{/.test(quoted) ? quoted : text;
}

function readStructure(text: string): Json {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
