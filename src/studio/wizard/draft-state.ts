import type { ConnectorDefinition } from '../../connector/index.ts';

/** What a definition was before a change, or after one that was undone. */
interface Step {
  readonly definition: ConnectorDefinition;
  /** What the change was: "Rename". */
  readonly label: string;
  readonly at: number;
}

/** A newer revision that somebody else wrote. */
export interface ForeignRevision {
  readonly revision: number;
  readonly definition: ConnectorDefinition;
  readonly updatedBy: string | undefined;
  readonly updatedAt: string;
}

/**
 * A draft on the screen, its history, and what the server has of it.
 *
 * 1. `saved` is what the server holds as `revision`.
 * 2. One write is under way at a time: `saving` is what it carries.
 * 3. While there is a `conflict`, nothing is written.
 */
export interface DraftState {
  readonly definition: ConnectorDefinition;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  readonly revision: number;
  readonly saved: ConnectorDefinition;
  readonly saving: ConnectorDefinition | undefined;
  /** Why the last write failed. */
  readonly error: unknown;
  readonly conflict: ForeignRevision | undefined;
}

export type DraftAction =
  | {
      readonly type: 'change';
      readonly definition: ConnectorDefinition;
      readonly label: string;
      readonly at: number;
    }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'saving' }
  | { readonly type: 'saved'; readonly revision: number }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'retry' }
  | { readonly type: 'conflict'; readonly foreign: ForeignRevision }
  | { readonly type: 'keepMine' }
  | { readonly type: 'takeTheirs'; readonly at: number };

/** Changes of the same thing within this time are one: a word is undone, not a letter. */
const MERGE_MS = 1500;
const MAX_STEPS = 200;

export function createDraftState(definition: ConnectorDefinition, revision: number): DraftState {
  return {
    definition,
    past: [],
    future: [],
    revision,
    saved: definition,
    saving: undefined,
    error: undefined,
    conflict: undefined,
  };
}

export function reduceDraft(state: DraftState, action: DraftAction): DraftState {
  switch (action.type) {
    case 'change':
      return change(state, action);
    case 'undo':
      return undo(state);
    case 'redo':
      return redo(state);
    case 'saving':
      return { ...state, saving: state.definition, error: undefined };
    case 'saved':
      return { ...state, saved: state.saving ?? state.saved, saving: undefined, revision: action.revision };
    case 'failed':
      return { ...state, saving: undefined, error: action.error ?? new Error('The draft was not saved.') };
    case 'retry':
      return { ...state, error: undefined };
    case 'conflict':
      return { ...state, saving: undefined, error: undefined, conflict: action.foreign };
    case 'keepMine':
      return resolve(state, ({ revision, definition }) => ({ ...state, revision, saved: definition }));
    case 'takeTheirs':
      return resolve(state, (foreign) => takeTheirs(state, foreign, action.at));
  }
}

function change(state: DraftState, action: Extract<DraftAction, { type: 'change' }>): DraftState {
  const { definition, label, at } = action;
  if (definition === state.definition) return state;
  const last = state.past.at(-1);
  const merges = last?.label === label && at - last.at < MERGE_MS && state.future.length === 0;
  const before = merges ? state.past.slice(0, -1) : state.past;
  const step = { definition: merges ? last.definition : state.definition, label, at };
  return { ...state, definition, past: [...before, step].slice(-MAX_STEPS), future: [] };
}

function undo(state: DraftState): DraftState {
  const step = state.past.at(-1);
  if (step === undefined) return state;
  return {
    ...state,
    definition: step.definition,
    past: state.past.slice(0, -1),
    future: [...state.future, { ...step, definition: state.definition }],
  };
}

function redo(state: DraftState): DraftState {
  const step = state.future.at(-1);
  if (step === undefined) return state;
  return {
    ...state,
    definition: step.definition,
    // Long ago, so that what is typed next is a step of its own.
    past: [...state.past, { definition: state.definition, label: step.label, at: Number.NEGATIVE_INFINITY }],
    future: state.future.slice(0, -1),
  };
}

function resolve(state: DraftState, decide: (foreign: ForeignRevision) => DraftState): DraftState {
  return state.conflict === undefined ? state : { ...decide(state.conflict), conflict: undefined };
}

/** What was here stays in the history: it can be had back. */
function takeTheirs(state: DraftState, foreign: ForeignRevision, at: number): DraftState {
  const { definition, revision, updatedBy } = foreign;
  const label = updatedBy === undefined ? 'Changes of somebody else' : `Changes of ${updatedBy}`;
  const changed = change(state, { type: 'change', definition, label, at });
  return { ...changed, saved: definition, revision };
}

export type SaveStatus = 'saved' | 'saving' | 'failed' | 'conflict';

/** What is said about the saving: what is not saved yet is about to be. */
export function readSaveStatus(state: DraftState): SaveStatus {
  if (state.conflict !== undefined) return 'conflict';
  if (state.error !== undefined) return 'failed';
  return state.definition === state.saved ? 'saved' : 'saving';
}

/** Whether there is something to write, and nothing that keeps it from being written. */
export function mustSave(state: DraftState): boolean {
  return (
    state.definition !== state.saved &&
    state.saving === undefined &&
    state.error === undefined &&
    state.conflict === undefined
  );
}
