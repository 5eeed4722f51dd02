import { describeError, type JsonObject } from '../base/index.ts';
import type { OperationInputs } from '../connector/index.ts';
import type { BuiltinAnswer, BuiltinConnector } from './builtin-types.ts';
import { CallFailure, createCallError } from './call-errors.ts';
import { concludeAnswer, isSuccess } from './conclude.ts';
import type { OpenConnection } from './connection-cache.ts';
import { readStatusCode } from './describe-status.ts';
import type { CallOutcome, OperationCall } from './types.ts';

/** Hands a call to a built-in connector in place of sending it. */
export async function callBuiltin(
  builtin: BuiltinConnector | undefined,
  call: OperationCall,
  target: {
    readonly connection: OpenConnection;
    readonly operationId: string;
    readonly inputs: OperationInputs;
  },
): Promise<CallOutcome> {
  const { connection, operationId, inputs } = target;
  if (builtin === undefined) {
    const message = `The built-in connector ${connection.connector.title} is not part of this Patchbay.`;
    throw new CallFailure('ConnectorInvalid', message);
  }
  const answer = await builtin
    .call({
      operationId,
      parameters: inputs.parameters,
      body: inputs.body,
      environmentId: connection.environmentId,
      idempotencyKey: call.idempotencyKey,
      location: call.location,
      signal: call.signal,
    })
    .catch((cause: unknown) => {
      const message = `${connection.connector.title} failed at ${operationId}: ${describeError(cause)}`;
      throw new CallFailure('BuiltinFailure', message, { cause });
    });
  return concludeBuiltin(answer, connection.connector.title, operationId);
}

function concludeBuiltin(answer: BuiltinAnswer, service: string, request: string): CallOutcome {
  const { status, body, problem } = answer;
  const headers: JsonObject = { 'content-type': 'application/json', ...answer.headers };
  const outcome = concludeAnswer({ statusCode: status, headers, body }, () => ({
    service,
    request,
    nowMs: Date.now(),
  }));
  if (problem === undefined || isSuccess(status)) return outcome;
  const { message, fix, code = readStatusCode(status), retryable } = problem;
  const details = {
    ...(fix === undefined ? {} : { fix }),
    ...(retryable === undefined ? {} : { retryable }),
  };
  return { ...outcome, error: createCallError(code, message, details) };
}
