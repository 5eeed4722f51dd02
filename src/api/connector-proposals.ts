import { type Static, Type } from 'typebox';
import { IdParams, JsonRecord, JsonValue, nameSchema } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

/** As `x-patchbay-paging` of an operation has it. */
const Paging = Type.Object(
  {
    by: Type.Union([
      Type.Literal('nextLink'),
      Type.Literal('linkHeader'),
      Type.Literal('page'),
      Type.Literal('offset'),
      Type.Literal('cursor'),
    ]),
    items: Type.Optional(Type.String({ description: 'Where the answer holds the list: `data/orders`.' })),
    maximumItems: Type.Optional(Type.Integer({ minimum: 1 })),
    nextLink: Type.Optional(Type.String({ description: 'by nextLink: where the address is.' })),
    parameter: Type.Optional(Type.String({ description: 'by page, offset, cursor: the query parameter.' })),
    sizeParameter: Type.Optional(Type.String()),
    first: Type.Optional(Type.Integer({ minimum: 0 })),
    total: Type.Optional(Type.String()),
    pages: Type.Optional(Type.String()),
    cursor: Type.Optional(Type.String({ description: 'by cursor: where the answer holds the mark.' })),
    hasMore: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

/** Pages to declare, by operationId; `null` takes a declaration back. */
export const PagingChoices = Type.Record(Type.String(), Type.Union([Paging, Type.Null()]), {
  description: 'Pages to declare, by operationId, as proposed; null takes a declaration back.',
});

export type PagingChoices = Static<typeof PagingChoices>;

export const PagingProposal = nameSchema(
  'PagingProposal',
  Type.Object({
    operationId: Type.String(),
    summary: Type.String(),
    paging: Paging,
    reason: Type.String({ description: 'One sentence: what speaks for it.' }),
  }),
);
export type PagingProposal = Static<typeof PagingProposal>;

export const connectorProposalEndpoints = {
  proposePaging: defineEndpoint({
    method: 'POST',
    path: '/api/connectors/:id/proposals',
    summary: 'Propose how the answers of operations continue',
    description:
      'From the document of the latest version and, where given, from sample answers. Saving the next version with `paging` declares them.',
    tags: ['Connectors'],
    access: 'user',
    params: IdParams,
    body: Type.Object({
      samples: Type.Optional(
        Type.Record(
          Type.String(),
          Type.Object({ headers: Type.Optional(JsonRecord), body: Type.Optional(JsonValue) }),
          { description: 'An answer of each of some operations, by operationId.' },
        ),
      ),
    }),
    response: Type.Object({ value: Type.Array(PagingProposal) }),
  }),
};
