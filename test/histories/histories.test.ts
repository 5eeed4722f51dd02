/**
 * Recorded runs must replay for ever: each file here holds a definition and the events that some version of
 * the machine wrote for it. Folding any beginning of the events must lead to the same state today, and going on
 * from there must neither repeat nor contradict what is recorded. Files are added, never changed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/base/index.ts';
import {
  advance,
  type Clock,
  type CompiledAction,
  compileFlow,
  createRun,
  hasWork,
  type Run,
  type RunEvent,
  restoreRun,
  settle,
  takeEvents,
  viewActions,
  wake,
} from '../../src/flow/index.ts';

interface History {
  readonly about: string;
  readonly definition: JsonObject;
  readonly trigger: JsonObject;
  /** Names of actions whose calls are safe to repeat. */
  readonly idempotent: readonly string[];
  readonly events: readonly RunEvent[];
  readonly end: { readonly status: string; readonly statuses: Readonly<Record<string, string>> };
}

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(names)('%s', (name) => {
  const history = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as History;

  test('the whole record gives the state it ended in', () => {
    const run = restore(history, history.events.length);
    const statuses = viewActions(run.flow, history.events).map((view) => [view.key, view.status]);
    expect(Object.fromEntries(statuses)).toEqual(history.end.statuses);
    finish(run, history);
    expect(run.status).toBe(history.end.status);
  });

  test('every beginning of the record goes on to the same end', () => {
    for (let length = 1; length < history.events.length; length++) {
      const run = restore(history, length);
      const added = finish(run, history);
      const settled = [...history.events.slice(0, length), ...added].filter(
        (event) => event.kind === 'settled',
      );
      expect(new Set(settled.map((event) => event.key)).size).toBe(settled.length);
      expect(run.status).not.toBe('Running');
    }
  });
});

function createClock(history: History): Clock {
  const last = history.events.at(-1)?.at ?? 0;
  return { now: () => last, random: () => 0.5 };
}

function restore(history: History, length: number): Run {
  const run = createRun({
    id: 'run-1',
    flow: compileFlow(history.definition),
    flowInfo: { id: 'f', name: 'f', displayName: 'F', environment: 'Default' },
    trigger: history.trigger,
    traits: (action: CompiledAction) => ({
      idempotent: history.idempotent.includes(action.name),
      keyed: false,
    }),
  });
  restoreRun(run, history.events.slice(0, length), createClock(history));
  return run;
}

/** Lets the run go on: calls answer what is recorded for them, waits end at once. Gives the new events. */
function finish(run: Run, history: History): RunEvent[] {
  const clock = createClock(history);
  const events: RunEvent[] = [];
  for (let step = 0; step < 1000 && run.status === 'Running'; step++) {
    const commands = advance(run, clock);
    events.push(...takeEvents(run));
    for (const command of commands) {
      if (command.type === 'wait') wake(run, command.key, clock);
      if (command.type === 'call') settle(run, command.key, answerOf(history, command.key), clock);
    }
    if (commands.length === 0 && !hasWork(run)) break;
  }
  events.push(...takeEvents(run));
  return events;
}

function answerOf(history: History, key: string) {
  const event = history.events.find((candidate) => candidate.key === key && candidate.kind === 'settled');
  return {
    status: event?.status === 'Failed' ? ('Failed' as const) : ('Succeeded' as const),
    ...(event?.outputs === undefined ? {} : { outputs: event.outputs }),
    ...(event?.error === undefined ? {} : { error: event.error }),
  };
}
