import { type Json, parseJson } from '../../base/index.ts';

/** What a text stands for where everything is text: numbers as JSON writes them, `true` and `false`, or itself. */
export function guessScalar(text: string): Json {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(trimmed) ? parseJson(trimmed) : text;
}
