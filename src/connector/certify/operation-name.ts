import type { CertifiedOperation } from './types.ts';

/** What messages call an operation. */
export function nameOf({ operationId, method, path }: CertifiedOperation): string {
  return operationId === '' ? `${method.toUpperCase()} ${path}` : operationId;
}
