import { expect, test } from 'vitest';
import { readCategories, setCategories } from './categories.ts';
import type { ConnectorDefinition } from './definition-types.ts';

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

test('categories are set beside what else the metadata say, and taken out again', () => {
  const website = { propertyName: 'Website', propertyValue: 'https://a.example' };
  const privacy = { propertyName: 'Privacy policy', propertyValue: 'https://a.example/privacy' };
  const define = (metadata?: unknown) =>
    ({
      openapi: {
        openapi: '3.1.0',
        ...(metadata === undefined ? {} : { 'x-ms-connector-metadata': metadata }),
      },
    }) as unknown as ConnectorDefinition;
  const given = define([website, { propertyName: 'category', propertyValue: 'Data' }, privacy]);
  const changed = setCategories(given, ['Finance', 'Commerce']);
  expect(changed.openapi['x-ms-connector-metadata']).toEqual([
    website,
    { propertyName: 'Categories', propertyValue: 'Finance;Commerce' },
    privacy,
  ]);
  expect(readCategories(changed)).toEqual(['Finance', 'Commerce']);
  expect(setCategories(changed, []).openapi['x-ms-connector-metadata']).toEqual([website, privacy]);
  const first = setCategories(define(), ['Data']);
  expect(readCategories(first)).toEqual(['Data']);
  expect(setCategories(first, [])).toEqual(define());
});
