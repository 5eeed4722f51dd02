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
    body: Type.Object({ samples: Type.Array(JsonValue, { minItems: 1, maxItems: 100 }) }),
    response: Type.Object({ schema: JsonRecord }),
  }),
};
