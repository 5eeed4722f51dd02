import { formatPointer, type JsonObject } from '../../../base/index.ts';
import {
  type Completion,
  checkDocument,
  completeText,
  type DocumentPart,
  describeText,
  editText,
  findPath,
  locatePointer,
  printText,
  type ReadableText,
  readText,
  type TextError,
  type TextFormat,
  type TextSpan,
} from '../../../connector/index.ts';

/** A stretch of a text, and its line, the first being 1. */
export interface TextPlace extends TextSpan {
  readonly line: number;
}

/** Something that is wrong, with its place in the text. */
export interface TextProblem extends TextPlace {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly pointer: string;
}

interface Text {
  readonly part: DocumentPart;
  readonly format: TextFormat;
  readonly text: string;
}

export type ReadAnswer =
  | { readonly ok: true; readonly value: JsonObject; readonly problems: readonly TextProblem[] }
  | { readonly ok: false; readonly error: TextError };

interface Known extends ReadableText {
  readonly text: string;
}

/** What is done with texts away from the screen, in a worker: a large one takes a while. */
export interface DocumentService {
  print(value: JsonObject, format: TextFormat): string;
  edit(text: string, format: TextFormat, to: JsonObject): string;
  read(text: Text): ReadAnswer;
  /** Where things are in the text of a part that was read last; undefined when it is another one. */
  locate(text: Text, pointers: readonly string[]): readonly TextPlace[] | undefined;
  complete(text: Text, offset: number, openapi: JsonObject | undefined): readonly Completion[];
  describe(text: Text, offset: number): { readonly span: TextSpan; readonly text: string } | undefined;
  /** The pointer of what stands at an offset. */
  findPointer(text: Text, offset: number): string | undefined;
}

export function createDocumentService(): DocumentService {
  const known = new Map<DocumentPart, Known>();
  const find = ({ part, text }: Text) => {
    const found = known.get(part);
    return found?.text === text ? found : undefined;
  };
  return {
    print: printText,
    edit: editText,
    read({ part, format, text }) {
      // A connector without properties is usual, one without an API is a slip of the hand.
      const read = readText(text, format, part === 'properties');
      if (!read.ok) return read;
      const { value, tree } = read;
      known.set(part, { text, value, tree });
      const place = createPlacer(text, tree);
      const problems = checkDocument(value, part).map((one) => ({ ...one, ...place(one.pointer) }));
      return { ok: true, value, problems };
    },
    locate(text, pointers) {
      const found = find(text);
      return found && pointers.map(createPlacer(found.text, found.tree));
    },
    complete({ part, format, text }, offset, openapi) {
      const value = known.get(part)?.value ?? {};
      return completeText({
        text,
        format,
        part,
        offset,
        value,
        openapi: part === 'openapi' ? value : (openapi ?? {}),
      });
    },
    describe(text, offset) {
      const found = find(text);
      return found && describeText(found.tree, found.value, text.part, offset);
    },
    findPointer(text, offset) {
      const found = find(text);
      return found && formatPointer(findPath(found.tree, offset));
    },
  };
}

function createPlacer(text: string, tree: ReadableText['tree']): (pointer: string) => TextPlace {
  const starts = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  return (pointer) => {
    const span = locatePointer(tree, pointer);
    return { ...span, line: countUpTo(starts, span.start) + 1 };
  };
}

/** How many of some growing numbers are not beyond a limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Method = keyof DocumentService;

/** The same, answered later. */
export type DocumentAsk = {
  readonly [Name in Method]: (
    ...given: Parameters<DocumentService[Name]>
  ) => Promise<ReturnType<DocumentService[Name]>>;
};

export interface DocumentQuestion {
  readonly id: number;
  readonly method: Method;
  readonly given: readonly unknown[];
}

export interface DocumentAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}
