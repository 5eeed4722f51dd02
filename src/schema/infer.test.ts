import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../base/index.ts';
import { inferSchema } from './infer.ts';
import { makeSample } from './sample.ts';
import { createValidator } from './validator.ts';

describe('inferSchema', () => {
  it('requires what every sample has and joins the rest', () => {
    expect(
      inferSchema([
        { id: 1, name: 'a' },
        { id: 2, weight: 1.5, name: null },
      ]),
    ).toEqual({
      type: 'object',
      properties: { id: { type: 'integer' }, name: { type: ['string', 'null'] }, weight: { type: 'number' } },
      required: ['id', 'name'],
    });
  });

  it('makes whole numbers and fractions one type, and joins the items of a list', () => {
    expect(inferSchema([[1, 2.5], [], [{ a: true }]])).toEqual({
      type: 'array',
      items: { type: ['object', 'number'], properties: { a: { type: 'boolean' } }, required: ['a'] },
    });
  });

  it('states a format only when all texts agree on it', () => {
    const formatOf = (...samples: Json[]) => inferSchema(samples)['format'];
    expect(formatOf('2026-01-31T09:30:00Z', '2024-02-29T23:59:59+02:00')).toBe('date-time');
    expect(formatOf('2026-01-31', '2025-02-29')).toBeUndefined();
    expect(formatOf('3f2a1b7c-5d4e-4f60-8a9b-0c1d2e3f4a5b')).toBe('uuid');
    expect(formatOf('https://example.com/a?b=c')).toBe('uri');
    expect(formatOf('ada@example.com')).toBe('email');
    expect(formatOf('ada@example.com', 'Ada')).toBeUndefined();
  });

  it('allows everything where it saw nothing but null', () => {
    expect(inferSchema([{ a: null }])).toEqual({ type: 'object', properties: { a: {} }, required: ['a'] });
    expect(inferSchema([])).toEqual({});
  });

  it('takes inherited members of objects for what they are: not there', () => {
    const samples: Json[] = [{ a: { toString: 1, constructor: 'x' } }, { a: {} }];
    const validate = createValidator(inferSchema(samples));
    expect(samples.map((sample) => validate(sample))).toEqual([[], []]);
    const schema = { type: 'object', required: ['valueOf'], properties: { valueOf: { type: 'integer' } } };
    expect(createValidator(schema)({})).toHaveLength(1);
  });

  it('always accepts its own samples', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), (values) => {
        const samples = values as Json[];
        const validate = createValidator(inferSchema(samples));
        for (const sample of samples) expect(validate(sample)).toEqual([]);
      }),
    );
  });

  it('makes a schema whose sample fits it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const schema = inferSchema([value as Json]);
        expect(createValidator(schema)(makeSample(schema))).toEqual([]);
      }),
    );
  });
});
