import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { DocumentPart } from '../../../connector/index.ts';
import type { DraftEditing } from '../use-draft.ts';
import { createWorkerAsk } from './ask-worker.ts';
import type { DocumentAsk } from './document-service.ts';
import { type BrokenText, DocumentSession } from './document-session.ts';
import { takeDocumentWorker } from './document-worker.ts';
import { forgetTexts, keepTexts, readFormat, readKeptTexts } from './text-copy.ts';

/** The texts of a draft, and whom to ask about them. */
export interface DocumentEditing {
  readonly session: DocumentSession;
  readonly ask: DocumentAsk;
  readonly broken: BrokenText | undefined;
  /** A text is there to be looked at. */
  readonly isWritten: boolean;
  /** The draft's editing, in which what is typed as text counts: it is saved when the text is in the draft. */
  readonly editing: DraftEditing;
}

/**
 * Holds the texts of a draft as long as the draft is on the screen, whether they are shown or not.
 *
 * @param part the one that is shown: it is written while the code that shows it is still being fetched
 */
export function useDocument(
  draftId: string,
  editing: DraftEditing,
  part: DocumentPart | undefined,
): DocumentEditing {
  const { definition } = editing;
  const latest = useRef(editing);
  latest.current = editing;
  const [{ session, worker }] = useState(() => createSession(draftId, latest));
  useEffect(() => {
    void session.flush();
    const leave = () => session.keepNow();
    const warn = (event: BeforeUnloadEvent) => {
      session.keepNow();
      if (!session.getView().isKept && session.getBroken() !== undefined) event.preventDefault();
    };
    addEventListener('pagehide', leave);
    addEventListener('beforeunload', warn);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('beforeunload', warn);
      session.stop();
      worker.stop();
    };
  }, [session, worker]);
  useEffect(() => void session.setDefinition(definition), [session, definition]);
  useEffect(() => {
    if (part === undefined) return undefined;
    void session.open(part);
    return () => session.close(part);
  }, [session, part]);
  const broken = useSyncExternalStore(session.subscribe, session.getBroken);
  const isWritten = useSyncExternalStore(session.subscribe, session.getIsWritten);
  const isPending = useSyncExternalStore(session.subscribe, session.getIsPending);
  const status = isPending && editing.status === 'saved' ? 'saving' : editing.status;
  const forget = () => {
    session.forget();
    editing.forget();
  };
  const flush = useCallback(async () => {
    await session.flush();
    await latest.current.flush();
  }, [session]);
  return { session, ask: worker.ask, broken, isWritten, editing: { ...editing, status, forget, flush } };
}

function createSession(draftId: string, editing: { readonly current: DraftEditing }) {
  const worker = createWorkerAsk(takeDocumentWorker);
  const session = new DocumentSession({
    ask: worker.ask,
    definition: editing.current.definition,
    format: readFormat(),
    kept: readKeptTexts(draftId),
    change: (part, value) => {
      const { definition, change } = editing.current;
      // At once: whoever flushes next must find it in the draft.
      flushSync(() => change({ ...definition, [part]: value }, 'Edit the document'));
    },
    keep: (texts) => {
      if (texts !== undefined) return keepTexts(draftId, texts);
      forgetTexts(draftId);
      return true;
    },
  });
  return { session, worker };
}
