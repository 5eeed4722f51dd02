import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Json, JsonObject } from '../base/index.ts';
import { beginRun, compileFlow, DEFAULT_RUN_LIMITS } from '../flow/index.ts';
import type { Gateway } from '../gateway/index.ts';
import type { LoadedFlow } from './flow-cache.ts';
import { Host, type HostOptions } from './host.ts';
import { Observation } from './observation.ts';
import { buildRun } from './run-starter.ts';

const CLOCK = { now: () => 1_000_000, random: () => 0.5 };
const SEALER = { seal: (text: string) => text, open: (text: string) => text };
const LOG = { info() {}, warn() {}, error() {} };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const promisesSettled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Everything outside the host: what it asks of others fails the test unless the test answers it. */
function createHost(outside: Partial<HostOptions>): Host {
  const unexpected = (): never => {
    throw new Error('Nobody expected this.');
  };
  return new Host({
    gateway: {} as Gateway,
    journal: { append: (_entry, done) => done('committed') },
    sealer: SEALER,
    clock: CLOCK,
    log: LOG,
    park: unexpected,
    progress() {},
    runCode: unexpected,
    startChild: unexpected,
    observation: new Observation(undefined, undefined),
    abandonChild: unexpected,
    answered: unexpected,
    ended() {},
    awaitElsewhere: unexpected,
    subscribe: unexpected,
    giveUp: unexpected,
    release: unexpected,
    ...outside,
  });
}

function loadFlow(actions: JsonObject): LoadedFlow {
  const triggers = { manual: { type: 'Request', kind: 'Http' } };
  return {
    info: { id: 'flow', name: 'flow', displayName: 'Flow' } as unknown as LoadedFlow['info'],
    environmentId: 'default',
    version: 1,
    state: 'on',
    flow: compileFlow({ triggers, actions } as Parameters<typeof compileFlow>[0]),
    references: new Map(),
    children: new Map(),
    stateless: false,
    traits: () => ({ idempotent: false, keyed: false }),
    limits: () => DEFAULT_RUN_LIMITS,
    callbackUrl: () => undefined,
  };
}

function start(host: Host, actions: JsonObject, waiter?: Parameters<Host['host']>[3], id = 'run'): void {
  const loaded = loadFlow(actions);
  const { run, row } = buildRun(loaded, { name: 'manual', outputs: {} }, CLOCK, SEALER, id);
  beginRun(run);
  host.host(run, loaded, row, waiter);
}

test('a run that cannot be put to sleep while the host stops leaves no timer behind', async () => {
  let refuse = (_error: Error) => {};
  const host = createHost({
    park: () =>
      new Promise<boolean>((_resolve, reject) => {
        refuse = reject;
      }),
  });
  start(host, { Sleep: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} } });
  await host.stop(0);
  refuse(new Error('The database is away.'));
  await promisesSettled();
  expect(vi.getTimerCount()).toBe(0);
});

test('a run that cannot be put to sleep wakes in memory', async () => {
  const host = createHost({ park: async () => false });
  start(host, { Sleep: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} } });
  await promisesSettled();
  expect([host.size, vi.getTimerCount()]).toEqual([1, 1]);
  await host.stop(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('a run that is taken up while it cannot be put to sleep is here once', async () => {
  let refuse = (_error: Error) => {};
  const first = new Promise<boolean>((_resolve, reject) => {
    refuse = reject;
  });
  const park = vi.fn<HostOptions['park']>().mockReturnValueOnce(first).mockResolvedValue(false);
  const host = createHost({ park });
  const sleep = { Sleep: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} } };
  start(host, sleep);
  expect(host.isParking('run')).toBe(true);
  start(host, sleep);
  await promisesSettled();
  refuse(new Error('The database is away.'));
  await promisesSettled();
  expect([host.size, vi.getTimerCount()]).toEqual([1, 1]);
  await host.stop(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('the log names the run that did not succeed, with the code and not with what it said', () => {
  const info = vi.fn();
  const host = createHost({ log: { ...LOG, info } });
  const fail = (message: string) => ({
    Stop: {
      type: 'Terminate',
      inputs: { runStatus: 'Failed', runError: { code: 'NoStock', message } },
      runAfter: {},
    },
  });
  start(host, fail('the customer Ann Smith'), undefined, 'run-7');
  expect(info.mock.calls).toEqual([
    [{ runId: 'run-7', flowId: 'flow', status: 'Failed', code: 'NoStock' }, expect.any(String)],
  ]);
  expect(JSON.stringify(info.mock.calls)).not.toContain('Ann Smith');
});

const REPLY = { Reply: { type: 'Response', inputs: { statusCode: 200, body: 'hello' }, runAfter: {} } };

test('the caller who waits here has the answer, and no other node is told', () => {
  const answers: (Json | undefined)[] = [];
  const answered = vi.fn();
  const host = createHost({ answered });
  start(host, REPLY, { onResponse: ({ body }) => answers.push(body) });
  expect(answers).toEqual(['hello']);
  expect(answered).not.toHaveBeenCalled();
});

test('an answer that nobody here waits for is told to all nodes', () => {
  const answered = vi.fn();
  start(createHost({ answered }), REPLY);
  expect(answered).toHaveBeenCalled();
});
