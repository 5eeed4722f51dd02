import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { DynamicArgument } from './types.ts';

/**
 * The arguments of a dynamic operation: references to other inputs (`parameter`, `parameterReference`), to the
 * opened node of a tree (`selectedItemValuePath`, the file picker's `value-property`), or values: as they stand in the
 * older form, within `value` in the newer.
 */
export function readArguments(written: Json | undefined): DynamicArgument[] {
  if (!isJsonObject(written)) return [];
  return Object.entries(written).map(([name, value]) => readArgument(name, value));
}

function readArgument(name: string, value: Json): DynamicArgument {
  if (!isJsonObject(value)) return { name, from: 'value', value };
  const reference = value['parameterReference'] ?? value['parameter'];
  if (typeof reference === 'string') return { name, from: 'input', reference };
  const path = value['selectedItemValuePath'] ?? value['value-property'];
  if (typeof path === 'string') return { name, from: 'selection', path };
  return { name, from: 'value', value: 'value' in value ? (value['value'] ?? null) : value };
}

/** The first of some members that is a path; blanks and a lone slash are none. */
export function readPath(owner: JsonObject, ...names: string[]): string | undefined {
  for (const name of names) {
    const path = owner[name];
    if (typeof path === 'string' && path.replaceAll('/', '').trim() !== '') return path.trim();
  }
  return undefined;
}
