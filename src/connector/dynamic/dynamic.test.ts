import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { locateField } from './locate-field.ts';
import { listReferences } from './plan-call.ts';
import { planDynamic, readDynamicAnswer } from './plan-dynamic.ts';
import { readOptions } from './read-options.ts';
import { readDynamicSchema } from './read-schema.ts';
import { readDynamicSource } from './read-source.ts';

const text = { type: 'string' };

const connector = compileConnector({
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Projects', version: '1' },
    paths: {
      '/orgs': { get: { operationId: 'ListOrgs', 'x-ms-visibility': 'internal', responses: {} } },
      '/projects': {
        get: {
          operationId: 'ListProjects',
          parameters: [
            { name: 'org', in: 'query', required: true, schema: text },
            { name: 'top', in: 'query', schema: { type: 'integer' } },
          ],
          responses: {},
        },
      },
      '/search': {
        post: {
          operationId: 'Search',
          requestBody: {
            'x-ms-requestBody-name': 'query',
            content: { 'application/json': { schema: { type: 'object', properties: { table: text } } } },
          },
          responses: {},
        },
      },
      '/tasks/{org}': {
        post: {
          operationId: 'CreateTask',
          parameters: [
            {
              name: 'org',
              in: 'path',
              required: true,
              'x-ms-summary': 'Organisation',
              schema: text,
              'x-ms-dynamic-values': { operationId: 'ListOrgs' },
            },
            { name: 'page', in: 'query', schema: { type: 'integer', default: 20 } },
          ],
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['order'],
                  properties: {
                    order: {
                      type: 'object',
                      title: 'Order',
                      required: ['country'],
                      properties: {
                        country: { ...text, 'x-ms-summary': 'Country' },
                        lines: {
                          type: 'array',
                          items: {
                            allOf: [
                              { properties: { sku: text } },
                              { properties: { colour: { ...text, title: 'Colour' } } },
                            ],
                          },
                        },
                      },
                    },
                    tags: {
                      type: 'array',
                      items: { ...text, 'x-ms-dynamic-values': { operationId: 'ListOrgs' } },
                    },
                  },
                },
              },
            },
          },
          responses: {},
        },
      },
    },
    'x-ms-capabilities': {
      'file-picker': {
        open: { operationId: 'ListProjects', parameters: { org: { parameter: 'dataset' } } },
        browse: {
          operationId: 'ListProjects',
          parameters: { org: { 'value-property': 'Id' }, top: { value: 5 } },
        },
        'value-title': 'Name',
        'value-folder-property': 'IsFolder',
        'value-media-property': 'Media',
      },
    },
  },
  properties: {},
  source: { format: 'openapi-3.1', fileName: null },
  files: {},
});

const operation = connector.operation('CreateTask');
if (operation === undefined) throw new Error('CreateTask is there');

function plan(owner: JsonObject, inputs: JsonObject = {}, at: string[] = [], selection?: JsonObject) {
  const source = readDynamicSource(owner, connector.definition.openapi);
  if (source === undefined || operation === undefined) return undefined;
  return planDynamic(source, { connector, operation, inputs, at, ...(selection && { selection }) });
}

const older = (org: Json, more: JsonObject = {}) => ({
  'x-ms-dynamic-values': { operationId: 'ListProjects', parameters: { org, ...more } },
});
const newer = (org: Json) => ({ 'x-ms-dynamic-list': { operationId: 'ListProjects', parameters: { org } } });

