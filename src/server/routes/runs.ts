import { endpoints, isEndedStatus } from '../../api/index.ts';
import type { Json } from '../../base/index.ts';
import type { RunView } from '../../engine/index.ts';
import { ServerError } from '../errors.ts';
import { openEventStream } from '../event-stream.ts';
import { readInstant, resubmitRuns } from '../resubmit-runs.ts';
import { implement, type Route } from '../route.ts';
import { followRun } from '../run-updates.ts';
import type { Services } from '../services.ts';
import { viewRun, viewRunDetail } from '../views/run-view.ts';

const DEFAULT_LIMIT = 50;

export const runRoutes: Route[] = [
  implement(endpoints.listRuns, async ({ query }, { engine, environmentId }) => {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const { flowId, status, cursor, startedFrom, startedBefore, property } = query;
    const rows = await engine.listRuns({
      environmentId,
      flowId,
      status,
      startedFrom: readInstant(startedFrom),
      startedBefore: readInstant(startedBefore),
      property: readProperty(property),
      before: readCursor(cursor),
      limit: limit + 1,
    });
    const value = rows.slice(0, limit).map(viewRun);
    return rows.length > limit ? { value, nextCursor: value.at(-1)?.id } : { value };
  }),

  implement(endpoints.getRun, async ({ params }, services) =>
    viewRunDetail(await requireRun(params.id, services)),
  ),

  implement(endpoints.streamRun, async ({ params, reply }, services) => {
    await requireRun(params.id, services);
    const stream = openEventStream(reply);
    const { engine, logger } = services;
    try {
      await followRun(engine, params.id, stream.signal, (update) =>
        stream.send('run', update as unknown as Json),
      );
    } catch (error) {
      // The answer has begun: the client sees the stream end early, and asks again.
      logger.error({ err: error }, 'A run could not be followed.');
    }
    stream.close();
    return undefined;
  }),

  implement(endpoints.resubmitRun, async ({ params, body }, services) => {
    await requireRun(params.id, services);
    const { runId } = await services.engine.resubmitRun(params.id, body.action);
    return viewRun((await requireRun(runId, services)).run);
  }),

  implement(endpoints.resubmitRuns, ({ body }, services) => resubmitRuns(services, body)),

  implement(endpoints.cancelRun, async ({ params }, services) => {
    const { run } = await requireRun(params.id, services);
    if (isEndedStatus(viewRun(run).status)) {
      throw new ServerError('RUN_ENDED', `The run has ended already: ${run.status}.`);
    }
    await services.engine.cancelRun(params.id);
    return viewRun((await requireRun(params.id, services)).run);
  }),
];

/** `name:value`, of which the value may hold colons. */
function readProperty(text: string | undefined): { name: string; value: string } | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  return { name: text.slice(0, colon), value: text.slice(colon + 1) };
}

async function requireRun(id: string, { engine }: Services): Promise<RunView> {
  const view = await engine.readRun(id);
  if (view === undefined) throw new ServerError('NOT_FOUND', `There is no run ${id}.`);
  return view;
}

/** Runs are listed by their ids, which rise with time: the cursor is the last id of the page before. */
function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || /^[0-9a-f-]{36}$/i.test(cursor)) return cursor;
  throw new ServerError('INVALID_INPUT', 'The cursor was not given by this list.', { pointer: '/cursor' });
}
