import { parse as parseTolerantly } from 'jsonc-parser';
import { Liquid, type Template } from 'liquidjs';
import { describeError, isJsonObject, type Json, parseJson } from '../base/index.ts';
import { compileExpression, createContextScope } from '../expression/index.ts';

/** A map of a Liquid action, read once and filled in often. */
export interface LiquidMap {
  /** @throws Error whose message says what the map could not do */
  fill(content: Json, now: number): Json;
}

/** What goes in and what comes out, by the kind of the action. */
const KINDS = ['JsonToJson', 'JsonToText', 'XmlToJson', 'XmlToText'] as const;

/** How long a map may be, how long it may take, and how much it may write: it runs beside everything else. */
const LIMITS = { parseLimit: 500_000, renderLimit: 1_000, memoryLimit: 50_000_000 };

/** Filters whose name in .NET is not the one here with capitals. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  TruncateWords: 'truncatewords',
  H: 'escape',
  Uniq: 'uniq',
};

/**
 * Reads a map as Logic Apps takes it: Liquid, whose filters and loop members may be written with capitals
 * (`{{ content.name | Upcase }}`, `forloop.Last`).
 *
 * @throws Error for a kind that does not exist, and for a map that cannot be read, with the line
 */
export function readLiquidMap(kind: string, text: string): LiquidMap {
  const known = KINDS.find((one) => one.toLowerCase() === kind.toLowerCase());
  if (known === undefined) throw new Error(`its kind is '${kind}'; known are ${KINDS.join(', ')}`);
  const engine = createEngine();
  const members = /\b((?:forloop|tablerowloop)\.)([A-Z]\w*)/g;
  const template = engine.parse(text.replace(members, (_, loop, name) => loop + name.toLowerCase()));
  const read = known.startsWith('Xml') ? readXml : readJson;
  const write = known.endsWith('Json') ? writeJson : (filled: string) => filled;
  return { fill: (content, now) => write(render(engine, template, read(content), now)) };
}

function render(engine: Liquid, template: Template[], content: Json, now: number): string {
  return String(engine.renderSync(template, { content }, { globals: { [NOW]: now } }));
}

const NOW = 'patchbay:now';

function createEngine(): Liquid {
  // No other files: a map is one text.
  const engine = new Liquid({ ...LIMITS, strictFilters: true, ownPropertyOnly: true, templates: {} });
  const strftime = engine.filters.date as (this: object, value: unknown, format?: string) => unknown;
  engine.registerFilter('date', function (value: unknown, format?: string) {
    const instant = value === 'now' || value === 'today' ? this.context.getSync([NOW]) : value;
    if (format === undefined || format.includes('%')) {
      const at = typeof instant === 'number' && instant !== value ? new Date(instant) : instant;
      return strftime.call(this, at, format);
    }
    return formatDate(instant, format);
  });
  for (const [name, filter] of Object.entries(engine.filters)) {
    if (filter !== undefined) engine.registerFilter(capitalize(name), filter);
  }
  for (const [name, own] of Object.entries(OTHER_NAMES)) {
    const filter = engine.filters[own];
    if (filter !== undefined) engine.registerFilter(name, filter);
  }
  return engine;
}

/** `divided_by` is `DividedBy` in .NET. */
function capitalize(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const FORMAT = compileExpression("formatDateTime(parameters('at'), parameters('format'))");
const XML = compileExpression("json(xml(parameters('content')))");

/** .NET's formats; what is no date stays what it is. */
function formatDate(value: unknown, format: string): unknown {
  const at = typeof value === 'number' ? new Date(value).toISOString() : String(value);
  try {
    return FORMAT.evaluate(createContextScope({ parameters: { at, format } }));
  } catch {
    return value;
  }
}

function readJson(content: Json): Json {
  const value = decode(content);
  return typeof value === 'string' ? parseJson(value) : value;
}

function readXml(content: Json): Json {
  return XML.evaluate(createContextScope({ parameters: { content: decode(content) } }));
}

function decode(content: Json): Json {
  if (!isJsonObject(content) || typeof content.$content !== 'string') return content;
  const bytes = Uint8Array.from(atob(content.$content), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

/** Maps leave a comma behind the last element of a loop, which is allowed there. */
function writeJson(filled: string): Json {
  try {
    return parseJson(filled);
  } catch (error) {
    const faults: unknown[] = [];
    const value = parseTolerantly(filled, faults as never[], { allowTrailingComma: true }) as Json;
    if (faults.length === 0 && value !== undefined) return value;
    throw new Error(`what the map writes is no JSON: ${describeError(error)}`);
  }
}
