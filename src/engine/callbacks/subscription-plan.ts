import { isJsonObject, type Json, type JsonObject, parseJson, stringifyJson } from '../../base/index.ts';
import type { CallTarget } from '../../flow/index.ts';
import type { CallOutcome, Gateway, HttpCall, OperationSelector } from '../../gateway/index.ts';
import { buildHttpCall, buildOperationCall } from '../call-sender.ts';
import type { LoadedFlow } from '../flow-cache.ts';
import type { Sealer } from '../types.ts';

/**
 * How a service was asked to call: enough to end the subscription after the flow is gone. It holds what the flow
 * said, credentials of HTTP requests included, and is only ever stored sealed.
 */
export type SubscriptionPlan = OperationPlan | HttpPlan;

interface OperationPlan {
  readonly kind: 'operation';
  readonly connectionId: string;
  readonly connectorVersion: number | undefined;
  readonly operation: OperationSelector;
  readonly inputs: JsonObject;
}

interface HttpPlan {
  readonly kind: 'http';
  readonly subscribe: HttpCall;
  readonly unsubscribe: HttpCall | undefined;
}

/** What a service answered to a subscription. */
export interface SubscriptionAnswer {
  readonly headers: JsonObject;
  readonly body: Json;
}

interface CallOptions {
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly traceparent?: string;
}

/** The plan of what a flow says; text when it cannot be carried out. */
export function planSubscription(
  loaded: LoadedFlow,
  target: CallTarget | undefined,
  inputs: JsonObject,
): SubscriptionPlan | string {
  if (target === undefined || target.kind === 'http') return planHttp(inputs);
  const bound = loaded.references.get(target.reference ?? '');
  if (!bound) {
    return `The flow has no connection for the reference '${target.reference ?? ''}': choose one and save the flow.`;
  }
  // Logic Apps leaves the method of a subscription out.
  const given = target.operationId === undefined ? { method: 'POST', ...inputs } : inputs;
  const { connectionId, connectorVersion } = bound;
  return {
    kind: 'operation',
    connectionId,
    connectorVersion,
    ...buildOperationCall(target.operationId, given),
  };
}

function planHttp(inputs: JsonObject): SubscriptionPlan | string {
  const { subscribe, unsubscribe, authentication } = inputs;
  if (!isJsonObject(subscribe) || typeof subscribe.uri !== 'string') {
    return 'The inputs need "subscribe" with a "uri".';
  }
  const common: JsonObject = authentication === undefined ? {} : { authentication };
  const undo = isJsonObject(unsubscribe) && typeof unsubscribe.uri === 'string' && unsubscribe.uri !== '';
  return {
    kind: 'http',
    subscribe: buildHttpCall({ method: 'POST', ...common, ...subscribe }),
    unsubscribe: undo
      ? buildHttpCall({ method: 'POST', ...common, ...(unsubscribe as JsonObject) })
      : undefined,
  };
}

/** Asks the service. A 202 is an answer like any other: nobody follows it. */
export function sendSubscription(
  gateway: Gateway,
  plan: SubscriptionPlan,
  callbackUrl: string,
  options: CallOptions,
): Promise<CallOutcome> {
  if (plan.kind === 'http') return gateway.sendHttp({ ...plan.subscribe, asyncPattern: false, ...options });
  const { connectionId, connectorVersion, operation, inputs } = plan;
  return gateway.callOperation({
    connectionId,
    ...(connectorVersion === undefined ? {} : { connectorVersion }),
    operation,
    inputs,
    callbackUrl,
    asyncPattern: false,
    ...options,
  });
}

/** Ends a subscription. `undefined`: there is nothing that could be called, or need be. */
export function endSubscription(
  gateway: Gateway,
  plan: SubscriptionPlan,
  answer: SubscriptionAnswer | undefined,
): Promise<CallOutcome> | undefined {
  if (plan.kind === 'http') {
    return plan.unsubscribe && gateway.sendHttp({ ...plan.unsubscribe, asyncPattern: false });
  }
  if (answer === undefined) return undefined;
  const { connectionId, connectorVersion, operation, inputs } = plan;
  return gateway.unsubscribe({
    connectionId,
    ...(connectorVersion === undefined ? {} : { connectorVersion }),
    operation,
    inputs,
    answer,
  });
}

export function sealJson(sealer: Sealer, value: SubscriptionPlan | SubscriptionAnswer | Json): string {
  return sealer.seal(stringifyJson(value as Json));
}

export function openPlan(sealer: Sealer, sealed: string): SubscriptionPlan {
  return openJson(sealer, sealed) as unknown as SubscriptionPlan;
}

export function openAnswer(sealer: Sealer, sealed: string | undefined): SubscriptionAnswer | undefined {
  return sealed === undefined ? undefined : (openJson(sealer, sealed) as unknown as SubscriptionAnswer);
}

export function openJson(sealer: Sealer, sealed: string): Json {
  return parseJson(sealer.open(sealed));
}
