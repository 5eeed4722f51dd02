import type { JsonObject } from '../src/base/index.ts';

/** An API with more operations than anybody reads: `GetThing0` and on, at `/things/0/parts/{part}` and on. */
export function makeLargeDocument(count: number): JsonObject {
  const paths = Array.from({ length: count }, (_, index) => [
    `/things/${index}/parts/{part}`,
    {
      get: {
        operationId: `GetThing${index}`,
        summary: `Get thing ${index}`,
        description: 'Everything that is known about one part of the thing, with its history.',
        parameters: [{ name: 'part', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'The part' } },
      },
    },
  ]);
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://things.example' }],
    paths: Object.fromEntries(paths),
  };
}
