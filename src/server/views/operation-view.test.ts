import { expect, test } from 'vitest';
import { collectDefinitions } from './operation-view.ts';

test('the schemas an operation reaches stand in its definitions, each once, rings included', () => {
  const openapi = {
    components: {
      schemas: {
        Order: { properties: { lines: { items: { $ref: '#/components/schemas/Line' } } } },
        Line: { properties: { order: { $ref: '#/components/schemas/Order' } } },
        Other: { type: 'string' },
      },
    },
  };
  expect(Object.keys(collectDefinitions(openapi, [{ $ref: '#/components/schemas/Order' }]))).toEqual([
    'Order',
    'Line',
  ]);
});
