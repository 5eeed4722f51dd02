import { type Static, Type } from 'typebox';
import { Id, nameSchema, Version } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

const tags = ['Connectors'];

/** Versions of a connector are compared and taken out. */
export const ExportFormat = Type.Union(
  [
    Type.Literal('openapi-3.1'),
    Type.Literal('openapi-3.0'),
    Type.Literal('swagger-2.0'),
    Type.Literal('power-platform'),
    Type.Literal('postman'),
    Type.Literal('typescript'),
  ],
  { description: 'A Power Platform package comes as a zip archive, a TypeScript client as one file.' },
);

export const ConnectorChange = nameSchema(
  'ConnectorChange',
  Type.Object({
    class: Type.Union([Type.Literal('breaking'), Type.Literal('risky'), Type.Literal('safe')]),
    code: Type.String({ description: '`OPERATION_REMOVED`, `FIELD_TYPE_CHANGED` …' }),
    message: Type.String({ description: 'One sentence: what changed, where.' }),
    pointer: Type.String({ description: 'Into the newer document; into the older one for what is gone.' }),
    operationId: Type.Optional(Type.String()),
    field: Type.Optional(Type.String({ description: 'As flows name it: `body/ship_to/name`.' })),
  }),
);
export type ConnectorChange = Static<typeof ConnectorChange>;

export const AffectedAction = nameSchema(
  'AffectedAction',
  Type.Object({
    flowId: Id,
    flow: Type.String({ description: 'The name of the flow.' }),
    action: Type.String({ description: 'The action or trigger that would break.' }),
    pointer: Type.String({ description: 'JSON pointer into the definition of the flow.' }),
    operationId: Type.String(),
    field: Type.Optional(Type.String({ description: 'Missing when the whole operation is concerned.' })),
    message: Type.String(),
  }),
);
export type AffectedAction = Static<typeof AffectedAction>;

const ExportNote = nameSchema(
  'ExportNote',
  Type.Object({
    code: Type.String({ description: 'Stable: `EXPORT_POLICIES_LEFT_OUT`.' }),
    message: Type.String(),
    pointer: Type.String({
      description:
        'JSON pointer into the OpenAPI document of the definition, or below `/properties` and `/files`.',
    }),
  }),
);

const VersionParams = Type.Object({ id: Id, version: Version });

export const connectorExchangeEndpoints = {
  exportConnectorVersion: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/versions/:version/export',
    summary: 'Download a version of a connector',
    description: 'A version that was imported from this format can be imported again and is the same.',
    tags,
    access: 'user',
    params: VersionParams,
    query: Type.Object({
      format: ExportFormat,
      syntax: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('yaml')], { default: 'json' })),
    }),
    response: Type.Unknown({ description: 'The file.' }),
    produces: 'application/octet-stream',
  }),
  listExportNotes: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/versions/:version/export/notes',
    summary: 'List what a format cannot say of a connector',
    description:
      'What a download in the format leaves out or says in other words, each with its place in the definition. Empty when nothing is lost.',
    tags,
    access: 'user',
    params: VersionParams,
    query: Type.Object({ format: ExportFormat }),
    response: Type.Object({ notes: Type.Array(ExportNote) }),
  }),
  diffConnectorVersions: defineEndpoint({
    method: 'GET',
    path: '/api/connectors/:id/versions/:version/diff',
    summary: 'Compare two versions of a connector',
    description:
      'What changed from version `with` to this one, and what would break in the flows that use another version than this.',
    tags,
    access: 'user',
    params: VersionParams,
    query: Type.Object({ with: Version }),
    response: Type.Object({ changes: Type.Array(ConnectorChange), affected: Type.Array(AffectedAction) }),
  }),
};
