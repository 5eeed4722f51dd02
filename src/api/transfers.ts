import { Type } from 'typebox';
import { Id, Version } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

/** The parameters of a call whose body is a file: JSON, percent-encoded where it is not ASCII. */
export const PARAMETERS_HEADER = 'x-patchbay-parameters';

export const transferEndpoints = {
  streamOperation: defineEndpoint({
    method: 'POST',
    path: '/api/connections/:id/operations/:operationId/stream',
    summary: 'Call an operation with files that pass through',
    description:
      "The body of the request is the operation's file, sent on as it comes; the answer is the service's, bytes and content type. " +
      'The other parameters stand as JSON in the header `x-patchbay-parameters`. A body of JSON without that header is ' +
      '`{parameters}`, for an operation that only answers with a file.',
    tags: ['Connections'],
    access: 'user',
    params: Type.Object({ id: Id, operationId: Type.String() }),
    query: Type.Object({
      version: Type.Optional(Version),
      field: Type.Optional(
        Type.String({ description: 'Of a multipart body: the field the file belongs to.' }),
      ),
      fileName: Type.Optional(Type.String({ maxLength: 500 })),
      maximumBytes: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'Of the file and of the answer; 1 GiB unless it is said.',
        }),
      ),
    }),
    response: Type.Any(),
    produces: 'application/octet-stream',
  }),
};
