import { createErrorClass } from '../base/index.ts';

/** What ends a run of custom code. */
export const CODE_ERRORS = {
  CODE_INVALID: {
    status: 400,
    title: 'The custom code cannot be read',
    fix: 'Correct the script at the line and column that are named.',
  },
  CODE_FAILED: {
    status: 500,
    title: 'The custom code threw an error',
    fix: 'Correct the script at the line that is named, or catch the error there.',
  },
  CODE_TIMED_OUT: {
    status: 504,
    title: 'The custom code took too long',
    fix: 'Let the script do less at a time; an administrator can raise the limit with PATCHBAY_CODE_TIMEOUT_SECONDS.',
  },
  CODE_CPU_EXCEEDED: {
    status: 504,
    title: 'The custom code computed too long',
    fix: 'Look for a loop without an end or an expensive regular expression; an administrator can raise the limit with PATCHBAY_CODE_CPU_SECONDS.',
  },
  CODE_OUT_OF_MEMORY: {
    status: 500,
    title: 'The custom code needs more memory than it may have',
    fix: 'Let the script handle less at a time; an administrator can raise the limit with PATCHBAY_CODE_MEMORY_MB.',
  },
  CODE_LIMIT_EXCEEDED: {
    status: 500,
    title: 'The custom code goes beyond a limit',
    fix: 'Let the script send less; an administrator can raise the limit that is named.',
  },
  CODE_CANCELLED: { status: 499, title: 'The run of the custom code was cancelled' },
  CODE_CRASHED: {
    status: 500,
    title: 'The sandbox of the custom code ended',
    fix: 'Try again; if it goes on, look for what the script does to exhaust its sandbox.',
  },
} as const;

export type CodeErrorCode = keyof typeof CODE_ERRORS;

const CodeErrorBase = createErrorClass('CodeError', CODE_ERRORS);

/** How a run of custom code failed; `stack` of the script, its own file, lines and columns only. */
export class CodeError extends CodeErrorBase {
  override readonly code: CodeErrorCode;
  readonly scriptStack: readonly string[];

  constructor(code: CodeErrorCode, message: string, scriptStack: readonly string[] = []) {
    super(code, message);
    this.code = code;
    this.scriptStack = scriptStack;
  }
}