describe('the call for a list', () => {
  const cases: [string, JsonObject, JsonObject, string[], JsonObject][] = [
    ['values as they stand', older('acme', { top: 5 }), {}, [], { org: 'acme', top: 5 }],
    ['null is not given', older('acme', { top: null }), {}, [], { org: 'acme' }],
    ['values of the newer form', newer({ value: 'acme' }), {}, [], { org: 'acme' }],
    ['a parameter', older({ parameter: 'org' }), { org: 'acme' }, [], { org: 'acme' }],
    ['its default counts', older('a', { top: { parameter: 'page' } }), {}, [], { org: 'a', top: 20 }],
    [
      'a path into the body',
      newer({ parameterReference: 'body/order/country' }),
      { body: { order: { country: 'nl' } } },
      [],
      { org: 'nl' },
    ],
    [
      'a path into a body that came flattened',
      newer({ parameterReference: 'body/order/country' }),
      { 'body/order/country': 'be' },
      [],
      { org: 'be' },
    ],
    [
      'a path into the body with dots',
      older({ parameter: 'order.country' }),
      { body: { order: { country: 'at' } } },
      [],
      { org: 'at' },
    ],
    [
      'a bare name within the body',
      older({ parameter: 'country' }),
      { body: { order: { country: 'de' } } },
      [],
      { org: 'de' },
    ],
    [
      'beside the field, in the same element of a list',
      older({ parameter: 'sku' }),
      { body: { order: { lines: [{ sku: 'a' }, { sku: 'b' }] } } },
      ['body', 'order', 'lines', '1', 'colour'],
      { org: 'b' },
    ],
    [
      'a path through a list means the same element',
      newer({ parameterReference: 'body/order/lines/sku' }),
      { body: { order: { lines: [{ sku: 'a' }, { sku: 'b' }] } } },
      ['body', 'order', 'lines', '1', 'colour'],
      { org: 'b' },
    ],
    [
      'an argument the operation does not take is left out',
      older('acme', { Accept: { value: '*/*' }, isFolder: false }),
      {},
      [],
      { org: 'acme' },
    ],
    [
      'a name that looks like an address is no expression',
      older({ parameter: 'org' }),
      { org: '@ada' },
      [],
      { org: '@ada' },
    ],
  ];
  it.each(cases)('%s', (_name, owner, inputs, at, expected) => {
    expect(plan(owner, inputs, at)).toEqual({ ready: true, operationId: 'ListProjects', inputs: expected });
  });

  it('names members of a body with or without its name', () => {
    for (const name of ['table', 'body/table', 'query/table']) {
      const owner = { 'x-ms-dynamic-schema': { operationId: 'Search', parameters: { [name]: 'x' } } };
      expect(plan(owner)).toMatchObject({ ready: true, inputs: { 'query/table': 'x' } });
    }
  });
});

describe('what stands in the way', () => {
  const cases: [string, JsonObject, JsonObject, string, string][] = [
    ['nothing chosen yet', older({ parameter: 'org' }), {}, 'missing', 'Choose “Organisation” first.'],
    ['an empty text', older({ parameter: 'org' }), { org: '' }, 'missing', 'Choose “Organisation” first.'],
    [
      'two things',
      older({ parameter: 'org' }, { top: { parameter: 'country' } }),
      {},
      'missing',
      'Choose “Organisation” and “Country” first.',
    ],
    [
      'an expression',
      older({ parameter: 'org' }),
      { org: "@{triggerBody()?['org']}" },
      'runtime',
      '“Organisation” is only known when the flow runs, so there is no list: type the value.',
    ],
    [
      'an operation that is not there',
      { 'x-ms-dynamic-values': { operationId: 'Nowhere' } },
      {},
      'broken',
      'The definition asks Nowhere for the values, and has no such operation. Type the value.',
    ],
  ];
  it.each(cases)('%s', (_name, owner, inputs, reason, message) => {
    expect(plan(owner, inputs)).toMatchObject({ ready: false, reason, message });
  });

  it('an optional input that is not given is left out', () => {
    const owner = {
      'x-ms-dynamic-values': {
        operationId: 'ListProjects',
        parameters: { org: 'a', top: { parameter: 'lines' } },
      },
    };
    expect(plan(owner)).toMatchObject({ ready: true, inputs: { org: 'a' } });
  });
});

