import type { Command } from 'commander';
import { type Output, reportFailure } from './output.ts';
import type { Settings } from './settings.ts';

export interface ProgramContext {
  readonly output: Output;
  readonly version: string;
  /** Read only by the commands that need them, so that a wrong variable does not break the others. */
  readonly settings: () => Settings;
  /** An API key for the commands that talk to a running Patchbay. */
  readonly apiKey: string | undefined;
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON');
}

type Options = Record<string, unknown> & { json?: boolean };

/** Commander hands over the arguments first, then the options: this turns them round and reports what is thrown. */
export function guard(
  output: Output,
  run: (options: Options, first: string, second: unknown) => Promise<void>,
) {
  return async (...received: unknown[]): Promise<void> => {
    const options = received.at(-2) as Options;
    try {
      await run(options, received[0] as string, received[1]);
    } catch (error) {
      reportFailure(output, error, options.json === true);
    }
  };
}
