import type { Problem } from '../../base/index.ts';
import { decodeText } from './decode.ts';
import { Problems } from './problems.ts';

/** What stands on a line, and a little around it. */
const AROUND = 1;
const MAX_WIDTH = 160;

/** Adds to problems the lines of the main document that they speak of. */
export function createQuoter() {
  let source: Uint8Array | undefined;
  return {
    setText: (bytes: Uint8Array) => {
      source = bytes;
    },
    all: (problems: readonly Problem[]): Problem[] => {
      if (source === undefined || !problems.some(isPlaced)) return [...problems];
      const lines = readLines(source);
      return problems.map((problem) => (isPlaced(problem) ? quote(problem, lines) : problem));
    },
  };
}

/** Of the other files of a package there are no lines here. */
function isPlaced({ line, message }: Problem): boolean {
  return line !== undefined && !/apiProperties\.json|script\.csx/.test(message);
}

function readLines(bytes: Uint8Array): string[] {
  try {
    return decodeText('', bytes, new Problems()).split(/\r\n|\r|\n/);
  } catch {
    return []; // no text: the problem is just that
  }
}

/** A document on a single line shows its beginning, which is no help: no snippet. */
function quote(problem: Problem, lines: readonly string[]): Problem {
  const index = (problem.line ?? 1) - 1;
  if (lines.length < 3 || lines[index] === undefined) return problem;
  const shown = lines.slice(Math.max(0, index - AROUND), index + AROUND + 1);
  return { ...problem, snippet: shown.map(shorten).join('\n') };
}

function shorten(line: string): string {
  return line.length > MAX_WIDTH ? `${line.slice(0, MAX_WIDTH)} …` : line;
}
