/** Something that is wrong, in a sentence; those with one code are of one kind. */
export interface GroupedProblem {
  readonly message: string;
  readonly code?: string | undefined;
}

export interface ProblemGroup<Problem> {
  /** What all of them say: `POST … has no operationId; it is called …` */
  readonly message: string;
  readonly problems: readonly Problem[];
}

const GAP = '…';
/** Of the words of a sentence, so much must be the same in all of a group. */
const SAME = 0.5;

/** Puts together what says the same, but for names and numbers in it; groups stand where their first stood. */
export function groupProblems<Problem extends GroupedProblem>(
  problems: readonly Problem[],
): readonly ProblemGroup<Problem>[] {
  const groups: { code: string | undefined; words: readonly string[]; problems: Problem[] }[] = [];
  for (const problem of problems) {
    const words = splitWords(problem);
    const group = groups.find(({ code, words: shared }) => code === problem.code && isAlike(shared, words));
    if (group === undefined) groups.push({ code: problem.code, words, problems: [problem] });
    else {
      group.words = findShared(group.words, words);
      group.problems.push(problem);
    }
  }
  return groups.map(({ words, problems: found }) => ({ message: joinWords(words), problems: found }));
}

/** A sentence with lines of a text under it, or of no kind, is alike only what is equal to it. */
function splitWords({ message, code }: GroupedProblem): string[] {
  return code === undefined || message.includes('\n') ? [message] : message.split(' ');
}

function isAlike(shared: readonly string[], words: readonly string[]): boolean {
  if (shared.length !== words.length) return false;
  const same = findShared(shared, words).filter((word) => word !== GAP).length;
  return same === words.length || same >= words.length * SAME;
}

function findShared(shared: readonly string[], words: readonly string[]): string[] {
  return shared.map((word, index) => (word === words[index] ? word : GAP));
}

/** Of several gaps side by side one is left. */
function joinWords(words: readonly string[]): string {
  return words.filter((word, index) => word !== GAP || words[index - 1] !== GAP).join(' ');
}