describe('which extension counts', () => {
  it('the older one, unless the newer one reaches into a body', () => {
    const choose = (reference: string) =>
      readDynamicSource({ ...older({ parameter: 'org' }), ...newer({ parameterReference: reference }) }, {});
    expect(choose('org')).toMatchObject({ arguments: [{ reference: 'org' }] });
    expect(choose('body/order/country')).toMatchObject({ arguments: [{ reference: 'body/order/country' }] });
  });

  it('a text is none, an element of a list has its own', () => {
    expect(readDynamicSource({ 'x-ms-dynamic-values': 'ListOrgs' }, {})).toBeUndefined();
    const item = locateField(connector, operation, ['body', 'tags', '0']);
    expect(item?.schema).toHaveProperty('x-ms-dynamic-values');
    expect(locateField(connector, operation, ['org'])?.schema).toHaveProperty('x-ms-dynamic-values');
    expect(locateField(connector, operation, ['body', 'order', 'lines', 'colour'])?.title).toBe('Colour');
    expect(locateField(connector, operation, ['body', 'nowhere'])).toBeUndefined();
  });

  it('says which inputs a list depends on', () => {
    const source = readDynamicSource(newer({ parameterReference: 'body/order/country' }), {});
    expect(source?.kind === 'options' && listReferences(source)).toEqual(['body/order/country']);
  });
});

describe('the options of an answer', () => {
  const paths = { items: 'value', value: 'id', title: 'name' };
  const two: Json = [{ id: 1, name: 'One' }, { id: 2 }];
  const expected = [
    { value: 1, title: 'One' },
    { value: 2, title: '2' },
  ];
  const cases: [string, Json, object, object[]][] = [
    ['a list itself', two, paths, expected],
    ['at its path', { value: two }, paths, expected],
    ['a path with a leading slash', { value: two }, { ...paths, items: '/value' }, expected],
    ['a path in steps', { data: { rows: two } }, { ...paths, items: 'data/rows' }, expected],
    ['the first list when the path leads nowhere', { count: 2, rows: two }, paths, expected],
    [
      'bare values',
      ['a', 'b'],
      {},
      [
        { value: 'a', title: 'a' },
        { value: 'b', title: 'b' },
      ],
    ],
    ['values twice are one', [{ id: 1 }, { id: 1 }], { value: 'id' }, [{ value: 1, title: '1' }]],
    ['without a value an item is left out', [{ name: 'x' }, null], { value: 'id' }, []],
    ['no paths at all', [{ name: 'N', id: 7 }], {}, [{ value: 7, title: '7' }]],
    ['a deep value', [{ a: { b: 3 } }], { value: '/a/b' }, [{ value: 3, title: '3' }]],
    [
      'names with a slash or a dot',
      [{ 'a/b': 1, 'x.y': 'T' }],
      { value: 'a/b', title: 'x.y' },
      [{ value: 1, title: 'T' }],
    ],
    [
      'descriptions, and what may not be chosen',
      [{ id: 1, note: 'old', open: false }],
      { value: 'id', description: 'note', selectable: 'open' },
      [{ value: 1, title: '1', description: 'old', selectable: false }],
    ],
    ['nothing', null, paths, []],
    ['a text', 'no', paths, []],
  ];
  it.each(cases)('%s', (_name, body, given, options) => {
    expect(readOptions(body, given)).toEqual(options);
  });
});

