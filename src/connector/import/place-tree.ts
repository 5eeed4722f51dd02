import { parsePointer } from '../../base/index.ts';

/** A place that somebody wants to know the line of, or that leads to one. */
export interface Wanted {
  readonly children: Map<string, Wanted>;
  line: number | undefined;
}

export function createPlaceTree(pointers: readonly string[]): Wanted {
  const root: Wanted = { children: new Map(), line: 1 };
  for (const pointer of pointers) {
    let node = root;
    for (const segment of parsePointer(pointer)) {
      let child = node.children.get(segment);
      if (child === undefined) {
        child = { children: new Map(), line: undefined };
        node.children.set(segment, child);
      }
      node = child;
    }
  }
  return root;
}

/** The line of the deepest part of a pointer that exists. */
export function findLine(root: Wanted, pointer: string): number | undefined {
  let line = root.line;
  let node: Wanted | undefined = root;
  for (const segment of parsePointer(pointer)) {
    node = node?.children.get(segment);
    line = node?.line ?? line;
  }
  return line;
}
