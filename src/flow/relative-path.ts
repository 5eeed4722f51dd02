/** A Request trigger's `relativePath`: what a call of its URL may add to it, with `{parameters}` in the places of segments. */
export interface RelativePath {
  /** The parameters of a path, percent-decoded; `undefined` when the path is another one. */
  match(path: string): Record<string, string> | undefined;
}

const PARAMETER = /\{([^{}]+)\}/g;

/** Compiles `/orders/{id}/lines/{line}`; slashes at the ends do not count. */
export function compileRelativePath(text: string): RelativePath {
  const names: string[] = [];
  let pattern = '';
  let end = 0;
  const path = trimSlashes(text);
  for (const match of path.matchAll(PARAMETER)) {
    pattern += `${escapePattern(path.slice(end, match.index))}([^/]+)`;
    names.push(match[1] ?? '');
    end = match.index + match[0].length;
  }
  const expression = new RegExp(`^${pattern}${escapePattern(path.slice(end))}$`, 'i');
  return {
    match(given) {
      const found = expression.exec(trimSlashes(given));
      return found === null
        ? undefined
        : Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')]));
    },
  };
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
