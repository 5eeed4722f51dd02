import type { OperationTest } from '../api/index.ts';
import { type JsonObject, maskCredentials, stringifyJson, type UserId } from '../base/index.ts';
import { compareAnswer, diagnoseCall } from '../connector/index.ts';
import type { CallOutcome } from '../gateway/index.ts';
import type { Principal } from '../identity/index.ts';
import { type Connection, createConnectorTest } from '../store/index.ts';
import { ServerError } from './errors.ts';
import { loadConnector, requireOperation } from './load-connector.ts';
import type { Services } from './services.ts';

/** What is to be tried. */
export interface TestRequest {
  readonly connection: Connection;
  readonly operationId: string;
  readonly inputs: JsonObject;
  readonly version?: number | undefined;
  readonly draftId?: string | undefined;
  readonly confirm?: boolean | undefined;
  /** When to give up. Default: 100 s. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal;
}

/** Longer than this no person waits. */
const TIMEOUT_MS = 100_000;
/** Of a longer body the beginning is shown. */
const LONGEST_BODY = 1024 * 1024;
const SHOWN_BODY = 64 * 1024;

/** Calls an operation, tells everything about the call, and notes it in the history. */
export async function testOperation(
  request: TestRequest,
  caller: Principal | undefined,
  services: Services,
): Promise<OperationTest> {
  const { connection, operationId, inputs, version: wanted, draftId, signal } = request;
  const { connectorId } = connection;
  const state = { connectorId, version: wanted, draftId };
  const { connector, version, isDraft } = await loadConnector(state, caller, services);
  const operation = requireOperation(connector, operationId);
  if (request.confirm !== true && operation.extensions.requiresConfirmation)
    throw new ServerError(
      'CONFIRMATION_REQUIRED',
      `${operation.summary} is only called when a person agrees.`,
    );
  const startedAt = performance.now();
  const outcome = await services.gateway.callOperation({
    connectionId: connection.id,
    ...(isDraft ? { connector } : { connectorVersion: version }),
    operation: { operationId },
    inputs,
    trace: true,
    timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
  const { outputs, error } = outcome;
  const differences = outputs === undefined ? [] : compareAnswer(connector, operation, outputs);
  const exchanges = [...(outcome.exchanges ?? [])];
  const causes = diagnoseCall({
    connector,
    operation,
    method: connector.authenticationMethod(connection.parameterSet),
    credentials: outcome.credentials ?? [],
    exchange: exchanges.at(-1),
    answer: outputs,
    error,
    inputs,
    differences,
    nowMs: Date.now(),
  });
  const id = await createConnectorTest(services.db, {
    connectorId,
    connectionId: connection.id,
    operationId,
    connectorVersion: isDraft ? undefined : version,
    inputs: maskCredentials(inputs),
    ok: outcome.ok,
    statusCode: outputs?.statusCode,
    durationMs,
    cause: outcome.ok ? undefined : (causes[0]?.title ?? error?.message),
    differences: differences.length,
    createdBy: caller?.userId as UserId | undefined,
  });
  return {
    id,
    ok: outcome.ok,
    durationMs,
    error: error && { code: error.code, message: error.message, fix: error.fix },
    answer: viewAnswer(outcome, exchanges.at(-1)?.bytes),
    steps: [...(outcome.trace ?? [])],
    exchanges,
    differences,
    causes,
  };
}

function viewAnswer({ outputs }: CallOutcome, bytes: number | undefined): OperationTest['answer'] {
  if (outputs === undefined) return undefined;
  const { statusCode, headers, body } = outputs;
  const size = bytes === undefined ? {} : { bytes };
  const text = (bytes ?? 0) > LONGEST_BODY ? stringifyJson(body, 2) : '';
  if (text.length <= LONGEST_BODY) return { statusCode, headers, body, ...size, truncated: false };
  return { statusCode, headers, body: text.slice(0, SHOWN_BODY), ...size, truncated: true };
}
