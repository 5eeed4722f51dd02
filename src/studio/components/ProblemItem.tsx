import { makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import type { ReactNode } from 'react';

export type ProblemSeverity = 'error' | 'warning';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  item: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  error: { color: tokens.colorStatusDangerForeground1, marginTop: '2px', flexShrink: 0 },
  warning: { color: tokens.colorStatusWarningForeground3, marginTop: '2px', flexShrink: 0 },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
});

/** Holds `ProblemItem`s. */
export function ProblemItems({ children }: { children: ReactNode }) {
  const styles = useStyles();
  return <ul className={styles.list}>{children}</ul>;
}

/** One thing that is wrong: how bad it is as a picture, then what is said of it. */
export function ProblemItem({ severity, children }: { severity: ProblemSeverity; children: ReactNode }) {
  const styles = useStyles();
  const Icon = severity === 'error' ? ErrorCircleFilled : WarningFilled;
  return (
    <li className={styles.item}>
      <Icon className={styles[severity]} aria-label={severity === 'error' ? 'Error:' : 'Warning:'} />
      <div className={styles.words}>{children}</div>
    </li>
  );
}
