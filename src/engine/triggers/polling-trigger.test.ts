import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts';
import type { CallOutcome, Gateway } from '../../gateway/index.ts';
import { lockTriggerState } from '../../store/index.ts';
import { createTriggerWorld } from './trigger-world.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

const POLL = {
  type: 'Http',
  recurrence: { frequency: 'Minute', interval: 1 },
  inputs: { method: 'GET', uri: 'https://fruit.example/apples' },
};

/** A service that has nothing, and counts who asks. */
function countPolls() {
  const answer = { ok: true, outputs: { statusCode: 202, headers: {}, body: null } } as CallOutcome;
  const polls = { count: 0 };
  const sendHttp = async () => {
    polls.count++;
    return answer;
  };
  return { polls, gateway: { sendHttp } as unknown as Gateway };
}

test('a poll whose job found the trigger locked by somebody who died is made up for', async () => {
  const { polls, gateway } = countPolls();
  // The minutes are counted from when the trigger was stored, which the database says.
  const startedAt = Date.now() + 1_000;
  const after = (seconds: number) => new Date(startedAt + seconds * 1_000).toISOString();
  const world = await createTriggerWorld(database, POLL, after(0), gateway);
  await world.startAt(after(0));
  expect(world.next()).toHaveLength(1);

  const dying = database.db.transaction().execute(async (transaction) => {
    await lockTriggerState(transaction, world.id, 'tick');
    await world.workAt(after(60));
    throw new Error('dies');
  });
  await expect(dying).rejects.toThrow('dies');
  expect(world.next()).toEqual([]);

  const before = polls.count;
  await world.sweepAt(after(70));
  expect(polls.count).toBe(before);
  await world.sweepAt(after(95));
  await world.quiet();
  expect(polls.count).toBe(before + 1);
  expect(world.next()).toHaveLength(1);
});
