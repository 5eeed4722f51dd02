import { Type } from 'typebox';
import { createPage, Id, IdParams, PageQuery } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';
import { Run, RunDetail, RunStatus, RunUpdate } from './run-resources.ts';

const tags = ['Runs'];

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
