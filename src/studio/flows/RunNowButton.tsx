import { Button } from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { lazy, Suspense, useState } from 'react';
import type { Flow } from '../../api/index.ts';

const RunNowDialog = lazy(() =>
  import('./RunNowDialog.tsx').then((module) => ({ default: module.RunNowDialog })),
);

/** Starts a run by hand. */
export function RunNowButton({ flow }: { flow: Flow }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button appearance="primary" icon={<PlayRegular />} onClick={() => setOpen(true)}>
        Run now
      </Button>
      <Suspense>{open && <RunNowDialog flow={flow} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
