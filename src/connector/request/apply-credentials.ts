import { Secret } from '../../base/index.ts';
import { encodeBase64 } from '../base64.ts';
import type {
  ConnectionValues,
  HeaderEntry,
  HttpRequestPlan,
  RequestContext,
  Text,
} from '../request-types.ts';
import type { CredentialRule } from '../types.ts';
import { chooseCredentials } from './choose-credentials.ts';
import { readValue, revealText } from './secret-text.ts';

/**
 * Puts the connection's credentials into the request, as its authentication method says. What the connection has
 * no value for is left out: the service answers with what is missing. The values stay wrapped.
 */
export function applyCredentials(
  plan: HttpRequestPlan,
  { method, operation, values }: Pick<RequestContext, 'method' | 'operation' | 'values'>,
): HttpRequestPlan {
  return chooseCredentials(method, operation).reduce(
    (current, rule) => applyRule(current, rule, values),
    plan,
  );
}

function applyRule(plan: HttpRequestPlan, rule: CredentialRule, values: ConnectionValues): HttpRequestPlan {
  switch (rule.type) {
    case 'apiKey': {
      const key = readValue(values, rule.parameter);
      return key === undefined ? plan : applyApiKey(plan, rule, asSecret(key));
    }
    case 'basic': {
      const username = readValue(values, rule.usernameParameter);
      const password = readValue(values, rule.passwordParameter) ?? '';
      if (username === undefined) return plan;
      return setHeader(plan, 'Authorization', encodeBasic(username, password));
    }
    case 'bearer':
    case 'oauth2': {
      const token = readValue(values, rule.parameter);
      if (token === undefined) return plan;
      return setHeader(plan, 'Authorization', new Secret(`Bearer ${revealText(token).trim()}`));
    }
  }
}

function applyApiKey(
  plan: HttpRequestPlan,
  rule: Extract<CredentialRule, { type: 'apiKey' }>,
  value: Secret,
): HttpRequestPlan {
  const entry = { name: rule.name, value };
  if (rule.in === 'header') return setHeader(plan, rule.name, value);
  if (rule.in === 'cookie') return { ...plan, cookies: [...plan.cookies, entry] };
  return { ...plan, query: [...plan.query.filter((one) => one.name !== rule.name), entry] };
}

function asSecret(text: Text): Secret {
  return text instanceof Secret ? text : new Secret(text);
}

/** RFC 7617, with UTF-8. */
function encodeBasic(username: Text, password: Text): Secret {
  const pair = `${revealText(username)}:${revealText(password)}`;
  return new Secret(`Basic ${encodeBase64(new TextEncoder().encode(pair))}`);
}

/** Replaces a header, whatever its case. */
export function setHeader(plan: HttpRequestPlan, name: string, value: Text): HttpRequestPlan {
  return { ...plan, headers: [...withoutHeader(plan.headers, name), { name, value }] };
}

function withoutHeader(headers: readonly HeaderEntry[], name: string): HeaderEntry[] {
  return headers.filter((header) => header.name.toLowerCase() !== name.toLowerCase());
}
