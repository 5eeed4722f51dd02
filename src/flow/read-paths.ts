/** One step of a path: `?['name']`, `['name']`, `[0]`, `?.name`. */
const STEP = /^\s*\??(?:\[\s*(?:'((?:[^']|'')*)'|(\d+))\s*\]|\.([\p{L}_$][\p{L}\p{N}_$]*))/u;

/** The path that an expression reads of a value whose own text ends at `end`; `*` for a place in a list. */
export function readPath(text: string, end: number): string[] {
  const path: string[] = [];
  let rest = text.slice(end);
  for (let match = STEP.exec(rest); match !== null; match = STEP.exec(rest)) {
    const [whole, quoted, index, bare] = match;
    rest = rest.slice(whole.length);
    if (index !== undefined) path.push('*');
    else path.push(...(quoted?.replaceAll("''", "'") ?? bare ?? '').split('/'));
  }
  return path;
}

/** Whether somebody who names one path depends on the other: it is the same, or within it. */
export function touches(named: readonly string[], changed: readonly string[]): boolean {
  return changed.length <= named.length && changed.every((step, index) => step === named[index]);
}
