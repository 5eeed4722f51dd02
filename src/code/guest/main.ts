import { createContext, type Given } from './context.ts';
import { reportFailure } from './failure.ts';
import { installGlobals } from './globals.ts';
import { call, settle } from './host.ts';
import { passAnswer } from './messages.ts';

installGlobals();

export { settle };

/** Runs the script: `given` is what it begins with, as JSON. */
export function begin(given: string): void {
  run(JSON.parse(given)).then((answer) => call('done', answer), reportFailure);
}

async function run({ fileName, ...given }: Given & { fileName: string }): Promise<unknown> {
  const script = await import(fileName);
  if (typeof script.default !== 'function') {
    throw new SyntaxError(`${fileName} has no default export that is a function.`);
  }
  return passAnswer(await script.default(createContext(given)));
}
