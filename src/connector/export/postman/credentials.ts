import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import type { CredentialRule } from '../../types.ts';
import { objectOf, type PostmanWork, textOf } from './work.ts';

/** How a request authenticates: by Postman's `auth`, and what it has no place for beside it. */
export interface Credentials {
  readonly auth: JsonObject | undefined;
  readonly headers: readonly JsonObject[];
  readonly query: readonly JsonObject[];
}

export const NO_CREDENTIALS: Credentials = { auth: undefined, headers: [], query: [] };

type Entry = (key: string, value: string) => JsonObject;
const entry: Entry = (key, value) => ({ key, value, type: 'string' });

/** The credentials of one of the requirements of `security`. */
export function toCredentials(requirement: Json | undefined, work: PostmanWork): Credentials {
  const schemes = objectOf(objectOf(work.document['components'])['securitySchemes']);
  let found = NO_CREDENTIALS;
  for (const name of Object.keys(objectOf(requirement))) {
    const scheme = schemes[name];
    if (isJsonObject(scheme)) found = addScheme(found, name, scheme, work);
  }
  return found;
}

/** The credentials of a method that only the properties of a package describe. */
export function toRuleCredentials(rules: readonly CredentialRule[], work: PostmanWork): Credentials {
  let found = NO_CREDENTIALS;
  for (const rule of rules) found = addScheme(found, 'connection', toScheme(rule), work);
  return found;
}

function toScheme(rule: CredentialRule): JsonObject {
  if (rule.type === 'apiKey') return { type: 'apiKey', in: rule.in, name: rule.name };
  if (rule.type !== 'oauth2') return { type: 'http', scheme: rule.type };
  const custom = objectOf(rule.settings['customParameters']);
  const read = (name: string): string => {
    const key = Object.keys(custom).find((one) => one.toLowerCase().startsWith(name));
    return textOf(objectOf(custom[key ?? '']), 'value');
  };
  const scopes = [rule.settings['scopes'] ?? []].flat().map((scope) => [String(scope), ''] as const);
  const flow = {
    authorizationUrl: read('authorizationurl'),
    tokenUrl: read('tokenurl'),
    scopes: Object.fromEntries(scopes),
  };
  return { type: 'oauth2', flows: { authorizationCode: flow } };
}

function addScheme(found: Credentials, name: string, scheme: JsonObject, work: PostmanWork): Credentials {
  const value = (suffix = ''): string => `{{${work.variables.add(variableName(name) + suffix, '')}}}`;
  const isKey = scheme['type'] === 'apiKey';
  // Postman authenticates in one way, and never by a cookie; the others are written out.
  if (found.auth === undefined && !(isKey && scheme['in'] === 'cookie')) {
    const auth = toAuth(scheme, value);
    if (auth !== undefined) return { ...found, auth };
  }
  if (!isKey) return addHeader(found, 'Authorization', writeHttp(scheme, value()));
  const key = textOf(scheme, 'name');
  if (scheme['in'] === 'query') return { ...found, query: [...found.query, { key, value: value() }] };
  return scheme['in'] === 'cookie'
    ? addHeader(found, 'Cookie', `${key}=${value()}`)
    : addHeader(found, key, value());
}

function variableName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_');
}

function addHeader(found: Credentials, key: string, value: string): Credentials {
  return { ...found, headers: [...found.headers, { key, value }] };
}

function writeHttp(scheme: JsonObject, value: string): string {
  return `${/^basic$/i.test(textOf(scheme, 'scheme')) ? 'Basic' : 'Bearer'} ${value}`;
}

function toAuth(scheme: JsonObject, value: (suffix?: string) => string): JsonObject | undefined {
  const type = scheme['type'] === 'http' ? textOf(scheme, 'scheme').toLowerCase() : scheme['type'];
  switch (type) {
    case 'apiKey': {
      const place = scheme['in'] === 'query' ? 'query' : 'header';
      const apikey = [entry('key', textOf(scheme, 'name')), entry('value', value()), entry('in', place)];
      return { type: 'apikey', apikey };
    }
    case 'basic':
    case 'digest':
      return {
        type,
        [type]: [entry('username', value('_username')), entry('password', value('_password'))],
      };
    case 'bearer':
      return { type: 'bearer', bearer: [entry('token', value())] };
    case 'oauth2':
      return { type: 'oauth2', oauth2: toOAuth(objectOf(scheme['flows'])) };
    default:
      return undefined;
  }
}

const GRANTS: Readonly<Record<string, string>> = {
  authorizationCode: 'authorization_code',
  clientCredentials: 'client_credentials',
  implicit: 'implicit',
  password: 'password_credentials',
};

function toOAuth(flows: JsonObject): JsonObject[] {
  const name = Object.keys(GRANTS).find((one) => isJsonObject(flows[one])) ?? 'authorizationCode';
  const flow = objectOf(flows[name]);
  const optional = (key: string, member: string): JsonObject[] => {
    return flow[member] === undefined ? [] : [entry(key, textOf(flow, member))];
  };
  return [
    entry('grant_type', GRANTS[name] ?? ''),
    ...optional('authUrl', 'authorizationUrl'),
    ...optional('accessTokenUrl', 'tokenUrl'),
    ...optional('refreshTokenUrl', 'refreshUrl'),
    entry('scope', Object.keys(objectOf(flow['scopes'])).join(' ')),
    entry('addTokenTo', 'header'),
  ];
}
