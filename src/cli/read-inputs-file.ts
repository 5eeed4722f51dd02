import { text } from 'node:stream/consumers';
import { describeError, isJsonObject, type JsonObject, parseJson } from '../base/index.ts';
import { CliError } from './errors.ts';
import { readJsonFile } from './read-file.ts';

/**
 * The inputs of an operation from a file, or from standard input for `-`.
 *
 * @throws CliError FILE_NOT_FOUND, FILE_NOT_JSON, INVALID_OPTION
 */
export async function readInputsFile(path: string): Promise<JsonObject> {
  const value = path === '-' ? parseInput(await text(process.stdin)) : await readJsonFile(path);
  if (isJsonObject(value)) return value;
  throw new CliError('INVALID_OPTION', `${path === '-' ? 'Standard input' : path} holds no inputs.`, {
    fix: 'Give an object by parameter name: {"id": 7, "body": {…}}.',
  });
}

function parseInput(written: string) {
  try {
    return parseJson(written);
  } catch (cause) {
    throw new CliError('FILE_NOT_JSON', `Standard input is not JSON: ${describeError(cause)}.`, { cause });
  }
}
