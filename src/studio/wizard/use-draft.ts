import { useMutation } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { type ConnectorDraft, endpoints } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { ApiError, type Client } from '../../client/index.ts';
import type { ConnectorDefinition } from '../../connector/index.ts';
import { client, leavingClient } from '../app/api-client.ts';
import { forgetHistory, keepHistory, readHistory, withHistory } from './draft-history.ts';
import {
  type DraftAction,
  type DraftState,
  type ForeignRevision,
  mustSave,
  readSaveStatus,
  reduceDraft,
  type SaveStatus,
} from './draft-state.ts';
import { printDefinition, readLocalCopy, removeLocalCopy, writeLocalCopy } from './local-copy.ts';
import { openDraft } from './open-draft.ts';
import { useFlush } from './use-flush.ts';

/** How long the hands must rest before a change is sent. */
const SAVE_AFTER_MS = 700;
/** A copy in the browser costs little, but not nothing in a large definition. */
const COPY_AFTER_MS = 200;

/** A draft that is being worked on. */
export interface DraftEditing {
  readonly definition: ConnectorDefinition;
  readonly revision: number;
  readonly status: SaveStatus;
  readonly error: unknown;
  readonly conflict: ForeignRevision | undefined;
  /** What would be undone; undefined: nothing. */
  readonly undoLabel: string | undefined;
  readonly redoLabel: string | undefined;
  change(next: ConnectorDefinition, label: string): void;
  undo(): void;
  redo(): void;
  retry(): void;
  keepMine(): void;
  takeTheirs(): void;
  /** Sends what is not saved yet, and resolves when the server has what is on the screen. */
  flush(): Promise<void>;
  /** Nothing of it is kept in this browser any more: it was published or discarded. */
  forget(): void;
}

/**
 * Holds a draft with its history and keeps it: every change goes to the browser's storage at once and to the server
 * when the hands rest, so that neither a reload nor the end of a session loses anything.
 */
export function useDraft(draft: ConnectorDraft): DraftEditing {
  const { id } = draft;
  const [state, dispatch] = useReducer(reduceDraft, draft, (given) =>
    withHistory(openDraft(given, readLocalCopy(id)), readHistory(id)),
  );
  const current = useRef(state);
  current.current = state;
  const isForgotten = useRef(false);
  const { mutateAsync: send } = useMutation({ mutationFn: (write: DraftWrite) => sendDraft(write) });

  useKeepCopy(id, current, isForgotten);
  const flush = useFlush(state, current, dispatch);
  const { definition, saving } = state;
  const isDue = mustSave(state);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the definition begins the wait anew.
  useEffect(() => {
    if (!isDue) return undefined;
    const timer = setTimeout(() => dispatch({ type: 'saving' }), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isDue, definition]);

  useEffect(() => {
    if (saving === undefined || isForgotten.current) return;
    send({ id, definition: saving, revision: current.current.revision }).then(
      (revision) => dispatch({ type: 'saved', revision }),
      async (error: unknown) => {
        if (!isConflict(error)) return dispatch({ type: 'failed', error });
        await readForeign(id).then(
          (foreign) => dispatch(settleConflict(foreign, saving)),
          (reason: unknown) => dispatch({ type: 'failed', error: reason }),
        );
      },
    );
  }, [id, saving, send]);

  const change = useCallback(
    (next: ConnectorDefinition, label: string) =>
      dispatch({ type: 'change', definition: next, label, at: Date.now() }),
    [],
  );
  const commands = useMemo(
    () => ({
      undo: () => dispatch({ type: 'undo' }),
      redo: () => dispatch({ type: 'redo' }),
      retry: () => dispatch({ type: 'retry' }),
      keepMine: () => dispatch({ type: 'keepMine' }),
      takeTheirs: () => dispatch({ type: 'takeTheirs', at: Date.now() }),
      forget: () => {
        isForgotten.current = true;
        removeLocalCopy(id);
        forgetHistory(id);
      },
    }),
    [id],
  );
  return {
    ...commands,
    change,
    flush,
    definition,
    revision: state.revision,
    status: readSaveStatus(state),
    error: state.error,
    conflict: state.conflict,
    undoLabel: state.past.at(-1)?.label,
    redoLabel: state.future.at(-1)?.label,
  };
}

/** What is there may be what was sent, when only the answer was lost, or sent as the page was left. */
function settleConflict(foreign: ForeignRevision, sent: ConnectorDefinition): DraftAction {
  if (printDefinition(foreign.definition) !== printDefinition(sent)) return { type: 'conflict', foreign };
  return { type: 'saved', revision: foreign.revision };
}

/** Keeps a copy in the browser while the server does not have the latest, and sends that when the page is left. */
function useKeepCopy(id: string, current: RefObject<DraftState>, isForgotten: RefObject<boolean>): void {
  const { definition, saved } = current.current;
  const isSaved = definition === saved;
  const keep = useCallback(() => {
    const { definition: latest, saved: known, saving, revision } = current.current;
    if (isForgotten.current || latest === known) return;
    const sent = saving === undefined ? undefined : printDefinition(saving);
    writeLocalCopy(id, { revision, definition: latest, sent });
  }, [id, current, isForgotten]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the definition begins the wait anew.
  useEffect(() => {
    if (isSaved) return removeLocalCopy(id);
    const timer = setTimeout(keep, COPY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [id, keep, isSaved, definition]);
  useEffect(() => {
    const leave = (through: Client) => {
      const { definition: latest, revision } = current.current;
      keep();
      if (!isForgotten.current) keepHistory(id, current.current);
      if (isForgotten.current || !mustSave(current.current)) return;
      // Whether it arrives is not known here: the copy says what was sent, and is compared when the draft is opened.
      writeLocalCopy(id, { revision, definition: latest, sent: printDefinition(latest) });
      sendDraft({ id, definition: latest, revision }, through).catch(() => undefined);
    };
    const leaveSite = () => leave(leavingClient);
    addEventListener('pagehide', leaveSite);
    return () => {
      removeEventListener('pagehide', leaveSite);
      leave(client);
    };
  }, [id, keep, current, isForgotten]);
}

interface DraftWrite {
  readonly id: string;
  readonly definition: ConnectorDefinition;
  readonly revision: number;
}

async function sendDraft(
  { id, definition, revision }: DraftWrite,
  through: Client = client,
): Promise<number> {
  const saved = await through.call(endpoints.updateConnectorDraft, {
    params: { id },
    body: { definition: definition as unknown as JsonObject },
    ifMatch: revision,
  });
  return saved.revision;
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 412;
}

async function readForeign(id: string): Promise<ForeignRevision> {
  const { definition, ...theirs } = await client.call(endpoints.getConnectorDraft, { params: { id } });
  return {
    revision: theirs.revision,
    definition: definition as ConnectorDefinition,
    updatedBy: theirs.updatedBy,
    updatedAt: theirs.updatedAt,
  };
}
