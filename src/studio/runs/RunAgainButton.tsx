import { Button } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { useState } from 'react';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { useNotify } from '../components/notifications.tsx';
import { describeStatus } from '../components/StatusBadge.tsx';
import { type Resubmission, useResubmitRuns } from '../data/runs.ts';

export type EndedBadly = NonNullable<Resubmission['status']>;

interface RunAgainButtonProps {
  readonly flowId: string;
  readonly flowName: string;
  readonly status: EndedBadly;
  readonly startedFrom: string | undefined;
}

/** Runs all runs of a flow again that ended so, within the time that is looked at. */
export function RunAgainButton({ flowId, flowName, status, startedFrom }: RunAgainButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const resubmit = useResubmitRuns();
  const notify = useNotify();
  const how = describeStatus(status).toLowerCase();
  // Runs that begin now and end as badly are not begun once more.
  const confirm = () =>
    resubmit.mutate(
      {
        flowId,
        status,
        startedBefore: new Date().toISOString(),
        ...(startedFrom === undefined ? {} : { startedFrom }),
      },
      {
        onSuccess: ({ begun, refused, reason }) => {
          setOpen(false);
          notify.success(`${begun} ${begun === 1 ? 'run has' : 'runs have'} begun again.`);
          if (refused > 0) notify.error(`${refused} could not be run again.`, new Error(reason));
        },
      },
    );
  return (
    <>
      <Button icon={<ArrowClockwiseRegular />} onClick={() => setOpen(true)}>
        Run all again
      </Button>
      <ConfirmDialog
        open={isOpen}
        title={`Run what ${how} again?`}
        action="Run again"
        busy={resubmit.isPending}
        error={resubmit.error}
        onConfirm={confirm}
        onClose={() => setOpen(false)}
      >
        Each run of {flowName} that {how}
        {startedFrom === undefined ? '' : ' in the chosen time'} begins again with its trigger, and the flow
        as it is now. What those runs did before, they may do a second time.
      </ConfirmDialog>
    </>
  );
}

export function readEndedBadly(status: string | undefined): EndedBadly | undefined {
  return status === 'Failed' || status === 'Cancelled' || status === 'TimedOut' ? status : undefined;
}
