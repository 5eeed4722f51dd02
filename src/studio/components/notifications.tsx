import { Toast, ToastBody, Toaster, ToastTitle, useToastController } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { describeError } from '../../base/index.ts';
import { ApiError } from '../../client/index.ts';

const TOASTER = 'patchbay';

/** Where short messages about what was just done appear. */
export function Notifications() {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <section ref={setPlace} aria-label="Messages">
      {place && <Toaster toasterId={TOASTER} position="bottom-end" mountNode={place} />}
    </section>
  );
}

/** Short messages about what was just done: they are read out, and go away by themselves. */
export function useNotify() {
  const { dispatchToast } = useToastController(TOASTER);
  return useMemo(
    () => ({
      success: (title: string) =>
        dispatchToast(
          <Toast>
            <ToastTitle>{title}</ToastTitle>
          </Toast>,
          { intent: 'success', timeout: 4000, politeness: 'polite' },
        ),
      error: (title: string, error: unknown) =>
        dispatchToast(
          <Toast>
            <ToastTitle>{title}</ToastTitle>
            <ToastBody>
              {describeError(error)}
              {error instanceof ApiError && error.fix ? ` ${error.fix}` : ''}
            </ToastBody>
          </Toast>,
          { intent: 'error', timeout: 12_000, politeness: 'assertive' },
        ),
    }),
    [dispatchToast],
  );
}
