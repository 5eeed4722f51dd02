import { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE, type ScalarLayout } from 'js-yaml';
import { isJsonObject, type Json, stringifyJson } from '../../base/index.ts';
import { YAML_SCHEMA } from '../import/yaml/parse-yaml.ts';
import type { TextFormat } from './text-types.ts';

/** Writes a value as text, as an export does; in YAML an object without members is no text, in which one can begin. */
export function printText(value: Json, format: TextFormat): string {
  if (format === 'yaml' && isJsonObject(value) && Object.keys(value).length === 0) return '';
  return format === 'json' ? `${stringifyJson(value, 2)}\n` : printYaml(value);
}

/** In blocks, each value on a line of its own however long it is; what means the same twice is written twice. */
export function printYaml(value: Json): string {
  return dump(value, {
    schema: YAML_SCHEMA,
    scalarStyleRules: [quoteBlanks, quoteEndless, ...Object.values(DEFAULT_SCALAR_STYLE_RULES)],
    quoteStyle: 'double',
    lineWidth: -1,
    noRefs: true,
    skipInvalid: true, // members without a value, as in JSON
  });
}

/** Of lines that begin or end with blanks not every reader keeps all, unless they are in quotes. */
function quoteBlanks(layout: ScalarLayout): void {
  const { value } = layout.node;
  if (value.includes('\n') && /^\s|[ \t](?:\n|$)/.test(value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}

/** Digits of a number that is too great for one are a text to this library, and infinity to others. */
function quoteEndless(layout: ScalarLayout): void {
  const { value } = layout.node;
  if (/^[-+]?[.\d]+e/i.test(value) && Math.abs(Number(value)) === Number.POSITIVE_INFINITY)
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
}