describe('the shape of an answer', () => {
  const map = { name: { type: 'string' }, size: { type: 'integer' } };
  const object = { type: 'object', properties: map };
  const cases: [string, Json, { path?: string; isMap: boolean }, JsonObject][] = [
    ['older, without a path: the map', map, { isMap: true }, object],
    ['older, without a path, and a schema after all', object, { isMap: true }, object],
    ['newer, without a path: the schema', object, { isMap: false }, object],
    ['newer, without a path, and a map after all', map, { isMap: false }, object],
    ['newer, without a type', { properties: map }, { isMap: false }, object],
    ['at a path', { schema: object }, { path: 'schema', isMap: false }, object],
    ['a path to the properties', { properties: map }, { path: 'properties', isMap: false }, object],
    [
      'a map with a property called items',
      { items: { type: 'array' }, id: { type: 'string' } },
      { isMap: true },
      {
        type: 'object',
        properties: { items: { type: 'array' }, id: { type: 'string' } },
      },
    ],
    [
      'a list',
      { s: { type: 'array', items: object } },
      { path: 's', isMap: false },
      { type: 'array', items: object },
    ],
    ['JSON in a text', { s: JSON.stringify(object) }, { path: 's', isMap: false }, object],
    ['null', { s: null }, { path: 's', isMap: false }, { type: 'object', properties: {} }],
    ['nothing', null, { isMap: true }, { type: 'object', properties: {} }],
    ['a text that is no JSON', 'no', { isMap: true }, { type: 'object', properties: {} }],
    [
      'a list of fields',
      [{ name: 'a', type: 'string' }],
      { isMap: false },
      {
        type: 'object',
        properties: { a: { name: 'a', type: 'string' } },
      },
    ],
  ];
  it.each(cases)('%s', (_name, body, source, schema) => {
    expect(readDynamicSchema(body, source)).toEqual(schema);
  });

  it('stands alone: references within the answer are what they lead to', () => {
    const address = { type: 'object', properties: { city: text } };
    const to = { $ref: '#/definitions/Address', description: 'Where to.' };
    const found = { type: 'object', properties: { to: { ...address, description: 'Where to.' } } };
    const schema = { type: 'object', properties: { to } };
    const definitions = { Address: address };
    expect(readDynamicSchema({ ...schema, definitions }, { isMap: false })).toEqual(found);
    expect(
      readDynamicSchema({ schema: { ...schema, definitions } }, { path: 'schema', isMap: false }),
    ).toEqual(found);
    expect(readDynamicSchema({ schema, definitions }, { path: 'schema', isMap: false })).toEqual(found);
  });

  it('ends where references go in circles, and where what they unfold to is too much', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/definitions/Node' }, id: text } };
    expect(readDynamicSchema({ ...node, definitions: { Node: node } }, { isMap: false })).toEqual({
      type: 'object',
      properties: { next: { type: 'object', properties: { next: {}, id: text } }, id: text },
    });
    const definitions: JsonObject = {};
    for (let level = 0; level < 20; level++) {
      const below = { $ref: `#/definitions/L${level + 1}` };
      definitions[`L${level}`] = { type: 'object', properties: { a: below, b: below, c: below, d: below } };
    }
    const wide = { type: 'object', properties: { a: { $ref: '#/definitions/L0' } }, definitions };
    expect(JSON.stringify(readDynamicSchema(wide, { isMap: false })).length).toBeLessThan(2_000_000);
  });

  it('has types in lower case, and what its properties say of being required', () => {
    const properties = {
      a: { type: 'String', required: true },
      b: { type: ['Integer', 'null'], required: false },
    };
    const schema = { type: 'Object', properties, required: ['b'] };
    expect(readDynamicSchema(schema, { isMap: false })).toEqual({
      type: 'object',
      properties: { a: text, b: { type: ['integer', 'null'] } },
      required: ['b', 'a'],
    });
    // A map of properties, of which one is called like a keyword.
    expect(
      readDynamicSchema({ type: { type: 'STRING' }, $ref: { type: 'string' } }, { isMap: true }),
    ).toEqual({
      type: 'object',
      properties: { type: text, $ref: text },
    });
  });
});

