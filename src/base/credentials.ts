import { isJsonObject, type Json, type JsonObject, setOwn } from './json.ts';
import { REDACTED } from './secret.ts';

/** Names under which people put credentials into headers, forms and bodies; spelling and case vary. */
const CREDENTIAL_NAMES = new Set([
  'accesskey',
  'accesstoken',
  'apikey',
  'apisecret',
  'authorization',
  'authtoken',
  'clientsecret',
  'connectionstring',
  'cookie',
  'idtoken',
  'ocpapimsubscriptionkey',
  'passphrase',
  'passwd',
  'password',
  'pfx',
  'privatekey',
  'proxyauthorization',
  'pwd',
  'refreshtoken',
  'secret',
  'secretkey',
  'setcookie',
  'subscriptionkey',
  'xapikey',
  'xauthtoken',
]);

/** Longer names are sentences, not names of credentials. */
const LONGEST_NAME = 40;

/**
 * Whether a member of this name holds a credential: `client_secret`, `X-Api-Key`, `body/login/password`. Of a
 * flattened name the last segment counts.
 */
export function isCredentialName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const verdict = judgeName(name);
  if (judged.size > MOST_JUDGED) judged.clear();
  judged.set(name, verdict);
  return verdict;
}

/** Names repeat from call to call; judging one takes longer than remembering it. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 10_000;

function judgeName(name: string): boolean {
  if (name.length > LONGEST_NAME * 4) return false;
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (last.length > LONGEST_NAME) return false;
  return CREDENTIAL_NAMES.has(last.toLowerCase().replace(/[-_. ]/g, ''));
}

/** Whether a value holds a credential by name, at any depth. */
export function holdsCredentials(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsCredentials);
  if (!isJsonObject(value)) return false;
  for (const name in value) {
    const member = value[name];
    if (typeof member === 'object' ? holdsCredentials(member) : isCredential(name, member)) return true;
  }
  return false;
}

/** The value with its credentials masked; the original where it holds none. */
export function maskCredentials(value: Json): Json {
  if (!holdsCredentials(value)) return value;
  if (Array.isArray(value)) return value.map(maskCredentials);
  if (!isJsonObject(value)) return value;
  const masked: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    setOwn(masked, name, isCredential(name, member) ? REDACTED : maskCredentials(member));
  }
  return masked;
}

/** Whether there is something to hide: a text or number under the name of a credential. */
function isCredential(name: string, member: Json | undefined): boolean {
  return (typeof member === 'string' ? member !== '' : typeof member === 'number') && isCredentialName(name);
}
