import { describe, expect, it } from 'vitest';
import { describeSchema } from './describe.ts';

describe('describeSchema', () => {
  it('says in a few words what is allowed', () => {
    expect(describeSchema({ type: 'string', format: 'date-time' })).toBe('text (date-time)');
    expect(describeSchema({ type: ['integer', 'null'] })).toBe('whole number, or nothing');
    expect(describeSchema({ type: 'array', items: { $ref: '#/components/schemas/Label' } })).toBe(
      'list of Label',
    );
    expect(describeSchema({ type: 'string', enum: ['pdf', 'png'] })).toBe('"pdf" or "png"');
    expect(describeSchema({ contentMediaType: 'application/octet-stream' })).toBe('file');
    expect(describeSchema({})).toBe('anything');
  });
});
