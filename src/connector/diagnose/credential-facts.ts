import { isJsonObject, parseJson } from '../../base/index.ts';
import { decodeBase64 } from '../base64.ts';
import { chooseCredentials } from '../request/choose-credentials.ts';
import { readValue, revealText } from '../request/secret-text.ts';
import type { ConnectionValues } from '../request-types.ts';
import type { AuthenticationMethod, CompiledOperation, CredentialRule } from '../types.ts';
import type { CredentialFact, CredentialFinding } from './types.ts';

/** What can be said of the credentials of a connection without showing any of them. */
export function listCredentialFacts(
  method: AuthenticationMethod,
  operation: CompiledOperation,
  values: ConnectionValues,
): CredentialFact[] {
  return chooseCredentials(method, operation).map((rule) => describeRule(rule, values));
}

function describeRule(rule: CredentialRule, values: ConnectionValues): CredentialFact {
  const parameter = rule.type === 'basic' ? rule.passwordParameter : rule.parameter;
  const written = readValue(values, parameter);
  const text = written === undefined ? '' : revealText(written);
  const place =
    rule.type === 'apiKey'
      ? { in: rule.in, name: rule.name }
      : { in: 'header' as const, name: 'Authorization' };
  const mayBeEmpty = rule.type === 'basic' && hasText(values, rule.usernameParameter);
  const expiresAt = readExpiry(text);
  return {
    type: rule.type,
    ...place,
    parameter,
    findings: text === '' ? (mayBeEmpty ? [] : ['empty']) : listFindings(text, place.name),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function hasText(values: ConnectionValues, name: string): boolean {
  const value = readValue(values, name);
  return value !== undefined && revealText(value) !== '';
}

function listFindings(text: string, name: string): CredentialFinding[] {
  const trimmed = text.trim();
  const findings: [CredentialFinding, boolean][] = [
    ['line-break', /[\r\n]/.test(trimmed)],
    ['space-around', trimmed !== text],
    ['quotes', /^(["'`]).*\1$/.test(trimmed)],
    ['scheme-inside', /^(?:bearer|basic|token|apikey)\s+\S/i.test(trimmed)],
    ['name-inside', trimmed.toLowerCase().startsWith(`${name.toLowerCase()}:`)],
    ['placeholder', PLACEHOLDER.test(trimmed)],
  ];
  return findings.filter(([, found]) => found).map(([finding]) => finding);
}

const PLACEHOLDER =
  /^(?:<.*>|\{\{.*\}\}|\$\{.*\}|\[.*\]|your[-_ ].*|x{4,}|\*{4,}|•+|change[-_ ]?me|api[-_ ]?key(?:[-_ ]here)?|todo)$/i;

/** The `exp` of a JSON Web Token (RFC 7519, section 4.1.4); nothing for other texts. */
function readExpiry(text: string): string | undefined {
  const payload = /^(?:bearer\s+)?[\w-]+\.([\w-]+)\.[\w-]*$/i.exec(text.trim())?.[1];
  if (payload === undefined) return undefined;
  try {
    const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
    const claims = parseJson(new TextDecoder().decode(decodeBase64(base64)));
    const seconds = isJsonObject(claims) ? Number(claims['exp']) : Number.NaN;
    return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what kind of credential a header carries, which people need to see, and hides the rest. */
export function maskCredential(text: string, mask: string): string {
  const scheme = /^(bearer|basic|token|apikey|digest|key)\s+\S/i.exec(text)?.[1];
  return scheme === undefined ? mask : `${scheme} ${mask}`;
}
