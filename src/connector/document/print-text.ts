import { Document, isScalar, visit } from 'yaml';
import { isJsonObject, type Json, stringifyJson } from '../../base/index.ts';
import type { TextFormat } from './text-types.ts';

/** Writes a value as text, as an export does; in YAML an object without members is no text, in which one can begin. */
export function printText(value: Json, format: TextFormat): string {
  if (format === 'yaml' && isJsonObject(value) && Object.keys(value).length === 0) return '';
  return format === 'json' ? `${stringifyJson(value, 2)}\n` : printYaml(value);
}

export function printYaml(value: Json): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_key, { key }) => {
      // A member of this name would be read as a mapping to merge.
      if (isScalar(key) && key.value === '<<') key.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}
