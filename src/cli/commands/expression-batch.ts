import { describeError, isJsonObject, type Json, type JsonObject, parseJson } from '../../base/index.ts';
import {
  compileExpression,
  compileTemplate,
  createContextScope,
  type World,
} from '../../expression/index.ts';
import { describeFailure, type Output, printJson } from '../output.ts';

/**
 * `patchbay expression eval --batch`: for every line `{"expression" | "template", "context"?, "id"?}` one line
 * `{"value": …}` or `{"error": {"code", "message"}}`, in the same order and as soon as it is known. A line that cannot
 * be read gives an error line, so the lines on both sides always stand next to each other.
 */
export async function evaluateBatch(
  lines: AsyncIterable<string> | Iterable<string>,
  world: World,
  output: Output,
): Promise<void> {
  for await (const line of lines) {
    printJson(output, evaluateLine(line, world));
    await output.drained?.();
  }
}

function evaluateLine(line: string, world: World): JsonObject {
  const parsed = readLine(line);
  if ('problem' in parsed) return { error: { code: 'InvalidInput', message: parsed.problem } };
  const { entry } = parsed;
  const id: JsonObject = entry.id === undefined ? {} : { id: entry.id };
  const problem = describeFault(entry);
  if (problem !== undefined) return { ...id, error: { code: 'InvalidInput', message: problem } };
  try {
    return { ...id, value: evaluate(entry, world) };
  } catch (error) {
    const { code, message } = describeFailure(error);
    return { ...id, error: { code, message } };
  }
}

function readLine(line: string): { entry: JsonObject } | { problem: string } {
  try {
    const entry = parseJson(line.replace(/^\uFEFF/, ''));
    return isJsonObject(entry) ? { entry } : { problem: 'A line is a JSON object.' };
  } catch (error) {
    return { problem: `The line is not JSON: ${describeError(error)}` };
  }
}

function describeFault({ expression, template, context }: JsonObject): string | undefined {
  if (expression === undefined && template === undefined) return 'A line has "expression" or "template".';
  if (expression !== undefined && template !== undefined) {
    return 'A line has "expression" or "template", not both.';
  }
  if (expression !== undefined && typeof expression !== 'string') return '"expression" is a text.';
  if (context !== undefined && context !== null && !isJsonObject(context)) return '"context" is an object.';
  return undefined;
}

function evaluate({ expression, template, context }: JsonObject, world: World): Json {
  const compiled =
    typeof expression === 'string' ? compileExpression(expression) : compileTemplate(template ?? null);
  return compiled.evaluate(createContextScope(isJsonObject(context) ? context : {}, world));
}
