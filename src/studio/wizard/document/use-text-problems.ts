import { useEffect, useMemo, useState } from 'react';
import type { DocumentPart, DraftProblem, TextFormat } from '../../../connector/index.ts';
import { useDebounced } from '../../components/use-debounced.ts';
import type { DocumentAsk, TextPlace, TextProblem } from './document-service.ts';
import type { TextView } from './document-session.ts';

/** A problem of the text itself, or one that the steps show. */
export type PlacedProblem = Omit<TextProblem, 'severity'> & Pick<DraftProblem, 'severity'>;

interface Asked {
  readonly ask: DocumentAsk;
  readonly part: DocumentPart;
  readonly format: TextFormat;
  readonly view: TextView;
  /** Of the whole definition. */
  readonly problems: readonly DraftProblem[];
}

interface Located {
  readonly text: string;
  readonly problems: readonly PlacedProblem[];
}

const LOCATE_AFTER_MS = 150;
const NONE: readonly PlacedProblem[] = [];

/** Everything that is wrong with a text, each at its place, in the order of the text. */
export function useTextProblems({ ask, part, format, view, problems }: Asked): readonly PlacedProblem[] {
  const { text, error, isPending } = view;
  const [located, setLocated] = useState<Located>();
  const settled = useDebounced(error || isPending ? undefined : text, LOCATE_AFTER_MS);
  useEffect(() => {
    if (settled === undefined) return undefined;
    let isGone = false;
    const own = problems.filter(({ pointer }) => pointer.startsWith(`/${part}`));
    const pointers = own.map(({ pointer }) => pointer.slice(part.length + 1));
    ask.locate({ part, format, text: settled }, pointers).then(
      (places) => {
        if (isGone || places === undefined) return;
        setLocated({ text: settled, problems: own.map((one, index) => place(one, places[index])) });
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [ask, part, format, settled, problems]);
  return useMemo(() => {
    if (error !== undefined) return NONE;
    const all = [...view.problems, ...(located?.problems ?? NONE)];
    return all.sort((a, b) => a.start - b.start);
  }, [error, view.problems, located]);
}

function place(problem: DraftProblem, at: TextPlace | undefined): PlacedProblem {
  return { ...problem, ...(at ?? { start: 0, end: 1, line: 1 }) };
}
