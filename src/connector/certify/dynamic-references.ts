import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import type { CertifiedOperation, CertifyContext } from './types.ts';

export interface DynamicReference {
  readonly operation: CertifiedOperation;
  readonly pointer: string;
  readonly operationId: string;
  /** What it gives that operation, by name. */
  readonly parameters: JsonObject;
}

const MAX_DEPTH = 40;

/** Every operation that an `x-ms-dynamic-*` extension of an operation names. */
export function* listDynamicOperations({ operations }: CertifyContext): Generator<DynamicReference> {
  for (const operation of operations) {
    for (const found of search(operation.operation, operation.pointer, 0)) yield { operation, ...found };
  }
}

function* search(
  value: Json,
  pointer: string,
  depth: number,
): Generator<Omit<DynamicReference, 'operation'>> {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const place = joinPointer(pointer, key);
    const extension = key.startsWith('x-ms-dynamic-') && isJsonObject(member) ? member : {};
    const { operationId, parameters } = extension;
    if (typeof operationId === 'string') {
      const given = isJsonObject(parameters) ? parameters : {};
      yield { pointer: joinPointer(place, 'operationId'), operationId, parameters: given };
    }
    yield* search(member, place, depth + 1);
  }
}
