/** The one shape of every refusal, as `Problem` in openapi.yaml. */
export type ProblemCode =
  | 'unauthorized'
  | 'not_found'
  | 'field_missing'
  | 'field_invalid'
  | 'body_invalid'
  | 'rate_limited'
  | 'unavailable'
  | 'internal';

export interface FieldProblem {
  readonly code: ProblemCode;
  readonly message: string;
  /** Dotted path of the field that is wrong. */
  readonly field: string | null;
}

export class ShippingError extends Error {
  readonly status: number;
  readonly errors: readonly FieldProblem[];

  constructor(status: number, errors: readonly FieldProblem[]) {
    super(errors.map((error) => error.message).join(' '));
    this.status = status;
    this.errors = errors;
  }
}

export function createError(status: number, code: ProblemCode, message: string): ShippingError {
  return new ShippingError(status, [{ code, message, field: null }]);
}

export function createProblem(requestId: string, errors: readonly FieldProblem[]) {
  return { request_id: requestId, errors };
}
