import type { Json, JsonObject } from '../../base/index.ts';
import { fillServer, isAbsolute } from '../compile/compile-servers.ts';
import { SERVER_URL, serverVariable } from '../compile/server-parameters.ts';
import { chooseCredentials } from '../request/choose-credentials.ts';
import type {
  AuthenticationMethod,
  CompiledConnector,
  CompiledOperation,
  CompiledServer,
  CredentialRule,
} from '../types.ts';
import type { CarriedCookie } from './cookies-to-headers.ts';

/**
 * What a package says by policies because its document cannot: servers that a connection chooses or fills in, servers
 * of single operations, bearer tokens, cookies, and what is sent beside a first credential.
 */
export function createPackagePolicies(
  connector: CompiledConnector,
  cookies: ReadonlyMap<string, readonly CarriedCookie[]>,
): JsonObject[] {
  const method = connector.authenticationMethod();
  const wanted = connector.operations.flatMap((operation) => {
    const names = { id: operation.operationId };
    return [
      ...listServers(connector, operation),
      ...listCredentials(method, operation),
      ...listCookies(method, operation, cookies.get(operation.operationId) ?? []),
    ].map((policy) => ({ ...policy, ...names }));
  });
  return mergePolicies(wanted, connector.operations.length);
}

interface Wanted {
  readonly templateId: string;
  readonly title: string;
  readonly parameters: JsonObject;
}

/** Equal policies are one, for all their operations. */
function mergePolicies(wanted: readonly (Wanted & { readonly id: string })[], count: number): JsonObject[] {
  const groups = new Map<string, { policy: Wanted; ids: string[] }>();
  for (const { id, ...policy } of wanted) {
    const key = JSON.stringify(policy);
    const group = groups.get(key) ?? { policy, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ policy: { templateId, title, parameters }, ids }) => ({
    templateId,
    title,
    parameters: {
      ...Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]),
      ),
      'x-ms-apimTemplate-policySection': 'Request',
      ...(ids.length === count ? {} : { 'x-ms-apimTemplate-operationName': ids }),
    },
  }));
}

function listServers(connector: CompiledConnector, { servers }: CompiledOperation): Wanted[] {
  const urlTemplate = servers === undefined ? writeShared(connector) : writeOwn(servers, connector);
  if (urlTemplate === undefined) return [];
  const title = servers === undefined ? 'The server of the connection' : 'A server of its own';
  return [{ templateId: 'dynamichosturl', title, parameters: { urlTemplate } }];
}

/** Undefined where the document's host says it all. */
function writeShared({ servers, authenticationMethod }: CompiledConnector): string | undefined {
  const names = new Set(authenticationMethod().parameters.map(({ name }) => name));
  const absolute = servers.filter(({ url }) => isAbsolute(url));
  const [first] = absolute;
  if (first === undefined) {
    const [relative] = servers;
    const path =
      relative === undefined
        ? ''
        : fillServer(relative)
            .replace(/^\.?\/*/, '/')
            .replace(/^\/$/, '');
    return names.has(SERVER_URL) ? readParameter(SERVER_URL, '') + path : undefined;
  }
  // A policy cannot fill in what a connection chooses.
  if (absolute.some(({ url }) => url.includes('{'))) return writeVariables(first);
  return absolute.length > 1 && names.has(SERVER_URL) ? readParameter(SERVER_URL, first.url) : undefined;
}

function writeOwn(servers: readonly CompiledServer[], { baseUrl }: CompiledConnector): string | undefined {
  const server = servers.find(({ url }) => isAbsolute(url));
  if (server !== undefined) return writeVariables(server);
  const [relative] = servers;
  const base = URL.parse(`${baseUrl}/`);
  if (relative === undefined || base === null) return undefined;
  return URL.parse(fillServer(relative), base)?.href.replace(/\/+$/, '');
}

/** `https://{region}.example.com` → `https://@connectionParameters('server_region','eu').example.com` */
function writeVariables({ url, variables }: CompiledServer): string {
  return url.replace(/\{([^{}]+)\}/g, (_match, name: string) =>
    readParameter(serverVariable(name), variables[name]?.default ?? ''),
  );
}

function readParameter(name: string, fallback: string): string {
  return `@connectionParameters('${name}','${fallback.replaceAll("'", '’')}')`;
}

function listCredentials(method: AuthenticationMethod, operation: CompiledOperation): Wanted[] {
  return chooseCredentials(method, operation).flatMap((rule) => toCredential(rule, method.credentials[0]));
}

function toCredential(rule: CredentialRule, first: CredentialRule | undefined): Wanted[] {
  if (rule.type === 'bearer')
    return [setHeader('Authorization', `Bearer ${readSecret(rule.parameter)}`, 'The bearer token')];
  // A package's document has place for one.
  if (rule.type !== 'apiKey' || rule.in === 'cookie' || rule === first) return [];
  const value = readSecret(rule.parameter);
  if (rule.in === 'header') return [setHeader(rule.name, value, `The key in ${rule.name}`)];
  const parameters = { name: rule.name, value, existsAction: 'override' };
  return [{ templateId: 'setqueryparameter', title: `The key in ${rule.name}`, parameters }];
}

/** One header holds all cookies. */
function listCookies(
  method: AuthenticationMethod,
  operation: CompiledOperation,
  carried: readonly CarriedCookie[],
): Wanted[] {
  const keys = chooseCredentials(method, operation).flatMap((rule) => {
    return rule.type === 'apiKey' && rule.in === 'cookie'
      ? [`${rule.name}=${readSecret(rule.parameter)}`]
      : [];
  });
  const given = carried.map(({ cookie, header }) => `${cookie}=@headers('${header}')`);
  const pairs = [...given, ...keys];
  return pairs.length === 0 ? [] : [setHeader('Cookie', pairs.join('; '), 'Cookies')];
}

function readSecret(parameter: string): string {
  return `@connectionParameters('${parameter}')`;
}

function setHeader(name: string, value: Json, title: string): Wanted {
  return { templateId: 'setheader', title, parameters: { name, value, existsAction: 'override' } };
}
