import { visit } from 'jsonc-parser';
import { joinBrokenTexts } from './broken-texts.ts';
import { lineAt } from './decode.ts';
import { createPlaceTree, findLine, type Wanted } from './place-tree.ts';

/**
 * Finds the lines of places in JSON text, in one pass over it. The function returned answers with the line of
 * the deepest part of the pointer that exists.
 */
export function locateInJson(
  text: string,
  pointers: readonly string[],
): (pointer: string) => number | undefined {
  const root = createPlaceTree(pointers);
  markLines(text, root);
  return (pointer) => findLine(root, pointer);
}

function markLines(written: string, root: Wanted): void {
  // Texts over several lines end too early for the parser, and its count of lines leaves theirs out.
  const text = joinBrokenTexts(written);
  const count =
    text === written
      ? (_offset: number, line: number) => line + 1
      : (offset: number) => lineAt(written, offset);
  /** Around the current place: what is wanted there, and the index in a list. */
  const around: { wanted: Wanted | undefined; index: number | undefined }[] = [];
  let current: Wanted | undefined = root;
  const mark = (wanted: Wanted | undefined, offset: number, line: number) => {
    // The first line counts: a property's name stands before its value.
    if (wanted !== undefined && wanted.line === undefined) wanted.line = count(offset, line);
  };
  const enter = (index: number | undefined, offset: number, line: number) => {
    mark(current, offset, line);
    around.push({ wanted: current, index });
    if (index !== undefined) current = current?.children.get('0');
  };
  const leave = () => {
    current = around.pop()?.wanted;
  };
  visit(
    text,
    {
      onObjectBegin: (offset, _length, line) => enter(undefined, offset, line),
      onArrayBegin: (offset, _length, line) => enter(0, offset, line),
      onObjectEnd: leave,
      onArrayEnd: leave,
      onObjectProperty: (name, offset, _length, line) => {
        current = around.at(-1)?.wanted?.children.get(name);
        mark(current, offset, line);
      },
      onLiteralValue: (_value, offset, _length, line) => mark(current, offset, line),
      onSeparator: (character) => {
        const list = around.at(-1);
        if (character !== ',' || list?.index === undefined) return;
        list.index += 1;
        current = list.wanted?.children.get(String(list.index));
      },
    },
    { allowTrailingComma: true },
  );
}
