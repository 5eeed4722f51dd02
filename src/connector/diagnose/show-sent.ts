import { REDACTED, Secret } from '../../base/index.ts';
import { finishRequest } from '../request/finish-request.ts';
import { redactInputs, redactRequest } from '../request/redact-request.ts';
import { revealText } from '../request/secret-text.ts';
import type { ConnectionValues, HttpRequestPlan } from '../request-types.ts';
import { maskCredential } from './credential-facts.ts';
import type { SentRequest } from './types.ts';

/** Longer bodies are shown by their beginning. */
const LONGEST_BODY = 64 * 1024;

/** The request as it goes on the wire, with the headers that are added last; what is secret is masked. */
export function showSent(plan: HttpRequestPlan, values: ConnectionValues): SentRequest {
  const wire = finishRequest(plan);
  const shown = redactRequest(plan, values);
  const secret = new Map(
    plan.headers.flatMap(({ name, value }) =>
      value instanceof Secret ? [[name.toLowerCase(), maskCredential(revealText(value), REDACTED)]] : [],
    ),
  );
  const headers = Object.entries(wire.headers).map(([name, value]) => {
    const text = name === 'cookie' ? REDACTED : value;
    return [name, secret.get(name) ?? text] as const;
  });
  const masked = redactInputs({ headers: Object.fromEntries(headers) }, values)['headers'];
  // A masked Authorization keeps its scheme: which one was sent is half of what people want to see.
  const all = { ...(masked as Record<string, string>), ...Object.fromEntries(secret) };
  const body = showBody(wire.body, values);
  return {
    method: wire.method,
    url: String(shown['url']),
    headers: all,
    ...(body === undefined ? {} : { body }),
  };
}

function showBody(body: string | Uint8Array | undefined, values: ConnectionValues): string | undefined {
  if (body === undefined) return undefined;
  if (typeof body !== 'string') return `${body.length} bytes`;
  const cut = body.length > LONGEST_BODY ? `${body.slice(0, LONGEST_BODY)}…` : body;
  return String(redactInputs({ text: cut }, values)['text']);
}
