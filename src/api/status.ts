import { type Static, Type } from 'typebox';
import { JsonRecord, nameSchema } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

export const Status = nameSchema(
  'Status',
  Type.Object({
    version: Type.String(),
    setupRequired: Type.Boolean({ description: 'There is no administrator yet.' }),
  }),
);
export type Status = Static<typeof Status>;

export const statusEndpoints = {
  getStatus: defineEndpoint({
    method: 'GET',
    path: '/api/status',
    summary: 'Read what is running',
    tags: ['Status'],
    access: 'open',
    response: Status,
  }),
  getOpenApiDocument: defineEndpoint({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'Read this description',
    tags: ['Status'],
    access: 'open',
    response: JsonRecord,
  }),
  getHealth: defineEndpoint({
    method: 'GET',
    path: '/healthz',
    summary: 'Tell that the process answers',
    tags: ['Status'],
    access: 'open',
    response: Type.Object({ status: Type.Literal('ok') }),
  }),
  getMetrics: defineEndpoint({
    method: 'GET',
    path: '/metrics',
    summary: 'Read the metrics, in the text format of Prometheus',
    description: 'Give an API key as the bearer token.',
    tags: ['Status'],
    access: 'user',
    response: Type.String(),
    produces: 'text/plain',
  }),
  getReadiness: defineEndpoint({
    method: 'GET',
    path: '/readyz',
    summary: 'Tell that the process can do its work',
    description: '503 while the database cannot be reached or the process is stopping.',
    tags: ['Status'],
    access: 'open',
    response: Type.Object({ status: Type.Literal('ready') }),
  }),
};
