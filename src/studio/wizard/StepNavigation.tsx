import { CounterBadge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import type { DraftProblem } from '../../connector/index.ts';
import { PlainLink } from '../components/links.tsx';
import { NARROW } from '../components/styles.ts';
import { formatCount } from '../format/count.ts';
import { moveToStep } from './address/move-to-step.ts';
import { WIZARD_STEPS, type WizardStep } from './steps.ts';

const useStyles = makeStyles({
  root: {
    position: 'sticky',
    top: tokens.spacingVerticalXXL,
    // The ring of a link with the focus must not be cut off.
    [NARROW]: { position: 'static', overflowX: 'auto', margin: '-4px', padding: '4px' },
  },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    [NARROW]: { flexDirection: 'row', width: 'max-content' },
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover, color: tokens.colorNeutralForeground1 },
    '& svg': { fontSize: '20px', flexShrink: 0 },
  },
  current: {
    color: tokens.colorBrandForeground1,
    backgroundColor: tokens.colorBrandBackground2,
    fontWeight: tokens.fontWeightSemibold,
    ':hover': {
      backgroundColor: tokens.colorBrandBackground2Hover,
      color: tokens.colorBrandForeground2Hover,
    },
  },
  title: { flexGrow: 1, whiteSpace: 'nowrap' },
  warning: {
    backgroundColor: tokens.colorStatusWarningBackground2,
    color: tokens.colorStatusWarningForeground2,
  },
});

interface StepNavigationProps {
  readonly draftId: string;
  readonly current: string;
  readonly problems: readonly DraftProblem[];
}

/** The steps of the wizard, each with how much is wrong in it. */
export function StepNavigation({ draftId, current, problems }: StepNavigationProps) {
  const styles = useStyles();
  const list = useRef<HTMLOListElement>(null);
  // Where the steps stand side by side, the one that is open must be in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step anew
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav className={styles.root} aria-label="Steps">
      <ol ref={list} className={styles.list}>
        {WIZARD_STEPS.map((step) => (
          <li key={step.name}>
            <PlainLink
              to="/connectors/drafts/$draftId"
              params={{ draftId }}
              search={(before) => moveToStep(before, step.name)}
              className={mergeClasses(styles.link, step.name === current && styles.current)}
              aria-current={step.name === current ? 'step' : undefined}
            >
              <step.icon />
              <span className={styles.title}>{step.title}</span>
              <ProblemCount problems={problems} step={step} />
            </PlainLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function ProblemCount({ problems, step }: { problems: readonly DraftProblem[]; step: WizardStep }) {
  const styles = useStyles();
  const own = problems.filter((one) => one.step === step.name);
  const errors = own.filter(({ severity }) => severity === 'error').length;
  const warnings = own.filter(({ severity }) => severity === 'warning').length;
  if (errors + warnings === 0) return null;
  const count = errors > 0 ? errors : warnings;
  const words = errors > 0 ? formatCount(errors, 'problem') : formatCount(warnings, 'warning');
  return (
    <CounterBadge
      count={count}
      size="small"
      color={errors > 0 ? 'danger' : 'informative'}
      className={errors > 0 ? undefined : styles.warning}
      role="img"
      aria-label={words}
    />
  );
}
