import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../test/postgres/index.ts';
import { createFlow, createNode, getDefaultEnvironment } from '../store/index.ts';
import { Leases } from './leases.ts';

const nothing = async () => undefined;

test('a run that has overslept is taken up, one whose time is not long past is left to its job', async () => {
  const { db, pool } = await createTestDatabase();
  const { id: environmentId } = await getDefaultEnvironment(db);
  const definition = '{"triggers":{},"actions":{}}';
  const flow = await createFlow(db, { environmentId, name: 'Sleepy', definition, connectionReferences: {} });
  const nodeId = await createNode(db, 'test');
  const resumed: string[] = [];
  const leases = new Leases({
    db,
    log: { info() {}, warn: (fields) => expect(fields).toBeUndefined(), error() {} },
    jobs: { start: nothing, send: nothing, stop: nothing },
    node: { id: nodeId, claimOrphans: async () => [] },
    host: { has: () => false, isParking: () => false },
    recovery: { resume: async (ids) => void resumed.push(...ids) },
    admission: { sweep: nothing },
    children: { sweep: nothing, hasAnswered: async () => false },
    callbacks: { deliver: nothing },
    triggers: { sweep: nothing },
    reloadSettings: nothing,
    tryLater: () => undefined,
  });
  const sleep = async (id: string, seconds: number) => {
    await pool.query(
      `insert into runs (id, flow_id, flow_version, trigger_name, status, trigger, started_at)
       values ($1, $2, 1, 'manual', 'Running', '{}', now())`,
      [id, flow.id],
    );
    await pool.query(
      `insert into run_leases (run_id, node_id, wake_at) values ($1, null, now() - make_interval(secs => $2))`,
      [id, seconds],
    );
  };
  const late = randomUUID();
  await sleep(late, 60);
  await sleep(randomUUID(), 10);
  await sleep(randomUUID(), -3_600);

  await leases.look();
  expect(resumed).toEqual([]);
  leases.suspectStrays();
  await leases.look();
  expect(resumed).toEqual([late]);
});
