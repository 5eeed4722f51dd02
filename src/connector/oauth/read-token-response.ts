import { isJsonObject, type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { readTokenFields } from './token-fields.ts';

/** What a token endpoint said. */
export type TokenAnswer =
  | {
      readonly kind: 'token';
      readonly body: JsonObject;
      /** What it says besides (`instance_url`, `api_domain`), by name. */
      readonly fields: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'error'; readonly error: string; readonly description: string | undefined }
  /** Neither: a page, an outage. */
  | { readonly kind: 'unreadable' };

/**
 * Reads the answer of a token endpoint in all the dialects there are, and gives it as RFC 6749 writes it: forms in
 * place of JSON, errors with status 200, numbers as text, tokens one level down, no token type.
 */
export function readTokenAnswer(status: number, text: string): TokenAnswer {
  const body = parseBody(text);
  if (body === undefined) return { kind: 'unreadable' };
  const error = readError(body);
  if (error !== undefined) return error;
  const holder = findHolder(body);
  if (status >= 400 || holder === undefined) {
    const message = readText(body['message']) ?? readText(body['error_description']);
    return message === undefined
      ? { kind: 'unreadable' }
      : { kind: 'error', error: '', description: message };
  }
  return { kind: 'token', body: normalize(holder), fields: readTokenFields({ ...body, ...holder }) };
}

function parseBody(text: string): JsonObject | undefined {
  try {
    const parsed = parseJson(text);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    if (!/(?:^|&)(?:access_token|error)=/.test(text)) return undefined;
    return Object.fromEntries(new URLSearchParams(text));
  }
}

/** `{error: "invalid_grant"}`, Facebook's `{error: {message, type}}`, Slack's `{ok: false, error}`. */
function readError(body: JsonObject): TokenAnswer | undefined {
  const { error } = body;
  if (isJsonObject(error)) {
    const code = readText(error['code']) ?? readText(error['type']) ?? '';
    return { kind: 'error', error: code, description: readText(error['message']) };
  }
  const code = readText(error) ?? readText(body['errorCode']);
  if (code === undefined) return undefined;
  const description =
    readText(body['error_description']) ?? readText(body['errorSummary']) ?? readText(body['message']);
  return { kind: 'error', error: code, description };
}

function findHolder(body: JsonObject): JsonObject | undefined {
  const candidates = [body, body['authed_user'], body['data'], body['token']];
  return candidates.filter(isJsonObject).find((one) => readText(one['access_token']) !== undefined);
}

function normalize(holder: JsonObject): JsonObject {
  const { id_token: idToken, scope, expires_in: expiresIn, refresh_token: refreshToken, ...rest } = holder;
  const seconds = Number(expiresIn ?? Number.NaN);
  return {
    access_token: rest['access_token'] ?? '',
    // Names of their own (Zoho-oauthtoken, bot) go out as Bearer like all others.
    token_type: 'bearer',
    ...(Number.isFinite(seconds) && seconds > 0 ? { expires_in: Math.floor(seconds) } : {}),
    ...(readText(refreshToken) === undefined ? {} : { refresh_token: String(refreshToken) }),
    ...readScope(scope),
    ...(readText(idToken) === undefined ? {} : { id_token: String(idToken) }),
  };
}

function readScope(scope: Json | undefined): { scope?: string } {
  if (Array.isArray(scope)) return { scope: scope.map(String).join(' ') };
  const text = readText(scope);
  return text === undefined ? {} : { scope: text };
}

function readText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
