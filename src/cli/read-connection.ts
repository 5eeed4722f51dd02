import { isJsonObject, type JsonObject } from '../base/index.ts';
import { CliError } from './errors.ts';
import { readJsonFile } from './read-file.ts';

/** What a person's file says about a connection. */
export interface ConnectionFile {
  /** The set of parameters, for connectors that offer several; the first when missing. */
  readonly parameterSet?: string | undefined;
  /** Values by name, secrets included. */
  readonly parameters: JsonObject;
}

/**
 * Reads `{"parameterSet"?: …, "parameters": {…}}`, or the values alone.
 *
 * @throws CliError FILE_NOT_FOUND, FILE_NOT_JSON, INVALID_OPTION
 */
export async function readConnectionFile(path: string): Promise<ConnectionFile> {
  const value = await readJsonFile(path);
  if (!isJsonObject(value)) {
    throw new CliError('INVALID_OPTION', `${path} holds no connection.`, {
      fix: 'Give an object: {"parameters": {"api_key": "…"}}.',
    });
  }
  const { parameterSet, parameters } = value;
  const set = typeof parameterSet === 'string' ? { parameterSet } : {};
  return isJsonObject(parameters) ? { ...set, parameters } : { parameters: value };
}
