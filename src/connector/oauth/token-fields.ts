import type { Json, JsonObject } from '../../base/index.ts';
import type { ConnectionValues } from '../request-types.ts';
import type { AuthenticationMethod, CredentialRule } from '../types.ts';

/** The fields of RFC 6749 and OpenID Connect, which are kept in places of their own. */
const STANDARD = new Set(['token_type', 'expires_in', 'scope', 'state', 'error', 'error_description']);
const SECRET = /token|secret|passw|key|signature|hash|assertion|credential|code|nonce/i;
const MOST_FIELDS = 30;
const MOST_CHARACTERS = 1000;

/** What a token answer says beside the token: texts and numbers that may be part of an address. Nothing secret. */
export function readTokenFields(answer: JsonObject): Record<string, string> {
  const entries = Object.entries(answer).flatMap(([name, value]) => {
    const text = readText(value);
    const isOther = !STANDARD.has(name) && !SECRET.test(name) && /^[\w.-]{1,64}$/.test(name);
    return text !== undefined && isOther ? [[name, text] as const] : [];
  });
  return Object.fromEntries(entries.slice(0, MOST_FIELDS));
}

function readText(value: Json | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  return typeof value === 'string' && value !== '' && value.length <= MOST_CHARACTERS ? value : undefined;
}

/**
 * The fields of a token answer among the values of a connection, as Power Platform names what belongs to the sign-in
 * (`token:instance_url`). What the connection says itself counts more.
 */
export function addTokenFields(
  values: ConnectionValues,
  parameter: string,
  fields: Readonly<Record<string, string>>,
): ConnectionValues {
  const named = Object.entries(fields).map(([name, text]) => [`${parameter}:${name}`, text] as const);
  return { ...Object.fromEntries(named), ...values };
}

type OAuthRule = Extract<CredentialRule, { type: 'oauth2' }>;

/** The value of a token answer's field, by the name it has in the answer. */
export function findTokenField(
  { credentials }: Pick<AuthenticationMethod, 'credentials'>,
  values: ConnectionValues,
  name: string,
): ConnectionValues[string] | undefined {
  const rule = credentials.find((one): one is OAuthRule => one.type === 'oauth2');
  return rule && values[`${rule.parameter}:${name}`];
}
