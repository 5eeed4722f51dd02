import { findUnsubscription, type Unsubscription } from '../connector/index.ts';
import { CallFailure, createCallError } from './call-errors.ts';
import { type CallServices, callOperation } from './call-operation.ts';
import { selectOperation } from './select-operation.ts';
import type { CallOutcome, UnsubscribeCall } from './types.ts';

/** Stands where the operation requires a callback URL: the request that is built is not sent with it. */
const NOWHERE = 'https://localhost/';

/**
 * Ends a subscription: DELETE of the `Location` its answer named, with the connection's credentials and on the
 * connection's host only; without one, the operation of the definition that undoes it. A service that no longer knows
 * of it counts as done.
 */
export async function unsubscribe(services: CallServices, call: UnsubscribeCall): Promise<CallOutcome> {
  const { answer, ...rest } = call;
  const location = readLocation(answer.headers);
  if (location !== undefined) {
    const callbackUrl = call.callbackUrl ?? NOWHERE;
    return forgive(
      await callOperation(services, {
        ...rest,
        location,
        locationMethod: 'DELETE',
        callbackUrl,
        asyncPattern: false,
      }),
    );
  }
  const found = await find(services, call).catch((error: unknown) => {
    if (error instanceof CallFailure) return error;
    throw error;
  });
  if (found instanceof CallFailure) return { ok: false, error: found.error };
  if (found === undefined) return { ok: false, error: nothingToCall() };
  const { operation, inputs } = found;
  const { callbackUrl: _callbackUrl, ...plain } = rest;
  return forgive(
    await callOperation(services, { ...plain, operation: { operationId: operation.operationId }, inputs }),
  );
}

function readLocation(headers: UnsubscribeCall['answer']['headers']): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'location' && typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

async function find(
  { connections, versions }: CallServices,
  { connectionId, connectorVersion, operation, inputs, answer }: UnsubscribeCall,
): Promise<Unsubscription | undefined> {
  const connection = await connections.get(connectionId);
  const connector = await versions.get(connection.connector.id, connectorVersion ?? connection.latestVersion);
  const selected = selectOperation(connector, operation, inputs);
  return findUnsubscription(connector, selected.operation, selected.inputs, answer.body);
}

function nothingToCall() {
  const message =
    'The service did not say where the subscription can be ended (no Location), and the connector has no matching DELETE operation.';
  return createCallError('OperationNotFound', message, { retryable: false });
}

/** What is gone already need not be ended. */
function forgive(outcome: CallOutcome): CallOutcome {
  const status = outcome.outputs?.statusCode;
  if (outcome.ok || (status !== 404 && status !== 410) || outcome.outputs === undefined) return outcome;
  return { ok: true, outputs: outcome.outputs };
}
