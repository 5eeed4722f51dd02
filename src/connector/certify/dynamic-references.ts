import { isJsonObject, type Json, joinPointer } from '../../base/index.ts';
import type { CertifiedOperation, CertifyContext } from './types.ts';

export interface DynamicReference {
  readonly operation: CertifiedOperation;
  readonly pointer: string;
  readonly operationId: string;
}

const MAX_DEPTH = 40;

/** Every operation that an `x-ms-dynamic-*` extension of an operation names. */
export function* listDynamicOperations({ operations }: CertifyContext): Generator<DynamicReference> {
  for (const operation of operations) {
    for (const { pointer, operationId } of search(operation.operation, operation.pointer, 0)) {
      yield { operation, pointer, operationId };
    }
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
    const found = key.startsWith('x-ms-dynamic-') && isJsonObject(member) ? member['operationId'] : undefined;
    if (typeof found === 'string') yield { pointer: joinPointer(place, 'operationId'), operationId: found };
    yield* search(member, place, depth + 1);
  }
}
