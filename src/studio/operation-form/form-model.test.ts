import { describe, expect, it } from 'vitest';
import type { OperationDetail } from '../../api/index.ts';
import type { JsonObject } from '../../base/index.ts';
import { readDateTime, writeDateTime } from './date-text.ts';
import { chooseKind, listChoices } from './field-kind.ts';
import { createItem, listFields, listMembers, withShape } from './form-model.ts';
import { pickDependencies, removeItem, setAt } from './inputs.ts';
import { prefill } from './prefill.ts';
import { readProblems } from './problems.ts';

const text = { type: 'string' };

function describeOperation(
  bodySchema: JsonObject,
  parameters: OperationDetail['parameters'] = [],
): OperationDetail {
  return {
    operationId: 'Do',
    method: 'POST',
    path: '/do',
    kind: 'action',
    summary: 'Do',
    connectorVersion: 1,
    idempotent: false,
    parameters,
    body: { name: 'body', mediaType: 'application/json', required: true, schema: bodySchema },
    responses: [],
    definitions: { Loop: { type: 'object', properties: { loop: { $ref: '#/components/schemas/Loop' } } } },
    sample: {},
  };
}

describe('how a value is edited', () => {
  const cases: [string, JsonObject, string][] = [
    ['a text', text, 'text'],
    ['a text that may be null', { type: ['string', 'null'] }, 'text'],
    ['two types', { type: ['string', 'integer'] }, 'json'],
    ['an enumeration', { enum: ['a', 'b'] }, 'choice'],
    [
      'suggestions only',
      { ...text, 'x-ms-editor-options': { items: [{ title: 'A', value: 'a' }] } },
      'options',
    ],
    ['yes or no', { type: 'boolean' }, 'boolean'],
    ['a date', { ...text, format: 'date' }, 'date'],
    ['a moment', { ...text, format: 'date-no-tz' }, 'datetime'],
    ['a format nobody knows', { ...text, format: 'phone number of the person' }, 'text'],
    ['bytes', { ...text, format: 'binary' }, 'file'],
    ['a list', { type: 'array', items: text }, 'array'],
    [
      'a list whose elements are chosen',
      { type: 'array', items: text, 'x-ms-dynamic-values': { operationId: 'A' } },
      'array',
    ],
    ['an object', { properties: { a: text } }, 'object'],
    ['a dictionary', { type: 'object', additionalProperties: text }, 'dictionary'],
    ['a dictionary by its editor', { type: 'object', 'x-ms-editor': 'dictionary' }, 'dictionary'],
    ['any object', { type: 'object' }, 'json'],
    ['a list from the service', { ...text, 'x-ms-dynamic-list': { operationId: 'A' } }, 'options'],
    ['a file picker', { ...text, 'x-ms-dynamic-values': { capability: 'file-picker' } }, 'tree'],
    [
      'a shape from the service',
      { type: 'object', 'x-ms-dynamic-properties': { operationId: 'A' } },
      'shape',
    ],
    ['an extension that is no object', { ...text, 'x-ms-dynamic-values': 'A' }, 'text'],
    ['nothing at all', {}, 'json'],
  ];
  it.each(cases)('%s', (_name, schema, kind) => {
    expect(chooseKind(schema)).toBe(kind);
  });

  it('names values as the document does', () => {
    const named = { enum: [1, 2], 'x-ms-enum-values': [{ value: 1, displayName: 'One' }] };
    expect(listChoices(named)).toEqual([
      { value: 1, title: 'One' },
      { value: 2, title: '2' },
    ]);
  });
});

