import { ErrorText } from './ErrorText.tsx';
import { groupProblems } from './group-problems.ts';
import { ProblemItem, ProblemItems, type ProblemSeverity } from './ProblemItem.tsx';
import { type PlacedProblem, ProblemPlace } from './ProblemPlace.tsx';
import { ProblemPlaces } from './ProblemPlaces.tsx';

interface ProblemListProps<Problem> {
  readonly problems: readonly Problem[];
  readonly severity: ProblemSeverity;
  /** Where the document is at hand: shows the place of a problem in it. */
  readonly onShow?: (problem: Problem) => void;
}

/** Findings in a document: a sentence each, and where; what says the same is said once. */
export function ProblemList<Problem extends PlacedProblem>({
  problems,
  severity,
  onShow,
}: ProblemListProps<Problem>) {
  return (
    <ProblemItems>
      {groupProblems(problems).map((group) => {
        const [first] = group.problems;
        if (first === undefined) return null;
        const isOne = group.problems.length === 1;
        return (
          <ProblemItem key={`${first.code} ${first.pointer} ${first.message}`} severity={severity}>
            <ErrorText message={isOne ? first.message : group.message} />
            {isOne ? (
              <ProblemPlace problem={first} onShow={onShow} />
            ) : (
              <ProblemPlaces group={group} onShow={onShow} />
            )}
          </ProblemItem>
        );
      })}
    </ProblemItems>
  );
}
