import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import type { Connection } from '../../api/index.ts';

const useStyles = makeStyles({
  line: { display: 'flex', gap: tokens.spacingHorizontalXS, alignItems: 'center' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
  reason: {
    display: 'block',
    maxWidth: '46ch',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
});

const LABELS = { connected: 'Connected', error: 'Does not work', 'needs-sign-in': 'Needs sign-in' } as const;

/** Whether a connection works; if not, why, and what to do. */
export function ConnectionStatus({ connection }: { connection: Connection }) {
  const styles = useStyles();
  const { status, statusDetail } = connection;
  return (
    <div>
      <span className={styles.line}>
        {status === 'connected' ? (
          <CheckmarkCircleFilled className={styles.good} aria-hidden />
        ) : (
          <DismissCircleFilled className={styles.bad} aria-hidden />
        )}
        {LABELS[status]}
      </span>
      {statusDetail && (
        <span className={styles.reason}>
          {statusDetail.message} {statusDetail.fix}
        </span>
      )}
    </div>
  );
}
