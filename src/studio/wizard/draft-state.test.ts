import { describe, expect, test } from 'vitest';
import { createBlankDefinition } from '../../connector/index.ts';
import {
  createDraftState,
  type DraftAction,
  type DraftState,
  mustSave,
  readSaveStatus,
  reduceDraft,
} from './draft-state.ts';

const named = new Map<string, ReturnType<typeof createBlankDefinition>>();

/** The same name is the same definition. */
function define(title: string) {
  const definition = named.get(title) ?? createBlankDefinition(title);
  named.set(title, definition);
  return definition;
}

function run(state: DraftState, ...actions: DraftAction[]): DraftState {
  return actions.reduce(reduceDraft, state);
}

function change(title: string, label = 'Rename', at = 0): DraftAction {
  return { type: 'change', definition: define(title), label, at };
}

const start = createDraftState(define('A'), 1);
const undo: DraftAction = { type: 'undo' };
const redo: DraftAction = { type: 'redo' };

describe('the history', () => {
  test('goes back and forth, and says what it takes back', () => {
    const changed = run(start, change('B', 'Rename', 0), change('C', 'Describe', 1));
    expect(changed.past.map(({ label }) => label)).toEqual(['Rename', 'Describe']);
    const back = run(changed, undo, undo);
    expect(back.definition).toBe(define('A'));
    expect(back.future.at(-1)?.label).toBe('Rename');
    expect(run(back, redo, redo).definition).toBe(define('C'));
    expect(run(back, undo)).toBe(back);
    expect(run(changed, redo)).toBe(changed);
  });

  test('what is typed in one go is one step', () => {
    const typed = run(
      start,
      change('B', 'Rename', 0),
      change('C', 'Rename', 400),
      change('D', 'Rename', 900),
    );
    expect(typed.past).toHaveLength(1);
    expect(run(typed, undo).definition).toBe(define('A'));
    const later = run(typed, change('E', 'Rename', 9000));
    expect(run(later, undo).definition).toBe(define('D'));
  });

  test('what is typed after something was undone or done again is a step of its own', () => {
    const undone = run(start, change('B', 'Rename', 0), undo, change('C', 'Rename', 1));
    expect(undone.future).toEqual([]);
    expect(run(undone, undo).definition).toBe(define('A'));
    const redone = run(start, change('B', 'Rename', 0), undo, redo, change('C', 'Rename', 1));
    expect(run(redone, undo).definition).toBe(define('B'));
  });

  test('has an end', () => {
    const many = Array.from({ length: 300 }, (_, index) => change(`N${index}`, `Label ${index}`, index));
    expect(run(start, ...many).past).toHaveLength(200);
  });
});

describe('saving', () => {
  const saving: DraftAction = { type: 'saving' };

  test('what is changed while it is saved is saved next', () => {
    const busy = run(start, change('B'), saving);
    expect([readSaveStatus(busy), mustSave(busy)]).toEqual(['saving', false]);
    const typed = run(busy, change('C', 'Describe'), { type: 'saved', revision: 2 });
    expect(typed).toMatchObject({ revision: 2, saved: define('B') });
    expect([readSaveStatus(typed), mustSave(typed)]).toEqual(['saving', true]);
    const done = run(typed, saving, { type: 'saved', revision: 3 });
    expect([readSaveStatus(done), mustSave(done)]).toEqual(['saved', false]);
  });

  test('undoing back to what is saved needs no writing', () => {
    expect(mustSave(run(start, change('B'), undo))).toBe(false);
  });

  test('a failure is said, and tried again only when somebody says so', () => {
    const failed = run(start, change('B'), saving, { type: 'failed', error: new Error('No network') });
    expect([readSaveStatus(failed), mustSave(failed)]).toEqual(['failed', false]);
    expect(mustSave(run(failed, { type: 'retry' }))).toBe(true);
  });
});

describe("somebody else's newer revision", () => {
  const foreign = {
    revision: 7,
    definition: define('Theirs'),
    updatedBy: 'Grace',
    updatedAt: '2026-01-01T00:00:00Z',
  };
  const conflict = run(start, change('Mine'), { type: 'saving' }, { type: 'conflict', foreign });

  test('stops the saving until there is a choice', () => {
    expect([readSaveStatus(conflict), mustSave(conflict)]).toEqual(['conflict', false]);
    expect(mustSave(run(conflict, change('More', 'Describe')))).toBe(false);
  });

  test('mine is written over theirs', () => {
    const kept = run(conflict, { type: 'keepMine' });
    expect(kept).toMatchObject({ definition: define('Mine'), revision: 7, conflict: undefined });
    expect(mustSave(kept)).toBe(true);
  });

  test('theirs is taken, and mine can be had back', () => {
    const taken = run(conflict, { type: 'takeTheirs', at: 5 });
    expect(taken).toMatchObject({ definition: define('Theirs'), revision: 7 });
    expect([readSaveStatus(taken), mustSave(taken)]).toEqual(['saved', false]);
    expect(taken.past.at(-1)?.label).toBe('Changes of Grace');
    expect(run(taken, undo).definition).toBe(define('Mine'));
  });
});
