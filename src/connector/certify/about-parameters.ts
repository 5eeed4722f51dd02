import type { CertifiedOperation, CertifiedParameter, CertifyContext, Found } from './types.ts';

/** What a check of a parameter finds: the sentence alone, where there is no more to say. */
export type ParameterFound = (Omit<Found, 'pointer'> & { readonly pointer?: string }) | string | undefined;

/** A rule about every parameter; one that several operations share is told once. */
export function aboutParameters(
  check: (parameter: CertifiedParameter, operation: CertifiedOperation) => ParameterFound,
) {
  return function* ({ operations }: CertifyContext): Iterable<Found> {
    const seen = new Set<string>();
    for (const operation of operations) {
      for (const parameter of operation.parameters) {
        if (seen.has(parameter.pointer)) continue;
        const found = check(parameter, operation);
        if (found === undefined) continue;
        seen.add(parameter.pointer);
        yield { pointer: parameter.pointer, ...(typeof found === 'string' ? { message: found } : found) };
      }
    }
  };
}
