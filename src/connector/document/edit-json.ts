import { applyEdits, type FormattingOptions, modify } from 'jsonc-parser';
import type { Json } from '../../base/index.ts';
import type { JsonStep, Path } from './diff-json.ts';
import { findNode } from './find-node.ts';
import { readText } from './read-text.ts';
import { applySplices } from './text-types.ts';

/** Applies one step to JSON, comments included. `undefined`: it cannot be done in place. */
export function editJson(text: string, step: JsonStep): string | undefined {
  if (step.type === 'rename') return rename(text, step);
  if (step.type === 'order') return order(text, step);
  const formattingOptions = guessFormatting(text);
  if (step.type === 'set') return change(text, step.path, step.value, { formattingOptions });
  if (step.type === 'remove') return change(text, step.path, undefined, { formattingOptions });
  const { path, key, after, value } = step;
  if (typeof key === 'number') {
    return change(text, [...path, key], value, { formattingOptions, isArrayInsertion: true });
  }
  const getInsertionIndex = (names: string[]) => (after === undefined ? 0 : names.lastIndexOf(after) + 1);
  return change(text, [...path, key], value, { formattingOptions, getInsertionIndex });
}

function change(
  text: string,
  path: Path,
  value: Json | undefined,
  options: Parameters<typeof modify>[3],
): string | undefined {
  try {
    return applyEdits(text, modify(text, [...path], value, options));
  } catch {
    return undefined; // a number that JSON.stringify does not take
  }
}

function guessFormatting(text: string): FormattingOptions {
  const [, indent = '  '] = /\n([ \t]+)"/.exec(text) ?? [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol,
  };
}

function rename(text: string, { path, from, to }: Extract<JsonStep, { type: 'rename' }>) {
  const read = readText(text, 'json');
  const key = read.ok ? findNode(read.tree, [...path, from])?.member?.key : undefined;
  if (key === undefined) return undefined;
  return applySplices(text, [{ start: key.start, end: key.end, text: JSON.stringify(to) }]);
}

/** Each place of a member takes another member; what stands between them stays. */
function order(text: string, { path, keys }: Extract<JsonStep, { type: 'order' }>): string | undefined {
  const read = readText(text, 'json');
  const members = read.ok ? findNode(read.tree, path)?.node.members : undefined;
  if (members?.length !== keys.length) return undefined;
  const texts = new Map(members.map(({ key, value }) => [key?.name, text.slice(key?.start, value.end)]));
  const splices = members.map(({ key, value }, index) => ({
    start: key?.start ?? value.start,
    end: value.end,
    text: texts.get(keys[index] ?? '') ?? '',
  }));
  return applySplices(text, splices);
}
