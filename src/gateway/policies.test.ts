import { beforeAll, describe, expect, it } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../test/gateway-world.ts';
import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { POLICY_TEMPLATES } from '../connector/index.ts';
import { findConnection } from '../store/index.ts';
import type { CallOutcome, OperationCall } from './types.ts';

const KEY = 'sk_live_0123456789';

let world: GatewayWorld;

beforeAll(async () => {
  world = await createGatewayWorld();
});

const RESPONSES: Json = { '200': { description: 'ok', content: { 'application/json': { schema: {} } } } };
const BODY: Json = { content: { 'application/json': { schema: { type: 'object' } } } };
const ID: Json = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

const TASKS: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Tasks', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'api_key' } } },
  security: [{ key: [] }],
  paths: {
    '/tasks/{id}': {
      patch: { operationId: 'Change', parameters: [ID], requestBody: BODY, responses: RESPONSES },
    },
    '/tasks': {
      get: {
        operationId: 'OnNew',
        'x-ms-trigger': 'batch',
        parameters: [{ name: 'kind', in: 'query', schema: { type: 'string' } }],
        responses: RESPONSES,
      },
      post: { operationId: 'Other', requestBody: BODY, responses: RESPONSES },
    },
    '/orders': {
      get: {
        operationId: 'OnOrder',
        'x-ms-trigger': 'batch',
        parameters: [
          { name: 'kind', in: 'query', schema: { type: 'string' } },
          {
            name: 'after',
            in: 'query',
            'x-ms-visibility': 'internal',
            schema: { type: 'integer', default: 0 },
            'x-ms-trigger-value': { 'value-collection': 'value', 'value-path': 'number' },
          },
        ],
        responses: RESPONSES,
      },
    },
  },
};

/** A connection to a service that says what it received, unless the test says otherwise. */
async function connect(...policies: JsonObject[]): Promise<string> {
  world.answerWith((request, response) => {
    response.setHeader('content-type', 'application/json');
    const body: Json = request.body === '' ? null : JSON.parse(request.body);
    response.end(JSON.stringify({ method: request.method, url: request.url, body, '@odata.etag': 'W/"5"' }));
  });
  const instances = policies.map(({ templateId, section, operations, ...parameters }) => ({
    templateId: templateId ?? '',
    parameters: {
      ...Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]),
      ),
      ...(section === undefined ? {} : { 'x-ms-apimTemplate-policySection': section }),
      ...(operations === undefined ? {} : { 'x-ms-apimTemplate-operationName': operations }),
    },
  }));
  const properties = {
    policyTemplateInstances: instances,
    connectionParameters: { api_key: { type: 'securestring' }, host: { type: 'string' } },
  };
  const { connectionId } = await world.connect(TASKS, { api_key: KEY }, { host: world.api.host }, properties);
  return connectionId;
}

async function call(policies: JsonObject[], body: JsonObject, rest: Partial<OperationCall> = {}) {
  const connectionId = await connect(...policies);
  return callConnection(connectionId, body, rest);
}

function callConnection(connectionId: string, body: JsonObject, rest: Partial<OperationCall> = {}) {
  return world.gateway.callOperation({
    connectionId,
    operation: { operationId: 'Change' },
    inputs: { id: 'a b', body },
    ...rest,
  });
}

/** What the service received, as it says itself. */
function received({ outputs }: CallOutcome): JsonObject {
  return isJsonObject(outputs?.body) ? outputs.body : {};
}

const AT_BODY = { propertyParentPath: '@body()' };

