import { describe, expect, it } from 'vitest';
import { compileObject, importText, readSource, requestOf } from '../../../../test/documents/read.ts';
import { isJsonObject, type JsonObject, stringifyJson } from '../../../base/index.ts';
import { compileConnector } from '../../compile/compile-connector.ts';
import { exportConnector } from '../../export/export-connector.ts';
import { prepareRequest } from '../../request/prepare-request.ts';
import { redactRequest } from '../../request/redact-request.ts';
import { makeSampleInputs } from '../../request/sample-inputs.ts';
import { importConnector } from '../import-connector.ts';

const bakery = importConnector(readSource('requests/bakery.postman_collection.json'));

function compileBakery() {
  if (bakery.definition === undefined) throw new Error(bakery.errors[0]?.message);
  return compileConnector(bakery.definition);
}

function request(operationId: string, inputs: JsonObject): JsonObject {
  const connector = compileBakery();
  const operation = connector.operation(operationId);
  if (operation === undefined) throw new Error(`There is no ${operationId}.`);
  const method = connector.authenticationMethod('X-Bakery-Key');
  const values = { api_key: 'k', server_region: 'eu' };
  return redactRequest(prepareRequest({ connector, operation, method, values }, inputs), values);
}

describe('a Postman collection', () => {
  it('becomes a connector: requests are operations, folders tags', () => {
    expect(bakery.errors).toEqual([]);
    expect(bakery.format).toBe('postman-2.1');
    const connector = compileBakery();
    expect([connector.title, connector.version]).toEqual(['Bakery', '2.3']);
    expect(connector.operations.map((one) => [one.operationId, one.method, one.path, one.tags[0]])).toEqual([
      ['PlaceAnOrder', 'POST', '/orders', 'Orders'],
      ['ReadAnOrder', 'GET', '/orders/{order}', 'Orders'],
      ['AttachAPicture', 'POST', '/orders/{order}/pictures', 'Orders'],
      ['Subscribe', 'POST', '/subscriptions', 'Public'],
      ['Ask', 'POST', '/graphql', 'Public'],
      ['SendARecipe', 'PUT', '/recipe', 'Public'],
      ['Temperature', 'GET', '/temperature', 'Oven'],
    ]);
  });

  it('fills in variables of the address, and leaves those inside it to the connection', () => {
    const connector = compileBakery();
    expect(connector.baseUrl).toBe('https://eu.bakery.example/v2');
    expect(connector.operation('Temperature')?.servers?.[0]?.url).toBe('https://oven.example');
  });

  it('takes over authentication from request, folder and collection', () => {
    const methods = compileBakery().authentication;
    expect(methods.map((method) => method.kind)).toEqual(['apiKey', 'oauth2']);
    expect(methods[0]?.credentials).toMatchObject([
      { type: 'apiKey', in: 'header', name: 'X-Bakery-Key', parameter: 'api_key' },
    ]);
  });

  it('keeps no secret', () => {
    expect(stringifyJson(bakery.definition?.openapi)).not.toContain('never-to-be-seen');
  });

  it('infers bodies from all samples, and demands nothing a sample merely shows', () => {
    const body = compileBakery().operation('PlaceAnOrder')?.body;
    expect(Object.keys((body?.schema['properties'] ?? {}) as JsonObject)).toEqual([
      'bread',
      'loaves',
      'password',
      'note',
    ]);
    expect(body?.schema['required']).toBeUndefined();
    expect(body?.required).toBe(true);
  });

  it('keeps saved answers as schemas and examples', () => {
    const operation = compileBakery().operation('PlaceAnOrder');
    expect(operation?.responses.map(({ status }) => status)).toEqual(['201', '409']);
    const properties = operation?.successResponse?.schema?.['properties'];
    expect(isJsonObject(properties) ? properties['ready_at'] : undefined).toEqual({
      type: 'string',
      format: 'date-time',
    });
    expect(stringifyJson(bakery.definition?.openapi)).toContain('2026-01-31T06:00:00Z');
  });

  it('reads query, path and header parameters with descriptions, lists and fixed values', () => {
    const [path, expand, tag, page] = compileBakery().operation('ReadAnOrder')?.parameters ?? [];
    expect(path).toMatchObject({
      name: 'order',
      in: 'path',
      required: true,
      description: 'Number of the order.',
    });
    expect(expand).toMatchObject({ name: 'expand', required: false, description: 'What to show as well.' });
    expect(tag?.schema).toEqual({ type: 'array', items: { type: 'string' } });
    expect(page?.schema).toEqual({ type: 'integer' });
    const [shop] = compileBakery().operation('PlaceAnOrder')?.parameters ?? [];
    expect(shop).toMatchObject({ name: 'X-Shop', default: 's-7', description: 'Which shop bakes.' });
  });

  it('makes requests as Postman would send them', () => {
    expect(request('PlaceAnOrder', { 'body/bread': 'rye', 'X-Shop': 's-7' })).toMatchObject({
      method: 'POST',
      url: 'https://eu.bakery.example/v2/orders',
      body: { bread: 'rye' },
    });
    expect(request('ReadAnOrder', { order: 'a/b', tag: ['x', 'y'] })['url']).toBe(
      'https://eu.bakery.example/v2/orders/a%2Fb?tag=x&tag=y',
    );
  });

  it('knows the kinds of bodies', () => {
    const connector = compileBakery();
    const kinds = connector.operations.map(({ body }) => body?.kind);
    expect(kinds).toEqual(['json', undefined, 'multipart', 'form', 'json', 'binary', undefined]);
    const [picture] = connector.operation('AttachAPicture')?.body?.fields ?? [];
    expect(picture).toMatchObject({ name: 'picture', file: true, required: true });
  });

  it('of version 2.0, with settings as objects, is read as well', () => {
    const collection = {
      info: { name: 'Old', schema: 'https://schema.getpostman.com/json/collection/v2.0.0/collection.json' },
      auth: { type: 'basic', basic: { username: 'ada', password: 'never-to-be-seen' } },
      item: [
        { name: '', request: 'https://old.example/things/:id?sort=name' },
        {
          name: 'Head',
          request: { method: 'GET', header: 'X-Trace: 1\nAccept: */*', url: 'http://old.example/a' },
        },
      ],
    };
    const { definition, format } = importText(stringifyJson(collection), 'old.json');
    expect(format).toBe('postman-2.0');
    expect(stringifyJson(definition?.openapi)).not.toContain('never-to-be-seen');
    const connector = definition && compileConnector(definition);
    expect(connector?.authentication[0]?.kind).toBe('basic');
    expect(
      connector?.operations.map((one) => [one.operationId, one.parameters.map(({ name }) => name)]),
    ).toEqual([
      ['GetThingsById', ['id', 'sort']],
      ['Head', ['X-Trace']],
    ]);
  });

  it('whose authentication signs each request says that it is left out', () => {
    const collection = {
      info: { name: 'Signed' },
      auth: { type: 'awsv4', awsv4: [] },
      item: [{ name: 'Call', request: { method: 'GET', url: 'https://{{host}}/{{version}}/call' } }],
    };
    const { warnings, definition } = importText(stringifyJson(collection));
    expect(warnings.map(({ code }) => code)).toEqual(['CONNECTOR_AUTHENTICATION_UNSUPPORTED']);
    const connector = definition && compileConnector(definition);
    expect(connector?.servers[0]?.variables).toEqual({ host: { default: '' } });
    expect(connector?.operations[0]?.path).toBe('/{version}/call');
  });

  it('that calls the same path of two servers has an operation for each', () => {
    const get = (name: string, url: string) => ({ name, request: { method: 'GET', url } });
    const collection = {
      info: { name: 'Twins' },
      item: [
        get('One', 'https://a.example/x/:id'),
        get('Two', 'https://b.example/v2/x/:id'),
        get('Again', 'https://b.example/x/:key?q=1'),
        get('Nowhere', ''),
      ],
    };
    const { definition, warnings } = importText(stringifyJson(collection), 'twins.json');
    expect(warnings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['CONNECTOR_REQUEST_LEFT_OUT', '/item/3/request'],
    ]);
    if (definition === undefined) throw new Error('It is not imported.');
    const connector = compileConnector(definition);
    const call = (operationId: string, inputs: JsonObject) => requestOf(connector, operationId, inputs).url;
    expect(call('One', { id: 'p q' })).toBe('https://a.example/x/p%20q');
    expect(call('Two', { id: '2' })).toBe('https://b.example/v2/x/2');
    expect(call('Again', { key: '3', q: 1 })).toBe('https://b.example/x/3?q=1');
    const [file] = exportConnector(definition, 'postman').files;
    const again = importText(new TextDecoder().decode(file?.bytes), 'twins.json');
    expect(again.definition?.openapi).toEqual(definition.openapi);
  });

  it('without requests is one clear error', () => {
    const { errors } = importText('{"info": {"name": "Empty"}, "item": [{"name": "folder", "item": []}]}');
    expect(errors.map(({ code }) => code)).toEqual(['CONNECTOR_NO_OPERATIONS']);
  });
});

