import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { listOperations } from '../operations.ts';
import type { AuthenticationKind, ConnectionParameter, CredentialRule } from '../types.ts';
import { compileServers, fillServer, isAbsolute } from './compile-servers.ts';
import { createConnectionParameter } from './connection-parameters.ts';
import { completeParameters, createOAuthRule } from './oauth-rule.ts';
import type { SecurityScheme } from './security-schemes.ts';
import { firstText } from './text.ts';

/** The flows of OpenAPI that a server can follow, the best first, with Swagger 2.0's names. */
const FLOWS = [
  { names: ['authorizationCode', 'accessCode'], grant: undefined, title: 'OAuth 2.0' },
  {
    names: ['clientCredentials', 'application'],
    grant: 'client_credentials',
    title: 'OAuth 2.0 client credentials',
  },
  { names: ['password'], grant: 'password', title: 'OAuth 2.0 with user name and password' },
] as const;

/** Each flow of a scheme is a way to connect of its own. */
export function partFlows(choice: readonly SecurityScheme[]): SecurityScheme[][] {
  const place = choice.findIndex(({ scheme }) => listFlows(scheme).length > 1);
  const parted = choice[place];
  if (parted === undefined) return [[...choice]];
  return listFlows(parted.scheme).map(([key, flow], index) => {
    const name = index === 0 ? parted.name : `${parted.name}-${key}`;
    return choice.with(place, {
      name,
      scheme: { ...parted.scheme, scopeName: parted.name, flows: { [key]: flow } },
    });
  });
}

/** The flows that a server can follow, best first. */
function listFlows(scheme: JsonObject): [string, JsonObject][] {
  const flows = isJsonObject(scheme['flows']) ? scheme['flows'] : {};
  return FLOWS.flatMap(({ names }) =>
    names.flatMap((name) => {
      const flow = flows[name];
      return isJsonObject(flow) ? [[name, flow] as [string, JsonObject]] : [];
    }),
  );
}

interface DerivedOAuth {
  readonly kind: AuthenticationKind;
  readonly title: string;
  readonly parameters: ConnectionParameter[];
  readonly credentials: CredentialRule[];
}

/** How connections sign in by a scheme of the document; undefined when it has no flow that a server can follow. */
export function deriveOAuth(
  scheme: JsonObject,
  parameter: string,
  document: JsonObject,
): DerivedOAuth | undefined {
  const [found] = listFlows(scheme);
  const discovery = firstText(scheme['openIdConnectUrl']);
  const hasOthers = isJsonObject(scheme['flows']) && Object.keys(scheme['flows']).length > 0;
  if (found === undefined && discovery === '' && hasOthers) return undefined;
  const [key, flow] = found ?? ['', {}];
  const kind = FLOWS.find(({ names }) => (names as readonly string[]).includes(key));
  const settings = createSettings(
    flow,
    { discovery, grant: kind?.grant, scopes: readScopes(scheme, flow, document) },
    document,
  );
  const token = createConnectionParameter({
    name: parameter,
    type: 'oauthSetting',
    title: 'Sign in',
    description: firstText(scheme['description']),
    oAuthSettings: settings,
  });
  const others = kind?.grant === 'password' ? createPasswordParameters(parameter) : [];
  const rule = createOAuthRule(token, [token, ...others], document);
  return {
    kind: 'oauth2',
    title: kind?.title ?? 'OAuth 2.0',
    parameters: completeParameters([token, ...others], rule, document),
    credentials: [rule],
  };
}

function createPasswordParameters(parameter: string): ConnectionParameter[] {
  return [
    createConnectionParameter({ name: `${parameter}:username`, type: 'string', title: 'User name' }),
    createConnectionParameter({ name: `${parameter}:password`, type: 'securestring', title: 'Password' }),
  ];
}

/** In the words of Power Platform's `oAuthSettings`, so that every exporter and the gateway read one dialect. */
function createSettings(
  flow: JsonObject,
  given: { readonly discovery: string; readonly grant: string | undefined; readonly scopes: string[] },
  document: JsonObject,
): JsonObject {
  const custom = {
    authorizationUrl: resolveAddress(flow['authorizationUrl'], document),
    tokenUrl: resolveAddress(flow['tokenUrl'], document),
    refreshUrl: resolveAddress(flow['refreshUrl'], document),
    grantType: given.grant ?? '',
    openIdConnectUrl: given.discovery,
  };
  const entries = Object.entries(custom).filter(([, value]) => value !== '');
  return {
    identityProvider: given.discovery === '' ? 'oauth2pkce' : 'openidconnect',
    scopes: given.scopes,
    customParameters: Object.fromEntries(entries.map(([name, value]) => [name, { value }])),
  };
}

/** Addresses may be relative to the server (OpenAPI 3.1, section 4.6). */
function resolveAddress(written: Json | undefined, document: JsonObject): string {
  const text = firstText(written);
  if (text === '' || /^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith('{')) return text;
  const server = compileServers(document['servers']).find(({ url }) => isAbsolute(url));
  return server === undefined ? text : (URL.parse(text, `${fillServer(server)}/`)?.href ?? text);
}

/** More scopes than this are a catalogue, from which nobody wants them all. */
const MOST_SCOPES = 30;

/** The scopes that operations require; where they require none in particular, those of a short list. */
function readScopes(scheme: JsonObject, flow: JsonObject, document: JsonObject): string[] {
  const offered = isJsonObject(flow['scopes']) ? Object.keys(flow['scopes']) : [];
  const required = new Set<string>();
  const name = schemeName(scheme, document);
  for (const requirement of listRequirements(document)) {
    for (const scope of [requirement[name] ?? []].flat()) if (typeof scope === 'string') required.add(scope);
  }
  const asked = [...required].filter((scope) => offered.length === 0 || offered.includes(scope));
  if (asked.length > 0) return asked;
  return offered.length <= MOST_SCOPES ? offered : [];
}

function schemeName(scheme: JsonObject, document: JsonObject): string {
  if (typeof scheme['scopeName'] === 'string') return scheme['scopeName'];
  const components = isJsonObject(document['components']) ? document['components'] : {};
  const schemes = isJsonObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  return Object.entries(schemes).find(([, one]) => one === scheme)?.[0] ?? '';
}

function* listRequirements(document: JsonObject): Generator<JsonObject> {
  yield* [document['security'] ?? []].flat().filter(isJsonObject);
  for (const { operation } of listOperations(document)) {
    yield* [operation['security'] ?? []].flat().filter(isJsonObject);
  }
}
