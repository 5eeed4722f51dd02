import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import { useState } from 'react';
import type { DraftProblem } from '../../../connector/index.ts';
import { formatCount } from '../../format/count.ts';
import { TextLink } from './TextLink.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  item: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  error: { color: tokens.colorStatusDangerForeground1, marginTop: '2px', flexShrink: 0 },
  warning: { color: tokens.colorStatusWarningForeground3, marginTop: '2px', flexShrink: 0 },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
});

/** More than these are counted only. */
const MOST = 8;

interface StepProblemsProps {
  readonly draftId: string;
  readonly step: string;
  readonly problems: readonly DraftProblem[];
}

/** What is wrong in a step, each with the way to its place in the text. */
export function StepProblems({ draftId, step, problems }: StepProblemsProps) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  const own = problems.filter((one) => one.step === step && one.severity !== 'hint');
  if (own.length === 0) return null;
  return (
    <section className={styles.root} aria-label="Problems in this step">
      <Button
        appearance="subtle"
        icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {formatCount(own.length, 'problem')} in this step
      </Button>
      {isOpen && (
        <ul className={styles.list}>
          {own.slice(0, MOST).map((problem) => (
            <li key={`${problem.pointer} ${problem.message}`} className={styles.item}>
              {problem.severity === 'error' ? (
                <ErrorCircleFilled className={styles.error} aria-label="Error:" />
              ) : (
                <WarningFilled className={styles.warning} aria-label="Warning:" />
              )}
              <span className={styles.words}>
                {problem.message} <TextLink {...{ draftId, step, problem }} />
              </span>
            </li>
          ))}
          {own.length > MOST && <li>and {own.length - MOST} more</li>}
        </ul>
      )}
    </section>
  );
}
