import type { CodeLimits } from '../limits.ts';
import type { FromThread, ThreadFailure } from '../protocol.ts';
import { describeThrown, readThrown } from './describe-failure.ts';
import type { Instance } from './instance.ts';
import { OUT_OF_MEMORY, Sandbox } from './sandbox.ts';

const FILE_NAME = 'code.js';
/** On the line of the code itself, so that its lines keep their numbers. */
const PREFIX = '(async (workflowContext) => {';

const DRIVER = `(main, json, report) => {
  const nothing = () => {};
  globalThis.console = { debug: nothing, log: nothing, info: nothing, warn: nothing, error: nothing };
  const describe = (error) => error instanceof Error
    ? { name: String(error.name), message: String(error.message), stack: String(error.stack) }
    : { name: 'Error', message: typeof error === 'string' ? error : JSON.stringify(error) };
  main(JSON.parse(json)).then(
    (value) => { report('done', JSON.stringify(value) ?? 'null'); },
  ).catch((error) => { report('failed', JSON.stringify(describe(error))); });
}`;

/** Runs the body of a function to its end: there is nothing it could wait for. */
export function runInlineJob(
  instance: Instance,
  input: {
    readonly id: number;
    readonly code: string;
    readonly workflowContext: string;
    readonly limits: CodeLimits;
  },
): { readonly outcome: FromThread; readonly reusable: boolean } {
  const { id, code, workflowContext, limits } = input;
  const sandbox = new Sandbox(instance);
  sandbox.begin(limits);
  const { context } = sandbox;
  let value: string | undefined;
  let thrown: ThreadFailure | undefined;
  const report = (name: string, json: string): null => {
    if (name === 'done') value ??= json;
    else thrown ??= describeThrown(readThrown(json), FILE_NAME, PREFIX.length);
    return null;
  };
  const failure = sandbox.compute(() => {
    const main = context.evalCode(`${PREFIX}${code}\n})`, FILE_NAME, { type: 'global' });
    if (main.error) {
      const { name, message, stack } = context.dump(main.error);
      main.error.dispose();
      thrown = describeThrown(readThrown(JSON.stringify({ name, message, stack })), FILE_NAME, PREFIX.length);
      return;
    }
    const driver = context.unwrapResult(context.evalCode(DRIVER, 'patchbay:driver', { type: 'global' }));
    const json = context.newString(workflowContext);
    const host = sandbox.createHost(report);
    const result = context.callFunction(driver, context.undefined, main.value, json, host);
    for (const handle of [driver, json, main.value]) handle.dispose();
    context.unwrapResult(result).dispose();
  });
  const { cpuMs } = sandbox;
  const stalled = sandbox.isFull() ? OUT_OF_MEMORY : STALLED;
  const reusable = sandbox.close();
  const error = failure ?? thrown;
  if (error === undefined && value !== undefined) {
    return { outcome: { type: 'done', id, value, body: undefined, cpuMs }, reusable };
  }
  return { outcome: { type: 'failed', id, error: error ?? stalled }, reusable };
}

const STALLED: ThreadFailure = {
  code: 'CODE_FAILED',
  message: 'The code waits for a promise that nothing settles.',
  stack: [],
};
