import { type Static, Type } from 'typebox';
import { AuthenticationMethod } from './authentication.ts';
import { createPage, Id, IdParams, Instant, JsonRecord, nameSchema, PageQuery, Version } from './common.ts';
import {
  ChosenOperations,
  ConnectorSource,
  ImportRequest,
  importReportProperties,
} from './connector-import.ts';
import { PagingChoices } from './connector-proposals.ts';
import { defineEndpoint } from './define-endpoint.ts';
import { FoundOperations, OperationDetail, OperationSummary } from './operations.ts';

const tags = ['Connectors'];

const summaryProperties = {
  id: Id,
  name: Type.String({ description: 'Unique in the environment; what flows call it.' }),
  title: Type.String(),
  description: Type.Optional(Type.String()),
  kind: Type.Union([Type.Literal('builtin'), Type.Literal('custom')]),
  publisher: Type.Optional(Type.String()),
  icon: Type.Optional(Type.String({ description: 'A data: URI or an https: URL.' })),
  brandColor: Type.Optional(Type.String({ description: '`#rrggbb`' })),
  latestVersion: Version,
  operationCount: Type.Integer({ minimum: 0 }),
  categories: Type.Optional(
    Type.Array(Type.String(), { description: 'What it is for, as its metadata say.' }),
  ),
  createdAt: Instant,
  updatedAt: Instant,
};

export const ConnectorSummary = nameSchema('ConnectorSummary', Type.Object(summaryProperties));
export type ConnectorSummary = Static<typeof ConnectorSummary>;

const Bytes = Type.Integer({ minimum: 0 });
const Milliseconds = Type.Integer({ minimum: 0 });

/** How much a call may take. */
const ConnectorLimits = Type.Object({
  timeoutMs: Milliseconds,
  maxResponseBytes: Bytes,
  maxRedirects: Type.Integer(),
  stream: Type.Object(
    { timeoutMs: Milliseconds, maxBytes: Bytes },
    { description: 'For what passes through without being kept.' },
  ),
  rate: Type.Optional(
    Type.Object(
      { calls: Type.Integer(), periodMs: Type.Number() },
      { description: 'Of one connection, as the document declares it.' },
    ),
  ),
  code: Type.Optional(
    Type.Object(
      {
        timeoutMs: Milliseconds,
        cpuMs: Milliseconds,
        memoryBytes: Bytes,
        bodyBytes: Bytes,
        sends: Type.Integer(),
      },
      { description: 'Where calls pass through custom code.' },
    ),
  ),
});

export const Connector = nameSchema(
  'Connector',
  Type.Object({
    ...summaryProperties,
    format: Type.Optional(Type.String({ description: 'What the latest version was imported from.' })),
    baseUrl: Type.Optional(Type.String()),
    documentationUrl: Type.Optional(Type.String()),
    authentication: Type.Array(AuthenticationMethod),
    limits: Type.Optional(ConnectorLimits),
    operations: Type.Array(OperationSummary),
  }),
);
export type Connector = Static<typeof Connector>;

export const ImportReport = nameSchema(
  'ImportReport',
  Type.Object({ connector: Type.Optional(ConnectorSummary), ...importReportProperties }),
);
export type ImportReport = Static<typeof ImportReport>;

const versionProperties = {
  version: Version,
  title: Type.String(),
  note: Type.Optional(Type.String()),
  format: Type.Optional(Type.String()),
  operationCount: Type.Integer({ minimum: 0 }),
  createdAt: Instant,
  createdBy: Type.Optional(Type.String({ description: "The person's name." })),
};

export const ConnectorVersion = nameSchema('ConnectorVersion', Type.Object(versionProperties));
export type ConnectorVersion = Static<typeof ConnectorVersion>;

export const ConnectorVersionDetail = nameSchema(
  'ConnectorVersionDetail',
  Type.Object({
    ...versionProperties,
    definition: Type.Object({ openapi: JsonRecord, properties: JsonRecord }, { additionalProperties: true }),
  }),
);
export type ConnectorVersionDetail = Static<typeof ConnectorVersionDetail>;

export const connectorEndpoints = {
  importConnector: defineEndpoint({
    method: 'POST',
    path: '/api/connectors/import',
    summary: 'Make a connector from a document or package',
    description:
      'A dry run always answers with a report. Otherwise a document of which nothing can be made is refused with 422, and `problems` lists why.',
    tags,
    access: 'user',
    body: ImportRequest,
    response: ImportReport,
  }),
  listConnectors: defineEndpoint({
    method: 'GET',
    path: '/api/connectors',
    summary: 'List connectors',
    tags,
    access: 'user',
    query: PageQuery,
    response: createPage(ConnectorSummary),
  }),
  getConnector: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id',
    summary: 'Read a connector',
    description: 'The ETag is the latest version.',
    tags,
    access: 'user',
    params: IdParams,
    response: Connector,
  }),
  searchOperations: defineEndpoint({
    method: 'GET',
    path: '/api/operations',
    summary: 'Search the operations of all connectors',
    description: 'Those whose name, id or path has each word; of the latest versions.',
    tags,
    access: 'user',
    query: Type.Object({
      search: Type.String({ minLength: 2, maxLength: 200 }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    }),
    response: FoundOperations,
  }),
  getOperation: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/operations/:operationId',
    summary: 'Read an operation',
    tags,
    access: 'user',
    params: Type.Object({ id: Id, operationId: Type.String() }),
    query: Type.Object({ version: Type.Optional(Version) }),
    response: OperationDetail,
  }),
  listConnectorVersions: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/versions',
    summary: 'List the versions of a connector, latest first',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object({ value: Type.Array(ConnectorVersion) }),
  }),
  getConnectorVersion: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/versions/:version',
    summary: 'Read a version of a connector with its definition',
    tags,
    access: 'user',
    params: Type.Object({ id: Id, version: Version }),
    response: ConnectorVersionDetail,
  }),
  updateConnector: defineEndpoint({
    method: 'PUT',
    path: '/api/connectors/:id',
    summary: 'Save the next version of a connector',
    description:
      'From a definition in canonical form, or from a document or package as for import; with `paging` or `operations` alone, from the latest version.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({
      ...ConnectorSource.properties,
      definition: Type.Optional(JsonRecord),
      operations: Type.Optional(ChosenOperations),
      paging: Type.Optional(PagingChoices),
      note: Type.Optional(Type.String({ maxLength: 1000 })),
    }),
    response: ImportReport,
    ifMatch: 'required',
  }),
  deleteConnector: defineEndpoint({
    method: 'DELETE',
    path: '/api/connectors/:id',
    summary: 'Delete a connector',
    description: '409 while connections use it. Built-in connectors stay.',
    tags,
    access: 'user',
    params: IdParams,
  }),
};
