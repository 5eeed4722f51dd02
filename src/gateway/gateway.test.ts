import type { ServerResponse } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../test/gateway-world.ts';
import { serve } from '../../test/servers.ts';
import type { Json, JsonObject } from '../base/index.ts';
import { deleteConnection, findConnection, saveConnectorVersion, updateConnection } from '../store/index.ts';
import { sealConnectionSecrets } from './connection-secrets.ts';
import type { OperationCall } from './types.ts';

const KEY = 'sk_live_0123456789';

let world: GatewayWorld;
let labels: { connectorId: string; connectionId: string };
let keyName: string;

beforeAll(async () => {
  world = await createGatewayWorld();
  const { compileConnector } = await import('../connector/index.ts');
  const compiled = compileConnector({
    openapi: { ...LABELS, servers: [{ url: world.api.url }] },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  });
  const [rule] = compiled.authenticationMethod().credentials;
  keyName = rule?.type === 'apiKey' ? rule.parameter : 'api_key';
  labels = await world.connect(LABELS, { [keyName]: KEY });
});

const RESPONSES: Json = { '200': { description: 'ok', content: { 'application/json': { schema: {} } } } };

const LABELS: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Labels', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } } },
  security: [{ key: [] }],
  paths: {
    '/labels': {
      post: {
        operationId: 'CreateLabel',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['weight'],
                properties: { weight: { type: 'number' }, ship_to: { type: 'object' } },
              },
            },
          },
        },
        responses: RESPONSES,
      },
    },
    '/labels/{id}': {
      get: {
        operationId: 'GetLabel',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'fields', in: 'query', schema: { type: 'string' } },
        ],
        responses: RESPONSES,
      },
    },
    '/changes': {
      get: {
        operationId: 'OnChange',
        'x-ms-trigger': 'batch',
        responses: RESPONSES,
      },
    },
  },
};

function call(operationId: string, inputs: JsonObject, rest: Partial<OperationCall> = {}) {
  return world.gateway.callOperation({
    connectionId: labels.connectionId,
    operation: { operationId },
    inputs,
    ...rest,
  });
}

