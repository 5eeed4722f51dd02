import { DEFAULT_LIMITS } from '../limits.ts';
import type { ThreadFailure } from '../protocol.ts';
import { describeThrown, readThrown } from './describe-failure.ts';
import type { Instance } from './instance.ts';
import { allowModules } from './modules.ts';
import { Sandbox } from './sandbox.ts';
import { readScriptSource, UnreadableScript } from './strip-types.ts';

/** Reads a script without running it. */
export function checkScriptSource(
  instance: Instance,
  fileName: string,
  source: string,
): { readonly failure: ThreadFailure | undefined; readonly reusable: boolean } {
  let script: string;
  try {
    script = readScriptSource(fileName, source);
  } catch (error) {
    if (!(error instanceof UnreadableScript)) throw error;
    return { failure: { code: 'CODE_INVALID', message: error.message, stack: [] }, reusable: true };
  }
  const sandbox = new Sandbox(instance);
  sandbox.begin(DEFAULT_LIMITS);
  const { context, runtime } = sandbox;
  allowModules(runtime, fileName, script);
  let found: ThreadFailure | undefined;
  const failure = sandbox.compute(() => {
    const result = context.evalCode(script, fileName, { type: 'module', compileOnly: true });
    if (result.error) {
      const { name, message, stack } = context.dump(result.error);
      result.error.dispose();
      found = describeThrown(readThrown(JSON.stringify({ name, message, stack })), fileName);
    } else {
      result.value.dispose();
      found = hasDefaultExport(script) ? undefined : noDefault(fileName);
    }
  });
  return { failure: failure ?? found, reusable: sandbox.close() };
}

function hasDefaultExport(script: string): boolean {
  return /\bexport\s+default\b|\bas\s+default\b/.test(script);
}

function noDefault(fileName: string): ThreadFailure {
  const message = `${fileName} has no default export: write 'export default async function run(ctx) { … }'.`;
  return { code: 'CODE_INVALID', message, stack: [] };
}
