import {
  CORE_SCHEMA,
  constructFromEvents,
  defineScalarTag,
  EVENT_ID,
  type Event,
  intCoreTag,
  mergeTag,
  NOT_RESOLVED,
  parseEvents,
} from 'js-yaml';
import { formatPointer, isJsonObject, type Json } from '../../../base/index.ts';
import { countKeys } from '../count-keys.ts';
import { lineAt } from '../decode.ts';
import type { Problems } from '../problems.ts';
import { countMappingKeys, listDuplicateKeys, locateInYaml } from './events.ts';
import { parseSlowly } from './parse-slowly.ts';
import { replaceTabs } from './replace-tabs.ts';
import { separateAliases } from './separate-aliases.ts';

export interface ParsedYaml {
  readonly value: Json;
  /** Prepares the search for the lines of some places. */
  readonly locate: (pointers: readonly string[]) => (pointer: string) => number | undefined;
}

/** Whole numbers beyond 2^53 keep their digits. */
const wholeNumber = defineScalarTag<number | bigint>(intCoreTag.tagName, {
  implicit: true,
  implicitFirstChars: intCoreTag.implicitFirstChars,
  resolve: (source, isExplicit, tagName) => {
    const value = intCoreTag.resolve(source, isExplicit, tagName);
    if (value === NOT_RESOLVED || Number.isSafeInteger(value) || !/^[-+]?\d+$/.test(source)) return value;
    return BigInt(source.replace(/^\+/, ''));
  },
  identify: (value) => typeof value === 'bigint' || intCoreTag.identify(value),
});
export const YAML_SCHEMA = CORE_SCHEMA.withTags(wholeNumber, mergeTag);
const MAX_DEPTH = 2000;
const MAX_MERGED_KEYS = 1_000_000;

/**
 * Reads YAML 1.2. A key that stands twice is a warning, the last one counts; so is indentation with tabs.
 *
 * What `js-yaml` refuses goes to `yaml`, which takes seven times as long, reads more (unknown tags) and says better
 * what is wrong.
 *
 * @throws UnusableInput with the line of the first mistake.
 */
export function parseYaml(name: string, text: string, problems: Problems): ParsedYaml {
  const spaced = replaceTabs(text);
  const parsed = tryParse(name, spaced ?? text, problems);
  if (parsed === undefined) return parseSlowly(name, text, problems);
  if (spaced !== undefined) {
    const line = lineAt(text, text.search(/^\t/m));
    const message = `${name} is indented with tabs from line ${line} on, which YAML forbids; they are read as blanks.`;
    problems.add('CONNECTOR_YAML_TABS', message, { line });
  }
  return parsed;
}

function tryParse(name: string, text: string, problems: Problems): ParsedYaml | undefined {
  const read = readFast(text);
  if (read === undefined) return undefined;
  const { events } = read;
  if (read.others > 0) {
    const message = `${name} holds ${read.others + 1} documents; one of them is read, the others are left out.`;
    problems.add('CONNECTOR_YAML_WARNING', message, { line: lineOfSecond(text, events) });
  }
  const hasAliases = events.some((event) => event.type === EVENT_ID.ALIAS);
  const value = hasAliases ? separateAliases(name, read.value, events.length) : read.value;
  // Merged and repeated mappings count otherwise, too: then it is looked at closely.
  if (countMappingKeys(events) !== countKeys(value)) {
    for (const { key, path, line } of listDuplicateKeys(text, events)) {
      const message = `'${key}' stands twice in one mapping of ${name}; the last counts.`;
      problems.add('CONNECTOR_DUPLICATE_KEY', message, { pointer: formatPointer(path), line });
    }
  }
  return { value, locate: (pointers) => locateInYaml(text, events, pointers) };
}

function lineOfSecond(text: string, events: readonly Event[]): number {
  let count = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) count += 1;
    else if (count > 1 && 'start' in event) return lineAt(text, event.start);
  }
  return 1;
}

interface FastResult {
  readonly value: Json;
  readonly events: Event[];
  /** How many more documents with something in them the text holds. */
  readonly others: number;
}

/** Of several documents the first that can be one of an API. */
function readFast(text: string): FastResult | undefined {
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const options = { source: text, schema: YAML_SCHEMA, json: true, maxTotalMergeKeys: MAX_MERGED_KEYS };
    const documents = constructFromEvents(events, options);
    if (documents.length === 0) return undefined;
    const filled = (documents as Json[]).filter((one) => one !== null && one !== undefined);
    const value = filled.find(isJsonObject) ?? filled[0] ?? null;
    return { value, events, others: Math.max(0, filled.length - 1) };
  } catch {
    return undefined; // the other parser says what is wrong
  }
}
