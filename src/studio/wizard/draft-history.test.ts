import { expect, test } from 'vitest';
import { createBlankDefinition, readGeneral, setGeneral } from '../../connector/index.ts';
import { printHistory, withHistory } from './draft-history.ts';
import { createDraftState, type DraftState, reduceDraft } from './draft-state.ts';

const blank = createBlankDefinition('A');
const named = (title: string, description = '') => setGeneral(blank, { title, description });
const change = (state: DraftState, title: string, description?: string) =>
  reduceDraft(state, { type: 'change', definition: named(title, description), label: title, at: 0 });
const titleOf = ({ definition }: DraftState) => readGeneral(definition).title;

test('after a reload what was undone before can be redone, and what was done can be undone', () => {
  const done = change(change(createDraftState(named('A'), 1), 'B'), 'C');
  const left = reduceDraft(done, { type: 'undo' });
  const again = withHistory(createDraftState(named('B'), 2), printHistory(left));
  expect(titleOf(reduceDraft(again, { type: 'undo' }))).toBe('A');
  expect(titleOf(reduceDraft(again, { type: 'redo' }))).toBe('C');
  expect(again.past.map(({ label }) => label)).toEqual(['B']);
});

test('the history of another definition is none, nor is what cannot be read', () => {
  const text = printHistory(change(createDraftState(named('A'), 1), 'B'));
  expect(withHistory(createDraftState(named('X'), 2), text).past).toEqual([]);
  expect(withHistory(createDraftState(named('B'), 2), '{').past).toEqual([]);
  expect(withHistory(createDraftState(named('B'), 2), null).past).toEqual([]);
});

test('where there is little room the latest steps are kept', () => {
  const large = 'x'.repeat(400_000);
  const state = ['B', 'C', 'D', 'E', 'F', 'G'].reduce(
    (before, title) => change(before, title, large),
    createDraftState(named('A'), 1),
  );
  const again = withHistory(createDraftState(named('G', large), 2), printHistory(state));
  expect(again.past.map(({ label }) => label)).toEqual(['E', 'F', 'G']);
});
