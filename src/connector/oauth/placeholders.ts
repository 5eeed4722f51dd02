import { encode } from '../request/serialize.ts';
import type { ConnectionValues } from '../request-types.ts';
import { OAuthError } from './oauth-errors.ts';
import type { OAuthPlan } from './oauth-types.ts';
import { readSettledValues } from './placeholder-values.ts';

/** What stands for the placeholders of a template, by lower-case name. */
export type PlaceholderValues = ReadonlyMap<string, string>;

const PLACEHOLDER = /\{([\w:.-]+)\}/g;

/** Lower-case names of those that requests bring themselves. */
export const REQUEST_PLACEHOLDERS: ReadonlySet<string> = new Set([
  'clientid',
  'clientsecret',
  'redirecturl',
  'redirecturi',
  'state',
  'scopes',
  'scope',
  'code',
  'refreshtoken',
  'codechallenge',
  'codeverifier',
]);

/** Where such a placeholder has no value, it is left empty instead of missed. */
const MAY_BE_EMPTY = new Set([...REQUEST_PLACEHOLDERS, 'username', 'password']);

/**
 * The values of a connection and of the definition's custom parameters, and above them what the request brings
 * itself. A connection's value counts more than the definition's.
 */
export function collectPlaceholders(
  plan: OAuthPlan,
  values: ConnectionValues,
  own: Readonly<Record<string, string | undefined>>,
): PlaceholderValues {
  const collected = new Map(Object.entries(plan.placeholders));
  for (const [name, value] of readSettledValues(plan, values)) collected.set(name, value);
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined) collected.set(name.toLowerCase(), value);
  }
  return collected;
}

/** Names of the placeholders in a template, lower case. */
export function listPlaceholders(template: string | undefined): string[] {
  return [...(template ?? '').matchAll(PLACEHOLDER)].map(([, name = '']) => name.toLowerCase());
}

/**
 * Fills the placeholders of a URL. One that stands for the whole beginning may be a URL itself; one in the host
 * may only be a part of a host, so that no value leads elsewhere than the template says; in the path, characters
 * that would end it are encoded.
 *
 * @throws OAuthError OAUTH_VALUE_MISSING, OAUTH_INVALID_URL
 */
export function fillUrl(template: string, values: PlaceholderValues): string {
  const text = template.trim();
  const filled = text.replace(PLACEHOLDER, (_match, name: string, offset: number) => {
    const value = requireValue(name, values).trim();
    if (offset === 0) return stripSlashes(value);
    const before = text.slice(0, offset);
    if (before.includes('?')) return encode(value);
    return isAuthority(before) ? readHostPart(name, value, before) : encodePath(value);
  });
  const url = URL.parse(filled);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '')
    return filled;
  throw new OAuthError('OAUTH_INVALID_URL', `The address '${shorten(template)}' makes no http or https URL.`);
}

/**
 * Fills a query or a form, every value percent-encoded. A field that has nothing but an empty placeholder is left
 * out.
 *
 * @throws OAuthError OAUTH_VALUE_MISSING
 */
export function fillForm(template: string, values: PlaceholderValues): string {
  return template
    .split('&')
    .flatMap((field) => {
      const filled = field.replace(PLACEHOLDER, (_match, name: string) => encode(requireValue(name, values)));
      return filled.endsWith('=') && field.endsWith('}') ? [] : [filled];
    })
    .join('&');
}

/** Fills a value that is sent as it is, such as a scope. @throws OAuthError OAUTH_VALUE_MISSING */
export function fillText(template: string, values: PlaceholderValues): string {
  return template.replace(PLACEHOLDER, (_match, name: string) => requireValue(name, values));
}

function requireValue(name: string, values: PlaceholderValues): string {
  const key = name.toLowerCase();
  const value = values.get(key);
  if (value !== undefined) return value;
  if (MAY_BE_EMPTY.has(key)) return '';
  throw new OAuthError('OAUTH_VALUE_MISSING', `The sign-in needs a value for '${name}', and there is none.`);
}

/** Whether a placeholder after this text stands in the host: after `//` with no slash behind it. */
function isAuthority(before: string): boolean {
  const start = before.indexOf('//');
  return start !== -1 && !/[/?#]/.test(before.slice(start + 2));
}

/** People type addresses where names are asked for: a scheme in front and a slash behind do not matter. */
function readHostPart(name: string, value: string, before: string): string {
  const part = stripSlashes(before.endsWith('//') ? value.replace(/^https?:\/\//i, '') : value);
  if (/^[\p{L}\p{N}._:-]*$/u.test(part)) return part;
  throw new OAuthError('OAUTH_INVALID_URL', `The value of '${name}' is no part of a host name.`, {
    fix: 'Enter the name alone, without / @ or ?.',
  });
}

function encodePath(value: string): string {
  return stripSlashes(value)
    .split('/')
    .map((segment) => (segment === '..' || segment === '.' ? '' : encode(segment)))
    .join('/');
}

function stripSlashes(value: string): string {
  return value.replace(/\/+$/, '');
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
