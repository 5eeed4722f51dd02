import { type Static, Type } from 'typebox';
import { Id, JsonRecord, JsonValue, nameSchema, Version } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';
import { OperationResult } from './operations.ts';
import { DocumentProblem } from './problems.ts';

const tags = ['Connections'];

const DynamicOption = Type.Object({
  value: JsonValue,
  title: Type.String(),
  description: Type.Optional(Type.String()),
  selectable: Type.Optional(Type.Boolean({ description: 'False: shown, and not to be chosen.' })),
});

const DynamicNode = Type.Object({
  value: JsonValue,
  title: Type.String(),
  fullTitle: Type.Optional(Type.String()),
  isParent: Type.Boolean(),
  selectable: Type.Boolean(),
  selection: Type.Unsafe<Static<typeof JsonRecord>>({
    ...JsonRecord,
    description: 'To be sent as `selection` for what is below this node.',
  }),
});

export const DynamicContent = nameSchema(
  'DynamicContent',
  Type.Object({
    kind: Type.Union([Type.Literal('options'), Type.Literal('schema'), Type.Literal('tree')]),
    operationId: Type.String({ description: 'The operation that was asked.' }),
    options: Type.Optional(Type.Array(DynamicOption)),
    nodes: Type.Optional(Type.Array(DynamicNode)),
    more: Type.Optional(Type.Boolean({ description: 'There are more than are shown: search for them.' })),
    schema: Type.Optional(JsonRecord),
  }),
);
/** What a field may hold (`options`, or the `nodes` of a tree), or what it looks like (`schema`). */
export type DynamicContent = Static<typeof DynamicContent>;

const params = Type.Object({ id: Id, operationId: Type.String() });
const version = Type.Optional(Version);
const draftId = Type.Optional(
  Type.String({ format: 'uuid', description: 'As this draft of the connector defines it.' }),
);

export const dynamicEndpoints = {
  readDynamicContent: defineEndpoint({
    method: 'POST',
    path: '/api/connections/:id/operations/:operationId/dynamic',
    summary: 'Ask the service for the values or the shape of a field',
    description:
      'Calls the operation that `x-ms-dynamic-values`, `-list`, `-tree`, `-schema` or `-properties` names, through the same connection. Answers 400 `InputsIncomplete` while something else has to be chosen first.',
    tags,
    access: 'user',
    params,
    body: Type.Object({
      parameter: Type.Optional(Type.String({ description: 'The field: `project`, `body/order/sku`.' })),
      pointer: Type.Optional(
        Type.String({ description: 'The field as JSON pointer into the inputs: `/body/lines/0/sku`.' }),
      ),
      response: Type.Optional(
        Type.String({
          description:
            'The field is in the answer of this status, or in `notification`; `parameter` is the path there.',
        }),
      ),
      extension: Type.Optional(
        Type.Unsafe<Static<typeof JsonRecord>>({
          ...JsonRecord,
          description: 'The schema of a field that is itself part of a shape that was asked for.',
        }),
      ),
      want: Type.Optional(Type.Literal('schema')),
      inputs: Type.Optional(JsonRecord),
      selection: Type.Optional(JsonRecord),
      search: Type.Optional(Type.String({ maxLength: 200 })),
      version,
      draftId,
    }),
    response: DynamicContent,
  }),
  checkOperationInputs: defineEndpoint({
    method: 'POST',
    path: '/api/connectors/:id/operations/:operationId/check',
    summary: 'Check the inputs of an operation without calling it',
    description: 'With the same code that checks them at a call; pointers lead into the inputs.',
    tags: ['Connectors'],
    access: 'user',
    params,
    body: Type.Object({ parameters: Type.Optional(JsonRecord), version, draftId }),
    response: Type.Object({ problems: Type.Array(DocumentProblem) }),
  }),
  simulateTrigger: defineEndpoint({
    method: 'POST',
    path: '/api/connections/:id/operations/:operationId/simulate',
    summary: 'Show what a trigger would bring',
    description: 'Calls the operation that its `x-ms-operation-context` names.',
    tags,
    access: 'user',
    params,
    body: Type.Object({ parameters: Type.Optional(JsonRecord), version }),
    response: OperationResult,
  }),
};