describe('all that a Postman collection can hold', () => {
  const ferry = importConnector(readSource('requests/ferry.postman_collection.json'));
  const openapi = ferry.definition?.openapi ?? {};
  const find = (...path: string[]): unknown =>
    path.reduce<unknown>((value, key) => (value as JsonObject | undefined)?.[key], openapi);

  it('is told where it is lost, with the line', () => {
    const told = ferry.warnings.map(({ code, pointer, line }) => [code, pointer, typeof line]);
    expect(told).toEqual([
      ['CONNECTOR_SCRIPT_LEFT_OUT', '/event/0', 'number'],
      ['CONNECTOR_AUTHENTICATION_UNSUPPORTED', '/item/1/request/auth', 'number'],
      ['CONNECTOR_GRAPHQL', '/item/3/request/body', 'number'],
      ['CONNECTOR_MALFORMED', '/item/4/request/body/raw', 'number'],
    ]);
  });

  it('takes authentication from the nearest folder, and knows requests that need none', () => {
    expect(find('security')).toEqual([{ bearer: [] }]);
    expect(find('paths', '/crossings', 'post', 'security')).toEqual([{ oauth2: [] }]);
    expect(find('paths', '/crossings/{id}.json', 'get', 'security')).toEqual([]);
    expect(stringifyJson(openapi)).not.toContain('never-to-be-seen');
  });

  it('leaves variables inside the address to the connection', () => {
    expect(find('servers')).toEqual([
      { url: 'https://{tenant}.ferry.example/api', variables: { tenant: { default: 'north' } } },
    ]);
  });

  it('keeps the samples of a body with what is said of them, those of saved answers too', () => {
    const content = find('paths', '/crossings', 'post', 'requestBody', 'content', 'application/json');
    expect(content).toMatchObject({
      schema: { properties: { seats: { type: 'number' }, night: { type: 'boolean' } } },
      examples: {
        PlanACrossing: { value: { from: 'A', seats: 12 } },
        Planned: { value: { from: 'B', seats: 2.5 } },
        PlanANightCrossing: { description: 'The same, at night.', value: { night: true } },
      },
    });
  });

  it('keeps saved answers: texts, empty ones, and their headers', () => {
    expect(find('paths', '/crossings', 'post', 'responses')).toMatchObject({
      '201': { headers: { 'X-Rate-Left': { description: 'Calls left.', example: 41 } } },
      '403': { description: 'Not allowed' },
      '503': { content: { 'text/plain': { examples: { RoughSea: { value: 'Come back later.' } } } } },
    });
  });

  it('takes what is switched off for advanced, and what all requests send for a default', () => {
    const operation = compileConnector(ferry.definition as never).operation('FindCrossings');
    expect(operation?.parameters.map((one) => [one.name, one.required, one.visibility, one.default])).toEqual(
      [
        ['harbour', true, 'normal', '7'],
        ['lang', true, 'normal', 'en'],
        ['day', true, 'normal', undefined],
        ['limit', false, 'advanced', undefined],
        ['ship', false, 'normal', undefined],
        ['X-Trace', false, 'advanced', undefined],
      ],
    );
  });

  it('knows lists, files and parts of other types in a form', () => {
    const media = find('paths', '/board', 'post', 'requestBody', 'content', 'multipart/form-data');
    expect(media).toMatchObject({
      schema: {
        required: ['photo'],
        properties: {
          photo: { contentMediaType: 'image/png' },
          bag: { type: 'array', items: { type: 'integer' }, examples: [[1, 2]] },
          note: { 'x-ms-visibility': 'advanced' },
        },
      },
      encoding: { ticket: { contentType: 'application/json' } },
    });
  });

  it('gives requests of one name ids of their own', () => {
    const ids = compileConnector(ferry.definition as never).operations.map((one) => one.operationId);
    expect(ids).toContain('FindCrossings');
    expect(ids).toContain('FindCrossings_2');
  });
});