function json(response: ServerResponse, status: number, body: Json, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

describe('calling an operation', () => {
  it('builds the request, adds the credentials and brings back what was answered', async () => {
    world.answerWith((_request, response) => json(response, 201, { id: 'L1' }, { 'x-request-id': 'r1' }));
    const outcome = await call('CreateLabel', { 'body/weight': 2, 'body/ship_to/name': 'Ann' });
    expect(outcome).toMatchObject({
      ok: true,
      outputs: { statusCode: 201, headers: { 'x-request-id': 'r1' }, body: { id: 'L1' } },
    });
    expect(world.seen).toMatchObject([
      { method: 'POST', url: '/labels', headers: { 'x-api-key': KEY, 'content-type': 'application/json' } },
    ]);
    expect(JSON.parse(world.seen[0]?.body ?? '')).toEqual({ weight: 2, ship_to: { name: 'Ann' } });
  });

  it('also finds operations by method and path, as Logic Apps names them', async () => {
    world.answerWith((_request, response) => json(response, 200, {}));
    const outcome = await world.gateway.callOperation({
      connectionId: labels.connectionId,
      operation: { method: 'get', path: '/labels/a%20b' },
      inputs: { queries: { fields: 'x', extra: 1 }, headers: { 'X-Other': 'y' } },
    });
    expect(outcome.ok).toBe(true);
    expect(world.seen[0]?.url).toBe('/labels/a%20b?fields=x&extra=1');
    expect(world.seen[0]?.headers['x-other']).toBe('y');
  });

  it('keeps the digits of long numbers', async () => {
    world.answerWith((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id": 9007199254740993}');
    });
    expect((await call('GetLabel', { id: '1' })).outputs?.body).toEqual({ id: 9007199254740993n });
  });

  it('sends the idempotency key, under the header the operation declares', async () => {
    world.answerWith((_request, response) => json(response, 200, {}));
    await call('CreateLabel', { body: { weight: 1 } }, { idempotencyKey: 'run-1/Create' });
    expect(world.seen[0]?.headers['idempotency-key']).toBe('run-1/Create');
  });

  it('refuses inputs that do not fit before anything is sent', async () => {
    world.answerWith((_request, response) => json(response, 200, {}));
    const missing = await call('GetLabel', {});
    expect(missing.error).toMatchObject({ code: 'InvalidInputs', retryable: false, sent: false });
    expect(missing.error?.message).toContain("'id' is required");
    const wrong = await call('CreateLabel', { body: { weight: 'heavy' } });
    expect(wrong.error?.message).toContain('weight');
    expect(world.seen).toEqual([]);
  });

  it('names what is missing: connection, version or operation', async () => {
    const unknown = '01890000-0000-7000-8000-000000000000';
    expect((await call('GetLabel', { id: '1' }, { connectionId: unknown })).error?.code).toBe(
      'ConnectionNotFound',
    );
    expect((await call('GetLabel', { id: '1' }, { connectorVersion: 9 })).error?.code).toBe(
      'ConnectorVersionNotFound',
    );
    expect((await call('Nope', {})).error?.code).toBe('OperationNotFound');
  });

  it('shows the request after each step when asked, secrets masked', async () => {
    world.answerWith((_request, response) => json(response, 200, { ok: true }));
    const { trace } = await call('GetLabel', { id: '1' }, { trace: true });
    expect(trace?.map(({ step }) => step)).toEqual([
      'inputs',
      'defaults',
      'request',
      'credentials',
      'policies',
      'send',
      'decode',
    ]);
    expect(JSON.stringify(trace)).not.toContain(KEY);
    expect(JSON.stringify(trace)).toContain('X-Api-Key');
  });

  it('never gives a secret back that the service repeats', async () => {
    world.answerWith((request, response) => {
      const key = String(request.headers['x-api-key']);
      json(
        response,
        request.url.endsWith('bad') ? 400 : 200,
        { message: `Your key ${key} is wrong` },
        { 'x-echo': key },
      );
    });
    for (const id of ['good', 'bad']) {
      const outcome = await call('GetLabel', { id });
      expect(JSON.stringify(outcome)).not.toContain(KEY);
      expect(JSON.stringify(outcome)).toContain('Your key •••••• is wrong');
    }
  });

  it('drops the API key when a redirect leaves the host', async () => {
    const other = await serve((request, response) => json(response, 200, Object.keys(request.headers)));
    try {
      world.allow(other.host);
      world.answerWith((_request, response) => response.writeHead(302, { location: `${other.url}/x` }).end());
      const { outputs } = await call('GetLabel', { id: '1' });
      expect(outputs?.statusCode).toBe(200);
      expect(outputs?.body).not.toContain('x-api-key');
    } finally {
      await other.close();
    }
  });
});

describe('caching', () => {
  it('makes no database query once a connection is known, until it is invalidated', async () => {
    world.answerWith((_request, response) => json(response, 200, {}));
    const { connectionId } = await world.connect(LABELS, { [keyName]: KEY });
    const send = () => call('GetLabel', { id: '1' }, { connectionId });
    expect((await send()).ok).toBe(true);
    await deleteConnection(world.db, connectionId);
    expect((await send()).ok).toBe(true);
    world.gateway.invalidateConnection(connectionId);
    expect((await send()).error?.code).toBe('ConnectionNotFound');
  });

  it('uses new credentials and new versions at once after they are announced, and pinned versions for ever', async () => {
    world.answerWith((_request, response) => json(response, 200, {}));
    const api = await world.connect(LABELS, { [keyName]: KEY });
    await call('GetLabel', { id: '1' }, { connectionId: api.connectionId });
    const owner = { environmentId: world.environmentId, connectionId: api.connectionId };
    const sealed = await sealConnectionSecrets(world.vault, owner, { [keyName]: 'another-key' });
    await updateConnection(world.db, api.connectionId, { sealed });
    world.gateway.invalidateConnection(api.connectionId);
    await call('GetLabel', { id: '1' }, { connectionId: api.connectionId });
    expect(world.seen.map(({ headers }) => headers['x-api-key'])).toEqual([KEY, 'another-key']);
    const definition: Json = {
      openapi: {
        ...LABELS,
        servers: [{ url: world.api.url }],
        paths: { '/v2/labels': { get: { operationId: 'GetLabels', responses: RESPONSES } } },
      },
      properties: {},
      source: { format: 'openapi-3.1', fileName: null },
      files: {},
    };
    await saveConnectorVersion(world.db, api.connectorId, { title: 'v2', operationCount: 1, definition });
    world.gateway.invalidateConnector(api.connectorId);
    const { connectionId } = api;
    expect((await call('GetLabels', {}, { connectionId })).ok).toBe(true);
    expect((await call('GetLabel', { id: '1' }, { connectionId })).error?.code).toBe('OperationNotFound');
    expect((await call('GetLabel', { id: '1' }, { connectionId, connectorVersion: 1 })).ok).toBe(true);
  });

  it('notes the last use of a connection behind the calls', async () => {
    world.answerWith((_request, response) => json(response, 200, {}));
    const { connectionId } = await world.connect(LABELS, { [keyName]: KEY });
    await call('GetLabel', { id: '1' }, { connectionId });
    expect((await findConnection(world.db, connectionId))?.lastUsedAt).toBeUndefined();
    await world.gateway.close();
    expect((await findConnection(world.db, connectionId))?.lastUsedAt).toBeTypeOf('string');
  });
});

describe('failures', () => {
  it.each<[number, string, boolean, string]>([
    [400, 'BadRequest', false, 'refused the inputs of GET /labels/{id} (400). It says: “Weight is missing”'],
    [401, 'Unauthorized', false, 'did not accept the credentials of the connection'],
    [403, 'Forbidden', false, 'does not permit GET /labels/{id} (403)'],
    [404, 'NotFound', false, 'has nothing at GET /labels/{id} (404)'],
    [405, 'MethodNotAllowed', false, 'does not offer GET /labels/{id} (405). It offers POST.'],
    [409, 'Conflict', false, 'sees a conflict'],
    [415, 'UnsupportedMediaType', false, 'content type'],
    [422, 'UnprocessableEntity', false, 'values that are not acceptable (422)'],
    [429, 'TooManyRequests', true, 'too many requests and asks to wait 7 s (429)'],
    [500, 'InternalServerError', true, 'failed to answer GET /labels/{id} (500)'],
    [503, 'ServiceUnavailable', true, '(503)'],
    [418, 'ClientError', false, '(418)'],
  ])('explains %i', async (status, code, retryable, message) => {
    world.answerWith((_request, response) =>
      json(
        response,
        status,
        { error: { message: 'Weight is missing' } },
        { allow: 'POST', 'retry-after': '7' },
      ),
    );
    const outcome = await call('GetLabel', { id: 'x' });
    expect(outcome).toMatchObject({
      ok: false,
      outputs: { statusCode: status, body: { error: { message: 'Weight is missing' } } },
      error: { code, retryable, sent: true },
      retryAfterMs: 7000,
    });
    expect(outcome.error?.message).toContain(message);
    expect(outcome.error?.message).toContain(world.api.host);
  });

  it('says how the key was sent when it was not accepted, and what the service asks for instead', async () => {
    world.answerWith((_request, response) =>
      json(response, 401, {}, { 'www-authenticate': 'Bearer realm="api", error="invalid_token"' }),
    );
    const { error } = await call('GetLabel', { id: '1' });
    expect(error?.message).toContain('an API key in the header X-Api-Key was sent');
    expect(error?.message).toContain('asks for Bearer authentication');
    const { connectionId } = await world.connect({ ...LABELS, security: [] });
    const bare = await call('GetLabel', { id: '1' }, { connectionId });
    expect(bare.error?.message).toContain(
      'was called without credentials and asks for Bearer authentication',
    );
  });

  it('explains a success that is broken JSON, and keeps its text', async () => {
    world.answerWith((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id": "L1", ');
    });
    const outcome = await call('GetLabel', { id: '1' });
    expect(outcome).toMatchObject({
      ok: false,
      outputs: { statusCode: 200, body: '{"id": "L1", ' },
      error: { code: 'InvalidResponse', retryable: false },
    });
    expect(outcome.error?.message).toContain('no valid JSON');
  });

  it('explains time-outs, and calls that were cancelled', async () => {
    world.answerWith(() => undefined);
    const late = await call('GetLabel', { id: '1' }, { timeoutMs: 80 });
    expect(late.error).toMatchObject({ code: 'ActionTimedOut', retryable: true, sent: true });
    const controller = new AbortController();
    const running = call('GetLabel', { id: '1' }, { signal: controller.signal });
    controller.abort();
    expect((await running).error?.code).toBe('ActionCancelled');
  });

  it('explains an address that is not allowed and a service that is not there', async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    const inner = await world.connect({ ...LABELS, servers: [{ url: gone.url }] });
    const outcome = await call('GetLabel', { id: '1' }, { connectionId: inner.connectionId });
    expect(outcome.error).toMatchObject({ code: 'AddressNotAllowed', sent: false, retryable: false });
    expect(outcome.error?.fix).toContain(gone.host);
    const far = await world.connect({ ...LABELS, servers: [{ url: 'http://no-such-host.invalid' }] });
    const missing = await call('GetLabel', { id: '1' }, { connectionId: far.connectionId });
    expect(missing.error).toMatchObject({ code: 'DnsFailure', sent: false, retryable: true });
  });
});

