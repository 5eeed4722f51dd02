import { PatchbayError } from '../base/index.ts';
import type { BuiltinAnswer } from '../gateway/index.ts';

/** Runs a handler; an error that is meant for people becomes an answer with its status, sentence and fix. */
export async function answerErrors(handle: () => Promise<BuiltinAnswer>): Promise<BuiltinAnswer> {
  try {
    return await handle();
  } catch (error) {
    if (!(error instanceof PatchbayError)) throw error;
    const { status, message, fix } = error;
    return {
      status,
      body: { status, code: error.code, message, ...(fix === undefined ? {} : { fix }) },
      problem: { message, ...(fix === undefined ? {} : { fix }) },
    };
  }
}
