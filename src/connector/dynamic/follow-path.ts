import { isJsonObject, type Json } from '../../base/index.ts';

/**
 * The value at `a/b/c`, slashes at the ends aside. A member whose whole name is the path, or the rest of it, comes
 * first: names such as `@odata.type` and `a/b` exist. Numbers lead into lists. `undefined` where nothing stands.
 */
export function followPath(value: Json | undefined, path: string): Json | undefined {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  if (trimmed === '') return value;
  const found =
    follow(value, trimmed, '/') ?? (trimmed.includes('/') ? undefined : follow(value, trimmed, '.'));
  // `lines[0].id`, `['@odata.type']`
  return found === undefined && trimmed.includes('[') ? followSteps(value, trimmed) : found;
}

function followSteps(value: Json | undefined, path: string): Json | undefined {
  const steps = path.matchAll(/\[(?:'([^']*)'|"([^"]*)"|(\d+))\]|[^[\]/.]+/g);
  let current = value;
  for (const [whole, single, double, index] of steps) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = member(current, single ?? double ?? index ?? whole);
  }
  return current;
}

function follow(value: Json | undefined, path: string, separator: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const whole = member(value, path);
  if (whole !== undefined) return whole;
  for (let at = path.indexOf(separator); at > 0; at = path.indexOf(separator, at + 1)) {
    const found = follow(member(value, path.slice(0, at)), path.slice(at + 1), separator);
    if (found !== undefined) return found;
  }
  return undefined;
}

function member(value: Json, name: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined;
  if (!isJsonObject(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
