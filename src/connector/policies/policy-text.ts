import { type Json, Secret } from '../../base/index.ts';
import { joinTexts, readValue, revealText } from '../request/secret-text.ts';
import { toText } from '../request/serialize.ts';
import type { ConnectionValues, HeaderEntry, QueryEntry, Text } from '../request-types.ts';
import { getAt, PATH_STEPS, parseSteps } from './body-path.ts';

/** What the expressions of a policy can see. */
export interface PolicyScope {
  readonly values: ConnectionValues;
  readonly headers: readonly HeaderEntry[];
  readonly query: readonly QueryEntry[];
  /** Of the request or of the answer, by the side of the policy. */
  readonly body: Json | undefined;
  /** The member of the list that a policy works on. */
  readonly item?: Json | undefined;
  /** Of the request that an answer belongs to: what the answer's own headers do not have. */
  readonly requestHeaders?: readonly HeaderEntry[];
}

/** How a value is written where it is put, by the text of the template before it. */
export type EncodeValue = (value: string, before: string) => string;

/** `@fn('name', 'default')` or `@body().a.b`, bare or in `@{…}`; misspellings that are in use are understood. */
const EXPRESSION = new RegExp(
  String.raw`@(\{)?(?:(connectionParam(?:e?t?e?rs?)|queryParam(?:e?te?rs?|etrs)|headers?)\(\s*['"‘’“”]([^'"‘’“”]*)['"‘’“”]\s*` +
    String.raw`(?:,\s*['"‘’“”]([^'"‘’“”]*)['"‘’“”]\s*)?\)|(body|triggerBody|item)\(\s*\)(${PATH_STEPS}))`,
  'gi',
);

/**
 * Fills in the expressions of a policy's parameter: `https://@connectionParameters('site','eu').contoso.net/v1`.
 * The result is secret as soon as a secret value took part. A value that is missing and has no default is empty.
 */
export function evaluatePolicyText(template: string, scope: PolicyScope, encodeValue?: EncodeValue): Text {
  const parts: Text[] = [];
  let before = '';
  let end = 0;
  for (const match of template.matchAll(EXPRESSION)) {
    const [whole, brace, name, argument = '', fallback = '', root = '', path = ''] = match;
    const literal = template.slice(end, match.index);
    before += literal;
    const value =
      name === undefined ? readBody(scope, root, path) : evaluate(name, argument, fallback, scope);
    const at = before;
    parts.push(
      literal,
      encodeValue === undefined ? value : joinTexts([value], (text) => encodeValue(text, at)),
    );
    end = match.index + whole.length;
    if (brace !== undefined && template[end] === '}') end += 1;
  }
  return joinTexts([...parts, template.slice(end)]);
}

function readBody(scope: PolicyScope, root: string, path: string): string {
  const from = root.toLowerCase() === 'item' ? scope.item : scope.body;
  return toText(getAt(from, parseSteps(path)) ?? '');
}

function evaluate(name: string, argument: string, fallback: string, scope: PolicyScope): Text {
  const kind = name.toLowerCase();
  if (kind.startsWith('connection')) return readValue(scope.values, argument) ?? fallback;
  const isNamed = (entry: HeaderEntry) => entry.name.toLowerCase() === argument.toLowerCase();
  const isHeader = kind.startsWith('header');
  const own = (isHeader ? scope.headers : scope.query).filter(isNamed);
  const found = own.length === 0 && isHeader ? (scope.requestHeaders ?? []).filter(isNamed) : own;
  if (found.length === 0) return fallback;
  const joined = found.map((entry) => revealText(entry.value)).join(',');
  return found.some((entry) => entry.value instanceof Secret) ? new Secret(joined) : joined;
}
