import type { OperationTest } from '../api/index.ts';
import { type JsonObject, maskCredentials, stringifyJson, type UserId } from '../base/index.ts';
import { type CompiledConnector, compareAnswer, compileConnector, diagnoseCall } from '../connector/index.ts';
import type { CallOutcome } from '../gateway/index.ts';
import type { Principal } from '../identity/index.ts';
import { type Connection, createConnectorTest, findConnector } from '../store/index.ts';
import { requireDraft } from './connector-drafts.ts';
import { ServerError } from './errors.ts';
import type { Services } from './services.ts';

/** What is to be tried. */
export interface TestRequest {
  readonly connection: Connection;
  readonly operationId: string;
  readonly inputs: JsonObject;
  readonly version?: number | undefined;
  readonly draftId?: string | undefined;
  readonly confirm?: boolean | undefined;
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
  const { connection, operationId, inputs, draftId, signal } = request;
  const { connector, version } = await loadConnector(request, caller, services);
  const operation = connector.operation(operationId);
  if (operation === undefined)
    throw new ServerError('NOT_FOUND', `${connector.title} has no operation '${operationId}'.`);
  if (request.confirm !== true && operation.extensions.requiresConfirmation)
    throw new ServerError(
      'CONFIRMATION_REQUIRED',
      `${operation.summary} is only called when a person agrees.`,
    );
  const startedAt = performance.now();
  const outcome = await services.gateway.callOperation({
    connectionId: connection.id,
    ...(draftId === undefined ? { connectorVersion: version } : { connector }),
    operation: { operationId },
    inputs,
    trace: true,
    timeoutMs: TIMEOUT_MS,
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
    connectorId: connection.connectorId,
    connectionId: connection.id,
    operationId,
    connectorVersion: draftId === undefined ? version : undefined,
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

async function loadConnector(
  { connection, version, draftId }: TestRequest,
  caller: Principal | undefined,
  services: Services,
): Promise<{ connector: CompiledConnector; version: number }> {
  const { connectorId } = connection;
  if (draftId !== undefined) {
    const draft = await requireDraft(draftId, caller, services);
    if (draft.connectorId !== connectorId)
      throw new ServerError('NOT_FOUND', `${draft.title} has no connection ${connection.id}.`);
    return { connector: compileConnector(draft.definition), version: draft.baseVersion ?? 1 };
  }
  const stored = await findConnector(services.db, connectorId);
  const wanted = version ?? stored?.latestVersion ?? 1;
  return { connector: await services.connectors.load(connectorId, wanted), version: wanted };
}

function viewAnswer({ outputs }: CallOutcome, bytes: number | undefined): OperationTest['answer'] {
  if (outputs === undefined) return undefined;
  const { statusCode, headers, body } = outputs;
  const size = bytes === undefined ? {} : { bytes };
  const text = (bytes ?? 0) > LONGEST_BODY ? stringifyJson(body, 2) : '';
  if (text.length <= LONGEST_BODY) return { statusCode, headers, body, ...size, truncated: false };
  return { statusCode, headers, body: text.slice(0, SHOWN_BODY), ...size, truncated: true };
}
