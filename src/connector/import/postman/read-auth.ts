import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import type { Problems } from '../problems.ts';
import { BASIC, BEARER, createApiKey, DIGEST } from '../requests/credentials.ts';
import type { NotedCredential } from '../requests/types.ts';
import { readText } from './text.ts';
import { type Variables, variableName } from './variables.ts';

/** Kinds of authentication that need more than a value in a fixed place. */
const UNSUPPORTED = new Set([
  'awsv4',
  'digest',
  'hawk',
  'oauth1',
  'edgegrid',
  'akamai',
  'ntlm',
  'asap',
  'jwt',
]);

/**
 * What a collection, folder or request says about authentication: a list, empty for `noauth`; `undefined` where
 * it says nothing and what stands above it counts.
 */
export function readAuth(
  written: Json | undefined,
  variables: Variables,
  problems: Problems,
  pointer: string,
): NotedCredential[] | undefined {
  if (!isJsonObject(written) || typeof written['type'] !== 'string') return undefined;
  const { type } = written;
  const get = createReader(written[type], variables);
  if (type === 'noauth') return [];
  if (type === 'basic') return [BASIC];
  if (type === 'bearer') return [BEARER];
  if (type === 'apikey') {
    return [createApiKey(get('in') === 'query' ? 'query' : 'header', get('key') || 'Authorization')];
  }
  if (type === 'oauth2') {
    noteTokenPlace(get, problems, pointer);
    return [readOAuth(get)];
  }
  const known = UNSUPPORTED.has(type) ? `'${type}' signs each request, which` : `'${type}'`;
  problems.add(
    'CONNECTOR_AUTHENTICATION_UNSUPPORTED',
    `The authentication ${known} is not supported; it is left out.`,
    { pointer },
  );
  // The description may say it, even though nobody here can do it.
  return type === 'digest' ? [DIGEST] : [];
}

/** Postman 2.1 lists the settings as `{key, value}`, 2.0 has an object. */
function createReader(settings: Json | undefined, variables: Variables): (name: string) => string {
  const entries = Array.isArray(settings)
    ? settings.filter(isJsonObject).map((one) => [String(one['key']), one['value']] as const)
    : Object.entries(isJsonObject(settings) ? settings : {});
  const values = new Map(entries);
  return (name) => {
    const text = readText(values.get(name));
    const variable = variableName(text);
    return variable === undefined ? variables.fill(text) : (variables.get(variable) ?? '');
  };
}

/** Elsewhere than in `Authorization: Bearer …`, where tokens are sent here. */
function noteTokenPlace(get: (name: string) => string, problems: Problems, pointer: string): void {
  const prefix = get('headerPrefix').trim();
  const isUsual = get('addTokenTo') !== 'queryParams' && (prefix === '' || /^bearer$/i.test(prefix));
  if (isUsual) return;
  const place = get('addTokenTo') === 'queryParams' ? 'in the query' : `behind '${prefix}'`;
  const message = `The collection sends the OAuth token ${place}; here it is sent as Authorization: Bearer.`;
  problems.add('CONNECTOR_AUTHENTICATION_UNSUPPORTED', message, { pointer });
}

const FLOWS: Readonly<Record<string, string>> = {
  authorization_code: 'authorizationCode',
  authorization_code_with_pkce: 'authorizationCode',
  client_credentials: 'clientCredentials',
  implicit: 'implicit',
  password_credentials: 'password',
};

function readOAuth(get: (name: string) => string): NotedCredential {
  const flow =
    FLOWS[get('grant_type')] ?? (get('authUrl') === '' ? 'clientCredentials' : 'authorizationCode');
  const scopes = get('scope')
    .split(/[\s,]+/)
    .filter((scope) => scope !== '');
  const details: JsonObject = { scopes: Object.fromEntries(scopes.map((scope) => [scope, ''])) };
  if (flow === 'authorizationCode' || flow === 'implicit') details['authorizationUrl'] = get('authUrl');
  if (flow !== 'implicit') details['tokenUrl'] = get('accessTokenUrl');
  if (get('refreshTokenUrl') !== '') details['refreshUrl'] = get('refreshTokenUrl');
  return { name: 'oauth2', scheme: { type: 'oauth2', flows: { [flow]: details } } };
}
