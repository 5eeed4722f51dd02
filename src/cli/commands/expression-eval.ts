import { createInterface } from 'node:readline';
import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { compileExpression, compileTemplate, createContextScope } from '../../expression/index.ts';
import { CliError } from '../errors.ts';
import { describeFailure, type Output, printJson } from '../output.ts';
import { readJsonFile } from '../read-file.ts';
import { evaluateBatch } from './expression-batch.ts';

export interface ExpressionEvalOptions {
  readonly context?: string;
  readonly json?: boolean;
  readonly batch?: boolean;
}

/** `patchbay expression eval EXPR`, or with `--batch` one evaluation for each line of standard input. */
export async function runExpressionEval(
  text: string | undefined,
  options: ExpressionEvalOptions,
  output: Output,
): Promise<void> {
  if (options.batch) return evaluateBatch(createInterface({ input: process.stdin }), WORLD, output);
  if (text === undefined) {
    throw new CliError(
      'INVALID_OPTION',
      'An expression is missing; with --batch they come from standard input.',
    );
  }
  await evaluateExpression(text, options, output);
}

/**
 * `patchbay expression eval EXPR --context c.json`: the value of an expression (`concat('a', 'b')`) or of a
 * template (`@concat('a', 'b')`, `Hello @{parameters('n')}`) in the context of a file.
 */
async function evaluateExpression(
  text: string,
  options: ExpressionEvalOptions,
  output: Output,
): Promise<void> {
  const scope = createContextScope(await readContext(options.context), WORLD);
  try {
    const compiled = text.includes('@') ? compileTextWithAt(text) : compileExpression(text);
    printValue(compiled.evaluate(scope), options, output);
  } catch (error) {
    const { code, message } = describeFailure(error);
    if (options.json) printJson(output, { ok: false, error: { code, message } });
    else output.note(message);
    output.setExitCode(1);
  }
}

/** The clock and chance for expressions; a context's `now` goes before. */
const WORLD = { now: () => Date.now(), random: () => Math.random() };

/** Text that begins with `@` or holds `@{` is a template; an `@` elsewhere stands in a string of an expression. */
function compileTextWithAt(text: string) {
  return text.startsWith('@') || text.includes('@{') ? compileTemplate(text) : compileExpression(text);
}

async function readContext(path: string | undefined): Promise<JsonObject> {
  if (path === undefined) return {};
  const context = await readJsonFile(path);
  if (!isJsonObject(context)) throw new CliError('FILE_NOT_JSON', `${path} must hold an object.`);
  return context;
}

function printValue(value: Json, options: ExpressionEvalOptions, output: Output): void {
  if (options.json) printJson(output, { ok: true, value });
  else output.print(typeof value === 'string' ? value : stringifyJson(value, 2));
}
