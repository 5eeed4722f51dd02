import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { importConnector } from '../import/import-connector.ts';
import { keepOperations } from './keep-operations.ts';
import { listOperationNeeds } from './list-needs.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answer = (schema: JsonObject) => ({
  200: { description: 'ok', content: { 'application/json': { schema } } },
});

const ZOO: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Zoo', version: '1' },
  tags: [{ name: 'Animals' }, { name: 'Tickets' }],
  paths: {
    '/animals': {
      get: { operationId: 'ListAnimals', tags: ['Animals'], responses: answer(ref('Animal')) },
      post: {
        operationId: 'AddAnimal',
        tags: ['Animals'],
        parameters: [
          {
            name: 'cage',
            in: 'query',
            schema: { type: 'string' },
            'x-ms-dynamic-values': { operationId: 'ListCages', 'value-path': 'id' },
          },
        ],
        responses: {},
      },
    },
    '/cages': {
      get: {
        operationId: 'ListCages',
        parameters: [
          {
            name: 'house',
            in: 'query',
            schema: { type: 'string' },
            'x-ms-dynamic-list': { operationId: 'ListHouses', itemsPath: 'value' },
          },
        ],
        responses: {},
      },
    },
    '/houses': { get: { operationId: 'ListHouses', responses: {} } },
    '/tickets': { get: { operationId: 'ListTickets', tags: ['Tickets'], responses: answer(ref('Ticket')) } },
    '/hooks': {
      'x-ms-notification-content': { schema: ref('Ticket') },
      post: { operationId: 'WhenSold', 'x-ms-trigger': 'single', responses: {} },
    },
    '/hooks/{id}': {
      delete: {
        operationId: 'EndHook',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {},
      },
    },
  },
  components: {
    securitySchemes: { key: { type: 'apiKey', name: 'X-Key', in: 'header' } },
    schemas: {
      Animal: { type: 'object', discriminator: { propertyName: 'kind' }, properties: { home: ref('Home') } },
      Lion: { allOf: [ref('Animal'), { type: 'object', properties: { mane: ref('Mane') } }] },
      Mane: { type: 'string' },
      Home: { type: 'object', properties: { inside: ref('Home') } },
      Ticket: { type: 'object', properties: { price: ref('Price') } },
      Price: { type: 'number' },
    },
  },
};

function readZoo(properties: JsonObject = {}): ConnectorDefinition {
  const bytes = new TextEncoder().encode(JSON.stringify(ZOO));
  const { definition } = importConnector({ name: 'zoo.json', files: [{ path: 'zoo.json', bytes }] });
  if (definition === undefined) throw new Error('The zoo is closed.');
  return { ...definition, properties };
}

const policy = (title: string, operations?: string[]): JsonObject => ({
  templateId: 'setheader',
  title,
  parameters: operations === undefined ? {} : { 'x-ms-apimTemplate-operationName': operations },
});

describe('keeping some operations', () => {
  test('drops paths, tags and schemas of the others, and keeps schemas that answers may be of', () => {
    const { openapi } = keepOperations(readZoo(), ['ListAnimals']);
    expect(openapi['paths']).toEqual({ '/animals': { get: expect.anything() } });
    expect(openapi['tags']).toEqual([{ name: 'Animals' }]);
    expect(Object.keys(openapi['components'] as JsonObject).sort()).toEqual(['schemas', 'securitySchemes']);
    const { schemas } = openapi['components'] as { schemas: JsonObject };
    expect(Object.keys(schemas)).toEqual(['Animal', 'Lion', 'Mane', 'Home']);
  });

  test('keeps what the kept ones need: dropdowns of dropdowns, the end of a subscription', () => {
    const { openapi } = keepOperations(readZoo(), ['AddAnimal', 'WhenSold']);
    expect(Object.keys(openapi['paths'] as JsonObject)).toEqual([
      '/animals',
      '/cages',
      '/houses',
      '/hooks',
      '/hooks/{id}',
    ]);
    expect(listOperationNeeds(ZOO)).toEqual(
      new Map([
        ['AddAnimal', ['ListCages', 'ListHouses']],
        ['ListCages', ['ListHouses']],
        ['WhenSold', ['EndHook']],
      ]),
    );
  });

  test('leaves no policy behind that would come to apply to all', () => {
    const { properties } = keepOperations(
      readZoo({
        policyTemplateInstances: [
          policy('all'),
          policy('tickets', ['ListTickets']),
          policy('both', ['ListTickets', 'ListAnimals']),
        ],
        scriptOperations: ['ListTickets'],
      }),
      ['ListAnimals'],
    );
    expect(properties['policyTemplateInstances']).toEqual([policy('all'), policy('both', ['ListAnimals'])]);
    expect(properties['scriptOperations']).toEqual(['ListTickets']);
  });

  test('of all of them changes nothing', () => {
    const zoo = readZoo();
    const ids = ['ListAnimals', 'AddAnimal', 'ListCages', 'ListHouses', 'ListTickets', 'WhenSold', 'EndHook'];
    expect(keepOperations(zoo, ids)).toBe(zoo);
  });
});
