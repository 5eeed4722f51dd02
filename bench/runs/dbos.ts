import { DBOS } from '@dbos-inc/dbos-sdk';
import Fastify from 'fastify';
import pg from 'pg';
import { Pool } from 'undici';
import { openStore } from '../../src/store/index.ts';
import { UPSTREAM_KEY, UPSTREAM_PATH } from './message.ts';

/** Enough connections that the load never waits for one. */
const POOL_SIZE = 40;

/**
 * The same flow as a durable workflow of DBOS, written by hand as its guide says: the workflow is recorded when it
 * begins and when it ends, its one step when it has its outcome. On a PostgreSQL with the settings of the others.
 */
export async function serveDbos(upstreamUrl: string, home: string): Promise<void> {
  const store = await openStore({ home });
  await store.pool.query('create database dbos');
  const databaseUrl = new URL(store.url.reveal());
  databaseUrl.pathname = '/dbos';
  const kept = new pg.Pool({ connectionString: databaseUrl.href, max: 1 });
  const upstream = new Pool(upstreamUrl);

  const call = async (body: object): Promise<string> => {
    const answer = await upstream.request({
      method: 'POST',
      path: UPSTREAM_PATH,
      headers: { 'content-type': 'application/json', 'x-api-key': UPSTREAM_KEY },
      body: JSON.stringify(body),
    });
    return answer.body.text();
  };
  const flow = DBOS.registerWorkflow((body: object) => DBOS.runStep(() => call(body), { name: 'call' }), {
    name: 'flow',
  });
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: databaseUrl.href,
    systemDatabasePoolSize: POOL_SIZE,
    logLevel: 'error',
    runAdminServer: false,
  });
  await DBOS.launch();

  const app = Fastify();
  app.post('/', async (request, reply) => {
    const text = await flow(request.body as object);
    return reply.status(200).type('application/json; charset=utf-8').send(text);
  });
  app.get('/finished', async () => {
    const { rows } = await kept.query(`select count(*) from dbos.workflow_status where status = 'SUCCESS'`);
    return { finished: Number(rows[0]?.count) };
  });
  console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
  process.once('SIGTERM', () => void stop());
  const stop = async () => {
    await app.close();
    await DBOS.shutdown();
    await kept.end();
    await store.close();
    process.exit(0);
  };
}
