import { type Static, Type } from 'typebox';
import { Id, JsonRecord, JsonValue, nameSchema } from './common.ts';

const operationProperties = {
  operationId: Type.String(),
  method: Type.String({ description: 'Upper case.' }),
  path: Type.String(),
  kind: Type.Union([Type.Literal('action'), Type.Literal('trigger')]),
  triggerType: Type.Optional(Type.Union([Type.Literal('polling'), Type.Literal('webhook')])),
  summary: Type.String({ description: 'What people call it; the operation id where the document has none.' }),
  description: Type.Optional(Type.String()),
  visibility: Type.Optional(Type.String({ description: '`important`, `advanced` or `internal`.' })),
  deprecated: Type.Optional(Type.Boolean()),
  supersededBy: Type.Optional(
    Type.String({
      description: 'A later revision, or the replacement, is offered in its place. It can still be called.',
    }),
  ),
  family: Type.Optional(Type.String({ description: 'Revisions of one operation have the same family.' })),
  revision: Type.Optional(Type.Integer()),
  status: Type.Optional(Type.String({ description: '`preview` or `production`, as the document says.' })),
  customCode: Type.Optional(
    Type.Union([Type.Literal('runs'), Type.Literal('needsPort')], {
      description:
        '`runs`: calls pass through the custom code of the connector. `needsPort`: that code is C#; the operation cannot be called until it is ported.',
    }),
  ),
  requiresConfirmation: Type.Optional(
    Type.Boolean({ description: 'A person has to agree before an agent or a program calls it.' }),
  ),
  tags: Type.Optional(Type.Array(Type.String())),
};

export const FoundOperations = nameSchema(
  'FoundOperations',
  Type.Object({
    value: Type.Array(
      Type.Object({
        connectorId: Id,
        operationId: operationProperties.operationId,
        summary: operationProperties.summary,
        method: operationProperties.method,
        path: operationProperties.path,
        kind: operationProperties.kind,
      }),
    ),
    total: Type.Integer({ description: 'How many there are, also beyond those that came.' }),
  }),
);
export type FoundOperation = Static<typeof FoundOperations>['value'][number];

export const OperationSummary = nameSchema('OperationSummary', Type.Object(operationProperties));
export type OperationSummary = Static<typeof OperationSummary>;

export const OperationParameter = nameSchema(
  'OperationParameter',
  Type.Object({
    name: Type.String(),
    in: Type.String({ description: '`path`, `query`, `header`, `cookie` or `formData`.' }),
    summary: Type.Optional(Type.String({ description: 'What people call it.' })),
    description: Type.Optional(Type.String()),
    required: Type.Boolean(),
    visibility: Type.Optional(Type.String()),
    default: Type.Optional(JsonValue),
    file: Type.Optional(
      Type.Boolean({ description: 'Bytes: `{"$content-type", "$content", "$filename"}`.' }),
    ),
    extensions: Type.Optional(
      Type.Unsafe<Static<typeof JsonRecord>>({
        ...JsonRecord,
        description: '`x-ms-*`, as the document has them.',
      }),
    ),
    schema: JsonRecord,
  }),
);
export type OperationParameter = Static<typeof OperationParameter>;

export const OperationBody = nameSchema(
  'OperationBody',
  Type.Object({
    name: Type.String({ description: 'The name under which the inputs carry the body.' }),
    mediaType: Type.String(),
    required: Type.Boolean(),
    summary: Type.Optional(Type.String()),
    visibility: Type.Optional(Type.String()),
    file: Type.Optional(Type.Boolean({ description: 'The whole body is bytes.' })),
    description: Type.Optional(Type.String()),
    schema: JsonRecord,
  }),
);
export type OperationBody = Static<typeof OperationBody>;

export const OperationResponse = nameSchema(
  'OperationResponse',
  Type.Object({
    status: Type.String({ description: '`200`, `4XX`, `default` …' }),
    description: Type.Optional(Type.String()),
    mediaType: Type.Optional(Type.String()),
    schema: Type.Optional(JsonRecord),
    examples: Type.Optional(Type.Array(Type.Object({ title: Type.String(), value: JsonValue }))),
  }),
);
export type OperationResponse = Static<typeof OperationResponse>;

export const OperationDetail = nameSchema(
  'OperationDetail',
  Type.Object({
    ...operationProperties,
    connectorVersion: Type.Integer({ minimum: 1 }),
    idempotent: Type.Boolean({ description: 'Safe to send twice.' }),
    parameters: Type.Array(OperationParameter),
    body: Type.Optional(OperationBody),
    responses: Type.Array(OperationResponse),
    triggerHint: Type.Optional(Type.String({ description: 'How to make the trigger fire.' })),
    simulatedBy: Type.Optional(
      Type.String({ description: 'The operation that shows what the trigger would bring.' }),
    ),
    notification: Type.Optional(
      Type.Object(
        {
          description: Type.Optional(Type.String()),
          schema: Type.Optional(JsonRecord),
          headers: Type.Optional(JsonRecord),
        },
        { description: 'What a callback of the webhook brings.' },
      ),
    ),
    openAiData: Type.Optional(
      Type.Unsafe<Static<typeof JsonRecord>>({
        ...JsonRecord,
        description: '`x-ms-openai-data`, as written.',
      }),
    ),
    examples: Type.Optional(
      Type.Array(Type.Object({ title: Type.String(), inputs: JsonRecord }), {
        description: 'Inputs that the definition gives as examples, by parameter name.',
      }),
    ),
    definitions: JsonRecord,
    sample: JsonRecord,
  }),
);
/**
 * Everything about one operation. Schemas may point to others as `#/components/schemas/NAME`: those they reach
 * stand in `definitions` by NAME. `sample` holds inputs by parameter name, made from the schemas.
 */
export type OperationDetail = Static<typeof OperationDetail>;

/** What an operation answered when it was called without a flow. */
export const OperationResult = nameSchema(
  'OperationResult',
  Type.Object({
    statusCode: Type.Integer(),
    headers: JsonRecord,
    body: JsonValue,
    durationMs: Type.Number({ minimum: 0 }),
    pages: Type.Optional(
      Type.Object(
        { count: Type.Integer(), items: Type.Integer(), more: Type.Boolean() },
        {
          description: 'How many pages and items came, when they were asked for, and whether there are more.',
        },
      ),
    ),
  }),
);
export type OperationResult = Static<typeof OperationResult>;
