import { type Static, Type } from 'typebox';
import { createPage, Id, IdParams, JsonValue, nameSchema, PageQuery, Version } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';
import {
  ConnectionReferences,
  DefinitionInput,
  Flow,
  FlowCheck,
  FlowState,
  FlowSummary,
  FlowVersion,
  FlowVersionDetail,
  TriggerStatus,
} from './flow-resources.ts';

const tags = ['Flows'];
const Name = Type.String({ minLength: 1, maxLength: 200 });

export const TriggerUrl = nameSchema(
  'TriggerUrl',
  Type.Object({
    url: Type.String({ description: 'Whoever has it can start the flow.' }),
    method: Type.String(),
    triggerName: Type.String(),
  }),
);
export type TriggerUrl = Static<typeof TriggerUrl>;

export const flowEndpoints = {
  listFlows: defineEndpoint({
    method: 'GET',
    path: '/api/flows',
    summary: 'List flows',
    tags,
    access: 'user',
    query: PageQuery,
    response: createPage(FlowSummary),
  }),
  createFlow: defineEndpoint({
    method: 'POST',
    path: '/api/flows',
    summary: 'Create a flow',
    description:
      'Also takes an exported file (`{properties: {definition}}`). A flow with mistakes is kept; it cannot be turned on. It starts in the state off.',
    tags,
    access: 'user',
    body: Type.Object({
      name: Name,
      definition: DefinitionInput,
      connectionReferences: Type.Optional(ConnectionReferences),
    }),
    response: Flow,
    status: 201,
  }),
  checkFlow: defineEndpoint({
    method: 'POST',
    path: '/api/flows/check',
    summary: 'Check a definition without keeping it',
    description: 'Text that is not JSON is an error of the check, with its line, not of the request.',
    tags,
    access: 'user',
    body: Type.Object({
      definition: DefinitionInput,
      connectionReferences: Type.Optional(ConnectionReferences),
    }),
    response: FlowCheck,
  }),
  getFlow: defineEndpoint({
    method: 'GET',
    path: '/api/flows/:id',
    summary: 'Read a flow',
    description: 'The ETag is its version.',
    tags,
    access: 'user',
    params: IdParams,
    response: Flow,
  }),
  updateFlow: defineEndpoint({
    method: 'PUT',
    path: '/api/flows/:id',
    summary: 'Save the next version of a flow',
    description: 'What is left out stays. A flow that is on must remain without mistakes (422 otherwise).',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({
      name: Type.Optional(Name),
      definition: Type.Optional(DefinitionInput),
      connectionReferences: Type.Optional(ConnectionReferences),
      note: Type.Optional(Type.String({ maxLength: 1000 })),
    }),
    response: Flow,
    ifMatch: 'required',
  }),
  patchFlow: defineEndpoint({
    method: 'PATCH',
    path: '/api/flows/:id',
    summary: 'Turn a flow on or off, or rename it',
    description: 'A flow with mistakes cannot be turned on: 422, and `problems` lists them.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({ state: Type.Optional(FlowState), name: Type.Optional(Name) }),
    response: Flow,
  }),
  deleteFlow: defineEndpoint({
    method: 'DELETE',
    path: '/api/flows/:id',
    summary: 'Delete a flow with its runs',
    tags,
    access: 'user',
    params: IdParams,
  }),
  runFlow: defineEndpoint({
    method: 'POST',
    path: '/api/flows/:id/run',
    summary: 'Run a flow now',
    description: 'Works in either state. The answer comes when the run is committed, not when it has ended.',
    tags,
    access: 'user',
    params: IdParams,
    body: Type.Object({
      inputs: Type.Optional(JsonValue),
      triggerName: Type.Optional(Type.String({ description: 'By default the first trigger.' })),
    }),
    response: Type.Object({ runId: Id }),
    status: 202,
  }),
  listFlowVersions: defineEndpoint({
    method: 'GET',
    path: '/api/flows/:id/versions',
    summary: 'List the versions of a flow, latest first',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object({ value: Type.Array(FlowVersion) }),
  }),
  getFlowVersion: defineEndpoint({
    method: 'GET',
    path: '/api/flows/:id/versions/:version',
    summary: 'Read a version of a flow',
    tags,
    access: 'user',
    params: Type.Object({ id: Id, version: Version }),
    response: FlowVersionDetail,
  }),
  listTriggers: defineEndpoint({
    method: 'GET',
    path: '/api/flows/:id/triggers',
    summary: 'Read how the triggers of a flow are doing',
    tags,
    access: 'user',
    params: IdParams,
    response: Type.Object({ value: Type.Array(TriggerStatus) }),
  }),
  getTriggerUrl: defineEndpoint({
    method: 'GET',
    path: '/api/flows/:id/trigger-url',
    summary: 'Read the URL that starts a flow',
    description: '404 `FLOW_NO_REQUEST_TRIGGER` for a flow without a Request trigger.',
    tags,
    access: 'user',
    params: IdParams,
    query: Type.Object({ triggerName: Type.Optional(Type.String()) }),
    response: TriggerUrl,
  }),
};
