import { makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { isEndedStatus } from '../../api/index.ts';
import { ErrorText } from '../components/ErrorText.tsx';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { useNow } from '../components/use-now.ts';
import { formatSpan } from '../format/duration.ts';
import { ActionDetails } from './ActionDetails.tsx';
import { spanOf, statusOf, type TimelineNode } from './build-timeline.ts';
import { Timeline } from './Timeline.tsx';
import { TimelineBox } from './TimelineBox.tsx';

const useStyles = makeStyles({
  error: {
    padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS} 60px`,
    color: tokens.colorPaletteRedForeground1,
    overflowWrap: 'anywhere',
  },
});

/** One execution of an action; its details open below it, what happened inside follows indented. */
export function TimelineEntry({ node }: { node: TimelineNode }) {
  const styles = useStyles();
  const { action, children } = node;
  const status = statusOf(node);
  const [isOpen, setOpen] = useState(false);
  // Turns that went well are folded away: what is looked for is the one that did not.
  const [isInsideOpen, setInsideOpen] = useState(action !== undefined || status !== 'Succeeded');
  const isSkipped = status === 'Skipped';
  return (
    <li>
      <TimelineBox
        icon={<StatusBadge status={status} iconOnly />}
        title={node.title}
        isQuiet={isSkipped}
        note={isSkipped ? 'Skipped' : <Span node={node} attempts={action?.attempts ?? 1} />}
        isOpen={action ? isOpen : isInsideOpen}
        onToggle={() => (action ? setOpen(!isOpen) : setInsideOpen(!isInsideOpen))}
      >
        {action?.error && !isSkipped && !isOpen && (
          <div className={styles.error}>
            <ErrorText message={action.error.message} />
          </div>
        )}
        {action && isOpen && <ActionDetails action={action} />}
      </TimelineBox>
      {isInsideOpen && children.length > 0 && <Timeline nodes={children} nested />}
    </li>
  );
}

/** How long it took, or has taken so far. */
function Span({ node, attempts }: { node: TimelineNode; attempts: number }) {
  const now = useNow(isEndedStatus(statusOf(node)) ? 0 : 500);
  const { startedAt, endedAt } = spanOf(node);
  if (startedAt === undefined) return null;
  const tries = attempts > 1 ? `${attempts} attempts, ` : '';
  return <>{tries + formatSpan(startedAt, endedAt, now)}</>;
}
