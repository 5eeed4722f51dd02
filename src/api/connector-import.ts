import { type Static, Type } from 'typebox';
import { nameSchema } from './common.ts';
import { PagingChoices, PagingProposal } from './connector-proposals.ts';
import { OperationSummary } from './operations.ts';
import { DocumentProblem } from './problems.ts';

const sourceProperties = {
  name: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'By default made from the title.' }),
  ),
  fileName: Type.Optional(Type.String()),
  text: Type.Optional(Type.String({ description: 'The document, as text.' })),
  base64: Type.Optional(Type.String({ description: 'The document, as bytes.' })),
  url: Type.Optional(Type.String({ description: 'Where the document is to be fetched from.' })),
  github: Type.Optional(
    Type.String({ description: 'A document or folder on GitHub: `owner/repository@ref:path`.' }),
  ),
  importId: Type.Optional(
    Type.String({ description: 'A document that was read already: see `POST /api/connector-imports`.' }),
  ),
  files: Type.Optional(
    Type.Array(Type.Object({ path: Type.String(), base64: Type.String() }), {
      description:
        'The files of a package (apiDefinition.swagger.json, apiProperties.json, script, icon), or a document and the files it refers to; `fileName` then says which is the document.',
    }),
  ),
};

/** Where a definition comes from: exactly one of text, base64, url, files, github and importId. */
export const ConnectorSource = nameSchema('ConnectorSource', Type.Object(sourceProperties));
export type ConnectorSource = Static<typeof ConnectorSource>;

/** Which of the operations are taken. */
export const ChosenOperations = Type.Array(Type.String(), {
  minItems: 1,
  description: 'The ids of the operations to take, and what they need comes with them; by default all.',
});

export const ImportRequest = nameSchema(
  'ImportRequest',
  Type.Object({
    ...sourceProperties,
    dryRun: Type.Optional(Type.Boolean({ default: false, description: 'Report only, make nothing.' })),
    operations: Type.Optional(ChosenOperations),
    paging: Type.Optional(PagingChoices),
  }),
);
export type ImportRequest = Static<typeof ImportRequest>;

export const importReportProperties = {
  ok: Type.Boolean({ description: 'False: the errors say why nothing can be made of it.' }),
  format: Type.String({ description: '`openapi-3.1`, `swagger-2.0`, `power-platform`, `unknown` …' }),
  title: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  baseUrl: Type.Optional(Type.String()),
  auth: Type.Array(Type.String(), { description: 'Types of the authentication methods.' }),
  operations: Type.Array(OperationSummary),
  needs: Type.Record(Type.String(), Type.Array(Type.String()), {
    description: 'By operationId, the operations it cannot do without: those that fill its dropdowns …',
  }),
  proposals: Type.Array(PagingProposal, {
    description: 'Pages that the document does not declare, but its operations seem to have.',
  }),
  warnings: Type.Array(DocumentProblem),
  errors: Type.Array(DocumentProblem),
};
