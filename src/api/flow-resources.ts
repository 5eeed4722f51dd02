import { type Static, Type } from 'typebox';
import { Id, Instant, JsonRecord, nameSchema, Version } from './common.ts';
import { DocumentProblem } from './problems.ts';
import { RunStatus } from './run-resources.ts';

export const FlowState = Type.Union([Type.Literal('on'), Type.Literal('off')]);
export type FlowState = Static<typeof FlowState>;

/** Which connection stands behind a name that the definition uses, and which connector version is pinned. */
export const ConnectionReference = nameSchema(
  'ConnectionReference',
  Type.Object({
    connectionId: Id,
    connectorVersion: Type.Optional(
      Type.Integer({ minimum: 1, description: 'By default the latest when the flow is saved.' }),
    ),
  }),
);
export type ConnectionReference = Static<typeof ConnectionReference>;

export const ConnectionReferences = Type.Record(Type.String(), ConnectionReference);
export type ConnectionReferences = Static<typeof ConnectionReferences>;

/** A connection reference that a definition asks for. */
export const ReferenceUse = nameSchema(
  'ReferenceUse',
  Type.Object({
    name: Type.String(),
    connectorName: Type.Optional(
      Type.String({ description: 'The connector it should lead to, from `apiId` where that is known.' }),
    ),
    usedBy: Type.Array(Type.String(), { description: 'Names of the triggers and actions that use it.' }),
  }),
);
export type ReferenceUse = Static<typeof ReferenceUse>;

export const FlowTrigger = nameSchema(
  'FlowTrigger',
  Type.Object({
    name: Type.String(),
    type: Type.String({ description: '`Request`, `Recurrence`, `OpenApiConnection` …' }),
    inputSchema: Type.Optional(JsonRecord),
  }),
);
export type FlowTrigger = Static<typeof FlowTrigger>;

export const TriggerStatus = nameSchema(
  'TriggerStatus',
  Type.Object({
    name: Type.String(),
    type: Type.String(),
    mode: Type.Union(
      [Type.Literal('request'), Type.Literal('recurrence'), Type.Literal('polling'), Type.Literal('webhook')],
      { description: 'Who starts it: a caller, the clock, our polls, or a service that was asked to call.' },
    ),
    status: Type.Union(
      [Type.Literal('off'), Type.Literal('starting'), Type.Literal('on'), Type.Literal('failing')],
      { description: '`starting`: a service is being asked to call. `failing`: the last attempt failed.' },
    ),
    error: Type.Optional(Type.String()),
    nextAt: Type.Optional(Instant),
    expiresAt: Type.Optional(Instant),
    endings: Type.Array(Type.Object({ error: Type.String(), attempts: Type.Integer(), nextAt: Instant }), {
      description: 'Subscriptions that the service has not ended yet although it was asked to.',
    }),
    url: Type.Optional(Type.String({ description: 'Whoever has it can start the flow.' })),
  }),
);
/** How a trigger of a flow is doing. */
export type TriggerStatus = Static<typeof TriggerStatus>;

export const FlowCheck = nameSchema(
  'FlowCheck',
  Type.Object({
    ok: Type.Boolean({ description: 'True when there are no errors.' }),
    warnings: Type.Array(DocumentProblem),
    errors: Type.Array(DocumentProblem),
    triggers: Type.Array(FlowTrigger),
    references: Type.Array(ReferenceUse),
  }),
);
/** The verdict on a definition: errors keep it from running, warnings do not. */
export type FlowCheck = Static<typeof FlowCheck>;

/** As text it is kept to the byte; an object is written out in the order of its members. */
export const DefinitionInput = Type.Union([JsonRecord, Type.String()], {
  description: 'A Workflow Definition Language document: an object, or its JSON text.',
});

const summaryProperties = {
  id: Id,
  name: Type.String(),
  state: FlowState,
  version: Version,
  triggers: Type.Array(FlowTrigger),
  lastRun: Type.Optional(
    Type.Object({
      id: Id,
      status: RunStatus,
      startedAt: Instant,
      endedAt: Type.Optional(Instant),
    }),
  ),
  createdAt: Instant,
  updatedAt: Instant,
};

export const FlowSummary = nameSchema('FlowSummary', Type.Object(summaryProperties));
export type FlowSummary = Static<typeof FlowSummary>;

export const Flow = nameSchema(
  'Flow',
  Type.Object({
    ...summaryProperties,
    definition: JsonRecord,
    definitionText: Type.String({ description: 'As it came in.' }),
    connectionReferences: ConnectionReferences,
    check: FlowCheck,
  }),
);
export type Flow = Static<typeof Flow>;

const versionProperties = {
  version: Version,
  note: Type.Optional(Type.String()),
  createdAt: Instant,
  createdBy: Type.Optional(Type.String({ description: "The person's name." })),
};

export const FlowVersion = nameSchema('FlowVersion', Type.Object(versionProperties));
export type FlowVersion = Static<typeof FlowVersion>;

export const FlowVersionDetail = nameSchema(
  'FlowVersionDetail',
  Type.Object({
    ...versionProperties,
    definitionText: Type.String(),
    connectionReferences: ConnectionReferences,
  }),
);
export type FlowVersionDetail = Static<typeof FlowVersionDetail>;
