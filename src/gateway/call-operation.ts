import type { CodeRunner } from '../code/index.ts';
import {
  type AuthenticationMethod,
  applyDefaults,
  type CompiledConnector,
  checkInputs,
  chooseCredentials,
  listCredentialFacts,
  type OperationInputs,
  placeCallbackUrl,
  readInputs,
} from '../connector/index.ts';
import type { HttpClient } from '../http/index.ts';
import type { BuiltinConnector } from './builtin-types.ts';
import { callBuiltin } from './call-builtin.ts';
import { CallFailure } from './call-errors.ts';
import { callHttp } from './call-http.ts';
import { describeFailedCall } from './conclude.ts';
import { assertConfirmed } from './confirmed-addresses.ts';
import type { ConnectionCache, OpenConnection } from './connection-cache.ts';
import type { ScriptCaches } from './custom-code.ts';
import { callWithToken } from './oauth/call-with-token.ts';
import { isOAuthRule, type TokenAccess } from './oauth/token-access.ts';
import { RateLimitFailure, type RateLimits } from './rate-limit.ts';
import { NO_REDACTION } from './redact.ts';
import { type SelectedOperation, selectOperation } from './select-operation.ts';
import { Tracer } from './trace.ts';
import type { CallOutcome, OperationCall } from './types.ts';
import type { Usage } from './usage.ts';
import type { VersionCache } from './version-cache.ts';

/** What a call needs of the house: the caches of the gateway, or what stands for them (see `createDirectCaller`). */
export interface CallServices {
  readonly connections: Pick<ConnectionCache, keyof ConnectionCache>;
  readonly versions: Pick<VersionCache, keyof VersionCache>;
  readonly usage: Pick<Usage, keyof Usage>;
  readonly http: HttpClient;
  readonly tokens: Pick<TokenAccess, keyof TokenAccess>;
  readonly builtins: ReadonlyMap<string, BuiltinConnector>;
  /** Left out: every call goes at once. */
  readonly limits?: RateLimits;
  /** Runs the custom code of connectors. */
  readonly code: CodeRunner;
  readonly scriptCaches: ScriptCaches;
}

/** Runs one call through the pipeline. What is at hand is not awaited: the hot path makes no detour. */
export async function callOperation(services: CallServices, call: OperationCall): Promise<CallOutcome> {
  let connection: OpenConnection | undefined;
  let tracer: Tracer | undefined;
  try {
    connection =
      services.connections.peek(call.connectionId) ?? (await services.connections.get(call.connectionId));
    const version = call.connectorVersion ?? connection.latestVersion;
    const { id } = connection.connector;
    const connector =
      call.connector ?? services.versions.peek(id, version) ?? (await services.versions.get(id, version));
    assertConfirmed(connection, connector);
    services.usage.note(connection.id);
    const method = connector.authenticationMethod(connection.parameterSet);
    const selected = selectOperation(connector, call.operation, call.inputs);
    const { operation } = selected;
    const send = (opened: OpenConnection) => {
      connection = opened;
      // What is shown is the request that counts: after a refused token the next one.
      if (call.trace === true)
        tracer = new Tracer(opened.redactor, listCredentialFacts(method, operation, opened.values));
      return run(services, call, { connection: opened, connector, method, selected, tracer });
    };
    const rule = chooseCredentials(method, operation).find(isOAuthRule);
    const outcome =
      rule === undefined
        ? await send(connection)
        : await callWithToken(services.tokens, { base: connection, method, rule, call }, send);
    return finish(outcome, tracer);
  } catch (error) {
    const described = describeFailedCall(error, connection?.redactor ?? NO_REDACTION);
    const wait = error instanceof RateLimitFailure ? { retryAfterMs: error.retryAfterMs } : {};
    return finish({ ok: false, error: described, ...wait }, tracer);
  }
}

/** What a call goes through the pipeline with. */
interface Run {
  readonly connection: OpenConnection;
  readonly connector: CompiledConnector;
  readonly method: AuthenticationMethod;
  readonly selected: SelectedOperation;
  readonly tracer: Tracer | undefined;
}

async function run(
  { http, builtins, connections, limits, code, scriptCaches }: CallServices,
  call: OperationCall,
  { connection, connector, method, tracer, ...chosen }: Run,
): Promise<CallOutcome> {
  const selected = withCallbackUrl(chosen.selected, call.callbackUrl);
  if (connection.connector.kind === 'builtin') {
    const inputs = prepareInputs(connector, selected, tracer);
    const { operationId } = selected.operation;
    const builtin = builtins.get(connection.connector.name);
    return callBuiltin(builtin, call, { connection, operationId, inputs });
  }
  const { values } = connection;
  return callHttp(http, call, {
    ...selected,
    connector,
    values,
    method,
    connection,
    tracer,
    scripts: {
      runner: code,
      caches: scriptCaches,
      // With a fresh access token the connection is another object; the one below it stays.
      cacheKey: connections.peek(connection.id) ?? connection,
    },
    limits,
    onUnauthenticated: (error) => connections.noteUnauthenticated(connection.id, error),
  });
}

/** @throws CallFailure InvalidInputs when the operation has no place for the URL */
function withCallbackUrl(selected: SelectedOperation, url: string | undefined): SelectedOperation {
  if (url === undefined) return selected;
  const inputs = placeCallbackUrl(selected.operation, selected.inputs, url);
  if (inputs !== undefined) return { ...selected, inputs };
  const message = `The operation ${selected.operation.operationId} does not say where the callback's URL goes.`;
  throw new CallFailure('InvalidInputs', message, {
    fix: 'Mark the property with x-ms-notification-url in the connector, or give it @listCallbackUrl() in the flow.',
  });
}

/** @throws CallFailure InvalidInputs */
function prepareInputs(
  connector: CompiledConnector,
  { operation, inputs: given }: SelectedOperation,
  tracer: Tracer | undefined,
): OperationInputs {
  const read = readInputs(connector, operation, given);
  const problems = checkInputs(connector, operation, read);
  if (problems.length > 0) {
    const sentences = problems.slice(0, 5).map((problem) => problem.message);
    throw new CallFailure('InvalidInputs', sentences.join(' '));
  }
  const inputs = applyDefaults(connector, operation, read);
  tracer?.add('inputs', {
    parameters: inputs.parameters,
    ...(inputs.body === undefined ? {} : { body: inputs.body }),
  });
  return inputs;
}

function finish(outcome: CallOutcome, tracer: Tracer | undefined): CallOutcome {
  if (tracer === undefined) return outcome;
  const { steps, exchanges, credentials } = tracer;
  return { ...outcome, trace: steps, exchanges, credentials };
}
