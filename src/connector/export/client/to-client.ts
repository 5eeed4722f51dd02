import { compileConnector } from '../../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../../definition-types.ts';
import type { AuthenticationMethod, CompiledConnector } from '../../types.ts';
import { toDocComment } from './doc-comment.ts';
import { toKey, toMethodName, toTypeName } from './names.ts';
import { type WrittenOperation, writeOperation } from './operation-source.ts';
import { CLIENT_MEMBERS, RUNTIME } from './runtime.ts';
import { SchemaTypes } from './schema-types.ts';

/**
 * A client for TypeScript: one file without dependencies, which needs nothing but `fetch`. A method for each
 * operation, typed from the schemas, documented by the summaries.
 */
export function toTypeScriptClient(definition: ConnectorDefinition): string {
  const connector = compileConnector(definition);
  const className = nameClient(connector.title);
  const types = new SchemaTypes(definition.openapi, [className]);
  const methods = new Set(['constructor']);
  const operations = connector.operations.map((operation) => {
    const name = takeName(methods, toMethodName(operation.operationId));
    return writeOperation(operation, types, name, connector.authentication);
  });
  return [
    writeHead(connector),
    writeOptions(connector),
    RUNTIME,
    writeConstants(connector),
    types.declareAll(),
    ...operations.map((one) => one.types),
    writeClass(className, connector, operations),
  ].join('\n');
}

/** The class that a connector's client is. */
export function nameClient(title: string): string {
  return `${toTypeName(title)}Client`;
}

function takeName(taken: Set<string>, wanted: string): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
  taken.add(name);
  return name;
}

function writeHead(connector: CompiledConnector): string {
  const title = [connector.title, connector.version].filter((text) => text !== '').join(' ');
  return toDocComment(
    `${title}\n\nWritten by Patchbay from the definition of the API. It needs nothing but fetch.`,
    '',
  );
}

function writeOptions(connector: CompiledConnector): string {
  const fields = collectCredentials(connector).map(({ name, text }) => {
    return `${toDocComment(text, '  ')}  ${toKey(name)}?: Credential;\n`;
  });
  const needsUrl = connector.baseUrl === '';
  const url = needsUrl
    ? 'The address of the service.'
    : `The address of the service; ${connector.baseUrl} when missing.`;
  return `/** How to authenticate. The first way whose values are all given is taken. */
export interface Credentials {
${fields.join('')}}

export interface ClientOptions {
${toDocComment(url, '  ')}  baseUrl${needsUrl ? '' : '?'}: string;
  credentials?: Credentials;
  /** Sent with every call. */
  headers?: Record<string, string>;
  /** Instead of the platform's own. */
  fetch?: typeof fetch;
}
`;
}

function collectCredentials({ authentication }: CompiledConnector) {
  const found = new Map<string, { name: string; text: string }>();
  for (const method of authentication) {
    const titles = new Map(method.parameters.map((one) => [one.name, one.description || one.title]));
    for (const name of parameterNames(method)) found.set(name, { name, text: titles.get(name) ?? '' });
  }
  return [...found.values()];
}

function parameterNames({ credentials }: AuthenticationMethod): string[] {
  return credentials.flatMap((rule) => {
    return rule.type === 'basic' ? [rule.usernameParameter, rule.passwordParameter] : [rule.parameter];
  });
}

function writeConstants(connector: CompiledConnector): string {
  const rules = connector.authentication.map(({ credentials }) => {
    // An access token is a bearer token to whoever has one already.
    return credentials.map((rule) => {
      const { scheme } = rule;
      return rule.type === 'oauth2' ? { type: 'bearer', parameter: rule.parameter, scheme } : rule;
    });
  });
  const used = rules.filter((one) => one.length > 0);
  return `const BASE_URL = ${JSON.stringify(connector.baseUrl)};

const AUTHENTICATION: CredentialRule[][] = ${JSON.stringify(used)};
`;
}

function writeClass(
  name: string,
  connector: CompiledConnector,
  operations: readonly WrittenOperation[],
): string {
  const methods = operations.map((operation) => operation.method).join('\n');
  const text = connector.description || connector.title;
  const members =
    connector.baseUrl === ''
      ? CLIENT_MEMBERS
      : CLIENT_MEMBERS.replace('options: ClientOptions)', 'options: ClientOptions = {})');
  return `${toDocComment(text, '')}export class ${name} {\n${members}\n${methods}}\n`;
}
