import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileFlow } from '../compile.ts';
import { advance, beginRun, cancelRun, hasWork, settle, wake } from './advance.ts';
import { takeEvents } from './events.ts';
import { restoreRun } from './restore.ts';
import { createRun } from './run.ts';
import type { CallTraits, Clock, Command, Outcome, Run, RunEvent } from './types.ts';
import { viewActions } from './view.ts';

const UNSAFE: CallTraits = { idempotent: false, keyed: false };
const SAFE: CallTraits = { idempotent: true, keyed: false };

/** A clock that stands until a test moves it. */
function createClock(): Clock & { time: number } {
  const clock = { time: 1_000_000, now: () => clock.time, random: () => 0.5 };
  return clock;
}

/** A run driven by hand, with everything it decided. */
class Bench {
  readonly clock = createClock();
  readonly commands: Command[] = [];
  readonly events: RunEvent[] = [];
  readonly run: Run;

  constructor(
    actions: JsonObject,
    traits: CallTraits = UNSAFE,
    trigger: JsonObject = { name: 'manual', outputs: { body: {} } },
  ) {
    this.run = createBenchRun(actions, traits, trigger);
    beginRun(this.run);
    this.advance();
  }

  advance(): void {
    do {
      this.commands.push(...advance(this.run, this.clock, 7));
      this.events.push(...takeEvents(this.run));
    } while (hasWork(this.run));
  }

  settle(key: string, outcome: Outcome): void {
    settle(this.run, key, outcome, this.clock);
    this.advance();
  }

  wake(key: string): void {
    wake(this.run, key, this.clock);
    this.advance();
  }

  calls(): string[] {
    return this.commands
      .filter((command) => command.type === 'call')
      .map((command) => `${command.key}#${command.attempt}`);
  }

  statuses(): Record<string, string> {
    return Object.fromEntries(viewActions(this.run.flow, this.events).map((view) => [view.key, view.status]));
  }

  view(key: string) {
    return viewActions(this.run.flow, this.events).find((view) => view.key === key);
  }
}

function createBenchRun(actions: JsonObject, traits: CallTraits, trigger: JsonObject): Run {
  return createRun({
    id: 'run-1',
    flow: compileFlow({ triggers: {}, actions }),
    flowInfo: { id: 'f', name: 'f', displayName: 'F', environment: 'Default' },
    trigger,
    traits: () => traits,
  });
}

const compose = (inputs: JsonObject[string], ...after: string[]): JsonObject => ({
  type: 'Compose',
  inputs,
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
});

const call = (runAfter: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  type: 'Http',
  inputs: { method: 'POST', uri: 'https://api.example.com/labels', retryPolicy: { type: 'none' } },
  runAfter,
  ...more,
});

const OK: Outcome = { status: 'Succeeded', outputs: { statusCode: 200, body: { n: 1 } } };
const BAD: Outcome = {
  status: 'Failed',
  code: 'NotFound',
  outputs: { statusCode: 404 },
  error: { code: 'NotFound', message: 'Nothing there.' },
};

describe('runAfter', () => {
  test('runs actions in the order of their edges', () => {
    const bench = new Bench({ B: compose("@concat(outputs('A'), 'b')", 'A'), A: compose('a') });
    expect(bench.run.status).toBe('Succeeded');
    expect(bench.view('B')?.outputs).toBe('ab');
  });

  test('skips what waits for success after a failure, and fails the run', () => {
    const bench = new Bench({ A: call(), B: compose('x', 'A'), C: compose('y', 'B') });
    bench.settle('A', BAD);
    expect(bench.statuses()).toEqual({ A: 'Failed', B: 'Skipped', C: 'Skipped' });
    expect(bench.run.status).toBe('Failed');
    expect(bench.run.error?.message).toContain("'A': Nothing there.");
  });

  test('a failure that a later action handles does not fail the run', () => {
    const bench = new Bench({
      A: call(),
      Handle: { ...compose('handled'), runAfter: { A: ['FAILED', 'TimedOut'] } },
    });
    bench.settle('A', BAD);
    expect(bench.statuses()).toEqual({ A: 'Failed', Handle: 'Succeeded' });
    expect(bench.run.status).toBe('Succeeded');
  });

  test('waits for all of several predecessors, in whatever order they settle', () => {
    const bench = new Bench({ A: call(), B: call(), C: compose('x', 'A', 'B') });
    bench.settle('B', OK);
    expect(bench.statuses().C).toBeUndefined();
    bench.settle('A', OK);
    expect(bench.statuses().C).toBe('Succeeded');
  });

  test('drops what comes back for a key that has settled', () => {
    const bench = new Bench({ A: call(), B: call({ A: ['Succeeded'] }) });
    bench.settle('A', OK);
    bench.settle('A', BAD);
    expect(bench.statuses().A).toBe('Succeeded');
    expect(bench.events.filter((event) => event.key === 'A' && event.kind === 'settled')).toHaveLength(1);
  });
});

