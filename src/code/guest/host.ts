/**
 * The one way out of the sandbox. `call` answers at once; `start` begins something that takes time and answers with
 * a promise. Arguments and answers are JSON text, so that no character is lost on the way; bytes go beside it.
 */
type Host = (name: string, json: string, bytes?: ArrayBuffer) => unknown;

interface Settled {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Where it was started: when it fails, that is the place to look at. */
  readonly stack: string | undefined;
}

const scope = globalThis as unknown as { __host?: Host };
const host = scope.__host as Host;
delete scope.__host;

const waiting = new Map<number, Settled>();
const failures = new WeakMap<object, number>();

export function call(name: string, args: unknown, bytes?: ArrayBuffer): unknown {
  const answer = host(name, JSON.stringify(args) ?? 'null', bytes);
  return typeof answer === 'string' ? JSON.parse(answer) : answer;
}

export function start(name: string, args: unknown, bytes?: ArrayBuffer): Promise<unknown> {
  const operation = call(name, args, bytes) as number;
  const { stack } = new Error();
  return new Promise((resolve, reject) => {
    waiting.set(operation, { resolve, reject, stack });
  });
}

/** Called from outside when something that was started has ended. */
export function settle(operation: number, ok: boolean, json: string): void {
  const settled = waiting.get(operation);
  waiting.delete(operation);
  if (settled === undefined) return;
  const value = JSON.parse(json);
  if (ok) settled.resolve(value);
  else settled.reject(toError(value, settled.stack));
}

/** What ends outside with an error keeps its number: if nobody catches it, the run fails with that very error. */
function toError(
  { message, code, failure }: { message: string; code: string; failure: number },
  stack: string | undefined,
): Error {
  const error = new Error(message);
  error.name = 'SendError';
  Object.assign(error, { code, stack });
  failures.set(error, failure);
  return error;
}

export function findFailure(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null ? failures.get(error) : undefined;
}

/** The bytes of a view alone, whatever else its buffer holds. */
export function toBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
