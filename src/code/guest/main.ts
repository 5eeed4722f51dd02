import { createContext, type Given } from './context.ts';
import { installGlobals } from './globals.ts';
import { call, findFailure, settle } from './host.ts';
import { passAnswer } from './messages.ts';

installGlobals();

export { settle };

/** Runs the script: `given` is what it begins with, as JSON. */
export function begin(given: string): void {
  run(JSON.parse(given)).then(
    (answer) => call('done', answer),
    (error) => call('failed', describe(error)),
  );
}

async function run({ fileName, ...given }: Given & { fileName: string }): Promise<unknown> {
  const script = await import(fileName);
  if (typeof script.default !== 'function') {
    throw new SyntaxError(`${fileName} has no default export that is a function.`);
  }
  return passAnswer(await script.default(createContext(given)));
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return { name: 'Error', message: show(error), stack: '' };
  const failure = findFailure(error);
  return {
    name: String(error.name),
    message: String(error.message),
    stack: String(error.stack ?? ''),
    ...(failure === undefined ? {} : { failure }),
  };
}

function show(thrown: unknown): string {
  try {
    return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown));
  } catch {
    return 'something that cannot be shown';
  }
}