describe('the options of odd answers', () => {
  const lines = [{ id: 7, lines: [{ name: 'first' }], 'a.b': 'dotted' }];
  it.each<[string, Json, Parameters<typeof readOptions>[1], [Json, string][]]>([
    ['a list in envelopes', { d: { results: [{ id: 1 }] } }, { value: 'id' }, [[1, '1']]],
    [
      'an envelope that the path leads to',
      { d: { list: [{ id: 1 }] } },
      { items: 'd', value: 'id' },
      [[1, '1']],
    ],
    [
      'a map of objects',
      { v: { a: { id: 1 }, b: { id: 2 } } },
      { items: 'v', value: 'id' },
      [
        [1, '1'],
        [2, '2'],
      ],
    ],
    ['an error instead of a list', { error: { code: 'x' } }, { items: 'value', value: 'code' }, []],
    [
      'lists in a list',
      [
        [1, 'a'],
        [2, 'b'],
      ],
      { value: '0', title: '1' },
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['indices in paths', lines, { value: 'id', title: 'lines/0/name' }, [[7, 'first']]],
    ['indices in brackets', lines, { value: 'id', title: 'lines[0].name' }, [[7, 'first']]],
    ['names in brackets', lines, { value: "['id']", title: "['a.b']" }, [[7, 'dotted']]],
    ['a path that leads nowhere', lines, { value: 'lines[1].name' }, []],
  ])('%s', (_name, body, paths, options) => {
    expect(readOptions(body, paths).map(({ value, title }) => [value, title])).toEqual(options);
  });
});

describe('a tree', () => {
  const tree = {
    'x-ms-dynamic-tree': {
      settings: { canSelectParentNodes: false },
      open: {
        operationId: 'ListOrgs',
        itemValuePath: 'path',
        itemTitlePath: 'name',
        itemIsParent: '(is_folder eq true)',
      },
      browse: {
        operationId: 'ListProjects',
        itemValuePath: 'path',
        itemTitlePath: 'name',
        itemIsParent: '(is_folder eq true)',
        parameters: { org: { selectedItemValuePath: 'path' } },
      },
    },
  };
  const source = readDynamicSource(tree, {});

  it('opens at the root, and is browsed below a node with what the node hands on', () => {
    expect(plan(tree)).toEqual({ ready: true, operationId: 'ListOrgs', inputs: {} });
    const answer =
      source &&
      readDynamicAnswer(source, [
        { path: '/a', name: 'A', is_folder: true, secret: 'x' },
        { path: '/b.txt', name: 'B', is_folder: false },
      ]);
    expect(answer).toEqual({
      kind: 'tree',
      nodes: [
        { value: '/a', title: 'A', isParent: true, selectable: false, selection: { path: '/a' } },
        { value: '/b.txt', title: 'B', isParent: false, selectable: true, selection: { path: '/b.txt' } },
      ],
    });
    expect(plan(tree, {}, [], { path: '/a' })).toEqual({
      ready: true,
      operationId: 'ListProjects',
      inputs: { org: '/a' },
    });
  });

  it('goes before the list that is written beside it for older designers', () => {
    expect(readDynamicSource({ ...tree, ...older('x') }, {})?.kind).toBe('tree');
  });

  it('is also what an older file picker shows', () => {
    const picker = {
      'x-ms-dynamic-values': {
        capability: 'file-picker',
        'value-path': 'Id',
        parameters: { isFolder: false, fileFilter: ['image/*'], dataset: { parameter: 'org' } },
      },
    };
    expect(plan(picker)).toMatchObject({ ready: false, message: 'Choose “Organisation” first.' });
    expect(plan(picker, { org: 'acme' })).toMatchObject({ inputs: { org: 'acme' } });
    expect(plan(picker, { org: 'acme' }, [], { Id: 'f1' })).toMatchObject({ inputs: { org: 'f1', top: 5 } });
    const found = readDynamicSource(picker, connector.definition.openapi);
    const body: Json = [
      { Id: 1, Name: 'Folder', IsFolder: true },
      { Id: 2, Name: 'a.png', IsFolder: false, Media: 'image/png' },
      { Id: 3, Name: 'b.txt', IsFolder: false, Media: 'text/plain' },
    ];
    const answer = found && readDynamicAnswer(found, body);
    expect(answer).toMatchObject({
      nodes: [
        { value: 1, isParent: true, selectable: false },
        { value: 2, isParent: false, selectable: true },
        { value: 3, isParent: false, selectable: false },
      ],
    });
  });
});
