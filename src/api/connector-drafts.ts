import { type Static, Type } from 'typebox';
import { AuthenticationMethod } from './authentication.ts';
import { Id, IdParams, Instant, JsonRecord, nameSchema, Version } from './common.ts';
import { AffectedAction, ConnectorChange } from './connector-exchange.ts';
import { ChosenOperations, ConnectorSource } from './connector-import.ts';
import { PagingChoices } from './connector-proposals.ts';
import { ImportReport } from './connectors.ts';
import { defineEndpoint } from './define-endpoint.ts';
import { ConnectorSignIns, SignInChange } from './oauth.ts';
import { OperationDetail, OperationResult } from './operations.ts';

const tags = ['Connector drafts'];

const summaryProperties = {
  id: Id,
  connectorId: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'The connector whose next version it will be; missing: a new connector.',
    }),
  ),
  baseVersion: Type.Optional(Type.Integer({ minimum: 1, description: 'The version it was made from.' })),
  title: Type.String(),
  revision: Type.Integer({ minimum: 1, description: 'Counts its changes; the ETag of the draft.' }),
  createdAt: Instant,
  updatedAt: Instant,
  updatedBy: Type.Optional(Type.String({ description: "The person's name." })),
};

export const ConnectorDraftSummary = nameSchema('ConnectorDraftSummary', Type.Object(summaryProperties));
export type ConnectorDraftSummary = Static<typeof ConnectorDraftSummary>;

/** A definition in canonical form, finished or not: `{openapi, properties, source, files}`. */
const Definition = Type.Unsafe<Static<typeof JsonRecord>>({
  ...JsonRecord,
  description: 'A definition in canonical form, as `getConnectorVersion` gives it; it need not be finished.',
});

export const ConnectorDraft = nameSchema(
  'ConnectorDraft',
  Type.Object({ ...summaryProperties, definition: Definition }),
);
export type ConnectorDraft = Static<typeof ConnectorDraft>;

export const NewConnectorDraft = nameSchema(
  'NewConnectorDraft',
  Type.Object({
    blank: Type.Optional(Type.Object({ title: Type.String({ minLength: 1, maxLength: 200 }) })),
    connectorId: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'Edit this connector: its latest version, or the draft there is.',
      }),
    ),
    copyOf: Type.Optional(Type.String({ format: 'uuid', description: 'A new connector like this one.' })),
    ...ConnectorSource.properties,
    operations: Type.Optional(ChosenOperations),
    paging: Type.Optional(PagingChoices),
  }),
);
/** Exactly one of `blank`, `connectorId`, `copyOf` and a source as for import. */
export type NewConnectorDraft = Static<typeof NewConnectorDraft>;

