import { makeStyles, tokens } from '@fluentui/react-components';
import { FlashFilled } from '@fluentui/react-icons/svg/flash';
import { useState } from 'react';
import type { RunTrigger } from '../../api/index.ts';
import { JsonView } from '../components/JsonView.tsx';
import { TimelineBox } from './TimelineBox.tsx';

const useStyles = makeStyles({
  icon: { fontSize: '16px', color: tokens.colorBrandForeground1, flexShrink: 0 },
  details: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(320px, 100%), 1fr))',
    padding: tokens.spacingHorizontalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
});

/** What started the run. */
export function TriggerEntry({ trigger }: { trigger: RunTrigger }) {
  const styles = useStyles();
  const [isOpen, setOpen] = useState(false);
  return (
    <TimelineBox
      icon={<FlashFilled className={styles.icon} aria-hidden />}
      title={trigger.name.replaceAll('_', ' ')}
      note="Trigger"
      isOpen={isOpen}
      onToggle={() => setOpen(!isOpen)}
    >
      {isOpen && (
        <div className={styles.details}>
          {trigger.inputs !== undefined && <JsonView title="Inputs" value={trigger.inputs} />}
          <JsonView title="Outputs" value={trigger.outputs} openLevels={3} />
        </div>
      )}
    </TimelineBox>
  );
}
