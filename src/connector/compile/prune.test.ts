import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compilePrune } from './prune.ts';

const readOnly = { type: 'string', readOnly: true };
const text = { type: 'string' };

describe('properties that go in one direction only', () => {
  it('are left out at every depth, and nothing else is touched', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: {
        id: readOnly,
        name: text,
        lines: { type: 'array', items: { properties: { sku: text, total: readOnly } } },
      },
      additionalProperties: { properties: { seen: readOnly } },
    };
    const prune = compilePrune(schema, {}, 'readOnly');
    const value = { id: '1', name: 'n', lines: [{ sku: 's', total: '2' }], more: { seen: 'x', y: 1 }, z: 2 };
    expect(prune?.(value)).toEqual({ name: 'n', lines: [{ sku: 's' }], more: { y: 1 }, z: 2 });
    const plain = { name: 'n' };
    expect(prune?.(plain)).toBe(plain);
  });

  it('cost nothing where there are none, in circles too', () => {
    const document: JsonObject = {
      components: { schemas: { Node: { properties: { next: { $ref: '#/components/schemas/Node' } } } } },
    };
    expect(compilePrune({ $ref: '#/components/schemas/Node' }, document, 'readOnly')).toBeUndefined();
  });

  it('of parts always, of alternatives only if none lets them pass', () => {
    const all = compilePrune({ allOf: [{ properties: { id: readOnly } }] }, {}, 'readOnly');
    expect(all?.({ id: '1', a: 1 })).toEqual({ a: 1 });
    const schema: JsonObject = {
      oneOf: [{ properties: { id: readOnly, kind: readOnly } }, { properties: { id: text, kind: readOnly } }],
    };
    expect(compilePrune(schema, {}, 'readOnly')?.({ id: '1', kind: 'k' })).toEqual({ id: '1' });
  });
});
