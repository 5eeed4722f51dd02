import type { CompiledConnector, CompiledOperation } from '../connector/index.ts';
import { HttpError } from '../http/index.ts';
import { type CallServices, callOperation } from './call-operation.ts';
import { describeFailedCall } from './conclude.ts';
import { assertConfirmed } from './confirmed-addresses.ts';
import type { OpenConnection } from './connection-cache.ts';
import { describeHttpError } from './describe-http-error.ts';
import { findOAuthRule } from './oauth/token-access.ts';
import { NO_REDACTION } from './redact.ts';
import type { CallError, CallOutcome, ConnectionTest } from './types.ts';

const TIMEOUT_MS = 20_000;

/**
 * Tries a connection: with the operation its connector names for that, else with a GET that needs no inputs, else
 * by asking whether anybody answers at the base URL.
 */
export async function testConnection(
  services: CallServices,
  connectionId: string,
  draft?: CompiledConnector,
): Promise<ConnectionTest> {
  try {
    services.connections.forget(connectionId); // it may have been written a moment ago
    const connection = await services.connections.get(connectionId);
    const { id } = connection.connector;
    const connector = draft ?? (await services.versions.get(id, connection.latestVersion));
    const candidate = findTestOperation(connector);
    if (candidate === undefined) {
      await openToken(services, connection, connector);
      return await testReachability(services, connector);
    }
    const outcome = await callOperation(services, {
      connectionId,
      operation: { operationId: candidate.operationId },
      inputs: candidate.parameters,
      timeoutMs: TIMEOUT_MS,
      asyncPattern: false,
      ...(draft === undefined ? {} : { connector: draft }),
    });
    return { ...judge(outcome, candidate.declared), operationId: candidate.operationId };
  } catch (error) {
    return fail(describeFailedCall(error, NO_REDACTION));
  }
}

/** Without an operation to try, that there is a token is the most that can be known. */
async function openToken(
  { tokens }: CallServices,
  connection: OpenConnection,
  connector: CompiledConnector,
): Promise<void> {
  const method = connector.authenticationMethod(connection.parameterSet);
  const rule = findOAuthRule(method);
  assertConfirmed(connection, connector);
  if (rule !== undefined) await tokens.open(connection, method, rule);
}

interface TestOperation {
  readonly operationId: string;
  readonly parameters: NonNullable<CompiledConnector['testConnection']>['parameters'];
  /** The connector says itself that this operation tests a connection. */
  readonly declared: boolean;
}

function findTestOperation(connector: CompiledConnector): TestOperation | undefined {
  const declared = connector.testConnection;
  if (declared !== undefined && connector.operation(declared.operationId) !== undefined) {
    return { ...declared, declared: true };
  }
  const guess = connector.operations.find(isHarmless);
  return guess && { operationId: guess.operationId, parameters: {}, declared: false };
}

/** Some services change things on GET; their names give most of them away. */
const RISKY =
  /log.?out|sign.?out|delete|remove|revoke|reset|cancel|send|start|stop|trigger|unsubscribe|download|export/i;

function isHarmless(operation: CompiledOperation): boolean {
  if (operation.method !== 'GET' || operation.kind !== 'action' || operation.deprecated) return false;
  if (operation.extensions.noGenericTest || operation.extensions.requiresConfirmation) return false;
  if (RISKY.test(operation.operationId) || RISKY.test(operation.path)) return false;
  return (
    operation.body === undefined &&
    operation.parameters.every(({ required, default: value }) => !required || value !== undefined)
  );
}

function judge({ ok, outputs, error }: CallOutcome, declared: boolean): ConnectionTest {
  if (ok || error === undefined) return { status: 'connected' };
  const status = outputs?.statusCode;
  const answered = status !== undefined && status !== 401 && status !== 403 && status < 500;
  // A guessed operation may dislike being called without inputs; that it was not turned away is what counts.
  if (!declared && answered) return { status: 'connected', detail: describe(error, 'NotFullyTested') };
  return fail(error);
}

async function testReachability(
  { http }: CallServices,
  { baseUrl, title }: CompiledConnector,
): Promise<ConnectionTest> {
  try {
    await http.send({ method: 'GET', url: baseUrl, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    if (error instanceof HttpError) return fail(describeHttpError(error));
    throw error;
  }
  const message = `The service answers. Whether it takes the credentials could not be tested: ${title} has no operation that reads something without inputs.`;
  return {
    status: 'connected',
    detail: { code: 'NotTested', message, fix: 'Call an operation with this connection to be sure.' },
  };
}

function fail(error: CallError): ConnectionTest {
  const status = error.code === 'NeedsSignIn' ? 'needs-sign-in' : 'error';
  return { status, detail: describe(error, error.code) };
}

function describe({ message, fix }: CallError, code: string) {
  return { code, message, ...(fix === undefined ? {} : { fix }) };
}
