import { Type } from 'typebox';
import { JsonRecord, JsonValue } from './common.ts';
import { defineEndpoint } from './define-endpoint.ts';

export const schemaEndpoints = {
  inferSchema: defineEndpoint({
    method: 'POST',
    path: '/api/schemas/infer',
    summary: 'Make a JSON Schema from samples',
    tags: ['Schemas'],
    access: 'user',
    description:
      'From values, or from texts in JSON, XML or URL-encoded form. With `schema`, that one is extended to take them.',
    body: Type.Object({
      samples: Type.Optional(Type.Array(JsonValue, { minItems: 1, maxItems: 100 })),
      texts: Type.Optional(
        Type.Array(Type.Object({ text: Type.String(), contentType: Type.Optional(Type.String()) }), {
          minItems: 1,
          maxItems: 100,
        }),
      ),
      schema: Type.Optional(JsonRecord),
    }),
    response: Type.Object({ schema: JsonRecord }),
  }),
};
