import type { CodeRunner, ScriptResult, ScriptRun, ScriptSend } from './types.ts';

/** What a script does first: it sends a request, or answers by itself. */
export type FirstStep =
  | { readonly kind: 'request'; readonly request: ScriptSend }
  | { readonly kind: 'answer'; readonly answer: ScriptResult };

/**
 * Runs a script without a network, up to the first request it would send: for showing what an operation sends. A
 * script that answers without sending is told by its answer.
 *
 * @throws CodeError
 */
export async function runScriptForRequest(
  runner: CodeRunner,
  run: Omit<ScriptRun, 'send' | 'signal'>,
): Promise<FirstStep> {
  const stop = new AbortController();
  let first: ScriptSend | undefined;
  try {
    const answer = await runner.runScript({
      ...run,
      signal: stop.signal,
      send: (request) => {
        first ??= request;
        stop.abort();
        return new Promise(() => undefined);
      },
    });
    return { kind: 'answer', answer };
  } catch (error) {
    if (first === undefined) throw error;
    return { kind: 'request', request: first };
  }
}