describe('work that is accepted first', () => {
  it('is followed to its end, with the credentials', async () => {
    let polls = 0;
    world.answerWith((request, response) => {
      if (request.method === 'POST') {
        response.writeHead(202, { location: '/jobs/1', 'retry-after': '0' }).end();
      } else if (++polls < 3) response.writeHead(202, { 'retry-after': '0' }).end();
      else json(response, 200, { done: request.headers['x-api-key'] === KEY });
    });
    const outcome = await call('CreateLabel', { body: { weight: 1 } });
    expect(outcome).toMatchObject({ ok: true, outputs: { statusCode: 200, body: { done: true } } });
    expect(world.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /labels',
      'GET /jobs/1',
      'GET /jobs/1',
      'GET /jobs/1',
    ]);
    expect(world.seen[1]?.headers['content-type']).toBeUndefined();
  });

  it('is asked for again when a question gets lost', async () => {
    let polls = 0;
    world.answerWith((request, response) => {
      if (request.method === 'POST')
        response.writeHead(202, { location: '/jobs/1', 'retry-after': '0' }).end();
      else if (++polls === 1) response.writeHead(503, { 'retry-after': '0' }).end();
      else if (polls === 2) response.socket?.destroy();
      else json(response, 200, { polls });
    });
    const outcome = await call('CreateLabel', { body: { weight: 1 } });
    expect(outcome.outputs?.body).toMatchObject({ polls: expect.any(Number) });
    expect(world.seen.filter(({ method }) => method === 'POST').length).toBe(1);
  });

  it('counts as sent when it cannot be asked for', async () => {
    world.answerWith((_request, response) =>
      response.writeHead(202, { location: 'http://10.0.0.1/jobs', 'retry-after': '0' }).end(),
    );
    const outcome = await call('CreateLabel', { body: { weight: 1 } });
    expect(outcome.error).toMatchObject({ code: 'AddressNotAllowed', sent: true, retryable: false });
  });

  it('is given up when the time is over, and left alone when asked to', async () => {
    world.answerWith((_request, response) =>
      response.writeHead(202, { location: '/jobs/1', 'retry-after': '60' }).end(),
    );
    const late = await call('CreateLabel', { body: { weight: 1 } }, { timeoutMs: 500 });
    expect(late.error).toMatchObject({ code: 'ActionTimedOut', retryable: false });
    const left = await call('CreateLabel', { body: { weight: 1 } }, { asyncPattern: false });
    expect(left).toMatchObject({ ok: true, outputs: { statusCode: 202 }, retryAfterMs: 60_000 });
  });
});

