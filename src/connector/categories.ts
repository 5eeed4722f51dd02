import { isJsonObject, type Json } from '../base/index.ts';
import type { ConnectorDefinition } from './definition-types.ts';

const METADATA = 'x-ms-connector-metadata';
const IS_CATEGORIES = /^categor(?:y|ies)$/i;

/** What a connector is for, as its metadata say: `Categories` with names between semicolons. */
export function readCategories({ openapi }: ConnectorDefinition): string[] {
  const metadata: Json | undefined = openapi[METADATA];
  const entries = Array.isArray(metadata) ? metadata.filter(isJsonObject) : [];
  const names = entries
    .filter(isCategories)
    .flatMap(({ propertyValue }) => (typeof propertyValue === 'string' ? propertyValue.split(/[;,]/) : []))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return [...new Set(names)];
}

/** Puts a connector into these categories and no others. What else its metadata say stays, in its order. */
export function setCategories(
  definition: ConnectorDefinition,
  categories: readonly string[],
): ConnectorDefinition {
  const { openapi } = definition;
  const before = Array.isArray(openapi[METADATA]) ? openapi[METADATA] : [];
  const place = before.findIndex(isCategories);
  const others = before.filter((entry, index) => index === place || !isCategories(entry));
  const entry = { propertyName: 'Categories', propertyValue: categories.join(';') };
  const at = others.findIndex(isCategories);
  const after =
    categories.length === 0
      ? others.filter((_, index) => index !== at)
      : at === -1
        ? [...others, entry]
        : others.with(at, entry);
  const { [METADATA]: _gone, ...rest } = openapi;
  return { ...definition, openapi: after.length === 0 ? rest : { ...openapi, [METADATA]: after } };
}

function isCategories(entry: Json): boolean {
  const name = isJsonObject(entry) ? entry['propertyName'] : undefined;
  return typeof name === 'string' && IS_CATEGORIES.test(name);
}
