/**
 * The operation ids a C# script tells apart: texts in `case "…"`, `== "…"`, `"…" ==` and `.Equals("…")`, in the
 * order they appear, comments left out. Only those that `knownIds` holds: a script compares other texts as well.
 */
export function findOperationIds(source: string, knownIds: Iterable<string>): string[] {
  const known = new Map<string, string>();
  for (const id of knownIds) known.set(id.toLowerCase(), id);
  const found = new Set<string>();
  for (const match of stripComments(source).matchAll(COMPARED)) {
    const text = match[1] ?? match[2] ?? '';
    const id = known.get(text.toLowerCase());
    if (id !== undefined) found.add(id);
  }
  return [...found];
}

const COMPARED = /(?:\bcase\s+|==\s*|\.Equals\s*\(\s*)@?"([^"\\\n]+)"|"([^"\\\n]+)"\s*(?:==|\.Equals\b)/g;

/** Blanks stand where comments were, so that places stay the same. Texts are left alone. */
function stripComments(source: string): string {
  const pattern = /@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)'|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;
  return source.replace(pattern, (part) => (part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part));
}
