import type { NotedParameter } from './types.ts';

/** What a program made up: a number, a UUID, a hash, a ULID, a long mix of letters and digits. */
const IDENTIFIERS: readonly RegExp[] = [
  /^\d+$/,
  /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i,
  /^(?=.*\d)[\da-f]{12,}$/i,
  /^[\da-hjkmnp-tv-z]{26}$/i,
  /^(?=.*\d)(?=.*[a-z])[\w-]{18,}$/i,
  /^[a-z]{1,6}[-_]?\d{2,}$/i,
  /^[^@\s]+@[^@\s]+\.[a-z]+$/i,
];

/** Segments like `v2` or `2024-01` say which API is meant, not which thing. */
const VERSION = /^v\d+(?:\.\d+)*$/i;

/** Turns identifiers in a path into parameters: `/users/42/posts` → `/users/{userId}/posts`. */
export function templatePath(path: string): { path: string; parameters: NotedParameter[] } {
  const parameters: NotedParameter[] = [];
  const segments = path.split('/');
  const templated = segments.map((segment, index) => {
    const value = decode(segment);
    if (VERSION.test(value) || !IDENTIFIERS.some((pattern) => pattern.test(value))) return segment;
    const name = freeName(nameAfter(segments[index - 1] ?? ''), parameters);
    parameters.push({ name, in: 'path', values: [value], description: '', required: true });
    return `{${name}}`;
  });
  return { path: templated.join('/') || '/', parameters };
}

/** `orders` → `orderId`, `categories` → `categoryId`. */
function nameAfter(segment: string): string {
  const words = decode(segment).match(/[A-Za-z]+/g) ?? [];
  const last = words.at(-1)?.toLowerCase();
  if (last === undefined || VERSION.test(segment)) return 'id';
  const one = last
    .replace(/ies$/, 'y')
    .replace(/(?<=ss|x|ch|sh)es$/, '')
    .replace(/(?<!s)s$/, '');
  return `${one || last}Id`;
}

function freeName(wanted: string, taken: readonly NotedParameter[]): string {
  let name = wanted;
  for (let count = 2; taken.some((one) => one.name === name); count++) name = `${wanted}${count}`;
  return name;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
