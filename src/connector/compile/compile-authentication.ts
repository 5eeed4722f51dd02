import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import type {
  AuthenticationKind,
  AuthenticationMethod,
  ConnectionParameter,
  CredentialRule,
} from '../types.ts';
import { readConnectionParameters } from './connection-parameters.ts';
import { createOpenMethod, deriveAuthentication } from './derive-authentication.ts';
import { completeParameters, createOAuthRule, findScheme, readFlowAddresses } from './oauth-rule.ts';
import { listSecurityChoices, type SecurityScheme } from './security-schemes.ts';
import { firstText } from './text.ts';

/**
 * How connections of a connector are made: by its parameter sets, else by its connection parameters, else, for a
 * document without such properties, by its security schemes. At least one method.
 */
export function compileAuthentication(definition: ConnectorDefinition): AuthenticationMethod[] {
  const { openapi, properties, source } = definition;
  const sets = readSets(properties['connectionParameterSets']);
  if (sets.length > 0) return sets.map((set) => createSetMethod(set, openapi));
  const parameters = readConnectionParameters(properties['connectionParameters']);
  if (parameters.length > 0) return [createMethod(parameters, openapi)];
  // A package that asks for nothing sends nothing, whatever its document's schemes say.
  if (source.format === 'power-platform') return [createOpenMethod()];
  const derived = deriveAuthentication(openapi);
  return derived.length > 0 ? derived : [createOpenMethod()];
}

function readSets(written: Json | undefined): JsonObject[] {
  const values = isJsonObject(written) ? written['values'] : undefined;
  return Array.isArray(values) ? values.filter(isJsonObject) : [];
}

function createSetMethod(set: JsonObject, document: JsonObject): AuthenticationMethod {
  const definition = isJsonObject(set['uiDefinition']) ? set['uiDefinition'] : {};
  const method = createMethod(readConnectionParameters(set['parameters']), document);
  const name = firstText(set['name'], method.name);
  return {
    ...method,
    name,
    title: firstText(definition['displayName'], definition['displayname'], name),
    description: firstText(definition['description']),
  };
}

function createMethod(parameters: ConnectionParameter[], document: JsonObject): AuthenticationMethod {
  if (parameters.length === 0) return createOpenMethod();
  const rule = findRule(parameters, document);
  const kind: AuthenticationKind = rule?.type ?? 'custom';
  const title = TITLES[kind];
  return {
    name: 'default',
    kind,
    title,
    description: '',
    parameters: rule?.type === 'oauth2' ? completeParameters(parameters, rule, document) : parameters,
    credentials: rule === undefined ? [] : [rule],
  };
}

const TITLES: Readonly<Record<AuthenticationKind, string>> = {
  none: 'No authentication',
  apiKey: 'API key',
  basic: 'User name and password',
  bearer: 'Bearer token',
  oauth2: 'OAuth 2.0',
  custom: 'Connection settings',
};

/** The parameters decide first; of the document's schemes the one they can feed. */
function findRule(
  parameters: readonly ConnectionParameter[],
  document: JsonObject,
): CredentialRule | undefined {
  const oauth = parameters.find((one) => one.type === 'oauthSetting');
  if (oauth !== undefined) {
    return createOAuthRule(oauth, parameters, document, readFlowAddresses(findScheme(document)));
  }
  const offered = listSecurityChoices(document).flat();
  // A scheme that is called like a parameter is what that parameter feeds, whatever others there are.
  const named = findNamedRule(parameters, offered);
  if (named !== undefined) return named;
  const schemes = offered.map(({ scheme }) => scheme);
  const basic = findBasic(parameters);
  if (basic !== undefined && (hasNamedPair(parameters) || schemes.some(isBasic))) return basic;
  const key = pickKey(parameters);
  if (key === undefined) return undefined;
  const apiKey = schemes.find((scheme) => String(scheme['type']).toLowerCase() === 'apikey');
  if (apiKey !== undefined) return toApiKeyRule(apiKey, key.name);
  if (schemes.some((scheme) => /^bearer$/i.test(String(scheme['scheme']))))
    return { type: 'bearer', parameter: key.name };
  // An API key as the user name, without a password.
  if (schemes.some(isBasic)) return { type: 'basic', usernameParameter: key.name, passwordParameter: '' };
  return undefined;
}

function findNamedRule(
  parameters: readonly ConnectionParameter[],
  offered: readonly SecurityScheme[],
): CredentialRule | undefined {
  for (const { name, scheme } of offered) {
    if (!parameters.some((one) => one.name === name && !one.hidden)) continue;
    if (String(scheme['type']).toLowerCase() === 'apikey') return toApiKeyRule(scheme, name);
    if (/^bearer$/i.test(String(scheme['scheme']))) return { type: 'bearer', parameter: name };
  }
  return undefined;
}

function isBasic(scheme: JsonObject): boolean {
  return /^basic$/i.test(String(scheme['scheme'] ?? scheme['type']));
}

function hasNamedPair(parameters: readonly ConnectionParameter[]): boolean {
  return ['username', 'password'].every((name) => parameters.some((one) => one.name.toLowerCase() === name));
}

function findBasic(parameters: readonly ConnectionParameter[]): CredentialRule | undefined {
  const named = (pattern: RegExp) => parameters.find((one) => pattern.test(one.name))?.name;
  const username = named(/^user_?name$/i) ?? named(/user|login|email/i);
  const password = named(/^password$/i) ?? named(/pass|secret/i);
  if (username === undefined || password === undefined) return undefined;
  return { type: 'basic', usernameParameter: username, passwordParameter: password };
}

/** The name must not matter: `api_key`, else the only secret, else the only parameter. */
function pickKey(parameters: readonly ConnectionParameter[]): ConnectionParameter | undefined {
  const own = parameters.filter((one) => !one.hidden && one.type !== 'gatewaySetting');
  const secrets = own.filter((one) => one.secret);
  const named = own.find((one) => /^api[_ -]?key$/i.test(one.name));
  return named ?? secrets[0] ?? (own.length === 1 ? own[0] : undefined);
}

function toApiKeyRule(scheme: JsonObject, parameter: string): CredentialRule {
  const location = scheme['in'] === 'query' || scheme['in'] === 'cookie' ? scheme['in'] : 'header';
  return { type: 'apiKey', in: location, name: firstText(scheme['name'], 'Authorization'), parameter };
}
