import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { OAuthPlan } from '../oauth/oauth-types.ts';
import { readOAuthPlan } from '../oauth/read-plan.ts';
import { METHODS } from '../operations.ts';
import { readMember, setFilled, setMember } from './members.ts';
import type { SecuritySet } from './security.ts';

interface Written {
  readonly openapi: JsonObject;
  /** Of two sets whose keys have the same name, but go elsewhere, one has another name now. */
  readonly sets: readonly SecuritySet[];
}

/** Writes the schemes that the sets need, in place of all that were there. */
export function writeSchemes(openapi: JsonObject, given: readonly SecuritySet[]): Written {
  const schemes = new Map<string, JsonObject>();
  const requirements: JsonObject[] = [];
  const sets = given.map((set) => {
    const scheme = createScheme(set);
    if (scheme === undefined) {
      requirements.push({});
      return set;
    }
    const name = chooseName(nameOf(set), scheme, schemes);
    schemes.set(name, scheme);
    requirements.push({ [name]: set.kind === 'oauth2' ? listScopes(scheme) : [] });
    return set.kind === 'apiKey' || set.kind === 'bearer' ? renameCredential(set, name) : set;
  });
  const components = setFilled(
    readMember(openapi, 'components'),
    'securitySchemes',
    Object.fromEntries(schemes),
  );
  const document = setFilled(clearOperations(openapi), 'components', components);
  const needed = requirements.some((one) => Object.keys(one).length > 0) ? requirements : undefined;
  return { openapi: setMember(document, 'security', needed), sets };
}

/** Keys and tokens are found by the name of their scheme: it is that of the parameter. */
function nameOf({ kind, credentials }: SecuritySet): string {
  if (kind === 'basic') return 'basic_auth';
  return kind === 'oauth2' ? 'oauth2_auth' : (credentials[0] ?? 'api_key');
}

function chooseName(wanted: string, scheme: JsonObject, taken: ReadonlyMap<string, JsonObject>): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}_${count}`;
    const there = taken.get(name);
    if (there === undefined || JSON.stringify(there) === JSON.stringify(scheme)) return name;
  }
}

function renameCredential(set: SecuritySet, name: string): SecuritySet {
  const [credential] = set.credentials;
  if (credential === undefined || credential === name) return set;
  const entries = Object.entries(set.parameters).map(
    ([key, value]) => [key === credential ? name : key, value] as const,
  );
  return { ...set, parameters: Object.fromEntries(entries), credentials: [name] };
}

function createScheme(set: SecuritySet): JsonObject | undefined {
  if (set.kind === 'apiKey') {
    const { in: location, name } = set.place ?? { in: 'header', name: 'X-API-Key' };
    return { type: 'apiKey', in: location, name };
  }
  if (set.kind === 'basic') return { type: 'http', scheme: 'basic' };
  if (set.kind === 'bearer') return { type: 'http', scheme: 'bearer' };
  return set.kind === 'oauth2' ? createOAuthScheme(set) : undefined;
}

const FLOWS = {
  'authorization-code': 'authorizationCode',
  'client-credentials': 'clientCredentials',
  password: 'password',
} as const;

function createOAuthScheme({ credentials, parameters }: SecuritySet): JsonObject | undefined {
  const [parameter = 'token'] = credentials;
  const settings = readMember(readMember(parameters, parameter), 'oAuthSettings');
  const plan = readOAuthPlan(settings, { parameter, parameterNames: Object.keys(parameters) });
  const scopes = Object.fromEntries(plan.scopes.map((scope) => [scope, scope]));
  const authorizationUrl = fillDefaults(plan.authorization.url, plan);
  const flow: JsonObject = {
    ...(authorizationUrl === '' || plan.grant !== 'authorization-code' ? {} : { authorizationUrl }),
    tokenUrl: fillDefaults(plan.token.url, plan),
    scopes,
  };
  return { type: 'oauth2', flows: { [FLOWS[plan.grant]]: flow } };
}

/** The document cannot ask for a tenant: the provider's usual one stands there. */
function fillDefaults(template: string | undefined, { placeholders }: OAuthPlan): string {
  return (template ?? '').replace(/\{([\w:.-]+)\}/g, (whole, name: string) => {
    return placeholders[name.toLowerCase()] ?? whole;
  });
}

function listScopes(scheme: JsonObject): string[] {
  const flows = Object.values(readMember(scheme, 'flows')).filter(isJsonObject);
  return flows.flatMap((flow) => Object.keys(readMember(flow, 'scopes')));
}

/** What operations ask for themselves would go before what the document asks; that nothing is needed may stay. */
function clearOperations(openapi: JsonObject): JsonObject {
  const paths = readMember(openapi, 'paths');
  let changed = false;
  const cleared = Object.entries(paths).map(([path, item]): [string, Json] => {
    if (!isJsonObject(item)) return [path, item];
    const members = Object.entries(item).map(([name, operation]): [string, Json] => {
      const isOwn = (METHODS as readonly string[]).includes(name) && isJsonObject(operation);
      if (!isOwn || !Array.isArray(operation['security']) || operation['security'].length === 0)
        return [name, operation];
      changed = true;
      return [name, setMember(operation, 'security', undefined)];
    });
    return [path, Object.fromEntries(members)];
  });
  return changed ? { ...openapi, paths: Object.fromEntries(cleared) } : openapi;
}
