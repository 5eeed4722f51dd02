import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { bundleSchema } from './bundle.ts';

const root: JsonObject = {
  components: {
    schemas: {
      Label: {
        type: 'object',
        properties: { parcel: { $ref: '#/components/schemas/Parcel' }, $ref: { type: 'string' } },
      },
      Parcel: { type: 'object', properties: { label: { $ref: '#/components/schemas/Label' } } },
    },
  },
};

describe('bundleSchema', () => {
  it('takes along what a schema refers to, circles included, once', () => {
    expect(bundleSchema({ type: 'array', items: { $ref: '#/components/schemas/Parcel' } }, root)).toEqual({
      type: 'array',
      items: { $ref: '#/$defs/Parcel' },
      $defs: {
        Parcel: { type: 'object', properties: { label: { $ref: '#/$defs/Label' } } },
        Label: {
          type: 'object',
          properties: { parcel: { $ref: '#/$defs/Parcel' }, $ref: { type: 'string' } },
        },
      },
    });
  });

  it('lets everything pass where a reference leads nowhere or the limit is reached', () => {
    expect(bundleSchema({ $ref: '#/components/schemas/Gone', title: 'Gone' }, root)).toEqual({
      title: 'Gone',
    });
    expect(bundleSchema({ $ref: '#/components/schemas/Parcel' }, root, { limit: 1 })).toEqual({
      $ref: '#/$defs/Parcel',
      $defs: { Parcel: { type: 'object', properties: { label: {} } } },
    });
  });
});