describe('intents', () => {
  test('an unsafe call has its inputs on record before it is sent, and not again when it settles', () => {
    const bench = new Bench({ A: call() });
    expect(bench.events.map((event) => event.kind)).toEqual(['started']);
    expect(bench.commands[0]).toMatchObject({ type: 'call', key: 'A', commitFirst: true });
    bench.settle('A', OK);
    expect(bench.events.at(-1)).toMatchObject({
      kind: 'settled',
      inputs: undefined,
      outputs: { statusCode: 200 },
    });
  });

  test('a safe call leaves one event, when it settles', () => {
    const bench = new Bench({ A: call() }, SAFE);
    expect(bench.events).toEqual([]);
    bench.settle('A', OK);
    expect(bench.events).toHaveLength(1);
    expect(bench.events[0]).toMatchObject({ kind: 'settled', inputs: { method: 'POST' } });
  });

  test('a container that begins and ends between two commits is one event', () => {
    const bench = new Bench({ S: { type: 'Scope', actions: { A: compose(1) } } });
    expect(bench.events.map((event) => `${event.kind} ${event.key}`)).toEqual(['settled A', 'settled S']);
  });
});

describe('retries', () => {
  const policy = { type: 'fixed', count: 2, interval: 'PT20S' };
  const retried = {
    A: call({}, { inputs: { method: 'GET', uri: 'https://x.example', retryPolicy: policy } }),
  };
  const busy: Outcome = {
    status: 'Failed',
    code: 'ServiceUnavailable',
    error: { code: 'ServiceUnavailable', message: 'busy' },
    retryable: true,
  };

  test('waits as the policy says and gives up after its count', () => {
    const bench = new Bench(retried);
    bench.settle('A', busy);
    expect(bench.commands.at(-1)).toEqual({ type: 'wait', key: 'A', until: bench.clock.time + 20_000 });
    bench.clock.time += 20_000;
    bench.wake('A');
    bench.settle('A', busy);
    bench.wake('A');
    bench.settle('A', busy);
    expect(bench.calls()).toEqual(['A#1', 'A#2', 'A#3']);
    expect(bench.view('A')).toMatchObject({ status: 'Failed', attempts: 3 });
  });

  test('waits at least as long as the upstream asked', () => {
    const bench = new Bench(retried);
    bench.settle('A', { ...busy, retryAfterMs: 90_000 });
    expect(bench.commands.at(-1)).toEqual({ type: 'wait', key: 'A', until: bench.clock.time + 90_000 });
  });

  test('does not repeat what will fail again', () => {
    const bench = new Bench(retried);
    bench.settle('A', { ...busy, retryable: false });
    expect(bench.run.status).toBe('Failed');
  });
});

