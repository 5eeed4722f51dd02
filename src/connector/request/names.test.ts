import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { finishRequest } from './finish-request.ts';
import { prepareRequest } from './prepare-request.ts';
import { readHttpInputs } from './read-inputs.ts';
import { makeSampleInputs } from './sample-inputs.ts';

function compile(parameters: JsonObject[], more: JsonObject = {}, path = '/a/{id}') {
  const definition: ConnectorDefinition = {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'N', version: '1' },
      servers: [{ url: 'https://api.example.com' }],
      paths: { [path]: { post: { operationId: 'A', parameters, responses: {}, ...more } } },
    },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  };
  const connector = compileConnector(definition);
  const operation = connector.operation('A');
  if (operation === undefined) throw new Error('no operation');
  const send = (inputs: JsonObject) => {
    const method = connector.authenticationMethod();
    return finishRequest(prepareRequest({ connector, operation, method, values: {} }, inputs));
  };
  return { connector, operation, send };
}

const text = { schema: { type: 'string' } };
const inPlace = (place: string, name = 'id', more: JsonObject = {}) => ({
  name,
  in: place,
  ...text,
  ...(place === 'path' ? { required: true } : {}),
  ...more,
});

describe('parameters of one name', () => {
  test('can all be given: the one in the path keeps the name, the others have their place in it', () => {
    const all = ['query', 'header', 'path', 'cookie'].map((place) => inPlace(place));
    const { operation, send } = compile(all);
    expect(operation.parameters.map(({ name }) => name)).toEqual([
      'id_query',
      'id_header',
      'id',
      'id_cookie',
    ]);
    const { url, headers } = send({ id: 'p', id_query: 'q', id_header: 'h', id_cookie: 'c' });
    expect(url).toBe('https://api.example.com/a/p?id=q');
    expect(headers).toMatchObject({ id: 'h', cookie: 'id=c' });
    expect(send({ id: 'p' }).url).toBe('https://api.example.com/a/p');
  });

  test('without one in the path the first keeps it, and a name that is there already is not taken', () => {
    const { operation, send } = compile(
      [inPlace('header'), inPlace('query'), inPlace('query', 'id_query')],
      {},
      '/a',
    );
    expect(operation.parameters.map(({ name }) => name)).toEqual(['id', 'id_query2', 'id_query']);
    expect(send({ id: 'h', id_query2: 'q', id_query: 'r' }).url).toBe(
      'https://api.example.com/a?id=q&id_query=r',
    );
  });

  test('a body, and a field that goes by its own name, keep theirs', () => {
    const content = { 'application/json': { schema: { type: 'object' } } };
    const body = compile([inPlace('query', 'body')], { requestBody: { content } }, '/a');
    const sent = body.send({ body: { a: 1 }, body_query: 'q' });
    expect([sent.url, sent.body]).toEqual(['https://api.example.com/a?body=q', '{"a":1}']);
    const form = {
      'x-patchbay-form-parameters': true,
      requestBody: {
        content: {
          'application/x-www-form-urlencoded': {
            schema: { type: 'object', properties: { id: { type: 'string' } } },
          },
        },
      },
    };
    const field = compile([inPlace('path')], form).send({ id: 'f', id_path: 'p' });
    expect([field.url, field.body]).toEqual(['https://api.example.com/a/p', 'id=f']);
  });

  test('lists and objects go out under the name the service knows', () => {
    const list = inPlace('query', 'id', { schema: { type: 'array', items: { type: 'string' } } });
    const { send } = compile([inPlace('path'), list]);
    expect(send({ id: 'p', id_query: ['a', 'b'] }).url).toBe('https://api.example.com/a/p?id=a&id=b');
  });

  test('Logic Apps tells them apart by where it writes them', () => {
    const { operation } = compile([inPlace('path'), inPlace('query'), inPlace('header')]);
    expect(
      readHttpInputs(operation, { id: 'p' }, { queries: { id: 'q' }, headers: { ID: 'h' } }).inputs,
    ).toEqual({ id: 'p', id_query: 'q', id_header: 'h' });
  });

  test('each has a sample', () => {
    const { connector, operation } = compile([inPlace('path'), inPlace('query')]);
    expect(Object.keys(makeSampleInputs(connector, operation))).toEqual(['id', 'id_query']);
  });
});

describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a name that objects have: %s',
  (name) => {
    const given = (value: string): JsonObject =>
      JSON.parse(JSON.stringify({ id: 'p' }).replace('}', `,"${name}":${JSON.stringify(value)}}`));

    test('is sent when it is given, in every place, and only then', () => {
      for (const place of ['query', 'header', 'cookie']) {
        const { send } = compile([inPlace('path'), inPlace(place, name)]);
        const sent = send(given('v'));
        const found = {
          query: sent.url,
          header: Object.entries(sent.headers).find(([key]) => key === name.toLowerCase())?.[1],
          cookie: sent.headers['cookie'],
        };
        const expected = { query: `https://api.example.com/a/p?${name}=v`, header: 'v', cookie: `${name}=v` };
        expect(found[place as 'query']).toBe(expected[place as 'query']);
        const without = JSON.stringify(send({ id: 'p' }));
        expect(without).not.toContain(name);
        expect(without).not.toContain('native code');
      }
    });

    test('is asked for where it is required, and has its default where there is one', () => {
      const required = compile([inPlace('path'), inPlace('query', name, { required: true })]);
      expect(() => required.send({ id: 'p' })).toThrow(`'${name}' is required`);
      const schema = { type: 'string', default: 'd' };
      const filled = compile([inPlace('path'), inPlace('query', name, { required: true, schema })]);
      expect(filled.send({ id: 'p' }).url).toBe(`https://api.example.com/a/p?${name}=d`);
      expect(Object.keys(makeSampleInputs(filled.connector, filled.operation))).toEqual(['id', name]);
    });

    test('is a property of a body and a field of a form like any other', () => {
      const properties = JSON.parse(`{"${name}":{"type":"string"},"b":{"type":"string"}}`);
      const body = (type: string) => ({
        requestBody: { required: true, content: { [type]: { schema: { type: 'object', properties } } } },
      });
      const json = compile([inPlace('path')], body('application/json'));
      expect(json.send(JSON.parse(`{"id":"p","body/${name}":"v"}`)).body).toBe(`{"${name}":"v"}`);
      expect(json.send({ id: 'p', body: { b: 'w' } }).body).toBe('{"b":"w"}');
      const form = compile([inPlace('path')], body('application/x-www-form-urlencoded'));
      expect(form.send(JSON.parse(`{"id":"p","body":{"${name}":"v"}}`)).body).toBe(`${name}=v`);
      expect(form.send({ id: 'p', body: { b: 'w' } }).body).toBe('b=w');
    });
  },
);
