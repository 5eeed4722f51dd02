import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import type { Connection } from '../../api/index.ts';

const useStyles = makeStyles({
  line: { display: 'flex', gap: tokens.spacingHorizontalXS, alignItems: 'center' },
  icon: { flexShrink: 0, fontSize: '16px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  waiting: { color: tokens.colorStatusWarningForeground1 },
  reason: {
    display: 'block',
    maxWidth: '46ch',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  wide: { maxWidth: '72ch', fontSize: tokens.fontSizeBase300 },
});

export const STATUS_LABELS: Readonly<Record<Connection['status'], string>> = {
  connected: 'Connected',
  error: 'Does not work',
  'needs-sign-in': 'Needs sign-in',
};

/** Whether a connection works; if not, why, and what to do. */
export function ConnectionStatus({ connection, wide = false }: { connection: Connection; wide?: boolean }) {
  const styles = useStyles();
  const { status, statusDetail } = connection;
  return (
    <div>
      <span className={styles.line}>
        <StatusIcon status={status} />
        {STATUS_LABELS[status]}
      </span>
      {statusDetail && (
        <span className={mergeClasses(styles.reason, wide && styles.wide)}>
          {statusDetail.message} {statusDetail.fix}
        </span>
      )}
    </div>
  );
}

function StatusIcon({ status }: { status: Connection['status'] }) {
  const styles = useStyles();
  if (status === 'connected')
    return <CheckmarkCircleFilled className={mergeClasses(styles.icon, styles.good)} aria-hidden />;
  if (status === 'error')
    return <DismissCircleFilled className={mergeClasses(styles.icon, styles.bad)} aria-hidden />;
  return <PersonRegular className={mergeClasses(styles.icon, styles.waiting)} aria-hidden />;
}
