import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowStepOverRegular } from '@fluentui/react-icons/svg/arrow-step-over';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { ClockRegular } from '@fluentui/react-icons/svg/clock';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { HourglassHalfRegular } from '@fluentui/react-icons/svg/hourglass-half';
import { SpinnerIosRegular } from '@fluentui/react-icons/svg/spinner-ios';
import { SubtractCircleRegular } from '@fluentui/react-icons/svg/subtract-circle';
import type { ReactNode } from 'react';
import type { ActionStatus } from '../../api/index.ts';

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
    verticalAlign: 'middle',
  },
  icon: { display: 'inline-flex', fontSize: '16px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  busy: { color: tokens.colorBrandForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
  spinning: {
    animationName: { to: { transform: 'rotate(360deg)' } },
    animationDuration: '1.2s',
    animationIterationCount: 'infinite',
    animationTimingFunction: 'linear',
    '@media (prefers-reduced-motion: reduce)': { animationDuration: '8s' },
  },
});

interface Look {
  readonly icon: ReactNode;
  readonly tone: 'good' | 'bad' | 'busy' | 'quiet';
  readonly label: string;
}

const LOOKS: Readonly<Record<ActionStatus, Look>> = {
  Running: { icon: <SpinnerIosRegular />, tone: 'busy', label: 'Running' },
  Waiting: { icon: <HourglassHalfRegular />, tone: 'busy', label: 'Waiting' },
  Succeeded: { icon: <CheckmarkCircleFilled />, tone: 'good', label: 'Succeeded' },
  Failed: { icon: <DismissCircleFilled />, tone: 'bad', label: 'Failed' },
  TimedOut: { icon: <ClockRegular />, tone: 'bad', label: 'Timed out' },
  Cancelled: { icon: <SubtractCircleRegular />, tone: 'quiet', label: 'Cancelled' },
  Skipped: { icon: <ArrowStepOverRegular />, tone: 'quiet', label: 'Skipped' },
};

export function describeStatus(status: ActionStatus): string {
  return LOOKS[status].label;
}

interface StatusBadgeProps {
  readonly status: ActionStatus;
  /** The icon alone; its meaning is still read out. */
  readonly iconOnly?: boolean;
}

/** How a run or action stands: icon, colour and word, so that none of them is needed alone. */
export function StatusBadge({ status, iconOnly = false }: StatusBadgeProps) {
  const styles = useStyles();
  const { icon, tone, label } = LOOKS[status];
  const spinning = status === 'Running' ? styles.spinning : undefined;
  return (
    <span className={styles.root}>
      <span
        className={mergeClasses(styles.icon, styles[tone], spinning)}
        {...(iconOnly ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      >
        {icon}
      </span>
      {!iconOnly && <span>{label}</span>}
    </span>
  );
}
