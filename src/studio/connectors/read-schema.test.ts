import { expect, test } from 'vitest';
import { describeType, listMembers, resolveSchemaReference } from './read-schema.ts';

const definitions = {
  Address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
  Loop: { $ref: '#/components/schemas/Loop' },
  Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } },
};

test('a reference leads to its definition, and what stands beside it wins', () => {
  const schema = { $ref: '#/components/schemas/Address', description: 'Where to.' };
  expect(resolveSchemaReference(schema, definitions)).toMatchObject({
    type: 'object',
    description: 'Where to.',
  });
});

test('references that run in a circle or lead nowhere end', () => {
  expect(resolveSchemaReference({ $ref: '#/components/schemas/Loop' }, definitions)).toBeDefined();
  expect(resolveSchemaReference({ $ref: '#/components/schemas/None' }, definitions)).toEqual({});
});

test('members are those of the object, of what it inherits, and of the items of an array', () => {
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Address' }],
    required: ['name'],
    properties: { name: { type: 'string' } },
  };
  const names = (value: Parameters<typeof listMembers>[0]) =>
    listMembers(value, definitions).map(({ name, required }) => (required ? `${name}!` : name));
  expect(names(schema)).toEqual(['city!', 'name!']);
  expect(names({ type: 'array', items: schema })).toEqual(['city!', 'name!']);
  expect(names({ oneOf: [{ type: 'string' }, { type: 'number' }] })).toEqual(['either 1', 'either 2']);
});

test('types are said in words', () => {
  expect(describeType({ type: 'string', format: 'date' }, {})).toBe('string (date)');
  expect(describeType({ type: ['string', 'null'] }, {})).toBe('string or null');
  expect(describeType({ items: { $ref: '#/components/schemas/Address' } }, definitions)).toBe(
    'array of object',
  );
  expect(describeType({ enum: ['a', 'b'] }, {})).toBe('one of a, b');
  expect(describeType({}, {})).toBe('any');
});
