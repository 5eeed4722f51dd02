import { type Static, Type } from 'typebox';
import { Id, IdParams, Instant, nameSchema } from './common.ts';
import { ConnectorSource } from './connector-import.ts';
import { ImportReport } from './connectors.ts';
import { defineEndpoint } from './define-endpoint.ts';
import { StatusDetail } from './problems.ts';

const tags = ['Connectors'];

/** What an import is at. */
export const ImportProgress = nameSchema(
  'ImportProgress',
  Type.Object({
    step: Type.Union(
      [
        Type.Literal('waiting'),
        Type.Literal('fetching'),
        Type.Literal('references'),
        Type.Literal('parsing'),
        Type.Literal('checking'),
        Type.Literal('operations'),
      ],
      {
        description:
          'Waiting for another large one, fetching the document, following its references, parsing it, checking it, putting its operations together.',
      },
    ),
    bytes: Type.Optional(Type.Integer({ description: 'Of the documents read so far.' })),
    files: Type.Optional(Type.Integer({ description: 'How many files have been fetched.' })),
    operations: Type.Optional(Type.Integer({ description: 'How many were found.' })),
  }),
);
export type ImportProgress = Static<typeof ImportProgress>;

const stateProperties = {
  id: Id,
  state: Type.Union([
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ]),
  progress: ImportProgress,
};

export const ConnectorImport = nameSchema(
  'ConnectorImport',
  Type.Object({
    ...stateProperties,
    createdAt: Instant,
    report: Type.Optional(ImportReport),
    problem: Type.Optional(StatusDetail),
  }),
);
/** A document that is read, or was read and can be made a connector of: once it is done there is a report. */
export type ConnectorImport = Static<typeof ConnectorImport>;

export const connectorImportEndpoints = {
  startConnectorImport: defineEndpoint({
    method: 'POST',
    path: '/api/connector-imports',
    summary: 'Read a document or package that a connector can be made of',
    description:
      'A small one is done when the answer comes; a large one goes on, and its events say how far it is. Its id is then a source for importing, saving a version and drafts (`importId`), for a day and for who began it.',
    tags,
    access: 'user',
    body: ConnectorSource,
    response: ConnectorImport,
    status: 202,
  }),
  getConnectorImport: defineEndpoint({
    method: 'GET',
    path: '/api/connector-imports/:id',
    summary: 'Read what an import found',
    tags,
    access: 'user',
    params: IdParams,
    response: ConnectorImport,
  }),
  streamConnectorImport: defineEndpoint({
    method: 'GET',
    path: '/api/connector-imports/:id/events',
    summary: 'Follow an import',
    description: 'Events named `import` until it runs no more.',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object(stateProperties),
    produces: 'text/event-stream',
  }),
  cancelConnectorImport: defineEndpoint({
    method: 'DELETE',
    path: '/api/connector-imports/:id',
    summary: 'Cancel an import',
    description: 'Of one that runs no more, nothing changes.',
    tags,
    access: 'user',
    params: IdParams,
  }),
};
