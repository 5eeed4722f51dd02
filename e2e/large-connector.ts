import type { JsonObject } from '../src/base/index.ts';

/** An API with as many operations as wanted, each with what real ones have: parameters, bodies, and schemas they share. */
export function makeLargeConnector(count: number): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (let index = 0; index < count / 2; index++) {
    paths[`/things/${index}/parts`] = { get: makeListing(index), post: makeCreation(index) };
  }
  return {
    openapi: '3.1.0',
    info: { title: `${count} operations`, version: '1' },
    servers: [{ url: 'https://things.example' }],
    paths,
    components: { schemas: { Part: PART, Maker: MAKER, Problem: PROBLEM } },
  };
}

function makeListing(index: number): JsonObject {
  return {
    operationId: `ListParts${index}`,
    summary: `List the parts of thing ${index}`,
    description: 'Everything that is known about its parts, the latest first.',
    tags: [`Group ${index % 20}`],
    parameters: [
      { name: 'state', in: 'query', schema: { type: 'string', enum: ['new', 'used', 'broken'] } },
      {
        name: 'since',
        in: 'query',
        description: 'The first day.',
        schema: { type: 'string', format: 'date' },
      },
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
      { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
    ],
    responses: {
      200: answer('The parts', {
        type: 'object',
        properties: { value: { type: 'array', items: refer('Part') }, next: { type: 'string' } },
      }),
      default: answer('What went wrong', refer('Problem')),
    },
  };
}

function makeCreation(index: number): JsonObject {
  return {
    operationId: `CreatePart${index}`,
    summary: `Create a part of thing ${index}`,
    description: 'Adds a part, and tells its maker.',
    tags: [`Group ${index % 20}`],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['name'],
            properties: {
              name: { type: 'string', title: 'Name', description: 'As it is printed on the part.' },
              weight: { type: 'number', title: 'Weight' },
              maker: refer('Maker'),
              colours: { type: 'array', items: { type: 'string' } },
            },
          },
        },
      },
    },
    responses: {
      201: answer('The part', refer('Part')),
      default: answer('What went wrong', refer('Problem')),
    },
  };
}

function answer(description: string, schema: JsonObject): JsonObject {
  return { description, content: { 'application/json': { schema } } };
}

function refer(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

const PART: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string', title: 'Id' },
    name: { type: 'string', title: 'Name' },
    weight: { type: 'number', title: 'Weight' },
    made: { type: 'string', format: 'date-time', title: 'Made' },
    maker: refer('Maker'),
  },
};
const MAKER: JsonObject = {
  type: 'object',
  properties: { name: { type: 'string', title: 'Maker' }, country: { type: 'string', title: 'Country' } },
};
const PROBLEM: JsonObject = {
  type: 'object',
  properties: { code: { type: 'string' }, message: { type: 'string', title: 'Message' } },
};
