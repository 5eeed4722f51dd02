import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts';
import { createTriggerWorld } from '../../../test/trigger-world.ts';
import type { CallOutcome, Gateway, HttpCall } from '../../gateway/index.ts';
import { lockTriggerState } from '../../store/index.ts';

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

test('a trigger whose runs have no room does not ask, and goes on from the same place when there is room', async () => {
  const asked: string[] = [];
  const sendHttp = async ({ uri }: HttpCall) => {
    asked.push(uri);
    const headers = { location: `/apples?since=${asked.length}` };
    return { ok: true, outputs: { statusCode: 200, headers, body: { n: asked.length } } } as CallOutcome;
  };
  const startedAt = Date.now() + 1_000;
  const after = (minutes: number) => new Date(startedAt + minutes * 60_000).toISOString();
  const trigger = { ...POLL, operationOptions: 'SingleInstance' };
  const world = await createTriggerWorld(database, trigger, after(0), { sendHttp } as unknown as Gateway);
  await world.startAt(after(0));
  expect(await world.runs()).toHaveLength(1);

  await world.workAt(after(1));
  await world.workAt(after(2));
  expect(asked).toHaveLength(1);
  expect(world.next()).toHaveLength(1);
  expect(await world.state()).toMatchObject({ cursor: '/apples?since=1', error: undefined });

  await database.pool.query('delete from run_slots where flow_id = $1', [world.id]);
  await world.workAt(after(3));
  await world.quiet();
  expect(asked).toEqual(['https://fruit.example/apples', 'https://fruit.example/apples?since=1']);
  expect(await world.runs()).toHaveLength(2);
});

test('inputs that cannot be evaluated are shown at the trigger, and it asks again at its next time', async () => {
  const { polls, gateway } = countPolls();
  const startedAt = Date.now() + 1_000;
  const after = (minutes: number) => new Date(startedAt + minutes * 60_000).toISOString();
  const trigger = { ...POLL, inputs: { ...POLL.inputs, queries: { since: "@div(1, parameters('zero'))" } } };
  const parameters = { zero: { type: 'Int', defaultValue: 0 } };
  const world = await createTriggerWorld(database, trigger, after(0), gateway, parameters);
  await world.startAt(after(0));
  expect((await world.state())?.error).toContain("Trigger 'tick'");
  expect((await world.state())?.error).toContain('by zero');
  expect(polls.count).toBe(0);
  expect(world.next()).toHaveLength(1);
  await world.workAt(after(1));
  expect(world.next()).toHaveLength(1);
  await world.quiet();
});

test('a recurrence may hold expressions over parameters', async () => {
  const { polls, gateway } = countPolls();
  const startedAt = Date.now() + 1_000;
  const after = (minutes: number) => new Date(startedAt + minutes * 60_000).toISOString();
  const trigger = { ...POLL, recurrence: { frequency: 'Hour', interval: "@parameters('hours')" } };
  const parameters = { hours: { type: 'Int', defaultValue: 3 } };
  const world = await createTriggerWorld(database, trigger, after(0), gateway, parameters);
  await world.startAt(after(0));
  await world.workAt(after(170));
  expect(polls.count).toBe(1);
  await world.workAt(after(181));
  expect(polls.count).toBe(2);
  await world.quiet();
});

test('after the end time of its recurrence a trigger asks no more, not even when a server starts', async () => {
  const { polls, gateway } = countPolls();
  const startedAt = Date.now() + 1_000;
  const after = (minutes: number) => new Date(startedAt + minutes * 60_000).toISOString();
  const trigger = { ...POLL, recurrence: { frequency: 'Minute', interval: 1, endTime: after(2.5) } };
  const world = await createTriggerWorld(database, trigger, after(0), gateway);
  await world.startAt(after(0));
  await world.workAt(after(1));
  await world.workAt(after(2));
  await world.workAt(after(3));
  expect(world.next()).toEqual([]);
  const before = polls.count;
  await world.startAt(after(10));
  expect(polls.count).toBe(before);
  await world.quiet();
});
