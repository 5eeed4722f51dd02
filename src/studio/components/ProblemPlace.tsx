import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { GroupedProblem } from './group-problems.ts';
import { MONOSPACE } from './styles.ts';

const useStyles = makeStyles({
  place: {
    display: 'block',
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  snippet: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: MONOSPACE,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
  },
  jump: {
    border: 'none',
    background: 'none',
    padding: 0,
    textAlign: 'start',
    cursor: 'pointer',
    color: tokens.colorBrandForegroundLink,
    ':hover': { textDecorationLine: 'underline' },
  },
});

/** A problem with its place in a document. */
export interface PlacedProblem extends GroupedProblem {
  readonly line?: number | undefined;
  readonly pointer?: string | undefined;
  /** The lines there. */
  readonly snippet?: string | undefined;
}

interface ProblemPlaceProps<Problem> {
  readonly problem: Problem;
  readonly onShow: ((problem: Problem) => void) | undefined;
}

/** Where a problem is: line, pointer, and what is written there. */
export function ProblemPlace<Problem extends PlacedProblem>({ problem, onShow }: ProblemPlaceProps<Problem>) {
  const styles = useStyles();
  const place = describePlace(problem);
  return (
    <>
      {onShow && problem.pointer !== undefined ? (
        <button
          type="button"
          className={mergeClasses(styles.place, styles.jump)}
          onClick={() => onShow(problem)}
        >
          {place}
        </button>
      ) : (
        <span className={styles.place}>{place}</span>
      )}
      {problem.snippet && <pre className={styles.snippet}>{problem.snippet}</pre>}
    </>
  );
}

function describePlace({ line, pointer }: PlacedProblem): string {
  return [line === undefined ? '' : `Line ${line}`, pointer ?? ''].filter((part) => part !== '').join(' · ');
}
