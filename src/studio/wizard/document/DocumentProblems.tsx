import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { ProblemList } from '../../components/ProblemList.tsx';
import { formatCount } from '../../format/count.ts';
import type { PlacedProblem } from './use-text-problems.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  note: { color: tokens.colorNeutralForeground2 },
});

/** More than these are marked in the text only. */
const MOST = 30;

interface DocumentProblemsProps {
  readonly problems: readonly PlacedProblem[];
  onShow(problem: PlacedProblem): void;
}

/** What is wrong in a text, with its lines; hints are marked in the text only. */
export function DocumentProblems({ problems, onShow }: DocumentProblemsProps) {
  const styles = useStyles();
  const grave = problems.filter(({ severity }) => severity !== 'hint');
  const shown = grave.slice(0, MOST);
  const list = (severity: 'error' | 'warning') => {
    const own = shown.filter((one) => one.severity === severity);
    return own.length > 0 && <ProblemList problems={own} severity={severity} onShow={onShow} />;
  };
  return (
    <section className={styles.root} aria-label="Problems in the text">
      <Subtitle2 as="h2">
        {grave.length === 0 ? 'No problems' : formatCount(grave.length, 'problem')}
      </Subtitle2>
      {list('error')}
      {list('warning')}
      {grave.length > MOST && (
        <Text className={styles.note}>and {grave.length - MOST} more, marked in the text</Text>
      )}
    </section>
  );
}
