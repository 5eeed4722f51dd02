import { visit } from 'jsonc-parser';
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

function markLines(text: string, root: Wanted): void {
  /** Around the current place: what is wanted there, and the index in a list. */
  const around: { wanted: Wanted | undefined; index: number | undefined }[] = [];
  let current: Wanted | undefined = root;
  const enter = (index: number | undefined, line: number) => {
    mark(current, line);
    around.push({ wanted: current, index });
    if (index !== undefined) current = current?.children.get('0');
  };
  const leave = () => {
    current = around.pop()?.wanted;
  };
  visit(
    text,
    {
      onObjectBegin: (_offset, _length, line) => enter(undefined, line),
      onArrayBegin: (_offset, _length, line) => enter(0, line),
      onObjectEnd: leave,
      onArrayEnd: leave,
      onObjectProperty: (name, _offset, _length, line) => {
        current = around.at(-1)?.wanted?.children.get(name);
        mark(current, line);
      },
      onLiteralValue: (_value, _offset, _length, line) => mark(current, line),
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

/** The first line counts: a property's name stands before its value. `line` is 0-based. */
function mark(wanted: Wanted | undefined, line: number): void {
  if (wanted !== undefined && wanted.line === undefined) wanted.line = line + 1;
}
