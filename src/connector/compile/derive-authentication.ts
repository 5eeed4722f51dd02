import type { JsonObject } from '../../base/index.ts';
import type {
  AuthenticationKind,
  AuthenticationMethod,
  ConnectionParameter,
  CredentialRule,
} from '../types.ts';
import { createConnectionParameter } from './connection-parameters.ts';
import { deriveOAuth, partFlows } from './derive-oauth.ts';
import { listSecurityChoices, type SecurityScheme } from './security-schemes.ts';
import { firstText } from './text.ts';

interface Derived {
  readonly kind: AuthenticationKind;
  readonly title: string;
  readonly parameters: ConnectionParameter[];
  readonly credentials: CredentialRule[];
}

/** The authentication methods of a document that comes without connection parameters, from its security schemes. */
export function deriveAuthentication(document: JsonObject): AuthenticationMethod[] {
  const methods = listSecurityChoices(document)
    .flatMap((choice) => partFlows(choice))
    .map((choice) => deriveMethod(choice, document));
  // What needs a sign-in comes last: the first method is the one taken when nobody chooses.
  return [
    ...methods.filter((one) => one.kind !== 'oauth2'),
    ...methods.filter((one) => one.kind === 'oauth2'),
  ];
}

export function createOpenMethod(): AuthenticationMethod {
  return {
    name: 'none',
    kind: 'none',
    title: 'No authentication',
    description: '',
    parameters: [],
    credentials: [],
  };
}

function deriveMethod(choice: readonly SecurityScheme[], document: JsonObject): AuthenticationMethod {
  if (choice.length === 0) return createOpenMethod();
  const taken = new Set<string>();
  const parts = choice.map((scheme) => deriveScheme(scheme, taken, document));
  const [first] = parts;
  return {
    name: choice.map(({ name }) => name).join('+'),
    kind: parts.find((part) => part.kind === 'oauth2')?.kind ?? first?.kind ?? 'none',
    title: parts.map((part) => part.title).join(' and '),
    description: firstText(...choice.map(({ scheme }) => scheme['description'])),
    parameters: parts.flatMap((part) => part.parameters),
    credentials: parts.flatMap((part, index) =>
      part.credentials.map((rule) => withScheme(rule, choice[index])),
    ),
  };
}

/** One of several flows of a scheme has a name of its own, but operations ask for the scheme. */
function withScheme(rule: CredentialRule, from: SecurityScheme | undefined): CredentialRule {
  return from === undefined ? rule : { ...rule, scheme: firstText(from.scheme['scopeName'], from.name) };
}

function deriveScheme({ name, scheme }: SecurityScheme, taken: Set<string>, document: JsonObject): Derived {
  const type = String(scheme['type']).toLowerCase();
  const http = type === 'http' ? String(scheme['scheme']).toLowerCase() : '';
  if (http === 'basic' || type === 'basic') return deriveBasic(taken);
  if (http === 'bearer') return deriveBearer(scheme, taken);
  if (type === 'apikey') return deriveApiKey(name, scheme, taken);
  if (type === 'oauth2' || type === 'openidconnect') {
    const parameter = freeName('token', 'oauth_token', taken);
    return (
      deriveOAuth(scheme, parameter, document) ?? deriveBearer(IMPLICIT, new Set([parameter]), parameter)
    );
  }
  // Digest and other schemes of HTTP: the person types the header's whole value.
  if (type === 'http') return deriveApiKey(name, { ...scheme, in: 'header', name: 'Authorization' }, taken);
  return { kind: 'custom', title: type, parameters: [], credentials: [] };
}

function freeName(wanted: string, otherwise: string, taken: Set<string>): string {
  const name = taken.has(wanted) ? otherwise.replace(/\W+/g, '_') : wanted;
  taken.add(name);
  return name;
}

function deriveApiKey(schemeName: string, scheme: JsonObject, taken: Set<string>): Derived {
  const parameter = freeName('api_key', schemeName, taken);
  const key = firstText(scheme['name'], 'Authorization');
  const location = scheme['in'] === 'query' || scheme['in'] === 'cookie' ? scheme['in'] : 'header';
  const title = parameter === 'api_key' ? 'API key' : key;
  const description = firstText(scheme['description'], `Sent as ${location} '${key}'.`);
  return {
    kind: 'apiKey',
    title,
    parameters: [createConnectionParameter({ name: parameter, type: 'securestring', title, description })],
    credentials: [{ type: 'apiKey', in: location, name: key, parameter }],
  };
}

function deriveBasic(taken: Set<string>): Derived {
  const username = freeName('username', 'basic_username', taken);
  const password = freeName('password', 'basic_password', taken);
  return {
    kind: 'basic',
    title: 'User name and password',
    parameters: [
      createConnectionParameter({ name: username, type: 'string', title: 'User name' }),
      // Empty for services that take an API key as the user name.
      createConnectionParameter({ name: password, type: 'securestring', title: 'Password', required: false }),
    ],
    credentials: [{ type: 'basic', usernameParameter: username, passwordParameter: password }],
  };
}

/** The implicit flow gives its token to a page; nobody but a person can carry it from there to here. */
const IMPLICIT: JsonObject = {
  description:
    "The document only describes OAuth's implicit flow, which programs cannot use. Enter an access token that you got from the service.",
};

function deriveBearer(scheme: JsonObject, taken: Set<string>, name?: string): Derived {
  const parameter = name ?? freeName('token', 'bearer_token', taken);
  const description = firstText(scheme['description'], 'Sent as Authorization: Bearer.');
  return {
    kind: 'bearer',
    title: 'Bearer token',
    parameters: [
      createConnectionParameter({ name: parameter, type: 'securestring', title: 'Token', description }),
    ],
    credentials: [{ type: 'bearer', parameter }],
  };
}
