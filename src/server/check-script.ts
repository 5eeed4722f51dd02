import type { CodeRunner } from '../code/index.ts';
import { findScript, type ImportResult } from '../connector/index.ts';

/** Custom code that cannot be read makes no version: its line and column are the import's error. */
export async function checkScript(result: ImportResult, code: CodeRunner): Promise<ImportResult> {
  const script = result.definition && findScript(result.definition)?.own;
  if (script === undefined) return result;
  const problem = await code.checkScript(script);
  if (problem === undefined) return result;
  const { definition: _refused, ...rest } = result;
  return { ...rest, ok: false, errors: [...result.errors, problem] };
}
