import { Secret } from '../base/index.ts';
import {
  type AuthenticationMethod,
  type CompiledOperation,
  type ConnectionValues,
  type CredentialRule,
  chooseCredentials,
} from '../connector/index.ts';

/**
 * How the credentials of a call went out, as a clause for a sentence: `an API key in the header X-Key`.
 * Undefined when none were sent, because the method has none or the connection holds no values for them.
 */
export function describeCredentials(
  method: AuthenticationMethod,
  operation: CompiledOperation,
  values: ConnectionValues,
): string | undefined {
  const sent = chooseCredentials(method, operation)
    .filter((rule) => hasValues(rule, values))
    .map(describeRule);
  if (sent.length > 0) return sent.join(' and ');
  return method.kind === 'custom' ? 'what the policies of the connector make of the connection' : undefined;
}

function describeRule(rule: CredentialRule): string {
  switch (rule.type) {
    case 'apiKey':
      return `an API key in the ${PLACES[rule.in]} ${rule.name}`;
    case 'basic':
      return 'a user name with password (Basic authentication)';
    case 'bearer':
      return 'a bearer token';
    case 'oauth2':
      return 'an OAuth 2 access token';
  }
}

const PLACES = { header: 'header', query: 'query parameter', cookie: 'cookie' } as const;

function hasValues(rule: CredentialRule, values: ConnectionValues): boolean {
  const name = rule.type === 'basic' ? rule.usernameParameter : rule.parameter;
  const value = values[name];
  const text = value instanceof Secret ? value.reveal() : value;
  return text !== undefined && text !== null && text !== '';
}
