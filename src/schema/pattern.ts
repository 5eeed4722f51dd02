/** Parts that the engine's linear search does not know, so that a pattern with them may be tried without end. */
const UNBOUNDED = /\\[pPuk1-9]|\(\?(?:<?[=!])/;
/**
 * Compiles a `pattern` of JSON Schema (ECMA-262, section 22.2, with Unicode); `undefined` where it is none, or one
 * that a text could keep busy for ever. Without the flag `u`, which few patterns need, the engine can fall back to a
 * search in linear time: see `src/cli/main.ts`.
 */
export function compilePattern(pattern: string): RegExp | undefined {
  if (UNBOUNDED.test(pattern) && repeatsRepetitions(pattern)) return undefined;
  try {
    const unicode = new RegExp(pattern, 'u');
    return /\\[pPu]|[\u{10000}-\u{10ffff}]/u.test(pattern) ? unicode : new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** Whether a group that repeats something without end is itself repeated so: `(\w+\s?)*`. */
function repeatsRepetitions(pattern: string): boolean {
  /** For each open group, whether something in it is repeated without end. */
  const open: boolean[] = [false];
  let justClosed = false;
  const plain = pattern.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  for (const [token] of plain.matchAll(/[()+*]|\{\d+,\d*\}|./gs)) {
    if (token === '(') open.push(false);
    const isRepetition = token === '+' || token === '*' || token.endsWith(',}');
    if (justClosed && (isRepetition || token.startsWith('{'))) return true;
    justClosed = token === ')' && open.pop() === true;
    if (justClosed || isRepetition) open[open.length - 1] = true;
  }
  return false;
}
