import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileFlow } from '../compile.ts';
import type { CompiledFlow } from '../types.ts';
import { advance, beginRun, hasWork, settle } from './advance.ts';
import { takeEvents } from './events.ts';
import { restoreRun } from './restore.ts';
import { planResubmission } from './resubmit.ts';
import { createRun } from './run.ts';
import type { Clock, Outcome, Run, RunEvent } from './types.ts';

const CLOCK: Clock = { now: () => 1_000, random: () => 0.5 };
const DONE: Outcome = { status: 'Succeeded', outputs: { statusCode: 200, body: 'done' } };
const BROKEN: Outcome = { status: 'Failed', code: 'NotFound', outputs: { statusCode: 404 } };

const http = (after: JsonObject = {}): JsonObject => ({
  type: 'Http',
  runAfter: after,
  inputs: { method: 'POST', uri: 'https://api.example', retryPolicy: { type: 'none' } },
});
const after = (name: string): JsonObject => ({ [name]: ['Succeeded'] });

function start(flow: CompiledFlow): Run {
  return createRun({
    id: 'run',
    flow,
    flowInfo: { id: 'f', name: 'f', displayName: 'F', environment: 'Default' },
    trigger: { name: 'manual', outputs: {} },
    traits: () => ({ idempotent: false, keyed: false }),
  });
}

/** Drives a run to its end; every call is answered by its key. Returns the keys that were called. */
function drive(run: Run, events: RunEvent[], answer: (key: string) => Outcome): string[] {
  const called: string[] = [];
  do {
    const commands = advance(run, CLOCK);
    events.push(...takeEvents(run));
    for (const command of commands) {
      if (command.type !== 'call') continue;
      called.push(command.key);
      settle(run, command.key, answer(command.key), CLOCK);
    }
  } while (hasWork(run) || run.pending.length > 0);
  return called;
}

/** Runs the flow with one action failing, then again from an action with nothing failing. */
function repeat(actions: JsonObject, failing: string, from: string) {
  const flow = compileFlow({ triggers: {}, actions });
  const events: RunEvent[] = [];
  const first = start(flow);
  beginRun(first);
  drive(first, events, (key) => (key.endsWith(failing) ? BROKEN : DONE));
  const plan = planResubmission(flow, events, from);
  if (!plan.ok) return { refused: plan.message };
  const again = start(flow);
  const stored = [...plan.opened, ...plan.kept].map((event, index) => ({ ...event, seq: index + 1 }));
  restoreRun(again, stored, CLOCK);
  const called = drive(again, stored, () => DONE);
  return { status: again.status, called };
}

test('an action that failed runs again, and what came before it does not', () => {
  const actions = { One: http(), Two: http(after('One')), Three: http(after('Two')) };
  expect(repeat(actions, 'Two', 'Two')).toEqual({ status: 'Succeeded', called: ['Two', 'Three'] });
});

test('the name may be spelled in any case', () => {
  expect(repeat({ One: http(), Two: http(after('One')) }, 'Two', 'two')).toMatchObject({ called: ['Two'] });
});

test('a branch beside the action is kept', () => {
  const actions = { Left: http(), Right: http(), Last: http({ Left: ['Succeeded'], Right: ['Succeeded'] }) };
  expect(repeat(actions, 'Right', 'Right')).toEqual({ status: 'Succeeded', called: ['Right', 'Last'] });
});

test('the scopes and the branch around the action are open again', () => {
  const actions = {
    Check: {
      type: 'If',
      expression: { equals: [1, 1] },
      actions: {
        Scope: { type: 'Scope', actions: { One: http(), Two: http(after('One')) } },
      },
      else: { actions: { Other: http() } },
    },
    Last: http(after('Check')),
  };
  expect(repeat(actions, 'Two', 'Two')).toEqual({ status: 'Succeeded', called: ['Two', 'Last'] });
});

test('a loop before the action is kept with all its turns', () => {
  const actions = {
    Each: { type: 'Foreach', foreach: [1, 2, 3], actions: { Call: http() } },
    Two: http(after('Each')),
  };
  expect(repeat(actions, 'Two', 'Two')).toEqual({ status: 'Succeeded', called: ['Two'] });
});

test('a loop itself can be chosen and runs all its turns', () => {
  const actions = { Each: { type: 'Foreach', foreach: [1, 2], actions: { Call: http() } } };
  expect(repeat(actions, 'Call', 'Each')).toEqual({
    status: 'Succeeded',
    called: ['Each[0]/Call', 'Each[1]/Call'],
  });
});

test('variables have the values they had before the action', () => {
  const actions = {
    Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'n', type: 'integer', value: 1 }] } },
    Add: { type: 'IncrementVariable', runAfter: after('Init'), inputs: { name: 'n', value: 4 } },
    Two: http(after('Add')),
    Check: {
      type: 'If',
      runAfter: after('Two'),
      expression: { equals: ["@variables('n')", 5] },
      actions: { Five: http() },
      else: { actions: { NotFive: http() } },
    },
  };
  expect(repeat(actions, 'Two', 'Two')).toMatchObject({ called: ['Two', 'Five'] });
});

test.each([
  ['an action inside a loop', 'Call', "'Call' is inside the loop 'Each': choose the loop itself."],
  [
    'an action that did not run',
    'Never',
    "'Never' did not run in this run, so there is nothing to begin it with.",
  ],
  ['an unknown action', 'Nothing', "The flow has no action 'Nothing'."],
])('%s is refused', (_what, from, message) => {
  const actions = {
    Each: { type: 'Foreach', foreach: [1, 2], actions: { Call: http() } },
    Never: http(after('Each')),
  };
  expect(repeat(actions, 'Call', from)).toEqual({ refused: message });
});
