import { isJsonObject, type Json, type JsonObject, REDACTED, Secret } from '../../base/index.ts';
import type { ConnectionValues, HttpRequestPlan, RequestContent, Text } from '../request-types.ts';
import { writeQuery } from './finish-request.ts';
import { revealText } from './secret-text.ts';
import { encode } from './serialize.ts';

/** Names whose values are credentials, whoever set them. */
const SECRET_NAME =
  /^(?:authorization|proxy-authorization|cookie|pwd)$|api[-_]?key|(?:^|[-_])token$|secret|passw/i;

/**
 * The request for people to look at: secrets masked, also those a person typed where a credential belongs, and the
 * connection's wherever they turn up. Byte bodies are told by their size.
 */
export function redactRequest(plan: HttpRequestPlan, values: ConnectionValues = {}): JsonObject {
  const query = plan.query.map((entry) => {
    const isSecret = entry.value instanceof Secret || SECRET_NAME.test(entry.name);
    return isSecret ? `${encode(entry.name)}=${REDACTED}` : writeQuery(entry, revealText(entry.value));
  });
  const search = query.length === 0 ? '' : `?${query.join('&')}`;
  const headers = plan.headers.map(({ name, value }) => [name, mask(value)] as const);
  const cookies = plan.cookies.length === 0 ? [] : [['Cookie', REDACTED] as const];
  const shown = {
    method: plan.method,
    url: `${mask(plan.baseUrl)}${plan.path}${search}`,
    headers: Object.fromEntries([...headers, ...cookies]),
    ...(plan.body === undefined ? {} : { mediaType: plan.mediaType ?? '', body: describeBody(plan.body) }),
  };
  return redactInputs(shown, values);
}

/** Masks members named like credentials, and the secret values of a connection in any text. */
export function redactInputs(value: JsonObject, values: ConnectionValues): JsonObject {
  const secrets = Object.values(values).filter((one) => one instanceof Secret);
  const texts = secrets.map((secret) => String(secret.reveal())).filter((text) => text.length >= MIN_SECRET);
  const redacted = redact(value, texts);
  return isJsonObject(redacted) ? redacted : {};
}

/** Shorter ones occur by chance, and masking every "a" would tell them. */
const MIN_SECRET = 4;

function redact(value: Json, secrets: readonly string[]): Json {
  if (typeof value === 'string')
    return secrets.reduce((text, secret) => text.replaceAll(secret, REDACTED), value);
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => {
    const isSecret = SECRET_NAME.test(name) && (typeof member === 'string' || typeof member === 'number');
    return [name, isSecret ? REDACTED : redact(member, secrets)] as const;
  });
  return Object.fromEntries(entries);
}

function mask(text: Text): string {
  return text instanceof Secret ? REDACTED : text;
}

function describeBody(content: RequestContent): Json {
  switch (content.kind) {
    case 'json':
      return content.value;
    case 'form':
      return content.fields.map(([name, value]) => ({ name, value }));
    case 'multipart':
      return content.parts.map((part) => ({
        name: part.name,
        ...(part.fileName === undefined ? {} : { fileName: part.fileName }),
        content: typeof part.content === 'string' ? part.content : `${part.content.length} bytes`,
      }));
    case 'text':
      return content.text;
    case 'binary':
      return `${content.bytes.length} bytes`;
  }
}
