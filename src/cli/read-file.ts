import { readFile } from 'node:fs/promises';
import { describeError, type Json, parseJson } from '../base/index.ts';
import { CliError } from './errors.ts';

/** @throws CliError FILE_NOT_FOUND */
async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    throw new CliError('FILE_NOT_FOUND', `Cannot read ${path}: ${describeError(error)}.`, { cause: error });
  }
}

/** @throws CliError FILE_NOT_FOUND, FILE_NOT_JSON */
export async function readJsonFile(path: string): Promise<Json> {
  return parseJsonText(await readText(path), path);
}

/** @throws CliError FILE_NOT_JSON */
function parseJsonText(text: string, path: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new CliError('FILE_NOT_JSON', `${path} is not JSON: ${describeError(error)}.`, { cause: error });
  }
}
