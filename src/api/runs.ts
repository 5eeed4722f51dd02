import { Type } from 'typebox';
import { createPage, Id, IdParams, Instant, nameSchema, PageQuery } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';
import { Run, RunDetail, RunStatus, RunUpdate } from './run-resources.ts';

const tags = ['Runs'];

/** How many runs one call repeats. */
export const MAX_RESUBMITTED = 500;

const ResubmitBody = nameSchema(
  'ResubmitRuns',
  Type.Object({
    runIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: MAX_RESUBMITTED })),
    flowId: Type.Optional(Id),
    status: Type.Optional(
      Type.Union([Type.Literal('Failed'), Type.Literal('Cancelled'), Type.Literal('TimedOut')], {
        description: '`Failed` unless given.',
      }),
    ),
    startedFrom: Type.Optional(Instant),
    startedBefore: Type.Optional(Instant),
    cursor: Type.Optional(Id),
  }),
);

export const runEndpoints = {
  listRuns: defineEndpoint({
    method: 'GET',
    path: '/api/runs',
    summary: 'List runs, latest first',
    tags,
    access: 'user',
    query: Type.Object({
      ...PageQuery.properties,
      flowId: Type.Optional(Id),
      status: Type.Optional(RunStatus),
      startedFrom: Type.Optional(Instant),
      startedBefore: Type.Optional(Instant),
      property: Type.Optional(
        Type.String({
          pattern: '^[^:]+:',
          description: 'What an action tracked, as `name:value`: `orderId:4711`.',
        }),
      ),
    }),
    response: createPage(Run),
  }),
  getRun: defineEndpoint({
    method: 'GET',
    path: '/api/runs/:id',
    summary: 'Read a run with its actions',
    tags,
    access: 'user',
    params: IdParams,
    response: RunDetail,
  }),
  streamRun: defineEndpoint({
    method: 'GET',
    path: '/api/runs/:id/stream',
    summary: 'Follow a run until it ends',
    description:
      'Server-sent events named `run`: the first with all actions, later ones with those that changed.',
    tags,
    access: 'user',
    params: IdParams,
    response: RunUpdate,
    produces: 'text/event-stream',
  }),
  resubmitRun: defineEndpoint({
    method: 'POST',
    path: '/api/runs/:id/resubmit',
    summary: 'Run again with the same trigger',
    description:
      'From the beginning with the flow as it is now; or, with `action`, the version of that run from one of its actions, and what came before it is kept.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({ action: Type.Optional(Type.String({ minLength: 1 })) }),
    response: Run,
    status: 202,
  }),
  resubmitRuns: defineEndpoint({
    method: 'POST',
    path: '/api/runs/resubmit',
    summary: 'Run many again',
    description:
      'The runs named by `runIds`, or those of a flow that ended so; at most 500 at a time, the latest first.',
    tags,
    access: 'user',
    body: ResubmitBody,
    response: Type.Object({
      value: Type.Array(
        Type.Object({
          runId: Id,
          newRunId: Type.Optional(Id),
          error: Type.Optional(Type.String({ description: 'Why this one was not run again.' })),
        }),
      ),
      nextCursor: Type.Optional(Type.String({ description: 'There are more such runs: ask again with it.' })),
    }),
    status: 202,
  }),
  cancelRun: defineEndpoint({
    method: 'POST',
    path: '/api/runs/:id/cancel',
    summary: 'Cancel a run',
    description: 'What is under way is given up. 409 when it has ended already.',
    tags,
    access: 'user',
    params: IdParams,
    response: Run,
    status: 202,
  }),
};
