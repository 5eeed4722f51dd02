import type { JsonObject } from '../../base/index.ts';
import { diffJson, isSame, type JsonStep } from './diff-json.ts';
import { editJson } from './edit-json.ts';
import { editYaml } from './edit-yaml.ts';
import { printText } from './print-text.ts';
import { readText } from './read-text.ts';
import type { TextFormat } from './text-types.ts';

/** Each step reads the text anew: more than this is written anew as a whole. In characters. */
const MOST_WORK = 100_000_000;

/**
 * Gives a text the meaning of a value and leaves all else in it as it was: comments, blank lines, the way things are
 * written. What cannot be changed in place is written anew.
 */
export function editText(text: string, format: TextFormat, to: JsonObject): string {
  const read = readText(text, format);
  if (!read.ok) return printText(to, format);
  const steps = diffJson(read.value, to);
  if (steps.length * text.length > MOST_WORK) return printText(to, format);
  const edited = applySteps(text, format, steps);
  if (edited === undefined) return printText(to, format);
  const again = readText(edited, format, true);
  return again.ok && isSame(again.value, to) ? edited : printText(to, format);
}

function applySteps(text: string, format: TextFormat, steps: readonly JsonStep[]): string | undefined {
  let edited: string | undefined = text;
  for (const step of steps) {
    if (edited === undefined) return undefined;
    edited = format === 'json' ? editJson(edited, step) : editYaml(edited, step);
  }
  return edited;
}
