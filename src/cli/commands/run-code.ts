import { describeError, PatchbayError } from '../../base/index.ts';
import { type CodeRunner, createCodeRunner } from '../../code/index.ts';
import type { CodeCommand, Outcome } from '../../flow/index.ts';

/** Runs inline code in tests of flows, in the sandbox that runs it in production; it starts with the first code. */
export class TestCode {
  #runner: CodeRunner | undefined;

  readonly run = async ({ code, context }: CodeCommand): Promise<Outcome> => {
    this.#runner ??= createCodeRunner();
    try {
      return {
        status: 'Succeeded',
        outputs: { body: await this.#runner.runInlineCode({ code, workflowContext: context }) },
      };
    } catch (error) {
      const failure = {
        code: error instanceof PatchbayError ? error.code : 'InlineCodeFailed',
        message: describeError(error),
      };
      return { status: 'Failed', code: failure.code, error: failure };
    }
  };

  async close(): Promise<void> {
    await this.#runner?.close();
  }
}
