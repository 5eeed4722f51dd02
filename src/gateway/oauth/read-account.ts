import { isJsonObject, type Json, parseJson } from '../../base/index.ts';

/** Names under which an ID token says who somebody is, the most telling first. */
const CLAIMS = ['email', 'preferred_username', 'upn', 'unique_name', 'name', 'nickname'];

/**
 * Who signed in, for people to read. The ID token came from the token endpoint itself, and nothing is decided by
 * what it says, so its signature is not looked at.
 */
export function readAccount(idToken: Json | undefined): string | undefined {
  const payload = typeof idToken === 'string' ? idToken.split('.')[1] : undefined;
  if (payload === undefined) return undefined;
  try {
    const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
    if (!isJsonObject(claims)) return undefined;
    const found = CLAIMS.map((name) => claims[name]).find(
      (value) => typeof value === 'string' && value !== '',
    );
    return typeof found === 'string' ? found.slice(0, 200) : undefined;
  } catch {
    return undefined;
  }
}
