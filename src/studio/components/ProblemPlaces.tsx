import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useId, useState } from 'react';
import { formatCount } from '../format/count.ts';
import type { ProblemGroup } from './group-problems.ts';
import { type PlacedProblem, ProblemPlace } from './ProblemPlace.tsx';

const useStyles = makeStyles({
  toggle: { display: 'flex', justifyContent: 'flex-start', paddingInline: 0, maxWidth: '100%' },
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingVerticalS,
  },
  lines: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});

/** So many lines are named before somebody asks. */
const MOST_LINES = 6;

interface ProblemPlacesProps<Problem> {
  readonly group: ProblemGroup<Problem>;
  readonly onShow: ((problem: Problem) => void) | undefined;
}

/** Where several problems that say the same are: their lines, and, opened, each with what is of its own. */
export function ProblemPlaces<Problem extends PlacedProblem>({ group, onShow }: ProblemPlacesProps<Problem>) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { problems, message } = group;
  return (
    <>
      <Button
        className={styles.toggle}
        appearance="transparent"
        size="small"
        icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={`${formatCount(problems.length, 'place')}${describeLines(problems)}: ${message}`}
        onClick={() => setOpen(!isOpen)}
      >
        <span>
          {formatCount(problems.length, 'place')}
          <span className={styles.lines}>{describeLines(problems)}</span>
        </span>
      </Button>
      {isOpen && (
        <ul id={id} className={styles.list}>
          {problems.map((problem) => (
            <li key={`${problem.pointer} ${problem.line} ${problem.message}`}>
              {problem.message !== message && <Text block>{problem.message}</Text>}
              <ProblemPlace problem={problem} onShow={onShow} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function describeLines(problems: readonly PlacedProblem[]): string {
  const lines = problems.flatMap(({ line }) => (line === undefined ? [] : [line]));
  if (lines.length === 0) return '';
  const named = lines.slice(0, MOST_LINES).join(', ');
  return lines.length > MOST_LINES ? `, lines ${named}, …` : `, lines ${named}`;
}