describe('addresses as Postman resolves them', () => {
  const collection = {
    info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: [
      { key: 'root', value: 'https://shop.example/api' },
      { key: 'version', value: 'v2' },
      { key: 'nested', value: '{{root}}/{{version}}' },
    ],
    item: [
      {
        name: 'Find',
        request: {
          method: 'POST',
          header: [{ key: 'Content-Type', value: 'text/xml' }],
          body: { mode: 'raw', raw: '<find><id>{{id}}</id></find>' },
          url: {
            raw: '{{nested}}/find?q=a%20b',
            host: ['{{nested}}'],
            path: ['find'],
            query: [{ key: 'q', value: 'a%20b' }],
          },
        },
      },
    ],
  };

  it('takes variables within variables apart, decodes the query, and leaves open what stands in XML', () => {
    const connector = compileObject(collection);
    const [operation] = connector.operations;
    if (operation === undefined) throw new Error('There is no operation.');
    const inputs = makeSampleInputs(connector, operation);
    const { url, body } = requestOf(connector, operation.operationId, inputs);
    expect(url).toBe('https://shop.example/api/v2/find?q=a%20b');
    expect(body).toBe('<find><id>{{id}}</id></find>');
  });
});

describe('what only Postman has', () => {
  const body = '{"id":"{{$guid}}","at":{{$timestamp}},"name":"{{$randomFullName}} {{known}}"}';
  const { definition } = importText(
    JSON.stringify({
      info: { name: 'P', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [
        {
          name: 'Send',
          request: {
            method: 'POST',
            url: 'https://a.example/x?flag&b=1',
            header: [{ key: 'Content-Type', value: 'application/json' }],
            body: { mode: 'raw', raw: body },
          },
        },
      ],
      variable: [{ key: 'known', value: 'of ours' }],
    }),
  );
  if (definition === undefined) throw new Error('not imported');
  const connector = compileConnector(definition);
  const operation = connector.operation('Send');
  if (operation === undefined) throw new Error('no operation');

  it('are values it makes up, which are always the same here, of their own types', () => {
    expect(makeSampleInputs(connector, operation)['body']).toEqual({
      id: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
      at: 1769853600,
      name: 'Ada Lovelace of ours',
    });
  });

  it('are names in the query without a value, which are sent and shown so', () => {
    const { url } = requestOf(connector, 'Send', makeSampleInputs(connector, operation));
    expect(url).toBe('https://a.example/x?flag=&b=1');
    const { files } = exportConnector(definition, 'postman');
    const { item } = JSON.parse(new TextDecoder().decode(files[0]?.bytes));
    expect(item[0].request.url.raw).toBe('{{baseUrl}}/x?flag&b=1');
    expect(item[0].request.url.query[0]).toEqual({ key: 'flag', value: null });
  });
});
