import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { isJsonObject, type Json, parsePointer } from '../../base/index.ts';
import { type Problems, UnusableInput } from './problems.ts';

export interface ParsedYaml {
  readonly value: Json;
  /** The 1-based line of the value a pointer names. */
  readonly lineOf: (pointer: string) => number | undefined;
}

/**
 * Reads YAML 1.2. A key that stands twice is a warning, the last one counts.
 *
 * @throws UnusableInput with the line of the first mistake.
 */
export function parseYaml(name: string, text: string, problems: Problems): ParsedYaml {
  const lines = new LineCounter();
  // Whole numbers beyond 2^53 keep their digits; in the rare text that may hold one, all come as bigint.
  const intAsBigInt = /\d{16}/.test(text);
  const document = parseDocument(text, { lineCounter: lines, merge: true, intAsBigInt, logLevel: 'silent' });
  for (const error of document.errors) reportError(name, text, error, problems);
  for (const warning of document.warnings) {
    problems.add('CONNECTOR_YAML_WARNING', `${name}: ${firstLine(warning)}`, placeOf(warning));
  }
  const value = toValue(name, document);
  return {
    value: intAsBigInt ? narrow(value) : value,
    lineOf: (pointer) => lineOf(document, lines, pointer),
  };
}

function reportError(name: string, text: string, error: YAMLError, problems: Problems): void {
  const place = placeOf(error);
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^\s*(?:"([^"]*)"|'([^']*)'|([^:\s]+))/.exec(text.slice(error.pos[0]));
    const shown = key?.[1] ?? key?.[2] ?? key?.[3] ?? 'A key';
    problems.add(
      'CONNECTOR_DUPLICATE_KEY',
      `'${shown}' stands twice in one mapping of ${name}; the last counts.`,
      place,
    );
    return;
  }
  const where = place.line === undefined ? '' : ` in line ${place.line}`;
  throw new UnusableInput(
    'CONNECTOR_YAML_SYNTAX',
    `${name} is not valid YAML${where}: ${firstLine(error)}`,
    place,
  );
}

/** The library's messages go on with an excerpt of the text. */
function firstLine(error: YAMLError): string {
  const [message = ''] = error.message.split('\n');
  return message.replace(/ at line \d+, column \d+:?$/, '.').replace(/:$/, '.');
}

function placeOf(error: YAMLError): { line?: number } {
  const line = error.linePos?.[0].line;
  return line === undefined ? {} : { line };
}

function toValue(name: string, document: Document): Json {
  try {
    return (document.toJS({ maxAliasCount: 1000 }) ?? null) as Json;
  } catch (error) {
    const reason =
      error instanceof ReferenceError ? 'its aliases grow into too large a document' : String(error);
    throw new UnusableInput('CONNECTOR_YAML_SYNTAX', `${name} cannot be read as YAML: ${reason}.`);
  }
}

function lineOf(document: Document, lines: LineCounter, pointer: string): number | undefined {
  const path = parsePointer(pointer);
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length).map(toKey), true);
    const range = isRanged(node) ? node.range : undefined;
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
  }
  return undefined;
}

function toKey(segment: string): string | number {
  return /^\d+$/.test(segment) && segment.length < 3 ? Number(segment) : segment;
}

function isRanged(node: unknown): node is { range?: readonly number[] | null } {
  return typeof node === 'object' && node !== null && 'range' in node;
}

/** bigint back to number where a number holds it exactly. */
function narrow(value: Json): Json {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(narrow);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, narrow(member)]));
}
