import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { makeSample } from './sample.ts';

describe('makeSample', () => {
  it("prefers the author's example, default and first allowed value to its own", () => {
    const schema: JsonObject = {
      type: 'object',
      properties: {
        a: { type: 'string', examples: ['one'] },
        b: { type: 'integer', default: 7 },
        c: { type: 'string', enum: ['x', 'y'] },
        d: { type: 'integer', example: 'of the wrong type', minimum: 3 },
        e: { type: 'string', format: 'email' },
      },
    };
    expect(makeSample(schema)).toEqual({ a: 'one', b: 7, c: 'x', d: 3, e: 'ada@example.com' });
  });

  it('ends circles and joins allOf', () => {
    const root: JsonObject = {
      components: {
        schemas: {
          Named: { type: 'object', properties: { name: { type: 'string' } } },
          Tree: {
            allOf: [
              { $ref: '#/components/schemas/Named' },
              {
                type: 'object',
                properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
              },
            ],
          },
        },
      },
    };
    expect(makeSample({ $ref: '#/components/schemas/Tree' }, root)).toEqual({ name: 'sample', children: [] });
  });

  it('stays small where everything contains everything', () => {
    const names = Array.from({ length: 30 }, (_, index) => `S${index}`);
    const refs = Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
    const root: JsonObject = {
      $defs: Object.fromEntries(names.map((name) => [name, { type: 'object', properties: refs }])),
    };
    expect(JSON.stringify(makeSample({ $ref: '#/$defs/S0' }, root)).length).toBeLessThan(100_000);
  });

  it('leaves out of a request what the server fills in', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    };
    expect(makeSample(schema, schema, { forRequest: true })).toEqual({ name: 'sample' });
  });
});
