import { expect, test } from 'vitest';
import { extendSchema } from './extend.ts';
import { inferSchema } from './infer.ts';
import { createValidator } from './validator.ts';

test('what a schema says for people stays, and what it takes grows', () => {
  const schema = {
    type: 'object',
    title: 'Label',
    properties: {
      id: { type: 'integer', 'x-ms-summary': 'Number' },
      to: { type: 'string', format: 'email' },
    },
    required: ['id', 'to'],
  };
  const sample = { id: 1.5, to: 'nobody', lines: [{ sku: 'A' }] };
  const extended = extendSchema(schema, inferSchema([sample]));
  expect(extended).toMatchObject({
    title: 'Label',
    properties: { id: { type: 'number', 'x-ms-summary': 'Number' }, lines: { type: 'array' } },
    required: ['id', 'to'],
  });
  expect(createValidator(extended)(sample)).toEqual([]);
  expect(createValidator(extended)({ id: 3, to: 'ada@example.com' })).toEqual([]);
});

test('a member that a sample lacks is required no more', () => {
  const extended = extendSchema(
    { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    inferSchema([{ b: 1 }]),
  );
  expect(createValidator(extended)({ b: 2 })).toEqual([]);
});
