import { beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts';
import { createTriggerWorld } from '../../../test/trigger-world.ts';
import type { JsonObject } from '../../base/index.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

const createWorld = (trigger: JsonObject, turnedOnAt: string) =>
  createTriggerWorld(database, trigger, turnedOnAt);

test('one run starts for all occurrences that were missed, and the schedule goes on as it was', async () => {
  const world = await createWorld(
    { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } },
    '2026-03-01T10:15:00Z',
  );
  await world.startAt('2026-03-01T10:15:00Z');
  expect(await world.runs()).toHaveLength(1);
  await world.startAt('2026-03-01T15:40:00Z');
  expect(await world.runs()).toHaveLength(2);
  expect(world.next()).toEqual(['2026-03-01T16:15:00.000Z']);
});

test('a sliding window leaves none out', async () => {
  const world = await createWorld(
    { type: 'SlidingWindow', recurrence: { frequency: 'Hour', interval: 1 } },
    '2026-03-01T10:00:00Z',
  );
  await world.startAt('2026-03-01T10:00:00Z');
  const before = (await world.runs()).length;
  await world.startAt('2026-03-01T13:30:00Z');
  const windows = (await world.runs()).slice(before).map(({ outputs }) => outputs);
  expect(windows).toHaveLength(3);
  expect(world.next()).toEqual(['2026-03-01T14:00:00.000Z']);
});

test('a window for which there is no room waits for it', async () => {
  const world = await createWorld(
    {
      type: 'SlidingWindow',
      recurrence: { frequency: 'Hour', interval: 1 },
      operationOptions: 'SingleInstance',
    },
    '2026-03-01T10:00:00Z',
  );
  await world.arm();
  await world.startAt('2026-03-01T10:00:00Z');
  expect(await world.runs()).toHaveLength(1);
  await world.startAt('2026-03-01T11:00:00Z');
  expect(await world.runs()).toHaveLength(1);
  expect(world.next()).toEqual(['2026-03-01T11:00:00.000Z']);
  // Nobody else asks again for it as well.
  await world.sweepAt('2026-03-01T11:02:00Z');
  expect(world.next()).toEqual(['2026-03-01T11:00:00.000Z']);
  await database.pool.query('update runs set ended_at = now() where ended_at is null');
  await world.startAt('2026-03-01T11:02:05Z');
  expect(await world.runs()).toHaveLength(2);
  expect(world.next()).toEqual(['2026-03-01T12:00:00.000Z']);
});

test('a schedule that is looked at again is planned once', async () => {
  const world = await createWorld(
    { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } },
    '2026-03-01T10:00:00Z',
  );
  await world.startAt('2026-03-01T10:00:00Z');
  await world.arm();
  await world.arm();
  expect(world.next()).toHaveLength(1);
  expect(await world.runs()).toHaveLength(1);
});

test('an occurrence whose job is lost starts its run a little later, and the schedule goes on', async () => {
  const world = await createWorld(
    { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } },
    '2026-03-01T10:00:00Z',
  );
  await world.startAt('2026-03-01T10:00:00Z');
  world.loseJobs();
  await world.sweepAt('2026-03-01T11:00:20Z');
  expect(await world.runs()).toHaveLength(1);
  await world.sweepAt('2026-03-01T11:00:40Z');
  expect(await world.runs()).toHaveLength(2);
  expect(world.next()).toEqual(['2026-03-01T12:00:00.000Z']);
});

test('after the end time nothing is planned, and the trigger says so', async () => {
  const recurrence = { frequency: 'Hour', interval: 1, endTime: '2026-03-01T11:30:00Z' };
  const world = await createWorld({ type: 'Recurrence', recurrence }, '2026-03-01T10:00:00Z');
  await world.startAt('2026-03-01T10:00:00Z');
  await world.workAt('2026-03-01T11:00:00Z');
  expect(await world.runs()).toHaveLength(2);
  expect(world.next()).toEqual([]);
  expect(await world.state()).toMatchObject({ nextAt: undefined, error: expect.stringContaining('ended') });
  await world.startAt('2026-03-02T10:00:00Z');
  expect(await world.runs()).toHaveLength(2);
  expect(world.next()).toEqual([]);
});

test('the last day of each month has its run', async () => {
  const schedule = { monthDays: [-1], hours: [18] };
  const recurrence = { frequency: 'Month', interval: 1, timeZone: 'W. Europe Standard Time', schedule };
  const world = await createWorld({ type: 'Recurrence', recurrence }, '2026-02-10T10:00:00Z');
  await world.startAt('2026-02-10T10:00:00Z');
  expect(world.next()).toEqual(['2026-02-28T17:00:00.000Z']);
  await world.workAt('2026-02-28T17:00:00Z');
  expect(await world.runs()).toHaveLength(1);
  expect(world.next()).toEqual(['2026-03-31T16:00:00.000Z']);
});