describe('the fields of an operation', () => {
  const body: JsonObject = {
    type: 'object',
    required: ['d'],
    properties: {
      a: { ...text, 'x-ms-visibility': 'advanced' },
      b: text,
      c: { ...text, 'x-ms-visibility': 'Important' },
      d: text,
      e: { ...text, 'x-ms-visibility': 'internal' },
      f: { ...text, readOnly: true },
      g: { ...text, 'x-ms-mutability': ['read', 'update'] },
      loop: { $ref: '#/components/schemas/Loop' },
    },
  };
  const paths = (operation: OperationDetail) => listFields(operation).map(({ path }) => path.join('/'));

  it('stand in the order to fill them; what is not for people is left out', () => {
    const operation = describeOperation(body, [{ name: 'p', in: 'query', required: true, schema: text }]);
    expect(paths(operation)).toEqual(['p', 'body/d', 'body/c', 'body/b', 'body/g', 'body/loop', 'body/a']);
  });

  it('of a whole body that is a list are one', () => {
    expect(paths(describeOperation({ type: 'array', items: text }))).toEqual(['body']);
    expect(prefill(describeOperation({ type: 'array', items: text }))).toEqual({});
  });

  it('of circles are made as far as somebody opens them', () => {
    const operation = describeOperation(body);
    const loop = listFields(operation).find(({ label }) => label === 'loop');
    expect(loop && listMembers(loop, operation.definitions).map(({ path }) => path)).toEqual([
      ['body', 'loop', 'loop'],
    ]);
  });

  it('of a shape the service gives know that the definition does not know them', () => {
    const [field] = listFields(
      describeOperation({ type: 'object', 'x-ms-dynamic-schema': { operationId: 'S' } }),
    );
    if (field === undefined) throw new Error('There is one.');
    const shaped = withShape(field, { properties: { a: text } });
    expect(shaped.kind).toBe('object');
    expect(listMembers(shaped, {})).toMatchObject([{ path: ['body', 'a'], isFromShape: true }]);
  });

  it('of a list carry the number of their element', () => {
    const [field] = listFields(describeOperation({ type: 'array', items: { ...text, title: 'Tag' } }));
    expect(field && createItem(field, 1, {})).toMatchObject({ path: ['body', '1'], label: 'Tag 2' });
  });

  it('begin with values to test with, and the defaults of what is required', () => {
    const operation = describeOperation(
      {
        type: 'object',
        properties: { t: { ...text, 'x-ms-test-value': 'T' }, u: { ...text, default: 'U' } },
      },
      [{ name: 'p', in: 'query', required: true, schema: { ...text, default: 'P' } }],
    );
    expect(prefill(operation)).toEqual({ p: 'P', body: { t: 'T' } });
  });
});

describe('inputs', () => {
  it('are changed in a copy; an emptied object goes, the body stays', () => {
    const before = { body: { a: { b: 1 }, list: [{ c: 1 }] } };
    expect(setAt(before, ['body', 'a', 'b'], undefined)).toEqual({ body: { list: [{ c: 1 }] } });
    expect(setAt({ body: { a: 1 } }, ['body', 'a'], undefined)).toEqual({ body: {} });
    expect(setAt(before, ['body', 'list', '0', 'c'], undefined)).toEqual({
      body: { a: { b: 1 }, list: [{}] },
    });
    expect(setAt({}, ['body', 'x', 'y'], 2)).toEqual({ body: { x: { y: 2 } } });
    expect(removeItem(before, ['body', 'list'], 0)).toEqual({ body: { a: { b: 1 } } });
    expect(before.body.a.b).toBe(1);
  });

  it('that a field depends on are found wherever they stand', () => {
    const schema = {
      'x-ms-dynamic-list': { operationId: 'A', parameters: { x: { parameterReference: 'body/a/kind' } } },
    };
    expect(pickDependencies(schema, { org: 1, body: { a: { kind: 'k' }, b: 2 } })).toEqual({
      '/body/a/kind': 'k',
    });
  });

  it('are called wrong in a few words, at the field that lacks', () => {
    const problems = readProblems([
      { code: 'X', message: "Do: the body 'body' must have 'd'.", pointer: '/body' },
      { code: 'X', message: "Do: the query parameter 'p' is required.", pointer: '/p' },
      { code: 'X', message: "Do: the body 'body' at b must be a text.", pointer: '/body/b' },
    ]);
    expect([...problems]).toEqual([
      ['/body/d', 'This is required.'],
      ['/p', 'This is required.'],
      ['/body/b', 'Must be a text.'],
    ]);
  });

  it('keep their moment through the picker', () => {
    const moment = '2026-03-01T10:30:00Z';
    expect(writeDateTime(readDateTime(moment) ?? '', false)).toBe(moment);
    expect(writeDateTime('2026-03-01T10:30', true)).toBe('2026-03-01T10:30:00');
    expect(readDateTime('next week')).toBeUndefined();
  });
});
