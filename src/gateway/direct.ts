import { type JsonObject, Secret } from '../base/index.ts';
import { type CodeRunner, createCodeRunner } from '../code/index.ts';
import type { CompiledConnector, ConnectionValues } from '../connector/index.ts';
import type { HttpClient } from '../http/index.ts';
import { type CallServices, callOperation } from './call-operation.ts';
import { listSecrets, type OpenConnection } from './connection-cache.ts';
import { ScriptCaches } from './custom-code.ts';
import { listPages, type Page } from './pages.ts';
import { createRedactor } from './redact.ts';
import type { CallOutcome, OperationCall } from './types.ts';

export interface DirectOptions {
  readonly connector: CompiledConnector;
  readonly parameterSet: string | undefined;
  readonly values: ConnectionValues;
  readonly http: HttpClient;
  /** For connectors with custom code. */
  readonly code?: CodeRunner;
}

type DirectCall = Omit<OperationCall, 'connectionId' | 'connectorVersion'>;

/** Calls operations of one connector with one connection, both at hand: the gateway's pipeline without a database. */
export interface DirectCaller {
  callOperation(call: DirectCall): Promise<CallOutcome>;
  /** One page at a time; the next is asked for when somebody takes it. */
  listPages(call: DirectCall): AsyncIterable<Page>;
}

const ID = 'direct';
const VERSION = 1;

export function createDirectCaller(options: DirectOptions): DirectCaller {
  const services = createServices(options);
  const complete = (call: DirectCall): OperationCall => ({
    ...call,
    connectionId: ID,
    connectorVersion: VERSION,
  });
  return {
    callOperation: (call) => callOperation(services, complete(call)),
    listPages: (call) => listPages(services, complete(call), { deadlineAt: undefined, signal: call.signal }),
  };
}

function createServices({ connector, parameterSet, values, http, code }: DirectOptions): CallServices {
  const connection = openConnection(connector, parameterSet, values);
  return {
    connections: {
      peek: () => connection,
      get: async () => connection,
      forget: () => {},
      forgetConnector: () => {},
      noteUnauthenticated: async () => {},
    },
    versions: { peek: () => connector, get: async () => connector },
    usage: { note: () => {}, flush: async () => {} },
    tokens: {
      // An access token is one of the values; nobody here could get another.
      peek: () => connection,
      open: async () => connection,
      renewRefused: async (_base, _method, _rule, { outcome }) => ({ outcome }),
      noteRefusedAgain: () => {},
      forget: () => {},
      settle: async () => {},
    },
    http,
    builtins: new Map(),
    // Its threads start with the first script and do not keep the process.
    code: code ?? createCodeRunner(),
    scriptCaches: new ScriptCaches(),
  };
}

function openConnection(
  { title }: CompiledConnector,
  parameterSet: string | undefined,
  values: ConnectionValues,
): OpenConnection {
  const secrets: Record<string, Secret> = {};
  const parameters: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    if (value instanceof Secret) secrets[name] = value;
    else parameters[name] = value;
  }
  return {
    id: ID,
    name: 'given',
    environmentId: ID,
    parameterSet,
    values,
    connector: { id: ID, name: title, kind: 'custom', title },
    latestVersion: VERSION,
    redactor: createRedactor(listSecrets(parameters, secrets)),
    addresses: undefined, // whoever gives the values gives the connector too
  };
}
