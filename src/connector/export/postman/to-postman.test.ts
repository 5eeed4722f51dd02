import { expect, it } from 'vitest';
import { compileObject } from '../../../../test/documents/read.ts';
import { exportConnector } from '../export-connector.ts';

const strings = { type: 'array', items: { type: 'string' }, example: ['a', 'b'] };
const range = { type: 'object', properties: { gt: { type: 'integer', example: 1 } } };
const form = {
  schema: {
    allOf: [
      { type: 'object', required: ['scan'], properties: { scan: { type: 'string', format: 'binary' } } },
    ],
  },
};

const DOCUMENT = {
  openapi: '3.0.3',
  info: { title: 'Depot', version: '1' },
  servers: [{ url: 'https://depot.example' }],
  paths: {
    '/parcels': {
      put: {
        operationId: 'Send',
        parameters: [
          { name: 'made', in: 'query', required: true, style: 'deepObject', explode: true, schema: range },
          { name: 'tags', in: 'query', required: true, explode: false, schema: strings },
        ],
        requestBody: {
          content: {
            'application/json-patch+json': { schema: { type: 'object' } },
            'application/json': { schema: { type: 'object' } },
          },
        },
        responses: { 200: { description: 'OK' } },
      },
      post: {
        operationId: 'Scan',
        requestBody: { content: { 'multipart/form-data': form } },
        responses: { 200: { description: 'OK' } },
      },
    },
  },
};

it('shows values in their style, the body that is sent, and the fields of all parts of a form', () => {
  const { files } = exportConnector(compileObject(DOCUMENT).definition, 'postman');
  const { item } = JSON.parse(new TextDecoder().decode(files[0]?.bytes));
  const [send, scan] = item;
  expect(send.request.url.query).toEqual([
    expect.objectContaining({ key: 'made[gt]', value: '1' }),
    expect.objectContaining({ key: 'tags', value: 'a,b' }),
  ]);
  expect(send.request.header).toEqual(
    expect.arrayContaining([expect.objectContaining({ key: 'Content-Type', value: 'application/json' })]),
  );
  expect(scan.request.body.formdata).toEqual([expect.objectContaining({ key: 'scan', type: 'file' })]);
});

it('shows cookies in one header, and in another that is switched off those that need not be given', () => {
  const cookie = (name: string, required: boolean) => ({
    ...{ name, in: 'cookie', required, schema: { type: 'string', example: `${name}-1` } },
  });
  const { definition } = compileObject({
    ...DOCUMENT,
    security: [{ key: [], sid: [] }],
    paths: {
      '/cart': {
        parameters: [cookie('a', true), cookie('b', true), cookie('c', false)],
        get: { operationId: 'Cart', responses: {} },
      },
    },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        sid: { type: 'apiKey', in: 'cookie', name: 'sid' },
      },
    },
  });
  const { files } = exportConnector(definition, 'postman');
  const { item } = JSON.parse(new TextDecoder().decode(files[0]?.bytes));
  expect(item[0].request.header).toEqual([
    { key: 'Cookie', value: 'a=a-1; b=b-1; sid={{sid}}' },
    { key: 'Cookie', value: 'c=c-1', disabled: true },
  ]);
});
