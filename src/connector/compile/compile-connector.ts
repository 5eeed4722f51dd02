import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { bundleSchema } from '../../schema/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { readArguments } from '../dynamic/read-arguments.ts';
import { DEFAULT_BRAND_COLOR } from '../edit/general.ts';
import { listOperations } from '../operations.ts';
import { readPolicies } from '../policies/read-policies.ts';
import type {
  AuthenticationMethod,
  CompiledConnector,
  CompiledOperation,
  ConnectionParameter,
} from '../types.ts';
import { compileAuthentication } from './compile-authentication.ts';
import { compileOperation } from './compile-operation.ts';
import { compileServers, fillServer, isAbsolute } from './compile-servers.ts';
import { createLazy } from './lazy.ts';
import { createSecurityReader } from './operation-security.ts';
import { createRateLimitParameter, readRateLimit } from './rate-limit.ts';
import { RouteTable } from './route-table.ts';
import {
  createOpenVariables,
  createServerParameters,
  SERVER_URL,
  serverVariable,
} from './server-parameters.ts';
import { firstText } from './text.ts';

/**
 * Compiles a version of a connector, once. What everything shares (gateway, flows, studio, command line) is read
 * here; each operation compiles what only its calls need at the first call.
 */
export function compileConnector(definition: ConnectorDefinition): CompiledConnector {
  const { openapi, properties } = definition;
  const info = isJsonObject(openapi['info']) ? openapi['info'] : {};
  const servers = compileServers(openapi['servers']);
  const server = servers.find((one) => isAbsolute(one.url));
  const operations = compileOperations(definition);
  const byId = new Map(operations.map((operation) => [operation.operationId, operation]));
  const routes = createLazy(() => new RouteTable(operations));
  const authentication = createLazy(() => compileMethods(definition, operations));
  const icon = definition.files['icon.png'];
  return {
    definition,
    title: firstText(info['title'], definition.source.fileName ?? ''),
    description: firstText(info['description'], info['summary']),
    version: firstText(info['version']),
    baseUrl: server === undefined ? '' : fillServer(server),
    servers,
    iconBrandColor: readColor(properties['iconBrandColor'] ?? info['x-ms-icon-brand-color']),
    ...(icon === undefined ? {} : { icon: { mediaType: 'image/png', base64: icon } }),
    operations,
    ...readTestConnection(openapi),
    ...readRateLimit(openapi),
    get authentication() {
      return authentication();
    },
    operation: (operationId) => byId.get(operationId),
    find: (method, path) => routes().find(method, path),
    authenticationMethod: (name) => pickMethod(authentication(), name),
    bundle: (schema) => bundleSchema(schema, openapi),
  };
}

function compileOperations(definition: ConnectorDefinition): CompiledOperation[] {
  const { openapi, properties } = definition;
  const policies = readPolicies(properties);
  const readSecurity = createSecurityReader(definition);
  return [...listOperations(openapi)].map((place) =>
    compileOperation(place, openapi, policies, readSecurity),
  );
}

function compileMethods(
  definition: ConnectorDefinition,
  operations: readonly CompiledOperation[],
): AuthenticationMethod[] {
  const servers = compileServers(definition.openapi['servers']);
  const usable = servers.length > 0 ? servers : (operations[0]?.servers ?? []);
  const own = createServerParameters(usable, readPolicies(definition.properties));
  const others = createOpenVariables(operations.flatMap((operation) => operation.servers ?? []));
  const parameters = [
    ...own,
    ...others.filter(({ name }) => !own.some((one) => one.name === name)),
    ...createRateLimitParameter(definition.openapi),
  ];
  return compileAuthentication(definition).map((method) => {
    const names = new Set(method.parameters.map((one) => one.name));
    const added = parameters.filter((one) => !names.has(one.name) && !isAnswered(one, method));
    return { ...method, parameters: [...added, ...method.parameters] };
  });
}

/** Whether a sign-in brings it, so that no connection has to be asked. */
function isAnswered({ name, required }: ConnectionParameter, { credentials }: AuthenticationMethod): boolean {
  return credentials.some((rule) => {
    if (rule.type !== 'oauth2') return false;
    const { answers, instance } = rule.plan;
    const isAddress = name === SERVER_URL && required && instance !== undefined;
    return isAddress || answers.some((field) => serverVariable(field) === name);
  });
}

function pickMethod(
  methods: readonly AuthenticationMethod[],
  name: string | null | undefined,
): AuthenticationMethod {
  const [first] = methods;
  if (first === undefined) throw new TypeError('a connector has at least one authentication method');
  return methods.find((method) => method.name === name) ?? first;
}

function readColor(written: unknown): string {
  return typeof written === 'string' && /^#[0-9a-f]{6}$/i.test(written) ? written : DEFAULT_BRAND_COLOR;
}

/** `x-ms-capabilities.testConnection`: of the document, or, where people also write it, of its `info`. */
function readTestConnection(openapi: JsonObject): Pick<CompiledConnector, 'testConnection'> {
  const info = isJsonObject(openapi['info']) ? openapi['info'] : {};
  for (const { 'x-ms-capabilities': capabilities } of [openapi, info]) {
    const test = isJsonObject(capabilities) ? capabilities['testConnection'] : undefined;
    if (!isJsonObject(test) || firstText(test['operationId']) === '') continue;
    const parameters: JsonObject = {};
    for (const { name, ...argument } of readArguments(test['parameters'])) {
      if (argument.from === 'value') parameters[name] = argument.value;
    }
    return { testConnection: { operationId: firstText(test['operationId']), parameters } };
  }
  return {};
}
