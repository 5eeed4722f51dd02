import Fastify, { type FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import { openStore, type Store } from '../../../src/store/index.ts';
import { UPSTREAM_KEY, UPSTREAM_PATH } from '../message.ts';
import { createWriter, type Writer } from './writer.ts';

/** Our tables without what only an engine needs. */
const TABLES = `
  create table limit_runs (
    id uuid primary key, flow_id uuid not null, flow_version integer not null, trigger_name text not null,
    trigger text not null, status text not null, started_at timestamptz not null, ended_at timestamptz
  ) with (fillfactor = 70);
  create index on limit_runs (flow_id, id);
  create table limit_events (
    run_id uuid, seq integer, kind "char" not null, key text not null, at timestamptz not null,
    attempt smallint not null, status text, inputs text, outputs text, primary key (run_id, seq)
  )`;

/**
 * The same work as a flow of trigger, one call and response, with what a flow keeps, written by hand: the run
 * and the intent of the call are committed, the call is made, its outcome, the response and the end of the run are
 * committed, then the answer goes out.
 */
export async function serveLimit(upstreamUrl: string, home: string): Promise<void> {
  const store = await openStore({ home });
  await store.pool.query(TABLES);
  const writer = await createWriter(store.pool);
  const upstream = new Pool(upstreamUrl);
  const flowId = uuidv7();
  const app = Fastify();
  app.post('/', async (request, reply) => {
    const runId = uuidv7();
    const body = JSON.stringify(request.body);
    await writeBegin(writer, runId, flowId, request, body);
    const answer = await upstream.request({
      method: 'POST',
      path: UPSTREAM_PATH,
      headers: { 'content-type': 'application/json', 'x-api-key': UPSTREAM_KEY },
      body,
    });
    const text = await answer.body.text();
    await writeEnd(writer, runId, answer.statusCode, JSON.stringify(answer.headers), text);
    return reply
      .status(200)
      .header('x-ms-workflow-run-id', runId)
      .type('application/json; charset=utf-8')
      .send(text);
  });
  app.get('/finished', () => countFinished(store));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  process.once('SIGTERM', () => void stop());
  const stop = async () => {
    await app.close();
    await store.close();
    process.exit(0);
  };
  console.log(url);
}

function writeBegin(writer: Writer, runId: string, flowId: string, request: FastifyRequest, body: string) {
  const now = Date.now();
  const instant = new Date(now).toISOString();
  const outputs = `{"headers":${JSON.stringify(request.headers)},"queries":{},"relativePathParameters":{},"body":${body}}`;
  const trigger = `{"name":"manual","startTime":"${instant}","endTime":"${instant}","status":"Succeeded","code":"OK","inputs":null,"outputs":${outputs}}`;
  const inputs = `{"host":{"connectionName":"shipping","operationId":"SchedulePickup"},"parameters":{"body":${body}}}`;
  return writer.write({
    begin: [runId, flowId, trigger, now],
    events: [[runId, 1, 's', 'Call', now, undefined, inputs, undefined]],
  });
}

function writeEnd(writer: Writer, runId: string, statusCode: number, headers: string, text: string) {
  const now = Date.now();
  const outputs = `{"statusCode":${statusCode},"headers":${headers},"body":${text}}`;
  const response = `{"statusCode":200,"body":${text}}`;
  return writer.write({
    events: [
      [runId, 2, 'e', 'Call', now, 'Succeeded', undefined, outputs],
      [runId, 3, 'e', 'Response', now, 'Succeeded', response, undefined],
    ],
    end: [runId, 'Succeeded', now],
  });
}

async function countFinished({ pool }: Store): Promise<{ finished: number }> {
  const { rows } = await pool.query(`select count(*) as finished from limit_runs where status = 'Succeeded'`);
  return { finished: Number(rows[0]?.finished) };
}
