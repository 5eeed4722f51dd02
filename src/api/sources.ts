import { type Static, Type } from 'typebox';
import { nameSchema } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

export const SourceEntry = nameSchema(
  'SourceEntry',
  Type.Object({
    name: Type.String(),
    kind: Type.Union([Type.Literal('folder'), Type.Literal('file')]),
    path: Type.String({ description: 'In the repository.' }),
    github: Type.String({ description: 'What to import it by: `owner/repository@ref:path`.' }),
  }),
);
export type SourceEntry = Static<typeof SourceEntry>;

export const sourceEndpoints = {
  browseGitHub: defineEndpoint({
    method: 'GET',
    path: '/api/sources/github',
    summary: 'Look for connectors on GitHub',
    description:
      'Lists a folder of microsoft/PowerPlatformConnectors, or of another repository given as `owner/repository@ref:path`.',
    tags: ['Connectors'],
    access: 'user',
    query: Type.Object({ path: Type.Optional(Type.String({ maxLength: 500 })) }),
    response: Type.Object({ value: Type.Array(SourceEntry) }),
  }),
};
