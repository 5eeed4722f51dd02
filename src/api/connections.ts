import { type Static, Type } from 'typebox';
import { createPage, Id, IdParams, Instant, JsonRecord, nameSchema, PageQuery, Version } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';
import { OperationResult } from './operations.ts';
import { StatusDetail } from './problems.ts';

const tags = ['Connections'];

const SignInFacts = Type.Object(
  {
    account: Type.Optional(Type.String({ description: 'Who signed in, as the provider names them.' })),
    signedInAt: Type.Optional(Instant),
    expiresAt: Type.Optional(Instant),
    renewable: Type.Boolean({
      description: 'A refresh token is there: no person is needed when it expires.',
    }),
    scope: Type.Optional(Type.String()),
  },
  { description: 'What a sign-in with OAuth brought.' },
);

/** A flow whose latest version leads to a connection. */
export const FlowUse = nameSchema(
  'FlowUse',
  Type.Object({
    id: Id,
    name: Type.String(),
    state: Type.Union([Type.Literal('on'), Type.Literal('off')]),
    references: Type.Array(Type.String(), { description: 'The connection references that lead to it.' }),
  }),
);
export type FlowUse = Static<typeof FlowUse>;

export const Connection = nameSchema(
  'Connection',
  Type.Object({
    id: Id,
    name: Type.String(),
    connector: Type.Object({
      id: Id,
      name: Type.String(),
      title: Type.String(),
      icon: Type.Optional(Type.String()),
      brandColor: Type.Optional(Type.String()),
    }),
    owner: Type.Optional(
      Type.Object(
        { id: Id, name: Type.String() },
        { description: 'Who made it; nobody when that person is gone.' },
      ),
    ),
    parameterSet: Type.Optional(Type.String()),
    parameters: JsonRecord,
    secrets: Type.Array(Type.String(), { description: 'Names of the secrets that are stored.' }),
    status: Type.Union([Type.Literal('connected'), Type.Literal('error'), Type.Literal('needs-sign-in')]),
    statusDetail: Type.Optional(StatusDetail),
    signIn: Type.Optional(SignInFacts),
    flowCount: Type.Integer({ description: 'Flows that would stop without it; see `listConnectionFlows`.' }),
    testedAt: Type.Optional(Instant),
    testedWith: Type.Optional(
      Type.String({ description: 'The operation that the test just now called; in answers to a test only.' }),
    ),
    lastUsedAt: Type.Optional(Instant),
    createdAt: Instant,
    updatedAt: Instant,
  }),
);
/** A connector plus somebody's credentials. `parameters` are the values that are not secret. */
export type Connection = Static<typeof Connection>;

export const ConnectionAddresses = nameSchema(
  'ConnectionAddresses',
  Type.Object({
    confirmed: Type.Array(Type.String(), { description: 'Where its credentials may be sent.' }),
    unconfirmed: Type.Array(Type.String(), {
      description: 'Where the connector, or the draft of it, would send them too, and may not.',
    }),
    mayConfirm: Type.Boolean({ description: 'Whether the caller decides: its maker, or an administrator.' }),
  }),
);
/** The hosts that what a connection keeps secret goes to. */
export type ConnectionAddresses = Static<typeof ConnectionAddresses>;
const draftId = Type.Optional(
  Type.String({
    format: 'uuid',
    description:
      'As this draft of the connector says. The draft of a new connector has the id that its connector will have: with both ids a connection is made for the draft, kept when it is saved and gone when it is discarded.',
  }),
);

const Name = Type.String({ minLength: 1, maxLength: 200 });

export const connectionEndpoints = {
  listConnections: defineEndpoint({
    method: 'GET',
    path: '/api/connections',
    summary: 'List connections',
    tags,
    access: 'user',
    query: Type.Object({ ...PageQuery.properties, connectorId: Type.Optional(Id) }),
    response: createPage(Connection),
  }),
  createConnection: defineEndpoint({
    method: 'POST',
    path: '/api/connections',
    summary: 'Create a connection',
    description: 'It is tested at once; a connection that does not work is kept, with the reason.',
    tags,
    access: 'user',
    body: Type.Object({
      connectorId: Id,
      draftId,
      name: Type.Optional(Name),
      parameterSet: Type.Optional(Type.String()),
      parameters: Type.Optional(JsonRecord),
    }),
    response: Connection,
    status: 201,
  }),
  getConnection: defineEndpoint({
    method: 'GET',
    path: '/api/connections/:id',
    summary: 'Read a connection',
    tags,
    access: 'user',
    params: IdParams,
    response: Connection,
  }),
  updateConnection: defineEndpoint({
    method: 'PATCH',
    path: '/api/connections/:id',
    summary: 'Rename a connection or replace its parameters',
    description:
      'Parameters that are not given keep their values, null takes one away. Tested again when parameters changed.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({
      draftId,
      name: Type.Optional(Name),
      parameterSet: Type.Optional(Type.String()),
      parameters: Type.Optional(JsonRecord),
    }),
    response: Connection,
  }),
  deleteConnection: defineEndpoint({
    method: 'DELETE',
    path: '/api/connections/:id',
    summary: 'Delete a connection',
    tags,
    access: 'user',
    params: IdParams,
  }),
  listConnectionFlows: defineEndpoint({
    method: 'GET',
    path: '/api/connections/:id/flows',
    summary: 'List the flows that would stop without a connection',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object({ value: Type.Array(FlowUse) }),
  }),
  listConnectionAddresses: defineEndpoint({
    method: 'GET',
    path: '/api/connections/:id/addresses',
    summary: 'List the hosts that the credentials of a connection are sent to',
    tags,
    access: 'user',
    params: IdParams,
    response: ConnectionAddresses,
  }),
  confirmConnectionAddresses: defineEndpoint({
    method: 'POST',
    path: '/api/connections/:id/addresses',
    summary: 'Let the credentials of a connection be sent to further hosts',
    description:
      'For whoever made the connection, and administrators. Only hosts that its connector asks for; the connection is tested, unless somebody has to sign in.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({ addresses: Type.Array(Type.String(), { minItems: 1, maxItems: 100 }) }),
    response: ConnectionAddresses,
  }),
  testConnection: defineEndpoint({
    method: 'POST',
    path: '/api/connections/:id/test',
    summary: 'Test a connection',
    description: 'Answers with the connection and its new status, also when it does not work.',
    tags,
    access: 'user',
    params: IdParams,
    query: Type.Object({ draftId }),
    response: Connection,
  }),
  callOperation: defineEndpoint({
    method: 'POST',
    path: '/api/connections/:id/operations/:operationId',
    summary: 'Call an operation without a flow',
    description:
      "When the API behind the connector fails, the answer is a problem whose `upstream` carries the API's status and body.",
    tags,
    access: 'user',
    params: Type.Object({ id: Id, operationId: Type.String() }),
    body: Type.Object({
      parameters: Type.Optional(JsonRecord),
      version: Type.Optional(Version),
      confirm: Type.Optional(
        Type.Boolean({
          description: 'A person has agreed to this call; needed for operations with `requiresConfirmation`.',
        }),
      ),
      pages: Type.Optional(
        Type.Object(
          { maximumItems: Type.Integer({ minimum: 1, maximum: 100_000 }) },
          {
            description:
              'Follow the pages of the answer until there are so many items, and give them as one.',
          },
        ),
      ),
    }),
    response: OperationResult,
  }),
};
