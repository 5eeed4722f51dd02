import { describe, expect, it } from 'vitest';
import { compileObject, requestOf } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import { exportConnector } from '../export/export-connector.ts';
import { importConnector } from '../import/import-connector.ts';
import { makeSampleInputs } from './sample-inputs.ts';

/** What frameworks write by themselves: optional values as `anyOf` with null, bodies as `allOf` of one, and the like. */
const describeApi = (operation: JsonObject, schemas: JsonObject = {}): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Depot', version: '1' },
  servers: [{ url: 'https://depot.example' }],
  paths: { '/parcels': { post: { operationId: 'Send', responses: { 200: {} }, ...operation } } },
  components: { schemas },
});

const orNull = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });
const inQuery = (name: string, schema: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...{ name, in: 'query', schema },
  ...more,
});

function sampleOf(document: JsonObject): JsonObject {
  const connector = compileObject(document);
  const [operation] = connector.operations;
  return operation === undefined ? {} : makeSampleInputs(connector, operation);
}

const textOf = (body: string | Uint8Array | undefined) =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

describe('the form of a framework', () => {
  const bytes = { type: 'string', contentMediaType: 'application/octet-stream' };
  const upload: JsonObject = {
    type: 'object',
    required: ['scan'],
    properties: {
      scan: bytes,
      cover: orNull(bytes),
      pages: orNull({ type: 'array', items: bytes }),
      note: { type: 'string' },
    },
  };
  const document = describeApi(
    {
      requestBody: {
        content: {
          'multipart/form-data': {
            schema: { allOf: [{ $ref: '#/components/schemas/Upload' }], title: 'Body' },
          },
        },
      },
    },
    { Upload: upload },
  );

  it('has the fields of the parts of its schema, and files among what may be null', () => {
    const file = expect.objectContaining({ $content: expect.any(String) });
    expect(sampleOf(document)).toEqual({ body: { scan: file, cover: file, pages: [file], note: 'sample' } });
    const given = { scan: { '$content-type': 'image/png', $content: btoa('one'), $filename: 'a.png' } };
    const connector = compileObject(document);
    expect(textOf(requestOf(connector, 'Send', { body: given }).body)).toContain('filename="a.png"');
    expect(() => requestOf(connector, 'Send', { body: { note: 'x' } })).toThrow(/'scan' is required/);
  });

  it('stays a form of the same fields as Swagger', () => {
    const { definition } = compileObject(document);
    const { files } = exportConnector(definition, 'swagger-2.0');
    const again = importConnector({ name: 'swagger.json', files });
    const parameters = JSON.parse(textOf(files[0]?.bytes)).paths['/parcels'].post.parameters;
    expect(parameters.map((one: JsonObject) => [one['name'], one['in'], one['type']])).toEqual([
      ['scan', 'formData', 'file'],
      ['cover', 'formData', 'file'],
      ['pages', 'formData', 'array'],
      ['note', 'formData', 'string'],
    ]);
    expect(again.errors).toEqual([]);
  });
});

describe('optional values', () => {
  const document = describeApi(
    {
      parameters: [
        inQuery('count', orNull({ type: 'integer' })),
        inQuery('exact', { $ref: '#/components/schemas/Flag' }),
        inQuery('size', { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^(?:s|l)$' }] }),
      ],
      requestBody: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: { weight: orNull({ type: 'number' }), name: orNull({ type: 'string' }) },
            },
          },
        },
      },
    },
    { Flag: { type: 'boolean' } },
  );

  it('may be text where a number or a boolean is meant, as with plain types', () => {
    const inputs = { count: '5', exact: 'True', size: 3, 'body/weight': '2.5', 'body/name': 7 };
    const { url, body } = requestOf(compileObject(document), 'Send', inputs);
    expect(url).toBe('https://depot.example/parcels?count=5&exact=True&size=3');
    expect(JSON.parse(textOf(body))).toEqual({ weight: 2.5, name: '7' });
  });

  it('are refused all the same where the text is none', () => {
    expect(() => requestOf(compileObject(document), 'Send', { count: 'many' })).toThrow(/'count'/);
  });
});

describe('lists in deep objects', () => {
  it('are written by index, so that the service sees a list', () => {
    const deep = { style: 'deepObject', explode: true };
    const document = describeApi({
      parameters: [
        inQuery('expand', { type: 'array', items: { type: 'string' } }, deep),
        inQuery('filter', { type: 'object' }, deep),
      ],
    });
    const inputs = { expand: ['a', 'b'], filter: { tags: ['x', null, 'y'], by: { id: 1 } } };
    const { url } = requestOf(compileObject(document), 'Send', inputs);
    expect(decodeURIComponent(url)).toBe(
      'https://depot.example/parcels?expand[0]=a&expand[1]=b&filter[tags][0]=x&filter[tags][1]=y&filter[by][id]=1',
    );
  });
});

describe('an object in the query', () => {
  it('repeats the names of its lists, as forms do', () => {
    const page = { type: 'object', properties: { sort: { type: 'array', items: { type: 'string' } } } };
    const document = describeApi({ parameters: [inQuery('page', page)] });
    const { url } = requestOf(compileObject(document), 'Send', {
      page: { size: 5, sort: ['name', 'age,desc'] },
    });
    expect(url).toBe('https://depot.example/parcels?size=5&sort=name&sort=age%2Cdesc');
  });

  it('is text where a generator calls it a file', () => {
    const document = describeApi({
      parameters: [inQuery('file', { type: 'string', contentMediaType: 'image/png' })],
    });
    expect(sampleOf(document)).toEqual({ file: 'sample' });
  });
});

describe('several media types of the same kind', () => {
  it('are sent as plain JSON where that is among them', () => {
    const media = { schema: { type: 'object' } };
    const types = ['application/json-patch+json', 'application/json', 'text/json', 'application/*+json'];
    const content = Object.fromEntries(types.map((type) => [type, media]));
    const { headers } = requestOf(compileObject(describeApi({ requestBody: { content } })), 'Send', {
      body: {},
    });
    expect(headers['content-type']).toBe('application/json');
  });
});

describe('samples', () => {
  it('have something in each place of the path, even where the default is empty', () => {
    const document = {
      swagger: '2.0',
      info: { title: 'Depot', version: '1' },
      host: 'depot.example',
      paths: {
        '/parcels/{id}': {
          get: {
            operationId: 'Get',
            parameters: [{ name: 'id', in: 'path', required: true, type: 'string', default: '' }],
            responses: {},
          },
        },
      },
    };
    expect(sampleOf(document)).toEqual({ id: 'sample' });
  });

  it('name the kind of a subtype among alternatives', () => {
    const kind = { propertyName: '@type', mapping: { '#parcel': '#/components/schemas/Parcel' } };
    const base = {
      type: 'object',
      required: ['@type'],
      properties: { '@type': { type: 'string' } },
      discriminator: kind,
    };
    const document = describeApi(
      {
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { what: { anyOf: [{ $ref: '#/components/schemas/Parcel' }, { type: 'null' }] } },
              },
            },
          },
        },
      },
      {
        Thing: base,
        Parcel: {
          allOf: [{ $ref: '#/components/schemas/Thing' }, { properties: { weight: { type: 'integer' } } }],
        },
      },
    );
    expect(sampleOf(document)).toEqual({ body: { what: { '@type': '#parcel', weight: 1 } } });
  });
});
