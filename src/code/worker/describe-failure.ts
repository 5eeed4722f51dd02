import type { ThreadFailure } from '../protocol.ts';

/** An error as the sandbox tells it; nothing in it is trusted. */
export interface ThrownError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly failure?: number;
}

export function readThrown(json: string): ThrownError {
  const value: unknown = JSON.parse(json);
  const members = typeof value === 'object' && value !== null ? { ...value } : {};
  const { name, message, stack, failure } = members as Record<string, unknown>;
  return {
    name: String(name ?? 'Error').slice(0, 100),
    message: String(message ?? '').slice(0, 2_000),
    stack: String(stack ?? '').slice(0, 20_000),
    ...(typeof failure === 'number' ? { failure } : {}),
  };
}

/**
 * What an error that nobody caught means, its place in the script first. `shift` is how many columns of the first
 * line are not the script's own.
 */
export function describeThrown(thrown: ThrownError, fileName: string, shift = 0): ThreadFailure {
  const { name, message, failure } = thrown;
  const stack = listFrames(thrown.stack, fileName, shift);
  const [place] = stack;
  const rest = { stack, ...(failure === undefined ? {} : { failure }) };
  if (name === 'InternalError' && message === 'out of memory') {
    return {
      code: 'CODE_OUT_OF_MEMORY',
      message: `${fileName} needs more memory than it may have.`,
      ...rest,
    };
  }
  const text = /[.!?]$/.test(message) ? message : `${message}.`;
  if (name === 'LimitExceeded') return { code: 'CODE_LIMIT_EXCEEDED', message: text, ...rest };
  const isUnreadable = name === 'SyntaxError' || message.includes(' cannot be imported: ');
  if (isUnreadable && !stack.some((frame) => frame.includes('('))) {
    return {
      code: 'CODE_INVALID',
      message: place === undefined ? text : `${describePlace(place)}: ${text}`,
      ...rest,
    };
  }
  const where = place === undefined ? fileName : describePlace(place);
  return { code: 'CODE_FAILED', message: `${where} threw ${name}: ${text}`, ...rest };
}

/** `at shape (script.ts:3:4)` of the script itself, none of ours or of the interpreter. */
function listFrames(stack: string, fileName: string, shift: number): string[] {
  const frames = stack.split('\n').map((line) => line.trim().replace(/^at /, ''));
  return frames
    .filter((frame) => frame.includes(`${fileName}:`))
    .slice(0, 20)
    .map((frame) => frame.replace(/:1:(\d+)/, (_, column) => `:1:${Math.max(1, Number(column) - shift)}`))
    .map((frame) => frame.replace(/^<anonymous> \((.*)\)$/, '($1)').replace(/^<eval> \((.*)\)$/, '($1)'));
}

function describePlace(frame: string): string {
  const match = /([^\s(]+):(\d+):(\d+)\)?$/.exec(frame);
  if (match === null) return frame;
  return `${match[1]} line ${match[2]}, column ${match[3]}`;
}
