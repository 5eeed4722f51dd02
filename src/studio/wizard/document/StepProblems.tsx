import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useState } from 'react';
import type { DraftProblem } from '../../../connector/index.ts';
import { ProblemItem, ProblemItems } from '../../components/ProblemItem.tsx';
import { formatCount } from '../../format/count.ts';
import { FormLink } from './FormLink.tsx';
import { TextLink } from './TextLink.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
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
        <ProblemItems>
          {own.slice(0, MOST).map((problem) => (
            <ProblemItem
              key={`${problem.pointer} ${problem.message}`}
              severity={problem.severity === 'error' ? 'error' : 'warning'}
            >
              {problem.message} <FormLink {...{ draftId, problem }} />{' '}
              <TextLink {...{ draftId, step, problem }} />
            </ProblemItem>
          ))}
          {own.length > MOST && <li>and {own.length - MOST} more</li>}
        </ProblemItems>
      )}
    </section>
  );
}
