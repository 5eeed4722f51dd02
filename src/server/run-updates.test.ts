import { expect, test } from 'vitest';
import type { RunUpdate } from '../api/index.ts';
import type { RunProgress, RunView } from '../engine/index.ts';
import { followRun } from './run-updates.ts';

type Action = RunView['actions'][number];

function createAction(key: string, status: Action['status']): Action {
  return {
    key,
    name: key,
    type: 'Compose',
    status,
    code: undefined,
    inputs: undefined,
    outputs: undefined,
    error: undefined,
    startedAt: 1,
    endedAt: status === 'Running' ? undefined : 2,
    attempts: 1,
  };
}

function createView(status: 'Running' | 'Succeeded', actions: Action[]): RunView {
  const run = {
    id: 'r',
    flowId: 'f',
    flowName: 'Flow',
    flowVersion: 1,
    triggerName: 'manual',
    status,
    startedAt: 1,
    endedAt: undefined,
    error: undefined,
    origin: undefined,
    wakeAt: undefined,
  };
  return { run, trigger: { name: 'manual', type: 'Request', outputs: null }, actions };
}

/** A run that is at the next view whenever it is read, and rings at once. */
function createSource(views: RunView[]) {
  let listener: ((progress: RunProgress) => void) | undefined;
  return {
    isWatched: () => listener !== undefined,
    readRun: async () => {
      queueMicrotask(() => listener?.({ runId: 'r', status: 'Running', keys: [] }));
      return views.length > 1 ? views.shift() : views[0];
    },
    watchRun: (_id: string, callback: (progress: RunProgress) => void) => {
      listener = callback;
      return () => {
        listener = undefined;
      };
    },
  };
}

test('the first update holds everything, later ones what changed, until the run has ended', async () => {
  const [running, done, next] = [
    createAction('A', 'Running'),
    createAction('A', 'Succeeded'),
    createAction('B', 'Succeeded'),
  ];
  const source = createSource([
    createView('Running', [running]),
    createView('Running', [running]),
    createView('Running', [done]),
    createView('Succeeded', [done, next]),
  ]);
  const updates: RunUpdate[] = [];
  await followRun(source, 'r', new AbortController().signal, (update) => updates.push(update));
  expect(
    updates.map(({ run, actions }) => [run.status, actions.map(({ key, status }) => `${key} ${status}`)]),
  ).toEqual([
    ['Running', ['A Running']],
    ['Running', ['A Succeeded']],
    ['Succeeded', ['B Succeeded']],
  ]);
  expect(updates.map((update) => update.trigger !== undefined)).toEqual([true, false, false]);
  expect(source.isWatched()).toBe(false);
});

test('a client that goes away is not followed any longer', async () => {
  const source = createSource([createView('Running', [])]);
  const controller = new AbortController();
  const following = followRun(source, 'r', controller.signal, () => controller.abort());
  await following;
  expect(source.isWatched()).toBe(false);
});