describe('branches and loops', () => {
  test('If takes one branch and shows the other as skipped', () => {
    const bench = new Bench({
      If: {
        type: 'If',
        expression: { and: [{ greater: [3, 2] }, { not: { equals: ['a', 'b'] } }] },
        actions: { Yes: compose(1) },
        else: { actions: { No: compose(2) } },
      },
    });
    expect(bench.statuses()).toEqual({ If: 'Succeeded', Yes: 'Succeeded', No: 'Skipped' });
  });

  test('Switch takes the case that equals its value, or the default', () => {
    const definition = (value: number): JsonObject => ({
      S: {
        type: 'Switch',
        expression: value,
        cases: { One: { case: 1, actions: { A: compose(1) } } },
        default: { actions: { D: compose(0) } },
      },
    });
    expect(new Bench(definition(1)).statuses()).toEqual({ S: 'Succeeded', A: 'Succeeded', D: 'Skipped' });
    expect(new Bench(definition(2)).statuses()).toEqual({ S: 'Succeeded', A: 'Skipped', D: 'Succeeded' });
  });

  test('Foreach names its turns by place and keeps their values apart', () => {
    const bench = new Bench({
      Each: {
        type: 'Foreach',
        foreach: '@createArray(10, 20, 30)',
        actions: { X: compose("@add(items('Each'), 1)"), Y: compose("@outputs('X')", 'X') },
      },
    });
    expect(bench.view('Each[0]/Y')?.outputs).toBe(11);
    expect(bench.view('Each[2]/Y')?.outputs).toBe(31);
  });

  test('Foreach runs no more turns side by side than it may', () => {
    const each = (repetitions: number): JsonObject => ({
      Each: {
        type: 'Foreach',
        foreach: '@range(0, 5)',
        actions: { C: call() },
        runtimeConfiguration: { concurrency: { repetitions } },
      },
    });
    const bench = new Bench(each(2));
    expect(bench.calls()).toEqual(['Each[0]/C#1', 'Each[1]/C#1']);
    bench.settle('Each[1]/C', OK);
    expect(bench.calls().at(-1)).toBe('Each[2]/C#1');
    expect(new Bench(each(1)).calls()).toEqual(['Each[0]/C#1']);
  });

  test('a failed turn fails the Foreach after all turns were made', () => {
    const bench = new Bench({ Each: { type: 'Foreach', foreach: '@range(0, 2)', actions: { C: call() } } });
    bench.settle('Each[0]/C', BAD);
    bench.settle('Each[1]/C', OK);
    expect(bench.statuses().Each).toBe('Failed');
  });

  test('Foreach over something else says what it got', () => {
    const bench = new Bench({ Each: { type: 'Foreach', foreach: 'abc', actions: { C: call() } } });
    expect(bench.view('Each')?.error?.message).toContain('gave a string');
  });

  test('Foreach goes through 100,000 items without deep recursion', () => {
    const bench = new Bench({
      Each: { type: 'Foreach', foreach: '@range(0, 100000)', actions: { C: compose("@items('Each')") } },
    });
    expect(bench.run.status).toBe('Succeeded');
    // One for each item, one for the loop's start and one for its end.
    expect(bench.events).toHaveLength(100_002);
  });

  test('Until turns until its condition holds', () => {
    const bench = new Bench({
      Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'n', type: 'integer', value: 0 }] } },
      Loop: {
        type: 'Until',
        expression: "@equals(variables('n'), 3)",
        limit: { count: 10, timeout: 'PT1H' },
        actions: { Inc: { type: 'IncrementVariable', inputs: { name: 'n', value: 1 } } },
        runAfter: { Init: ['Succeeded'] },
      },
    });
    expect(Object.keys(bench.statuses())).toEqual([
      'Init',
      'Loop',
      'Loop[0]/Inc',
      'Loop[1]/Inc',
      'Loop[2]/Inc',
    ]);
  });

  test('Until stops at its count, and fails there only when asked to', () => {
    const loop = (operationOptions: string): JsonObject => ({
      Loop: {
        type: 'Until',
        expression: '@equals(1, 2)',
        limit: { count: 2 },
        operationOptions,
        actions: { A: compose(1) },
      },
    });
    expect(new Bench(loop('')).statuses()).toEqual({
      Loop: 'Succeeded',
      'Loop[0]/A': 'Succeeded',
      'Loop[1]/A': 'Succeeded',
    });
    expect(new Bench(loop('FailWhenLimitsReached')).view('Loop')?.error?.message).toContain('2 turns');
  });

  test('result() gives the records of a scope, so that a handler can look for the failure', () => {
    const bench = new Bench({
      Try: { type: 'Scope', actions: { A: call(), B: compose(1, 'A') } },
      Catch: { ...compose("@result('Try')[0]['error']['message']"), runAfter: { Try: ['Failed'] } },
    });
    bench.settle('A', BAD);
    expect(bench.view('Catch')?.outputs).toBe('Nothing there.');
  });
});

describe('data actions', () => {
  const rows = [
    { id: 1, name: 'a "b", c', ok: true },
    { id: 2, name: '<i>', ok: null },
  ];
  const table = (format: string, columns?: JsonObject[]): JsonObject => ({
    T: { type: 'Table', inputs: { from: rows, format, ...(columns ? { columns } : {}) } },
  });

  test('Table writes CSV with quotes where they are needed', () => {
    const body = 'id,name,ok\r\n1,"a ""b"", c",True\r\n2,<i>,\r\n';
    expect(new Bench(table('CSV')).view('T')?.outputs).toEqual({ body });
  });

  test('Table writes HTML that shows what is in the cells', () => {
    const columns = [
      { header: 'No.', value: "@item()?['id']" },
      { header: 'Name', value: "@item()?['name']" },
    ];
    expect(new Bench(table('HTML', columns)).view('T')?.outputs).toEqual({
      body:
        '<table><thead><tr><th>No.</th><th>Name</th></tr></thead><tbody>' +
        '<tr><td>1</td><td>a &quot;b&quot;, c</td></tr><tr><td>2</td><td>&lt;i&gt;</td></tr></tbody></table>',
    });
  });

  test('Select, Filter array and Join work item by item', () => {
    const bench = new Bench({
      Names: { type: 'Select', inputs: { from: rows, select: { n: "@item()?['id']" } } },
      Big: {
        type: 'Query',
        inputs: { from: "@body('Names')", where: "@greater(item()['n'], 1)" },
        runAfter: { Names: ['Succeeded'] },
      },
      Line: {
        type: 'Join',
        inputs: { from: "@body('Big')", joinWith: '; ' },
        runAfter: { Big: ['Succeeded'] },
      },
    });
    expect(bench.view('Line')?.outputs).toEqual({ body: '{"n":2}' });
  });
});

