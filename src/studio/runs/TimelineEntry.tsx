import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useState } from 'react';
import { isEndedStatus } from '../../api/index.ts';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { useNow } from '../components/use-now.ts';
import { formatSpan } from '../format/duration.ts';
import { ActionDetails } from './ActionDetails.tsx';
import { statusOf, type TimelineNode } from './build-timeline.ts';
import { Timeline } from './Timeline.tsx';

const useStyles = makeStyles({
  box: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
  },
  line: {
    width: '100%',
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '40px',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  title: { fontWeight: tokens.fontWeightSemibold, minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
  space: { flexGrow: 1 },
  error: {
    padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS} 64px`,
    color: tokens.colorStatusDangerForeground1,
    overflowWrap: 'anywhere',
  },
});

/** One execution of an action; its details open below it, what happened inside follows indented. */
export function TimelineEntry({ node }: { node: TimelineNode }) {
  const styles = useStyles();
  const status = statusOf(node);
  const [open, setOpen] = useState(false);
  // Turns that went well are folded away: what is looked for is the one that did not.
  const [isInsideOpen, setInsideOpen] = useState(node.action !== undefined || status !== 'Succeeded');
  const { action } = node;
  const isOpen = action ? open : isInsideOpen;
  return (
    <li>
      <div className={styles.box}>
        <button
          type="button"
          className={styles.line}
          aria-expanded={isOpen}
          onClick={() => (action ? setOpen(!open) : setInsideOpen(!isInsideOpen))}
        >
          {isOpen ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
          <StatusBadge status={status} iconOnly />
          <span className={styles.title}>{node.title}</span>
          {action && action.attempts > 1 && <span className={styles.quiet}>{action.attempts} attempts</span>}
          <span className={styles.space} />
          {action && <Span startedAt={action.startedAt} endedAt={action.endedAt} status={status} />}
        </button>
        {action?.error && status !== 'Skipped' && !open && (
          <div className={styles.error}>{action.error.message}</div>
        )}
        {action && open && <ActionDetails action={action} />}
      </div>
      {isInsideOpen && node.children.length > 0 && <Timeline nodes={node.children} nested />}
    </li>
  );
}

interface SpanProps {
  readonly startedAt: string | undefined;
  readonly endedAt: string | undefined;
  readonly status: ReturnType<typeof statusOf>;
}

/** How long it took, or has taken so far. */
function Span({ startedAt, endedAt, status }: SpanProps) {
  const styles = useStyles();
  const now = useNow(isEndedStatus(status) ? 0 : 500);
  if (startedAt === undefined || status === 'Skipped') return null;
  return <span className={styles.quiet}>{formatSpan(startedAt, endedAt, now)}</span>;
}