describe('each policy template, on a call over the wire', () => {
  it('setheader sets headers of the request, the answer and of failures', async () => {
    const outcome = await call(
      [
        { templateId: 'setHeader', name: 'X-Key', value: "@connectionParameters('api_key')" },
        { templateId: 'setheader', section: 'Response', name: 'x-seen', value: '@body().method' },
        { templateId: 'setheader', section: 'Failure', name: 'x-failed', value: 'yes' },
      ],
      {},
    );
    expect(world.seen[0]?.headers['x-key']).toBe(KEY);
    expect(outcome.outputs?.headers).toMatchObject({ 'x-seen': 'PATCH' });
    expect(outcome.outputs?.headers).not.toHaveProperty('x-failed');
  });

  it('setqueryparameter and routerequesttoendpoint change path, query and method', async () => {
    const outcome = await call(
      [
        { templateId: 'setqueryparameter', name: '%24top', value: '50' },
        { templateId: 'routerequesttoendpoint', newPath: 'jobs/{id}?hard=1', httpMethod: 'PUT' },
      ],
      {},
    );
    expect(received(outcome)).toMatchObject({ method: 'PUT' });
    expect(world.seen[0]?.url).toBe(`/jobs/a%20b?hard=1&api_key=${KEY}&%24top=50`);
  });

  it.each(['dynamichosturl', 'dynamicsubdomain'])(
    '%s leads to another host and base path',
    async (templateId) => {
      await call([{ templateId, urlTemplate: "http://@connectionParameters('host')/eu/v2/" }], {});
      expect(world.seen[0]?.url).toMatch(/^\/eu\/v2\/tasks\/a%20b/);
    },
  );

  it('setproperty, stringtoarray, stringreplace, encodepropertyvalue and the conversions change the body', async () => {
    const outcome = await call(
      [
        {
          templateId: 'setproperty',
          section: 'Request',
          newPropertyParentPathTemplate: 'body()',
          newPropertySubPathTemplate: 'name',
          propertyValuePathTemplate: '{@body().first} {@body().last}',
        },
        {
          templateId: 'stringtoarray',
          ...AT_BODY,
          propertySubPath: 'users',
          delimiterList: ';,',
          childPropertyName: 'user',
          newPropertyPath: '@body().users',
        },
        {
          templateId: 'stringreplace',
          propertyParentPath: '@body().users',
          propertySubPath: 'user',
          sourceString: '.',
          replacementString: '-',
          newPropertyPath: '@item().user',
        },
        {
          templateId: 'encodepropertyvalue',
          propertyParentPath: '@body().users',
          propertySubPath: 'user',
          newPropertyPath: '@item().user',
        },
        {
          templateId: 'convertarraytoobject',
          ...AT_BODY,
          propertySubPath: 'list',
          keyWithinCollectionPath: 'id',
          newPropertyPath: '@body().list',
          retainKey: 'false',
        },
        {
          templateId: 'convertobjecttoarray',
          ...AT_BODY,
          propertySubPath: 'marks',
          newPropertyPath: '@body().marks',
        },
        {
          templateId: 'moveproperties',
          srcParentPath: '@body()',
          srcSubPath: 'more',
          dstParentPath: '@body()',
        },
      ],
      {
        first: 'A',
        last: 'B',
        users: 'a@x.y;b',
        list: [{ id: 'k', t: 1 }],
        marks: { good: 1 },
        more: { z: true },
      },
    );
    expect(received(outcome)['body']).toEqual({
      first: 'A',
      last: 'B',
      name: 'A B',
      users: [{ user: 'a%40x-y' }, { user: 'b' }],
      list: { k: { t: 1 } },
      marks: [{ key: 'good', value: 1 }],
      z: true,
    });
  });

  it('setvaluefromurl asks the same service with the same credentials first', async () => {
    await call(
      [
        {
          templateId: 'setvaluefromurl',
          parameterTemplate: "@headers('If-Match')",
          parameterValueUrl: '/tasks/{id}?fields=etag',
          parameterValuePathTemplate: "@body()['@odata.etag']",
        },
      ],
      {},
    );
    expect(world.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /tasks/a%20b?fields=etag&api_key=${KEY}`,
      `PATCH /tasks/a%20b?api_key=${KEY}`,
    ]);
    expect(world.seen[1]?.headers['if-match']).toBe('W/"5"');
  });

  it('setvaluefromurl never asks another host', async () => {
    const outcome = await call(
      [
        {
          templateId: 'setvaluefromurl',
          parameterTemplate: "@headers('If-Match')",
          parameterValueUrl: 'https://elsewhere.example/x',
          parameterValuePathTemplate: '@body().x',
        },
      ],
      {},
      { trace: true },
    );
    expect(world.seen).toHaveLength(1);
    expect(JSON.stringify(outcome.trace)).toContain('The service was not asked.');
  });

  it('updatenextlink completes the address of the next page', async () => {
    const connectionId = await connect({
      templateId: 'updatenextlink',
      nextLinkPropertyName: '@odata.nextLink',
    });
    world.answerWith((_request, response) => {
      response
        .setHeader('content-type', 'application/json')
        .end('{"@odata.nextLink": "/tasks?$skiptoken=1"}');
    });
    const outcome = await callConnection(connectionId, {});
    expect(outcome.outputs?.body).toEqual({ '@odata.nextLink': `${world.api.url}/tasks?$skiptoken=1` });
  });

  it('pollingtrigger starts with what is there, then asks with the state of the answer before', async () => {
    const connectionId = await connect({
      templateId: 'pollingtrigger',
      triggerConfig: { since: '@{triggerBody().value[0].at}' },
      triggerDataPath: '@triggerBody().value',
      operations: ['OnNew'],
    });
    let items: Json = [{ at: '2026-01-02T00:00:00Z' }];
    world.answerWith((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ value: items }));
    });
    const poll = (location?: string) =>
      world.gateway.callOperation({
        connectionId,
        operation: { operationId: 'OnNew' },
        inputs: { kind: 'x y' },
        ...(location === undefined ? {} : { location }),
      });
    const first = (await poll()).outputs;
    const state = String(first?.headers['location']);
    expect(first?.statusCode).toBe(202);
    expect(state).toBe('/tasks?kind=x%20y&since=2026-01-02T00%3A00%3A00Z');
    items = [];
    const empty = (await poll(state)).outputs;
    expect([empty?.statusCode, empty?.headers['location']]).toEqual([202, state]);
    items = [{ at: '2026-01-03' }];
    const found = (await poll(state)).outputs;
    expect(found).toMatchObject({ statusCode: 200, body: { value: items } });
    expect(found?.headers['location']).toBe('/tasks?kind=x%20y&since=2026-01-03');
    expect(world.seen.at(-1)?.url).toBe(`${state}&api_key=${KEY}`);
  });

  it('x-ms-trigger-value goes on from the greatest value of the answer before', async () => {
    const connectionId = await connect();
    let items: Json = [{ number: 9 }, { number: 10 }, { number: 2 }];
    world.answerWith((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ value: items }));
    });
    const poll = async (location?: string) => {
      const outcome = await world.gateway.callOperation({
        connectionId,
        operation: { operationId: 'OnOrder' },
        inputs: { kind: 'x' },
        ...(location === undefined ? {} : { location }),
      });
      return { status: outcome.outputs?.statusCode, location: outcome.outputs?.headers['location'] };
    };
    expect(await poll()).toEqual({ status: 202, location: '/orders?kind=x&after=10' });
    items = [];
    expect(await poll('/orders?kind=x&after=10')).toEqual({
      status: 202,
      location: '/orders?kind=x&after=10',
    });
    items = [{ number: 11 }];
    expect(await poll('/orders?kind=x&after=10')).toEqual({
      status: 200,
      location: '/orders?kind=x&after=11',
    });
    expect(world.seen.at(-1)?.url).toBe(`/orders?kind=x&after=10&api_key=${KEY}`);
    // Where there was nothing at first, what comes then is news.
    items = [];
    expect(await poll()).toEqual({ status: 202, location: '/orders?kind=x' });
    items = [{ number: 1 }];
    expect(await poll('/orders?kind=x')).toEqual({ status: 200, location: '/orders?kind=x&after=1' });
  });

  it('setconnectionstatustounauthenticated marks the connection', async () => {
    const connectionId = await connect({
      templateId: 'setconnectionstatustounauthenticated',
      statusCode: 418,
    });
    world.answerWith((_request, response) => response.writeHead(418).end());
    const outcome = await callConnection(connectionId, {});
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'Unauthorized' },
      outputs: { statusCode: 418 },
    });
    const connection = await findConnection(world.db, connectionId);
    expect(connection).toMatchObject({ status: 'error', statusDetail: { code: 'Unauthorized' } });
  });

  it('shows in the trace what a policy did, and that an unknown one was skipped', async () => {
    const outcome = await call(
      [
        { templateId: 'madeup' },
        { templateId: 'setheader', name: 'x', value: 'y', operations: ['Other'] },
        {
          templateId: 'setproperty',
          newPropertyParentPathTemplate: '@body().gone',
          newPropertySubPathTemplate: 'a',
          propertyValuePathTemplate: '1',
        },
      ],
      {},
      { trace: true },
    );
    expect(outcome.trace?.find(({ step }) => step === 'policies')?.value).toMatchObject({
      skippedPolicies: ['madeup'],
      policies: [
        { template: 'madeup', note: 'Skipped: Patchbay does not know this template.' },
        { template: 'setproperty', note: 'The body has no object there.' },
      ],
    });
    expect(world.seen[0]?.headers).not.toHaveProperty('x');
    expect(JSON.stringify(outcome.trace)).not.toContain(KEY);
  });

  it('knows all sixteen', () => {
    expect(POLICY_TEMPLATES).toHaveLength(16);
  });
});
