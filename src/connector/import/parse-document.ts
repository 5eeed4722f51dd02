import type { Json } from '../../base/index.ts';
import { decodeText } from './decode.ts';
import { locateInJson } from './locate-json.ts';
import { parseTolerantJson } from './parse-json.ts';
import { type Problems, UnusableInput } from './problems.ts';
import { parseYaml } from './yaml/parse-yaml.ts';

export interface ParsedDocument {
  readonly value: Json;
  /** Prepares the search for the lines of some places. */
  readonly locate: (pointers: readonly string[]) => (pointer: string) => number | undefined;
}

/**
 * Reads a file as JSON or, when it does not begin like JSON, as YAML.
 *
 * @throws UnusableInput for what is neither.
 */
export function parseDocument(name: string, bytes: Uint8Array, problems: Problems): ParsedDocument {
  const text = decodeText(name, bytes, problems);
  refuseMarkup(name, text);
  if (isJsonLike(text)) {
    const value = parseTolerantJson(name, text, problems);
    return { value, locate: (pointers) => locateInJson(text, pointers) };
  }
  return parseYaml(name, text, problems);
}

function isJsonLike(text: string): boolean {
  return /^\s*(?:[{[]|\/[/*])/.test(text);
}

function refuseMarkup(name: string, text: string): void {
  if (!/^\s*</.test(text)) return;
  const head = text.slice(0, 2000).toLowerCase();
  if (/<!doctype html|<html|<head|<body/.test(head)) {
    const message = `${name} is a web page (HTML), not an API document. Look on that page for a link to the OpenAPI file, often called openapi.json, openapi.yaml or swagger.json.`;
    throw new UnusableInput('CONNECTOR_HTML', message, { line: 1 });
  }
  const kind = /<(?:wsdl:)?definitions|schemas\.xmlsoap\.org\/wsdl/.test(head) ? ' (a WSDL description)' : '';
  const message = `${name} is XML${kind}; an API document is JSON or YAML.`;
  throw new UnusableInput('CONNECTOR_XML', message, { line: 1 });
}
