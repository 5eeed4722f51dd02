import { expect, test } from 'vitest';
import { readCategories } from './categories.ts';
import type { ConnectorDefinition } from './types.ts';

const read = (metadata: unknown) =>
  readCategories({ openapi: { 'x-ms-connector-metadata': metadata } } as unknown as ConnectorDefinition);

test('categories stand between semicolons, each once', () => {
  expect(
    read([
      { propertyName: 'Website', propertyValue: 'https://a.example' },
      { propertyName: 'Categories', propertyValue: 'Data; Productivity;;Data' },
    ]),
  ).toEqual(['Data', 'Productivity']);
});

test.each([undefined, null, {}, [null, 'x'], [{ propertyName: 'Categories', propertyValue: 7 }]])(
  'metadata that say nothing put it nowhere: %j',
  (metadata) => expect(read(metadata)).toEqual([]),
);
