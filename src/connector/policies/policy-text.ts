import { isJsonObject, type Json, Secret } from '../../base/index.ts';
import { joinTexts, readValue, revealText } from '../request/secret-text.ts';
import { toText } from '../request/serialize.ts';
import type { ConnectionValues, HeaderEntry, QueryEntry, Text } from '../types.ts';

/** What the expressions of a policy can see. */
export interface PolicyScope {
  readonly values: ConnectionValues;
  readonly headers: readonly HeaderEntry[];
  readonly query: readonly QueryEntry[];
  /** Of the request or of the answer, by the side of the policy. */
  readonly body: Json | undefined;
}

/** `@fn('name', 'default')` or `@body().a.b`, bare or in `@{…}`; quotes may have been made smart by a word processor. */
const EXPRESSION =
  /@(\{)?(?:(connectionParameters|queryParamete?rs|headers?)\(\s*['‘’]([^'‘’]*)['‘’]\s*(?:,\s*['‘’]([^'‘’]*)['‘’]\s*)?\)|body\(\s*\)((?:\??\.[\w$@-]+|\??\[(?:\d+|'[^']*')\])*))/gi;

/**
 * Fills in the expressions of a policy's parameter: `https://@connectionParameters('site','eu').contoso.net/v1`.
 * The result is secret as soon as a secret value took part. A value that is missing and has no default is empty.
 */
export function evaluatePolicyText(template: string, scope: PolicyScope): Text {
  const parts: Text[] = [];
  let end = 0;
  for (const match of template.matchAll(EXPRESSION)) {
    const [whole, brace, name, argument = '', fallback = '', path = ''] = match;
    const value = name === undefined ? followPath(scope.body, path) : undefined;
    parts.push(template.slice(end, match.index));
    parts.push(name === undefined ? toText(value ?? '') : evaluate(name, argument, fallback, scope));
    end = match.index + whole.length;
    if (brace !== undefined && template[end] === '}') end += 1;
  }
  return joinTexts([...parts, template.slice(end)]);
}

function evaluate(name: string, argument: string, fallback: string, scope: PolicyScope): Text {
  const kind = name.toLowerCase();
  if (kind === 'connectionparameters') return readValue(scope.values, argument) ?? fallback;
  const entries: readonly HeaderEntry[] = kind.startsWith('header') ? scope.headers : scope.query;
  const found = entries.filter((entry) => entry.name.toLowerCase() === argument.toLowerCase());
  if (found.length === 0) return fallback;
  const joined = found.map((entry) => revealText(entry.value)).join(',');
  return found.some((entry) => entry.value instanceof Secret) ? new Secret(joined) : joined;
}

/** `.a.b[0]['@odata.etag']`; `undefined` where something is missing on the way. */
function followPath(value: Json | undefined, path: string): Json | undefined {
  let current = value;
  for (const [, dotted, bracketed] of path.matchAll(/\??\.([\w$@-]+)|\??\[(\d+|'[^']*')\]/g)) {
    const key = dotted ?? bracketed?.replace(/^'|'$/g, '') ?? '';
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isJsonObject(current)) current = Object.hasOwn(current, key) ? current[key] : undefined;
    else return undefined;
  }
  return current;
}
