import {
  formatPointer,
  getByPointer,
  isJsonObject,
  type Json,
  type JsonObject,
  parsePointer,
} from '../../base/index.ts';

/** A schema and where it stands in the document, so that it can be mended there. */
export interface SchemaSite {
  readonly schema: JsonObject;
  /** JSON pointer into the document. */
  readonly pointer: string;
}

const MAX_CHAIN = 50;

/** The schema that a chain of `$ref`s ends at; undefined when it leads nowhere or out of the document. */
export function followSite(site: SchemaSite, document: JsonObject): SchemaSite | undefined {
  let current = site;
  for (let step = 0; step < MAX_CHAIN; step++) {
    const reference = current.schema['$ref'];
    if (typeof reference !== 'string') return current;
    if (!reference.startsWith('#')) return undefined;
    const pointer = formatPointer(parsePointer(reference.slice(1)));
    const target: Json | undefined = getByPointer(document, pointer);
    if (!isJsonObject(target)) return undefined;
    current = { schema: target, pointer };
  }
  return undefined;
}

/** A site below another one. */
export function enterSite({ schema, pointer }: SchemaSite, ...tokens: string[]): SchemaSite | undefined {
  const target = getByPointer(schema, formatPointer(tokens));
  return isJsonObject(target) ? { schema: target, pointer: `${pointer}${formatPointer(tokens)}` } : undefined;
}

/** The schema itself and those that `allOf` puts beside it, references followed. */
export function listParts(site: SchemaSite, document: JsonObject, depth = 0): SchemaSite[] {
  const parts = Array.isArray(site.schema['allOf']) ? site.schema['allOf'] : [];
  if (depth > 8) return [site];
  const inner = parts.flatMap((_, index) => {
    const part = enterSite(site, 'allOf', String(index));
    const followed = part && followSite(part, document);
    return followed === undefined ? [] : listParts(followed, document, depth + 1);
  });
  return [site, ...inner];
}
