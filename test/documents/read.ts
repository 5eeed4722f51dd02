import { readdirSync, readFileSync } from 'node:fs';
import {
  type CompiledConnector,
  compileConnector,
  type ImportFile,
  type ImportResult,
  type ImportSource,
  importConnector,
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

export function compileDocument(path: string): CompiledConnector {
  const { definition, errors } = importConnector(readSource(path));
  if (definition === undefined) throw new Error(errors[0]?.message);
  return compileConnector(definition);
}
