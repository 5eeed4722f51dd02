import { type Document, isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import { isJsonObject, type Json, parsePointer } from '../../../base/index.ts';
import { lineAt } from '../decode.ts';
import { type Problems, UnusableInput } from '../problems.ts';
import type { ParsedYaml } from './parse-yaml.ts';

/**
 * Reads YAML with a parser that forgives more and explains better than the fast one, and takes its time. A key that
 * stands twice is a warning, the last one counts.
 *
 * @throws UnusableInput with the line of the first mistake.
 */
export function parseSlowly(name: string, text: string, problems: Problems): ParsedYaml {
  const lines = new LineCounter();
  // Whole numbers beyond 2^53 keep their digits; in the rare text that may hold one, all come as bigint.
  const intAsBigInt = /\d{16}/.test(text);
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    intAsBigInt,
    logLevel: 'silent',
    // The library compares each key with all before it, which takes minutes for thousands of paths.
    uniqueKeys: false,
  });
  for (const error of document.errors) throw toUnusable(name, error);
  reportDuplicates(name, document, lines, problems);
  for (const warning of document.warnings) {
    problems.add('CONNECTOR_YAML_WARNING', `${name}: ${firstLine(warning)}`, placeOf(warning));
  }
  const value = toValue(name, text, document);
  return {
    value: intAsBigInt ? narrow(value) : value,
    locate: () => (pointer) => lineOf(document, lines, pointer),
  };
}

function toUnusable(name: string, error: YAMLError): UnusableInput {
  const place = placeOf(error);
  const where = place.line === undefined ? '' : ` in line ${place.line}`;
  return new UnusableInput(
    'CONNECTOR_YAML_SYNTAX',
    `${name} is not valid YAML${where}: ${firstLine(error)}`,
    place,
  );
}

function reportDuplicates(name: string, document: Document, lines: LineCounter, problems: Problems): void {
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        // `<<` may stand several times: each merges another mapping.
        if (!isScalar(key) || key.value === '<<') continue;
        if (seen.has(key.value)) {
          const message = `'${String(key.value)}' stands twice in one mapping of ${name}; the last counts.`;
          const start = key.range?.[0];
          problems.add(
            'CONNECTOR_DUPLICATE_KEY',
            message,
            start === undefined ? {} : { line: lines.linePos(start).line },
          );
        }
        seen.add(key.value);
      }
    },
  });
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

function toValue(name: string, text: string, document: Document): Json {
  try {
    return (document.toJS({ maxAliasCount: 1000 }) ?? null) as Json;
  } catch (error) {
    const [, alias] = /^Unresolved alias.*: (\S+)$/.exec(error instanceof Error ? error.message : '') ?? [];
    if (alias !== undefined) {
      const line = lineAt(text, Math.max(0, text.indexOf(`*${alias}`)));
      const message = `${name} is not valid YAML in line ${line}: there is no anchor '&${alias}' before '*${alias}'. A text that begins with a star needs quotes.`;
      throw new UnusableInput('CONNECTOR_YAML_SYNTAX', message, { line });
    }
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
