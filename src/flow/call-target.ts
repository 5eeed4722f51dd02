import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import type { CallTarget } from './types.ts';

/** `…('$connections')['NAME']…` or `…['$connections']['NAME']…`, as Logic Apps and old exports name a connection. */
const CONNECTIONS_PATH = /\$connections'\s*[\])]\s*\??\[\s*'([^']+)'\s*\]/;

/**
 * Which operation over which connection an action or trigger calls, as its `inputs.host` says. The forms of
 * Power Automate (`connectionName`, `connectionReferenceName`, `operationId`), of Logic Apps
 * (`connection.name` as an expression over `$connections`) and of Standard workflows (`connection.referenceName`;
 * `serviceProviderConfiguration` for built-in operations).
 */
export function compileCallTarget(type: string, inputs: JsonObject): CallTarget {
  if (/^http(?:webhook)?$/i.test(type)) return { kind: 'http' };
  if (isJsonObject(inputs.serviceProviderConfiguration)) {
    const { connectionName, operationId, serviceProviderId } = inputs.serviceProviderConfiguration;
    const reference = text(connectionName) ?? text(serviceProviderId)?.split('/').at(-1);
    return { kind: 'operation', reference, operationId: text(operationId) };
  }
  const host = isJsonObject(inputs.host) ? inputs.host : {};
  return {
    kind: 'operation',
    reference: readReference(host),
    operationId: typeof host.operationId === 'string' ? host.operationId : undefined,
  };
}

function readReference(host: JsonObject): string | undefined {
  const connection = isJsonObject(host.connection) ? host.connection : {};
  return (
    text(host.connectionReferenceName) ??
    text(host.connectionName) ??
    text(connection.referenceName) ??
    text(connection.connectionReferenceName) ??
    readConnectionsPath(connection.name)
  );
}

function readConnectionsPath(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = CONNECTIONS_PATH.exec(value);
  if (match) return match[1];
  return value.startsWith('@') ? readParameterName(value) : text(value);
}

/** The parameter that a connection is chosen by: `@parameters('NAME')`, or `…('$connections')[parameters('NAME')]…`. */
function readParameterName(expression: string): string | undefined {
  const names = [...expression.matchAll(/parameters\(\s*'([^'$][^']*)'\s*\)/gi)];
  return names.at(-1)?.[1];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
