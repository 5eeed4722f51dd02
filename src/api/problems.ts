import { type Static, Type } from 'typebox';
import { JsonRecord, JsonValue, nameSchema } from './common.ts';

/** A finding in a document somebody wrote: an importer's warning, a flow's mistake. */
export const DocumentProblem = nameSchema(
  'DocumentProblem',
  Type.Object({
    code: Type.String(),
    message: Type.String({ description: 'One sentence: what is wrong, where, what to do.' }),
    pointer: Type.Optional(Type.String({ description: 'JSON pointer into the document.' })),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'Line in the source text.' })),
    snippet: Type.Optional(Type.String({ description: 'The source text around that line.' })),
  }),
);
export type DocumentProblem = Static<typeof DocumentProblem>;

/** Why something is in an error, in the words of the product, and what to do about it. */
export const StatusDetail = nameSchema(
  'StatusDetail',
  Type.Object({
    code: Type.String(),
    message: Type.String(),
    fix: Type.Optional(Type.String()),
  }),
);
export type StatusDetail = Static<typeof StatusDetail>;

/** The body of every error (RFC 9457). */
export const ProblemDetails = nameSchema(
  'ProblemDetails',
  Type.Object(
    {
      type: Type.String(),
      title: Type.String({ description: 'What this kind of error means.' }),
      status: Type.Integer(),
      code: Type.String({ description: 'Stable; programs match by it.' }),
      detail: Type.String({ description: 'One sentence: what is wrong here.' }),
      fix: Type.Optional(Type.String({ description: 'What to do next.' })),
      pointer: Type.Optional(Type.String({ description: 'JSON pointer to the place in the input.' })),
      problems: Type.Optional(
        Type.Array(DocumentProblem, { description: 'All findings, where a document was refused.' }),
      ),
      upstream: Type.Optional(
        Type.Object(
          {
            statusCode: Type.Integer(),
            headers: Type.Optional(JsonRecord),
            body: Type.Optional(JsonValue),
          },
          { description: 'What the API behind a connector answered.' },
        ),
      ),
    },
    { additionalProperties: true },
  ),
);
export type ProblemDetails = Static<typeof ProblemDetails>;
