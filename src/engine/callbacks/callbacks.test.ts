import { expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/postgres/index.ts';
import { CallbackUrls } from './callback-urls.ts';
import { Callbacks } from './callbacks.ts';

const nothing = async () => undefined;
const SEALER = { seal: (text: string) => text, open: (text: string) => text };

test('an action that gives up while the database is away and the node stops has no outcome until it is aborted', async () => {
  const { db, store } = await createTestDatabase();
  await store.close();
  const tries = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let tried = 0;
  const callbacks = new Callbacks({
    db,
    gateway: { callOperation: expect.unreachable, sendHttp: expect.unreachable } as never,
    jobs: { start: nothing, send: nothing, stop: nothing },
    sealer: SEALER,
    clock: { now: () => Date.now(), random: () => 0.5 },
    log: { info() {}, warn: () => tries[tried++]?.resolve(), error() {} },
    urls: new CallbackUrls(SEALER, () => 'http://localhost'),
    nodeId: () => 1,
    works: () => true,
    deliver: () => false,
    resume: nothing,
    announce: nothing,
    end: nothing,
    sweepTriggers: nothing,
  });
  await callbacks.stop();
  const given = new AbortController();
  const gaveUp = callbacks.giveUp('run', 'Hook', given.signal);
  gaveUp.catch(() => undefined);
  await Promise.all(tries.map(({ promise }) => promise));
  given.abort();
  await expect(gaveUp).rejects.toThrow('Cannot use a pool');
});
