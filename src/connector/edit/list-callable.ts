import type { JsonObject } from '../../base/index.ts';
import { isTrigger, readTriggerKind } from '../compile/compile-trigger.ts';
import { firstText } from '../compile/text.ts';
import { listOperations, type OperationPlace } from '../operations.ts';

/** What is known of an operation before it is compiled. */
export interface CallableOperation {
  readonly operationId: string;
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly triggerType: 'polling' | 'webhook' | undefined;
}

const known = new WeakMap<JsonObject, CallableOperation>();

/**
 * The operations of a draft that have a name to be called by, as lists show them: to compile a thousand of them would hold
 * up whoever is looking. What has not changed is read once.
 */
export function listCallable(openapi: JsonObject): CallableOperation[] {
  return [...listOperations(openapi)].flatMap((place) => {
    const found = known.get(place.operation);
    if (found?.path === place.path) return [found];
    const read = readCallable(place);
    if (read === undefined) return [];
    known.set(place.operation, read);
    return [read];
  });
}

function readCallable({ operation, pathItem, method, path }: OperationPlace): CallableOperation | undefined {
  const operationId = firstText(operation['operationId']);
  if (operationId === '') return undefined;
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    summary: firstText(operation['summary'], operationId),
    triggerType: isTrigger(operation) ? readTriggerKind({ operation, pathItem }) : undefined,
  };
}
