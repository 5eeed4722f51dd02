import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/index.ts';
import { createFlow, createNode, getDefaultEnvironment } from '../store/index.ts';
import { ClusterNode } from './node.ts';

const LOG = { info() {}, warn() {}, error() {} };
const LOCKS = `select pid, objid::integer as node from pg_locks
  where locktype = 'advisory' and classid = x'50424e44'::bigint and objsubid = 2
    and database = (select oid from pg_database where datname = current_database())`;

let database: TestDatabase;
let now: number;
let reconnected: PromiseWithResolvers<void>;

beforeEach(async () => {
  database = await createTestDatabase();
  now = 1_000_000;
  reconnected = Promise.withResolvers();
});

const nodes: ClusterNode[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.leave();
});

function create(pool: Pool = database.pool): ClusterNode {
  const events = { onNotification: () => undefined, onReconnected: () => reconnected.resolve() };
  const node = new ClusterNode(pool, database.db, LOG, events, { now: () => now });
  nodes.push(node);
  return node;
}

/** The nodes that are alive, with the sessions that say so. */
async function listLocks(): Promise<{ pid: number; node: number }[]> {
  return (await database.pool.query(LOCKS)).rows;
}

/** A run that is leased to a node that is gone. */
async function createOrphan(): Promise<string> {
  const { db, pool } = database;
  const { id: environmentId } = await getDefaultEnvironment(db);
  const definition = '{"triggers":{},"actions":{}}';
  const flow = await createFlow(db, { environmentId, name: 'Orphan', definition, connectionReferences: {} });
  const id = randomUUID();
  await pool.query(
    `insert into runs (id, flow_id, flow_version, trigger_name, status, trigger, started_at)
     values ($1, $2, 1, 'manual', 'Running', '{}', now())`,
    [id, flow.id],
  );
  await pool.query('insert into run_leases (run_id, node_id) values ($1, $2)', [
    id,
    await createNode(db, 'gone'),
  ]);
  return id;
}

test('a node takes over the runs of one that is gone at once', async () => {
  const orphan = await createOrphan();
  const node = create();
  await node.join('one');
  expect(await node.claimOrphans()).toEqual([orphan]);
  expect(await node.claimOrphans()).toEqual([]);
  expect((await listLocks()).map((lock) => lock.node)).toEqual([node.id]);
});

test('a node that lost its session gives the others time to come back before it takes their runs', async () => {
  const node = create();
  await node.join('one');
  const [lock] = await listLocks();
  await database.pool.query('select pg_terminate_backend($1)', [lock?.pid]);
  await reconnected.promise;
  const orphan = await createOrphan();
  now += 3_999;
  expect(await node.claimOrphans()).toEqual([]);
  now += 1;
  expect(await node.claimOrphans()).toEqual([orphan]);
});

test('a node that leaves while it connects holds no session', async () => {
  const gate = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const connect = async () => {
    asked.resolve();
    await gate.promise;
    return database.pool.connect();
  };
  const node = create({ connect, query: () => expect.unreachable() } as unknown as Pool);
  const joining = node.join('late');
  await asked.promise;
  await node.leave();
  gate.resolve();
  await joining;
  expect(await listLocks()).toEqual([]);
  expect(database.pool.totalCount).toBe(database.pool.idleCount);
});