describe('polling triggers', () => {
  it('go on at the location an answer gave, on the same host only', async () => {
    world.answerWith((request, response) =>
      request.url === '/changes'
        ? response
            .writeHead(202, { location: `${world.api.url}/changes?after=1%2B1`, 'retry-after': '5' })
            .end()
        : json(response, 200, [{ id: 1 }]),
    );
    const first = await call('OnChange', {});
    expect(first).toMatchObject({ ok: true, outputs: { statusCode: 202 }, retryAfterMs: 5000 });
    const location = String(first.outputs?.headers['location']);
    const second = await call('OnChange', {}, { location });
    expect(second.outputs?.body).toEqual([{ id: 1 }]);
    expect(world.seen[1]).toMatchObject({ url: '/changes?after=1%2B1', headers: { 'x-api-key': KEY } });
    const away = await call('OnChange', {}, { location: 'https://evil.example/changes' });
    expect(away.error).toMatchObject({ code: 'InvalidUrl', sent: false });
    expect(world.seen.length).toBe(2);
  });
});

describe('testing a connection', () => {
  const withTest = (extra: JsonObject, paths: JsonObject): JsonObject => ({ ...LABELS, ...extra, paths });
  const me = { '/me': { get: { operationId: 'GetMe', responses: RESPONSES } } };

  it('calls the operation the connector names, else a GET without inputs, else only looks for the service', async () => {
    world.answerWith((_request, response) => json(response, 200, {}));
    const declared = await world.connect(
      withTest(
        { 'x-ms-capabilities': { testConnection: { operationId: 'GetMe', parameters: {} } } },
        { '/first': { get: { operationId: 'First', responses: RESPONSES } }, ...me },
      ),
      { [keyName]: KEY },
    );
    expect(await world.gateway.testConnection(declared.connectionId)).toEqual({
      status: 'connected',
      operationId: 'GetMe',
    });
    const guessed = await world.connect(
      withTest({}, { '/logout': { get: { operationId: 'Logout', responses: RESPONSES } }, ...me }),
      { [keyName]: KEY },
    );
    expect(await world.gateway.testConnection(guessed.connectionId)).toMatchObject({ operationId: 'GetMe' });
    const none = await world.connect(
      withTest({}, { '/x': { post: { operationId: 'X', responses: RESPONSES } } }),
    );
    expect(await world.gateway.testConnection(none.connectionId)).toMatchObject({
      status: 'connected',
      detail: { code: 'NotTested' },
    });
    expect(world.seen.map(({ url }) => url)).toEqual(['/me', '/me', '/']);
  });

  it('tells a wrong key from a guessed operation that dislikes the call', async () => {
    const { connectionId } = await world.connect(withTest({}, me), { [keyName]: KEY });
    world.answerWith((_request, response) => json(response, 401, {}));
    expect(await world.gateway.testConnection(connectionId)).toMatchObject({
      status: 'error',
      detail: { code: 'Unauthorized', fix: expect.any(String) },
    });
    world.answerWith((_request, response) => json(response, 400, { message: 'which page?' }));
    expect(await world.gateway.testConnection(connectionId)).toMatchObject({
      status: 'connected',
      detail: { code: 'NotFullyTested' },
    });
  });
});

describe('describing an operation', () => {
  it('says what the engine must know before it calls', async () => {
    const facts = await world.gateway.describeOperation(labels.connectionId, undefined, {
      operationId: 'CreateLabel',
    });
    expect(facts).toMatchObject({ method: 'POST', kind: 'action', idempotent: false, connectorVersion: 1 });
    await expect(
      world.gateway.describeOperation(labels.connectionId, 1, { operationId: 'Nope' }),
    ).rejects.toThrow('no operation Nope');
  });
});
