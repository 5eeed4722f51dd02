import type { Json, JsonObject } from '../../base/index.ts';
import type { Visibility } from '../types.ts';

/** The first of some values that is a text and not blank. */
export function firstText(...values: (Json | undefined)[]): string {
  for (const value of values) if (typeof value === 'string' && value.trim() !== '') return value.trim();
  return '';
}

/** `x-ms-visibility` of the first thing that has one. */
export function readVisibility(...owners: JsonObject[]): Visibility {
  for (const owner of owners) {
    const written = String(owner['x-ms-visibility'] ?? '').toLowerCase();
    if (written === 'important' || written === 'advanced' || written === 'internal') return written;
  }
  return 'normal';
}
