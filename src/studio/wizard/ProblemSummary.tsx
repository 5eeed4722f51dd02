import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components';
import type { DraftProblem } from '../../connector/index.ts';
import { formatCount } from '../format/count.ts';
import { FormLink } from './document/FormLink.tsx';
import { TextLink } from './document/TextLink.tsx';

const useStyles = makeStyles({
  body: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
  list: { margin: 0, paddingInlineStart: '18px' },
});

/** More than these are counted only. */
const MOST = 5;

interface ProblemSummaryProps {
  readonly draftId: string;
  readonly problems: readonly DraftProblem[];
  onLeave(): void;
}

/** What does not work yet, each with the way to where it is mended. It keeps nobody from saving. */
export function ProblemSummary({ draftId, problems, onLeave }: ProblemSummaryProps) {
  const styles = useStyles();
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>{formatCount(errors.length, 'problem')} left.</MessageBarTitle> You can save now and
        go on later.
        <ul className={styles.list}>
          {errors.slice(0, MOST).map((problem) => (
            <li key={`${problem.pointer} ${problem.message}`}>
              {problem.message} <FormLink draftId={draftId} problem={problem} onClick={onLeave} />{' '}
              <TextLink draftId={draftId} step={problem.step} problem={problem} onClick={onLeave} />
            </li>
          ))}
          {errors.length > MOST && <li>and {errors.length - MOST} more</li>}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
