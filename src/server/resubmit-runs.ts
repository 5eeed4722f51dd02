import { type BodyOf, type endpoints, MAX_RESUBMITTED, type ResponseOf } from '../api/index.ts';
import { describeError } from '../base/index.ts';
import { ServerError } from './errors.ts';
import type { Services } from './services.ts';

type Request = BodyOf<typeof endpoints.resubmitRuns>;
type Answer = ResponseOf<typeof endpoints.resubmitRuns>;

/** Repeats runs one after the other; one that cannot be repeated does not keep the others from it. */
export async function resubmitRuns(services: Services, request: Request): Promise<Answer> {
  const { runIds, nextCursor } = await chooseRuns(services, request);
  const value: Answer['value'] = [];
  for (const runId of runIds) {
    try {
      value.push({ runId, newRunId: (await services.engine.resubmitRun(runId)).runId });
    } catch (error) {
      value.push({ runId, error: describeError(error) });
    }
  }
  return { value, nextCursor };
}

async function chooseRuns(
  { engine, environmentId }: Services,
  { runIds, flowId, status, startedFrom, startedBefore, cursor }: Request,
): Promise<{ runIds: readonly string[]; nextCursor: string | undefined }> {
  if (runIds !== undefined) return { runIds, nextCursor: undefined };
  if (flowId === undefined) {
    throw new ServerError('INVALID_INPUT', 'Say which runs: give runIds, or the flowId whose runs failed.');
  }
  const runs = await engine.listRuns({
    environmentId,
    flowId,
    status: status ?? 'Failed',
    startedFrom: readInstant(startedFrom),
    startedBefore: readInstant(startedBefore),
    before: cursor,
    limit: MAX_RESUBMITTED + 1,
  });
  const chosen = runs.slice(0, MAX_RESUBMITTED).map(({ id }) => id);
  return { runIds: chosen, nextCursor: runs.length > MAX_RESUBMITTED ? chosen.at(-1) : undefined };
}

/** Epoch milliseconds of an instant whose form the schema has checked. */
export function readInstant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
