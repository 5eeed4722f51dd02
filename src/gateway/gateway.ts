import type { Kysely } from 'kysely';
import { isJsonObject } from '../base/index.ts';
import { type CodeRunner, createCodeRunner } from '../code/index.ts';
import { type CompiledConnector, type CompiledOperation, markCustomCode } from '../connector/index.ts';
import type { HttpClient } from '../http/index.ts';
import type { Database } from '../store/index.ts';
import type { Vault } from '../vault/index.ts';
import type { BuiltinConnector } from './builtin-types.ts';
import { type CallServices, callOperation } from './call-operation.ts';
import { ConnectionCache } from './connection-cache.ts';
import { ScriptCaches } from './custom-code.ts';
import { DynamicCache } from './dynamic/dynamic-cache.ts';
import { loadDynamic, planSimulation } from './dynamic/load-dynamic.ts';
import { Discovery } from './oauth/discovery.ts';
import { createSignIns } from './oauth/sign-in.ts';
import { TokenAccess } from './oauth/token-access.ts';
import { callPages, streamItems } from './pages-merged.ts';
import { RateLimits } from './rate-limit.ts';
import { selectOperation } from './select-operation.ts';
import { sendHttp } from './send-http.ts';
import { testConnection } from './test-connection.ts';
import { streamOperation } from './transfer/stream-operation.ts';
import type { Gateway, OperationFacts, OperationSelector } from './types.ts';
import { unsubscribe } from './unsubscribe.ts';
import { Usage } from './usage.ts';
import { VersionCache } from './version-cache.ts';

export interface GatewayOptions {
  readonly db: Kysely<Database>;
  readonly vault: Vault;
  readonly http: HttpClient;
  /** The connectors that ship; their calls are handed over instead of sent. */
  readonly builtins: readonly BuiltinConnector[];
  /** Runs the custom code of connectors; its maker closes it. Left out, the gateway makes its own. */
  readonly code?: CodeRunner;
}

export function createGateway({ db, vault, http, builtins, code }: GatewayOptions): Gateway {
  const runner = code ?? createCodeRunner();
  const oauth = { db, vault, http, discovery: new Discovery(http) };
  const services: CallServices = {
    tokens: new TokenAccess(oauth),
    connections: new ConnectionCache(db, vault),
    versions: new VersionCache(db),
    usage: new Usage(db),
    http,
    limits: new RateLimits(),
    builtins: new Map(builtins.map((builtin) => [builtin.name, builtin])),
    code: runner,
    scriptCaches: new ScriptCaches(),
  };
  const dynamic = new DynamicCache();
  return {
    signIns: createSignIns({ services: oauth, ...services }),
    callOperation: (call) =>
      call.pages === undefined ? callOperation(services, call) : callPages(services, call),
    streamItems: (call) => streamItems(services, call),
    unsubscribe: (call) => unsubscribe(services, call),
    streamOperation: (call) => streamOperation(services, call),
    sendHttp: (call) => sendHttp(http, call),
    testConnection: (connectionId, draft) => testConnection(services, connectionId, draft),
    loadDynamic: (request) => loadDynamic(services, dynamic, request),
    simulate: async ({ inputs, operation, ...call }) => {
      const plan = await planSimulation(services, { ...call, inputs, operation });
      const { operationId, ...rest } = plan;
      return callOperation(services, { ...call, ...rest, operation: { operationId } });
    },
    describeOperation: (connectionId, version, operation) =>
      describeOperation(services, connectionId, version, operation),
    invalidateConnection: (id) => {
      services.connections.forget(id);
      services.tokens.forget(id);
      dynamic.forget(id);
    },
    invalidateConnector: (id) => services.connections.forgetConnector(id),
    close: async () => {
      await services.tokens.settle();
      if (code === undefined) await runner.close();
      await services.usage.flush();
    },
  };
}

async function describeOperation(
  { connections, versions }: CallServices,
  connectionId: string,
  version: number | undefined,
  selector: OperationSelector,
): Promise<OperationFacts> {
  const connection = await connections.get(connectionId);
  const connectorVersion = version ?? connection.latestVersion;
  const connectorId = connection.connector.id;
  const connector = await versions.get(connectorId, connectorVersion);
  const { operation } = selectOperation(connector, selector, {});
  const { operationId, method, summary, kind, idempotent, idempotencyHeader, extensions } = operation;
  return {
    operationId,
    method,
    summary,
    kind,
    idempotent: idempotent && !mayDoMore(connector, operation),
    ...(idempotencyHeader === undefined ? {} : { idempotencyHeader }),
    requiresConfirmation: extensions.requiresConfirmation,
    connectorId,
    connectorVersion,
  };
}

/** Custom code may send what it likes, whatever the method: only a definition that says so makes it safe to repeat. */
function mayDoMore(
  { definition }: CompiledConnector,
  { operationId, path, method }: CompiledOperation,
): boolean {
  if (markCustomCode(definition, operationId) !== 'runs') return false;
  const { paths } = definition.openapi;
  const item = isJsonObject(paths) ? paths[path] : undefined;
  const operation = isJsonObject(item) ? item[method.toLowerCase()] : undefined;
  return !isJsonObject(operation) || operation['x-patchbay-idempotent'] !== true;
}
