/**
 * Runs code that people wrote, where it can do no harm: QuickJS in WebAssembly, in threads of their own, with limits
 * on time, computing, memory and requests, and no way out but the functions it is given.
 */
export { type FirstStep, runScriptForRequest } from './capture-request.ts';
export { CODE_ERRORS, CodeError, type CodeErrorCode } from './errors.ts';
export { type CodeLimits, DEFAULT_LIMITS, HIGHEST_LIMITS } from './limits.ts';
export { createCodeRunner } from './runner.ts';
export { createScriptCache } from './script-cache.ts';
export type {
  CodeRunner,
  InlineRun,
  ScriptAnswer,
  ScriptCache,
  ScriptContextValues,
  ScriptLog,
  ScriptMessage,
  ScriptRun,
  ScriptSend,
  ScriptSource,
} from './types.ts';
