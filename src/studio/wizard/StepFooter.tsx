import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import type { ReactNode } from 'react';
import { ButtonLink } from '../components/links.tsx';
import { moveToStep, type WizardSearch } from './address/move-to-step.ts';
import { WIZARD_STEPS } from './steps.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    flexWrap: 'wrap',
    paddingTop: tokens.spacingVerticalS,
  },
});

interface StepFooterProps {
  readonly draftId: string;
  readonly current: string;
  /** What is done after the last step. */
  readonly end: ReactNode;
}

/** The way to the steps before and after. */
export function StepFooter({ draftId, current, end }: StepFooterProps) {
  const styles = useStyles();
  const at = WIZARD_STEPS.findIndex(({ name }) => name === current);
  const before = WIZARD_STEPS[at - 1];
  const after = WIZARD_STEPS[at + 1];
  if (before === undefined && after === undefined) return null;
  const to = (step: string) =>
    ({
      to: '/connectors/drafts/$draftId',
      params: { draftId },
      search: (before: WizardSearch) => moveToStep(before, step),
    }) as const;
  return (
    <div className={styles.root}>
      {before ? (
        <ButtonLink {...to(before.name)} icon={<ChevronLeftRegular />}>
          {before.title}
        </ButtonLink>
      ) : (
        <span />
      )}
      {after === undefined ? (
        end
      ) : (
        <ButtonLink {...to(after.name)} icon={<ChevronRightRegular />} iconPosition="after">
          {after.title}
        </ButtonLink>
      )}
    </div>
  );
}