export const connectorDraftEndpoints = {
  createConnectorDraft: defineEndpoint({
    method: 'POST',
    path: '/api/connector-drafts',
    summary: 'Begin a connector, or the next version of one',
    description:
      'From nothing, from a connector, or from a document or package as for import. A connector has one draft: if there is one, it is the answer.',
    tags,
    access: 'user',
    body: NewConnectorDraft,
    response: ConnectorDraft,
    status: 201,
  }),
  listConnectorDrafts: defineEndpoint({
    method: 'GET',
    path: '/api/connector-drafts',
    summary: 'List the connectors in progress, last changed first',
    tags,
    access: 'user',
    response: Type.Object({ value: Type.Array(ConnectorDraftSummary) }),
  }),
  getConnectorDraft: defineEndpoint({
    method: 'GET',
    path: '/api/connector-drafts/:id',
    summary: 'Read a draft with its definition',
    description: 'The ETag is the revision.',
    tags,
    access: 'user',
    params: IdParams,
    response: ConnectorDraft,
  }),
  updateConnectorDraft: defineEndpoint({
    method: 'PUT',
    path: '/api/connector-drafts/:id',
    summary: 'Keep what a draft says now',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({ definition: Definition }),
    response: ConnectorDraftSummary,
    ifMatch: 'required',
  }),
  deleteConnectorDraft: defineEndpoint({
    method: 'DELETE',
    path: '/api/connector-drafts/:id',
    summary: 'Discard a draft',
    tags,
    access: 'user',
    params: IdParams,
  }),
  publishConnectorDraft: defineEndpoint({
    method: 'POST',
    path: '/api/connector-drafts/:id/publish',
    summary: 'Save a draft as a connector, or as the next version of its connector',
    description:
      'The draft is gone then. 409 `DRAFT_OUTDATED` when the connector has a newer version than the draft was made from.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({
      note: Type.Optional(Type.String({ maxLength: 1000 })),
      force: Type.Optional(
        Type.Boolean({
          default: false,
          description: 'Also over a newer version than the draft was made from.',
        }),
      ),
    }),
    response: ImportReport,
    ifMatch: 'optional',
  }),
  diffConnectorDraft: defineEndpoint({
    method: 'GET',
    path: '/api/connector-drafts/:id/diff',
    summary: 'Compare a draft with the version it was made from',
    description:
      'What changed, and what would break in the flows of the connector. Nothing for a new connector.',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object({
      changes: Type.Array(ConnectorChange),
      affected: Type.Array(AffectedAction),
      latestVersion: Type.Optional(Version),
    }),
  }),
  getDraftOperation: defineEndpoint({
    method: 'GET',
    path: '/api/connector-drafts/:id/operations/:operationId',
    summary: 'Read an operation as the draft defines it',
    description: 'As `getOperation`; `connectorVersion` is the version the draft was made from, else 1.',
    tags,
    access: 'user',
    params: Type.Object({ id: Id, operationId: Type.String() }),
    response: OperationDetail,
  }),
  callDraftOperation: defineEndpoint({
    method: 'POST',
    path: '/api/connector-drafts/:id/operations/:operationId/call',
    summary: 'Call an operation as the draft defines it',
    description: "As `callOperation`, through a connection of the draft's connector.",
    tags,
    access: 'user',
    params: Type.Object({ id: Id, operationId: Type.String() }),
    body: Type.Object({
      connectionId: Id,
      parameters: Type.Optional(JsonRecord),
      confirm: Type.Optional(Type.Boolean({ description: 'A person has agreed to this call.' })),
      pages: Type.Optional(Type.Object({ maximumItems: Type.Integer({ minimum: 1, maximum: 100_000 }) })),
    }),
    response: OperationResult,
  }),
  tryDraftScript: defineEndpoint({
    method: 'POST',
    path: '/api/connector-drafts/:id/operations/:operationId/script',
    summary: 'Run custom code on a sample',
    description:
      'The request of made-up inputs goes through the script in its sandbox, with the limits of any call. Nothing is sent: each request gets the answer that is given.',
    tags,
    access: 'user',
    params: Type.Object({ id: Id, operationId: Type.String() }),
    body: Type.Object({
      source: Type.Optional(
        Type.String({ maxLength: 1_000_000, description: 'TypeScript; missing: the script of the draft.' }),
      ),
      parameters: Type.Optional(JsonRecord),
      answer: Type.Object({
        statusCode: Type.Integer({ minimum: 200, maximum: 599 }),
        headers: Type.Optional(Type.Record(Type.String(), Type.String())),
        body: Type.Optional(Type.Unknown()),
      }),
    }),
    response: Type.Object({
      request: JsonRecord,
      sends: Type.Array(JsonRecord),
      response: Type.Optional(
        Type.Object({
          statusCode: Type.Integer(),
          headers: Type.Record(Type.String(), Type.String()),
          body: Type.String(),
        }),
      ),
      logs: Type.Array(JsonRecord),
      error: Type.Optional(
        Type.Object({
          code: Type.String(),
          message: Type.String(),
          stack: Type.Array(Type.String(), { description: "The script's own lines only." }),
        }),
      ),
    }),
  }),
  getDraftConnecting: defineEndpoint({
    method: 'GET',
    path: '/api/connector-drafts/:id/authentication',
    summary: 'Read how to connect to what a draft defines',
    description:
      'What the form of a new connection asks for. Make the connection with `connectorId` and the id of the draft.',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object({
      connectorId: Id,
      title: Type.String(),
      icon: Type.Optional(Type.String()),
      brandColor: Type.Optional(Type.String()),
      baseUrl: Type.Optional(Type.String()),
      authentication: Type.Array(AuthenticationMethod),
    }),
  }),
  getDraftSignIns: defineEndpoint({
    method: 'GET',
    path: '/api/connector-drafts/:id/oauth',
    summary: 'Read as which application the connector of a draft will sign in',
    tags,
    access: 'user',
    params: IdParams,
    response: ConnectorSignIns,
  }),
  updateDraftSignIn: defineEndpoint({
    method: 'PUT',
    path: '/api/connector-drafts/:id/oauth',
    summary: 'Set as which application the connector of a draft will sign in',
    description:
      'Kept with the draft, secrets sealed, and taken over when it is saved. What is left out stays.',
    tags,
    access: 'user',
    params: IdParams,
    body: SignInChange,
    response: ConnectorSignIns,
  }),
  checkDraftRedirect: defineEndpoint({
    method: 'POST',
    path: '/api/connector-drafts/:id/oauth/check',
    summary: 'Ask the identity provider whether it knows the redirect URL',
    description: 'Goes to its authorization page without anybody signed in; nothing secret is sent.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({ method: Type.Optional(Type.String()) }),
    response: Type.Object({
      result: Type.Union(
        [
          Type.Literal('registered'),
          Type.Literal('refused'),
          Type.Literal('noObjection'),
          Type.Literal('unknown'),
        ],
        { description: '`noObjection`: it shows its sign-in page, which proves nothing.' },
      ),
      message: Type.String(),
    }),
  }),
};
