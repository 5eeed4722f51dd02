import { formatPointer, getByPointer, type JsonObject } from '../../base/index.ts';
import { diffJson, isSame, type JsonStep, type Path } from './diff-json.ts';
import { editJson } from './edit-json.ts';
import { editYaml } from './edit-yaml.ts';
import { printText } from './print-text.ts';
import { readText } from './read-text.ts';
import type { TextFormat } from './text-types.ts';

/** Each step reads the text anew: more than this is written anew as a whole. In characters. */
const MOST_WORK = 100_000_000;
/** So many parts are written anew before the whole is. */
const MOST_PARTS = 20;

/**
 * Gives a text the meaning of a value and leaves all else in it as it was: comments, blank lines, the way things are
 * written. What cannot be changed in place is written anew: the smallest part that holds it, and the whole only where no
 * part will do.
 */
export function editText(text: string, format: TextFormat, to: JsonObject): string {
  let current = text;
  for (let count = 0; count <= MOST_PARTS; count += 1) {
    const read = readText(current, format, count > 0);
    if (!read.ok) break;
    const steps = diffJson(read.value, to);
    if (steps.length * current.length > MOST_WORK) break;
    const { edited, failed } = applySteps(current, format, steps);
    if (failed === undefined && means(edited, format, to)) return edited;
    const next = replacePart(current, format, failed ?? steps[0], to);
    if (next === undefined) break;
    current = next;
  }
  return printText(to, format);
}

/** The text after all steps, or after those before the first that cannot be taken. */
function applySteps(text: string, format: TextFormat, steps: readonly JsonStep[]) {
  let edited = text;
  for (const step of steps) {
    const next = applyStep(edited, format, step);
    if (next === undefined) return { edited, failed: step };
    edited = next;
  }
  return { edited, failed: undefined };
}

function applyStep(text: string, format: TextFormat, step: JsonStep): string | undefined {
  return format === 'json' ? editJson(text, step) : editYaml(text, step);
}

/** Writes anew the smallest part, around a step, that can be written as it shall be. */
function replacePart(
  text: string,
  format: TextFormat,
  step: JsonStep | undefined,
  to: JsonObject,
): string | undefined {
  const path: Path = step?.path ?? [];
  for (let depth = path.length; depth > 0; depth -= 1) {
    const part = path.slice(0, depth);
    const pointer = formatPointer(part);
    const value = getByPointer(to, pointer);
    if (value === undefined) continue;
    const edited = applyStep(text, format, { type: 'set', path: part, value });
    if (edited === undefined || edited === text) continue;
    const read = readText(edited, format, true);
    if (read.ok && isSame(getByPointer(read.value, pointer), value)) return edited;
  }
  return undefined;
}

function means(text: string, format: TextFormat, value: JsonObject): boolean {
  const read = readText(text, format, true);
  return read.ok && isSame(read.value, value);
}
