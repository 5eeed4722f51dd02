import { readdirSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/base/index.ts';
import {
  type CompiledConnector,
  type ConnectionValues,
  compileConnector,
  finishRequest,
  type ImportFile,
  type ImportResult,
  type ImportSource,
  importConnector,
  prepareRequest,
  type WireRequest,
} from '../../src/connector/index.ts';

/** Our own sample documents. */
export const DOCUMENTS = new URL('./', import.meta.url);

function readFile(path: string): ImportFile {
  return { path, bytes: new Uint8Array(readFileSync(new URL(path, DOCUMENTS))) };
}

/** A file, or, ending in a slash, a folder as a package. */
export function readSource(path: string): ImportSource {
  if (!path.endsWith('/')) return { name: path, files: [readFile(path)] };
  return { name: path, files: readdirSync(new URL(path, DOCUMENTS)).map((name) => readFile(path + name)) };
}

export function importText(text: string, name = 'api.json'): ImportResult {
  return importConnector({ name, files: [{ path: name, bytes: new TextEncoder().encode(text) }] });
}

/** A document as a connector; it must be importable. */
export function compileObject(document: unknown, name?: string): CompiledConnector {
  const { definition, errors } = importText(JSON.stringify(document), name);
  if (definition === undefined) throw new Error(errors[0]?.message);
  return compileConnector(definition);
}

/** The request of an operation as it goes over the wire, with a connection of its first way to connect. */
export function requestOf(
  connector: CompiledConnector,
  operationId: string,
  inputs: JsonObject = {},
  values: ConnectionValues = {},
): WireRequest {
  const operation = connector.operation(operationId);
  if (operation === undefined) throw new Error(`There is no ${operationId}.`);
  const method = connector.authenticationMethod();
  return finishRequest(prepareRequest({ connector, operation, method, values }, inputs));
}

export function compileDocument(path: string): CompiledConnector {
  const { definition, errors } = importConnector(readSource(path));
  if (definition === undefined) throw new Error(errors[0]?.message);
  return compileConnector(definition);
}
