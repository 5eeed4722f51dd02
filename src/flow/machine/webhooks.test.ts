import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileFlow } from '../compile.ts';
import { advance, beginRun, cancelRun, receiveCallback, settle, wake } from './advance.ts';
import { takeEvents } from './events.ts';
import { restoreRun } from './restore.ts';
import { createRun } from './run.ts';
import type { Outcome, Run, RunEvent } from './types.ts';

const NOW = 1_780_000_000_000;
const HOUR = 3_600_000;
const clock = { now: () => NOW, random: () => 0.5 };
const later = { now: () => NOW + HOUR, random: () => 0.5 };

const definition: JsonObject = {
  triggers: {},
  actions: {
    Ask: {
      type: 'HttpWebhook',
      inputs: {
        subscribe: {
          uri: 'https://api.example.com',
          body: '@listCallbackUrl()',
          retryPolicy: { type: 'none' },
        },
      },
      limit: { timeout: 'PT1H' },
    },
  },
};

function create(idempotent = false): Run {
  return createRun({
    id: 'r',
    flow: compileFlow(definition),
    flowInfo: { id: 'f', name: 'f', displayName: 'F', environment: 'e' },
    trigger: {},
    traits: () => ({ idempotent, keyed: false }),
    callbackUrl: (key) => `https://patchbay.example/${key}`,
  });
}

/** A run of which so much is on record: the intent, or the subscription as well. */
function begin(until: 'asked' | 'awaiting'): { run: Run; events: RunEvent[] } {
  const run = create();
  beginRun(run);
  advance(run, clock);
  const events = takeEvents(run);
  if (until === 'awaiting') {
    settle(run, 'Ask', { status: 'Succeeded', outputs: { statusCode: 201 } }, clock);
    advance(run, clock);
    events.push(...takeEvents(run));
  }
  return { run, events };
}

const CALLED: Outcome = { status: 'Succeeded', outputs: { body: 'yes' } };

function restore(events: readonly RunEvent[], callbacks?: ReadonlyMap<string, Outcome>, idempotent = false) {
  const run = create(idempotent);
  restoreRun(run, events, clock, callbacks);
  return {
    run,
    commands: advance(run, clock),
    settled: takeEvents(run).find(({ kind }) => kind === 'settled'),
  };
}

test('the intent is on record before the subscription, whatever its method, with the URL of the action', () => {
  const run = create(true);
  beginRun(run);
  expect(advance(run, clock)).toMatchObject([
    { type: 'call', commitFirst: true, inputs: { subscribe: { body: 'https://patchbay.example/Ask' } } },
  ]);
  expect(takeEvents(run)).toMatchObject([{ kind: 'started', data: { deadline: NOW + HOUR } }]);
});

test('an accepted subscription is followed by a wait until the deadline', () => {
  const { run, events } = begin('asked');
  expect(events).toHaveLength(1);
  settle(run, 'Ask', { status: 'Succeeded' }, clock);
  expect(advance(run, clock)).toEqual([{ type: 'wait', key: 'Ask', until: NOW + HOUR }]);
  expect(takeEvents(run)).toMatchObject([{ kind: 'waiting' }]);
});

test('a refused subscription fails the action, and nothing is to be ended', () => {
  const { run } = begin('asked');
  settle(run, 'Ask', { status: 'Failed', code: 'BadRequest' }, clock);
  expect(advance(run, clock)).toMatchObject([
    { type: 'release', unsubscribe: false },
    { type: 'finish', status: 'Failed' },
  ]);
});

describe.each(['asked', 'awaiting'] as const)('a callback when the action is %s', (until) => {
  test('ends it once; what comes later is dropped', () => {
    const { run } = begin(until);
    expect(receiveCallback(run, 'Ask', CALLED, clock)).toBe(true);
    expect(receiveCallback(run, 'Ask', CALLED, clock)).toBe(false);
    settle(run, 'Ask', { status: 'Failed', code: 'late' }, clock);
    expect(advance(run, clock)).toContainEqual({ type: 'release', key: 'Ask', unsubscribe: false });
    expect(takeEvents(run)).toMatchObject([
      { kind: 'settled', status: 'Succeeded', outputs: { body: 'yes' } },
    ]);
    expect(run.status).toBe('Succeeded');
  });

  test('counts when it came while no process had the run', () => {
    const { settled } = restore(begin(until).events, new Map([['Ask', CALLED]]));
    expect(settled).toMatchObject({ status: 'Succeeded', outputs: { body: 'yes' } });
  });
});

test('after a crash an action that was awaiting goes on waiting, and nobody is asked again', () => {
  expect(restore(begin('awaiting').events).commands).toEqual([
    { type: 'wait', key: 'Ask', until: NOW + HOUR },
  ]);
});

test('after a crash a subscription whose end nobody knows is not sent again, and is ended', () => {
  const { commands, settled } = restore(begin('asked').events);
  expect(settled).toMatchObject({ status: 'Failed', code: 'ActionInterrupted' });
  expect(commands).toContainEqual({ type: 'release', key: 'Ask', unsubscribe: true });
});

test('after a crash a subscription that is safe to repeat is sent again', () => {
  expect(restore(begin('asked').events, undefined, true).commands).toMatchObject([{ type: 'call' }]);
});

test('at the deadline the action times out and its subscription is ended', () => {
  const { run } = begin('awaiting');
  wake(run, 'Ask', later);
  expect(advance(run, later)).toContainEqual({ type: 'release', key: 'Ask', unsubscribe: true });
  expect(takeEvents(run)).toMatchObject([{ status: 'TimedOut', code: 'ActionTimedOut' }]);
});

test('cancelling the run ends the subscription', () => {
  const { run } = begin('awaiting');
  cancelRun(run, clock);
  expect(advance(run, clock)).toContainEqual({ type: 'release', key: 'Ask', unsubscribe: true });
});
