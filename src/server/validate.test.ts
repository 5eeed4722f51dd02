import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { defineEndpoint } from '../api/index.ts';
import { readIfMatch } from './if-match.ts';
import { compileChecks } from './validate.ts';

const endpoint = defineEndpoint({
  method: 'PUT',
  path: '/api/things/:id',
  summary: 'Change a thing',
  tags: [],
  access: 'user',
  params: Type.Object({ id: Type.Integer() }),
  query: Type.Object({
    top: Type.Optional(Type.Integer({ default: 5 })),
    all: Type.Optional(Type.Boolean()),
  }),
  body: Type.Object({ name: Type.Optional(Type.String()), count: Type.Optional(Type.Integer()) }),
  ifMatch: 'required',
});
const checks = compileChecks(endpoint);

test('text of the path and the query becomes what the schema says, with defaults', () => {
  expect(checks.params({ id: '7' })).toEqual({ id: 7 });
  expect(checks.query({ all: 'true' })).toEqual({ top: 5, all: true });
});

test('a body is taken as it is: text is no number', () => {
  expect(() => checks.body({ count: '7' })).toThrow(/count/);
});

test('no body at all will do where nothing is required', () => {
  expect(checks.body(undefined)).toEqual({});
});

test('If-Match holds the version as the ETag said it', () => {
  expect([readIfMatch(endpoint, '"3"'), readIfMatch(endpoint, 'W/"3"'), readIfMatch(endpoint, '*')]).toEqual([
    3,
    3,
    undefined,
  ]);
  expect(() => readIfMatch(endpoint, undefined)).toThrow(/If-Match/);
  expect(() => readIfMatch(endpoint, '"three"')).toThrow(/no version/);
});