describe('ends', () => {
  test('Terminate ends the run at once and gives up what is under way', () => {
    const bench = new Bench({
      A: call(),
      Stop: {
        type: 'Terminate',
        inputs: { runStatus: 'Failed', runError: { code: 'X', message: 'enough' } },
      },
    });
    expect(bench.run).toMatchObject({ status: 'Failed', error: { code: 'X', message: 'enough' } });
    expect(bench.commands.map((command) => command.type)).toEqual(['call', 'abort', 'finish']);
    expect(bench.statuses().A).toBe('Cancelled');
  });

  test('the first Response answers, with what it was given', () => {
    const bench = new Bench({
      R: { type: 'Response', inputs: { statusCode: 201, headers: { a: 'b' }, body: '@add(1, 1)' } },
    });
    expect(bench.commands[0]).toMatchObject({
      type: 'respond',
      response: { statusCode: 201, headers: { a: 'b' }, body: 2 },
    });
  });

  test('cancelling ends everything that is open', () => {
    const bench = new Bench({ W: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } } });
    cancelRun(bench.run, bench.clock);
    bench.advance();
    expect(bench.run.status).toBe('Cancelled');
    expect(bench.statuses()).toEqual({ W: 'Cancelled' });
  });

  test('an expression that fails, fails its action with a sentence', () => {
    const bench = new Bench({ A: compose("@int('abc')") });
    expect(bench.view('A')).toMatchObject({ status: 'Failed', code: 'InvalidTemplate' });
  });
});

