import { describeError, type Json, PatchbayError } from '../base/index.ts';
import type { CodeCommand, Outcome } from '../flow/index.ts';

/** What runs the code of JavaScriptCode actions: `code/`'s runner, or whatever else runs it where it can do no harm. */
export interface InlineCode {
  runInlineCode(run: {
    readonly code: string;
    readonly workflowContext: Json;
    readonly signal?: AbortSignal;
  }): Promise<Json>;
}

/** Runs a command's code; what it returns is the body of the outputs. */
export async function runCode(
  runner: InlineCode | undefined,
  { action, code, context }: CodeCommand,
  signal?: AbortSignal,
): Promise<Outcome> {
  if (runner === undefined) {
    return fail('ActionTypeNotSupported', `'${action.name}' runs code, and this server runs none.`);
  }
  try {
    const body = await runner.runInlineCode({
      code,
      workflowContext: context,
      ...(signal ? { signal } : {}),
    });
    return { status: 'Succeeded', outputs: { body } };
  } catch (error) {
    return fail(error instanceof PatchbayError ? error.code : 'InlineCodeFailed', describeError(error));
  }
}

function fail(code: string, message: string): Outcome {
  return { status: 'Failed', code, error: { code, message } };
}
