import type { DocumentProblem, ProblemDetails } from '../api/index.ts';
import { isJsonObject, type Json } from '../base/index.ts';

/** An answer that is not a success, in the words of the server: say `message`, then `fix`. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  /** One sentence: what is wrong. */
  readonly detail: string;
  readonly fix: string | undefined;
  readonly pointer: string | undefined;
  /** All findings, where a document was refused. */
  readonly problems: readonly DocumentProblem[];
  readonly upstream: ProblemDetails['upstream'];

  constructor(
    problem: Partial<ProblemDetails> & { status: number; code: string; detail: string },
    cause?: unknown,
  ) {
    super(problem.detail, cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.fix = problem.fix;
    this.pointer = problem.pointer;
    this.problems = problem.problems ?? [];
    this.upstream = problem.upstream;
  }
}

/** Reads the body of a failed answer: problem+json, better-auth's `{code, message}`, or neither. */
export function readProblem(status: number, body: Json | undefined): ApiError {
  if (!isJsonObject(body)) return new ApiError({ status, ...describeStatus(status) });
  const { code, detail, message } = body;
  return new ApiError({
    ...(body as Partial<ProblemDetails>),
    status,
    code: typeof code === 'string' ? code : `HTTP_${status}`,
    detail:
      typeof detail === 'string'
        ? detail
        : typeof message === 'string'
          ? message
          : describeStatus(status).detail,
  });
}

/** What stands for an answer that never came. */
export function describeLostConnection(cause: unknown): ApiError {
  return new ApiError(
    {
      status: 0,
      code: 'SERVER_UNREACHABLE',
      detail: 'The server cannot be reached.',
      fix: 'Check that Patchbay is running and that you are online, then try again.',
    },
    cause,
  );
}

function describeStatus(status: number): { code: string; detail: string } {
  return { code: `HTTP_${status}`, detail: `The server answered with status ${status} and did not say why.` };
}