describe('after a crash', () => {
  const traitsByName = (action: { name: string }): CallTraits =>
    action.name.startsWith('Get') ? SAFE : UNSAFE;
  const flow: JsonObject = {
    Init: {
      type: 'InitializeVariable',
      inputs: {
        variables: [
          { name: 'log', type: 'array' },
          { name: 'n', type: 'integer', value: 0 },
        ],
      },
    },
    Each: {
      type: 'Foreach',
      foreach: '@range(0, 4)',
      runAfter: { Init: ['Succeeded'] },
      runtimeConfiguration: { concurrency: { repetitions: 3 } },
      actions: {
        Get: call(),
        Post: call({ Get: ['Succeeded'] }),
        Note: {
          type: 'AppendToArrayVariable',
          inputs: { name: 'log', value: "@items('Each')" },
          runAfter: { Post: ['Succeeded', 'Failed'] },
        },
      },
    },
    Loop: {
      type: 'Until',
      expression: "@equals(variables('n'), 2)",
      limit: { count: 9 },
      runAfter: { Each: ['Succeeded'] },
      actions: {
        Inc: { type: 'IncrementVariable', inputs: { name: 'n' } },
        If: {
          type: 'If',
          expression: "@equals(mod(variables('n'), 2), 0)",
          runAfter: { Inc: ['Succeeded'] },
          actions: { GetEven: call() },
          else: { actions: { PostOdd: call() } },
        },
      },
    },
    Wait: {
      type: 'Wait',
      inputs: { interval: { count: 1, unit: 'Minute' } },
      runAfter: { Loop: ['Succeeded'] },
    },
    End: compose("@concat(string(variables('log')), string(variables('n')))", 'Wait'),
  };

  /** Drives a run, losing the memory after every `lifetime` steps and folding it again from its events. */
  function runWithCrashes(lifetime: number, order: (keys: string[]) => string) {
    const clock = createClock();
    const events: RunEvent[] = [];
    const sent: string[] = [];
    let run = createCrashRun();
    beginRun(run);
    for (let step = 0; run.status === 'Running' && step < 500; step++) {
      const commands = step === 0 ? [] : [];
      let open = new Map<string, 'call' | 'wait'>();
      const drive = () => {
        do {
          commands.splice(0, commands.length, ...(advance(run, clock, 3) as never[]));
          events.push(...takeEvents(run));
          for (const command of commands as Command[]) {
            if (command.type === 'call') sent.push(command.key);
            if (command.type === 'call' || command.type === 'wait') open.set(command.key, command.type);
          }
        } while (hasWork(run));
      };
      drive();
      for (let life = 0; life < lifetime && open.size > 0 && run.status === 'Running'; life++) {
        const key = order([...open.keys()]);
        const kind = open.get(key);
        open.delete(key);
        if (kind === 'call') settle(run, key, OK, clock);
        else {
          clock.time += 60_000;
          wake(run, key, clock);
        }
        drive();
      }
      if (run.status !== 'Running') break;
      open = new Map();
      run = createCrashRun();
      restoreRun(run, events, clock);
    }
    return { run, events, sent };
  }

  function createCrashRun(): Run {
    return createRun({
      id: 'run-1',
      flow: compileFlow({ actions: flow }),
      flowInfo: { id: 'f', name: 'f', displayName: 'F', environment: 'Default' },
      trigger: { name: 'manual', outputs: {} },
      traits: traitsByName,
    });
  }

  const outcomes = (events: readonly RunEvent[]) => {
    const settled = events.filter((event) => event.kind === 'settled');
    expect(new Set(settled.map((event) => event.key)).size).toBe(settled.length);
    return Object.fromEntries(settled.map((event) => [event.key, event.status]));
  };

  test('a run that never crashes and one that crashes after every few answers end alike', () => {
    const last = (keys: string[]) => keys.at(-1) ?? '';
    const whole = runWithCrashes(1000, last);
    expect(whole.run.status).toBe('Succeeded');
    for (const lifetime of [2, 3, 5]) {
      const broken = runWithCrashes(lifetime, last);
      expect(Object.keys(outcomes(broken.events)).sort()).toEqual(Object.keys(outcomes(whole.events)).sort());
    }
  });

  test('an unsafe call that was under way is not sent again: it failed as interrupted', () => {
    const bench = new Bench({ A: call(), Handle: { ...compose('x'), runAfter: { A: ['Failed'] } } });
    const again = createBenchRun(
      { A: call(), Handle: { ...compose('x'), runAfter: { A: ['Failed'] } } },
      UNSAFE,
      { name: 'manual', outputs: {} },
    );
    restoreRun(again, bench.events, bench.clock);
    expect(advance(again, bench.clock).map((command) => command.type)).toEqual(['finish']);
    const [settled] = takeEvents(again);
    expect(settled).toMatchObject({ key: 'A', status: 'Failed', code: 'ActionInterrupted' });
    expect(again.status).toBe('Succeeded');
  });

  test('one that carries an idempotency key is sent again, with the same inputs', () => {
    const keyed = { idempotent: false, keyed: true };
    const bench = new Bench({ A: call() }, keyed);
    const again = createBenchRun({ A: call() }, keyed, { name: 'manual', outputs: {} });
    restoreRun(again, bench.events, bench.clock);
    expect(advance(again, bench.clock)).toMatchObject([
      { type: 'call', key: 'A', inputs: { method: 'POST' }, attempt: 1 },
    ]);
  });

  test('what the turns of a loop gave is there for who reads it from outside, in their order', () => {
    const actions: JsonObject = {
      Loop: {
        type: 'Foreach',
        foreach: [1, 2],
        runtimeConfiguration: { concurrency: { repetitions: 2 } },
        actions: { A: call() },
      },
      All: compose("@body('A')", 'Loop'),
    };
    const keyed = { idempotent: false, keyed: true };
    const answer = (body: string): Outcome => ({ status: 'Succeeded', outputs: { statusCode: 200, body } });
    const bench = new Bench(actions, keyed);
    bench.settle('Loop[1]/A', answer('second'));
    const again = createBenchRun(actions, keyed, { name: 'manual', outputs: {} });
    restoreRun(again, bench.events, bench.clock);
    advance(again, bench.clock);
    settle(again, 'Loop[0]/A', answer('first'), bench.clock);
    advance(again, bench.clock);
    const events = [...bench.events, ...takeEvents(again)];
    const all = viewActions(again.flow, events).find(({ key }) => key === 'All');
    expect(all?.outputs).toEqual(['first', 'second']);
  });

  test('folding gives each variable the value it had', () => {
    const { run, events } = runWithCrashes(1, (keys) => keys[0] ?? '');
    const folded = createCrashRun();
    restoreRun(folded, events, createClock());
    expect(folded.variables.get('n')?.value).toBe(run.variables.get('n')?.value);
    expect(folded.variables.get('log')?.value).toEqual(run.variables.get('log')?.value);
  });
});
