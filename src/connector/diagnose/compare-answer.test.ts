import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { applyEdit } from './apply-edit.ts';
import { compareAnswer } from './compare-answer.ts';
import { judgeCheck } from './judge-check.ts';

const EVENT: JsonObject = {
  type: 'object',
  required: ['at', 'city'],
  properties: {
    at: { type: 'string' },
    city: { type: 'string' },
    status: { type: 'string', enum: ['moving', 'delivered'] },
    weight: { type: 'integer' },
    next: { $ref: '#/components/schemas/Event' },
  },
};

/** Taken literally, it allows nothing at all; what is meant is plain. */
const CLOSED: JsonObject = {
  type: 'object',
  additionalProperties: false,
  allOf: [{ type: 'object', properties: { at: { type: 'string' }, city: { type: 'string' } } }],
};

const answers = (schema?: JsonObject): JsonObject => ({
  '200': { description: 'ok', ...(schema && { content: { 'application/json': { schema } } }) },
});

const DEFINITION: ConnectorDefinition = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Tracking', version: '1' },
    servers: [{ url: 'https://api.example' }],
    components: { schemas: { Event: EVENT } },
    paths: {
      '/track': {
        get: {
          operationId: 'Track',
          responses: answers({ type: 'array', items: { $ref: '#/components/schemas/Event' } }),
        },
      },
      '/last': { get: { operationId: 'Last', responses: answers({ $ref: '#/components/schemas/Event' }) } },
      '/closed': { get: { operationId: 'Closed', responses: answers(CLOSED) } },
      '/open': { get: { operationId: 'Open', responses: answers() } },
    },
  },
  properties: {},
  source: { format: 'openapi-3.1', fileName: null },
  files: {},
};

function compare(
  operationId: string,
  body: Json,
  definition = DEFINITION,
  statusCode = 200,
  type = 'application/json',
) {
  const connector = compileConnector(definition);
  const operation = connector.operation(operationId);
  if (operation === undefined) throw new Error('no operation');
  return compareAnswer(connector, operation, { statusCode, headers: { 'content-type': type }, body });
}

const FITS = { at: '2026', city: 'Delft' };

it('finds nothing where the answer is what the definition says', () => {
  expect(compare('Track', [FITS, { ...FITS, status: 'moving', next: FITS }])).toEqual([]);
});

const CASES: readonly (readonly [kind: string, body: Json, pointer: string, message: string])[] = [
  ['missing', { at: '1' }, '/city', 'city is missing; the definition says that it is always there.'],
  [
    'extra',
    { ...FITS, carrier: 'ups' },
    '/carrier',
    'carrier is not in the definition: flows do not offer it.',
  ],
  ['type', { ...FITS, at: 5 }, '/at', 'at is a whole number; the definition says a text.'],
  ['type', { ...FITS, weight: 1.5 }, '/weight', 'weight is a number; the definition says a whole number.'],
  ['null', { ...FITS, city: null }, '/city', 'city is null; the definition says a text.'],
  ['null', { ...FITS, next: null }, '/next', 'next is null; the definition says a value.'],
  [
    'enum',
    { ...FITS, status: 'lost' },
    '/status',
    'status is “lost”, which is not among the values of the definition.',
  ],
];

it.each(CASES)('%s: one edit makes it fit (%j)', (kind, body, pointer, message) => {
  const [difference, ...others] = compare('Last', body);
  expect(others).toEqual([]);
  expect(difference).toMatchObject({ kind, pointer, message, alsoUsedBy: ['Track'] });
  if (difference?.fix === undefined) throw new Error('no fix');
  const mended = applyEdit(DEFINITION, difference.fix.edit);
  expect(compare('Last', body, mended)).toEqual([]);
  expect(compare('Last', FITS, mended)).toEqual([]);
});

it('tells the same mistake in many elements once', () => {
  const events = Array.from({ length: 30 }, () => ({ ...FITS, city: null }));
  expect(compare('Track', events).map(({ pointer }) => pointer)).toEqual(['/0/city']);
});

it('takes a status, a content type and a shape that nobody declared', () => {
  const cases = [
    ['status', compare('Last', { id: 1 }, DEFINITION, 201)],
    ['content-type', compare('Last', FITS, { ...DEFINITION, openapi: withTextOnly() })],
    ['no-schema', compare('Open', { id: 1 })],
  ] as const;
  expect(cases.map(([kind, found]) => [kind, found.map((one) => one.kind)])).toEqual(
    cases.map(([kind]) => [kind, [kind]]),
  );
  const [found] = compare('Open', { id: 1 });
  if (found?.fix === undefined) throw new Error('no fix');
  const mended = compileConnector(applyEdit(DEFINITION, found.fix.edit));
  expect(mended.operation('Open')?.responses[0]?.schema).toEqual({
    type: 'object',
    properties: { id: { type: 'integer' } },
    required: ['id'],
  });
});

function withTextOnly(): JsonObject {
  const responses = { '200': { description: 'ok', content: { 'text/csv': { schema: { type: 'string' } } } } };
  return { ...DEFINITION.openapi, paths: { '/last': { get: { operationId: 'Last', responses } } } };
}

it('judges a check by status, schema and members of the body', () => {
  const answer = { statusCode: 200, headers: {}, body: { state: 'moving', city: null } };
  const expected = {
    status: 200,
    schema: true,
    equals: [
      { pointer: '/state', value: 'delivered' },
      { pointer: '/id', value: 1 },
    ],
  };
  expect(
    judgeCheck(expected, answer, [{ kind: 'null', pointer: '/city', message: 'city is null.' }]),
  ).toEqual(['city is null.', '/state is "moving", not "delivered".', '/id is missing; it should be 1.']);
  expect(judgeCheck({ status: 201 }, answer, [])).toEqual(['The status is 200, not 201.']);
  expect(judgeCheck({ status: 200 }, undefined, [])).toEqual(['The call brought no answer.']);
});

it('an object that is closed beside what it is made of has the members of its parts', () => {
  const value = { at: 'now', city: 'Delft', late: true };
  const [extra, ...others] = compare('Closed', value);
  expect(others).toEqual([]);
  expect(extra?.fix?.edit).toMatchObject({ edit: 'add-property', name: 'late' });
  const mended = extra?.fix ? applyEdit(DEFINITION, extra.fix.edit) : DEFINITION;
  expect(compare('Closed', value, mended)).toEqual([]);
});
