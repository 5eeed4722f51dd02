import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const route = getRouteApi('/shell/connectors/drafts/$draftId');

/** What of a step is looked at. */
export interface StepPlace {
  /** As a pointer into the definition: `/openapi/paths/~1labels/post`. */
  readonly at?: string;
  /** The tab of a step, where nothing in it is chosen. */
  readonly tab?: string;
}

export interface WizardAddress extends StepPlace {
  /** Counts how often somebody came here by a link, or by going back; what they chose here themselves does not count. */
  readonly arrival: number;
  /** Writes into the address what somebody chose: a step of the browser's history, unless it replaces the one before. */
  show(place: StepPlace, how: 'push' | 'replace'): void;
}

/** The place in a step, as it stands in the address: a reload and the way back lead to it. */
export function useAddress(): WizardAddress {
  const { step, view, at, tab } = route.useSearch();
  const navigate = route.useNavigate();
  const [arrival, setArrival] = useState(0);
  /** What was written, and is not what the page shows yet. */
  const written = useRef<string[]>([]);
  const page = `${step} ${view}`;
  const place = print({ at, tab });
  const now = useRef({ page, place });
  useLayoutEffect(() => {
    const before = now.current;
    if (before.page === page && before.place === place) return;
    now.current = { page, place };
    const own = written.current.indexOf(place);
    written.current.splice(0, own + 1);
    if (own < 0 || before.page !== page) setArrival((count) => count + 1);
  }, [page, place]);
  const router = useRouter();
  useEffect(
    // The same link once more: the address stays, and leads there all the same.
    () =>
      router.subscribe('onResolved', ({ hrefChanged }) => !hrefChanged && setArrival((count) => count + 1)),
    [router],
  );
  const show = useCallback(
    (next: StepPlace, how: 'push' | 'replace') => {
      const text = print(next);
      if (text === (written.current.at(-1) ?? now.current.place)) return;
      written.current.push(text);
      void navigate({
        search: ({ at: _at, tab: _tab, ...before }) => ({ ...before, ...next }),
        replace: how === 'replace',
        resetScroll: false,
      });
    },
    [navigate],
  );
  return { ...(at === undefined ? {} : { at }), ...(tab === undefined ? {} : { tab }), arrival, show };
}

function print({ at, tab }: { at?: string | undefined; tab?: string | undefined }): string {
  return `${at} ${tab}`;
}
