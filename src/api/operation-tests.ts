import { type Static, Type } from 'typebox';
import type { CallExchange, Cause, SchemaDifference } from '../connector/index.ts';
import { Id, IdParams, Instant, JsonRecord, JsonValue, nameSchema, Version } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

const tags = ['Tests'];

const object = { type: 'object', additionalProperties: true };

export const OperationTest = nameSchema(
  'OperationTest',
  Type.Object({
    id: Type.Optional(Type.String({ format: 'uuid', description: 'In the history.' })),
    ok: Type.Boolean({ description: 'The service answered with a success.' }),
    durationMs: Type.Number({ minimum: 0 }),
    error: Type.Optional(
      Type.Object({ code: Type.String(), message: Type.String(), fix: Type.Optional(Type.String()) }),
    ),
    answer: Type.Optional(
      Type.Object({
        statusCode: Type.Integer(),
        headers: JsonRecord,
        body: JsonValue,
        bytes: Type.Optional(Type.Integer({ minimum: 0 })),
        truncated: Type.Boolean({ description: 'The body is a text, and only the beginning of the answer.' }),
      }),
    ),
    steps: Type.Array(Type.Object({ step: Type.String(), durationMs: Type.Number(), value: JsonRecord }), {
      description: 'The request after each step of the pipeline, secrets masked.',
    }),
    exchanges: Type.Array(
      Type.Unsafe<CallExchange>({ ...object, description: 'Requests as they left, with their times.' }),
    ),
    differences: Type.Array(
      Type.Unsafe<SchemaDifference>({
        ...object,
        description: 'Where the answer is not what the definition says.',
      }),
    ),
    causes: Type.Array(Type.Unsafe<Cause>({ ...object, description: 'Why it failed, the likeliest first.' })),
  }),
);
export type OperationTest = Static<typeof OperationTest>;

export const ConnectorTest = nameSchema(
  'ConnectorTest',
  Type.Object({
    id: Id,
    operationId: Type.String(),
    connectorVersion: Type.Optional(Version),
    connectionId: Type.Optional(Id),
    connectionName: Type.Optional(Type.String()),
    inputs: JsonValue,
    ok: Type.Boolean(),
    statusCode: Type.Optional(Type.Integer()),
    durationMs: Type.Number(),
    cause: Type.Optional(Type.String()),
    differences: Type.Integer({ minimum: 0 }),
    createdBy: Type.Optional(Type.String({ description: "The person's name." })),
    createdAt: Instant,
  }),
);
export type ConnectorTest = Static<typeof ConnectorTest>;

const Expectations = Type.Object({
  status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
  schema: Type.Optional(Type.Boolean({ description: 'The answer is what the definition says.' })),
  equals: Type.Optional(
    Type.Array(Type.Object({ pointer: Type.String({ maxLength: 500 }), value: JsonValue }), { maxItems: 50 }),
  ),
});

const CheckResult = Type.Object({
  ok: Type.Boolean(),
  ofDraft: Type.Optional(Type.Boolean({ description: 'It was the draft that was called.' })),
  problems: Type.Array(Type.String()),
  statusCode: Type.Optional(Type.Integer()),
  durationMs: Type.Number(),
});

export const ConnectorCheck = nameSchema(
  'ConnectorCheck',
  Type.Object({
    id: Id,
    connectorId: Id,
    connectionId: Type.Optional(Id),
    operationId: Type.String(),
    name: Type.String(),
    inputs: JsonRecord,
    expectations: Expectations,
    result: Type.Optional(CheckResult),
    ranAt: Type.Optional(Instant),
    createdAt: Instant,
  }),
);
export type ConnectorCheck = Static<typeof ConnectorCheck>;

export const operationTestEndpoints = {
  testOperation: defineEndpoint({
    method: 'POST',
    path: '/api/connections/:id/operations/:operationId/test',
    summary: 'Try an operation and learn everything about the call',
    description:
      'Also a call that fails is answered with 200: with the request as it was sent, the times, the differences from the schema and the likely causes. It is noted in the history of the connector.',
    tags,
    access: 'user',
    params: Type.Object({ id: Id, operationId: Type.String() }),
    body: Type.Object({
      parameters: Type.Optional(JsonRecord),
      version: Type.Optional(Version),
      draftId: Type.Optional(
        Type.String({ format: 'uuid', description: 'Call it as this draft of the connector defines it.' }),
      ),
      confirm: Type.Optional(Type.Boolean({ description: 'A person has agreed to this call.' })),
      timeoutMs: Type.Optional(
        Type.Integer({
          minimum: 100,
          maximum: 100_000,
          default: 100_000,
          description: 'When to give up.',
        }),
      ),
    }),
    response: OperationTest,
  }),
  listConnectorTests: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/tests',
    summary: 'List what was tried with a connector, the last first',
    tags,
    access: 'user',
    params: IdParams,
    query: Type.Object({
      operationId: Type.Optional(Type.String()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    }),
    response: Type.Object({ value: Type.Array(ConnectorTest) }),
  }),
  listConnectorChecks: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/checks',
    summary: 'List the checks of a connector',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object({ value: Type.Array(ConnectorCheck) }),
  }),
  createConnectorCheck: defineEndpoint({
    method: 'POST',
    path: '/api/connectors/:id/checks',
    summary: 'Keep a test as a check',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({
      connectionId: Id,
      operationId: Type.String({ maxLength: 500 }),
      name: Type.String({ minLength: 1, maxLength: 200 }),
      inputs: JsonRecord,
      expectations: Expectations,
    }),
    response: ConnectorCheck,
    status: 201,
  }),
  runConnectorCheck: defineEndpoint({
    method: 'POST',
    path: '/api/connector-checks/:id/run',
    summary: 'Run a check',
    tags,
    access: 'user',
    params: IdParams,
    query: Type.Object({
      draftId: Type.Optional(
        Type.String({
          format: 'uuid',
          description: 'Call it as this draft of the connector defines it, not as the latest version does.',
        }),
      ),
    }),
    response: ConnectorCheck,
  }),
  deleteConnectorCheck: defineEndpoint({
    method: 'DELETE',
    path: '/api/connector-checks/:id',
    summary: 'Delete a check',
    tags,
    access: 'user',
    params: IdParams,
  }),
};
