import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import type { JsonObject } from '../../src/base/index.ts';
import { createClient } from '../../src/client/index.ts';
import {
  type ConnectorDefinition,
  createSecuritySet,
  setOAuthForm,
  setSecurity,
} from '../../src/connector/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const KEY = 'live_0123456789abcdef';

let patchbay: TestProduct;
let server: Server;
let url: string;
const seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${credentialOf(request)}`);
    const isKnown = credentialOf(request) === KEY || credentialOf(request) === 'Bearer from-the-provider';
    response.setHeader('content-type', 'application/json');
    if (request.url === '/token')
      return response.end('{"access_token":"from-the-provider","token_type":"Bearer"}');
    response.writeHead(isKnown ? 200 : 401).end('{"city":"Delft"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  patchbay = await startTestProduct();
  const body = { hosts: [new URL(url).host] };
  await patchbay.client.call(endpoints.updateAllowedHosts, { body });
});

afterAll(async () => {
  await patchbay?.stop();
  server?.closeAllConnections();
  server?.close();
});

function credentialOf({ headers }: IncomingMessage): string {
  return String(headers['api-key'] ?? headers.authorization ?? 'nothing');
}

function document(operationId = 'Track', path = '/track') {
  const responses = {
    '200': { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } },
  };
  return {
    openapi: '3.0.3',
    info: { title: 'Parcel tracks', version: '1' },
    servers: [{ url }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'API-Key' } } },
    paths: { [path]: { get: { operationId, responses } } },
  };
}

const begin = () =>
  patchbay.client.call(endpoints.createConnectorDraft, { body: { text: JSON.stringify(document()) } });

const connect = (draftId: string, key = KEY, connectorId = draftId, client = patchbay.client) =>
  client.call(endpoints.createConnection, {
    body: { connectorId, draftId, parameters: { api_key: key } },
  });

const tryOut = (connectionId: string, draftId: string | undefined, operationId = 'Track') =>
  patchbay.client.call(endpoints.testOperation, {
    params: { id: connectionId, operationId },
    body: { draftId },
  });

const rename = (id: string, revision: number, operationId: string) =>
  patchbay.client.call(endpoints.getConnectorDraft, { params: { id } }).then(({ definition }) => {
    const text = JSON.stringify(definition).replaceAll('"Track"', JSON.stringify(operationId));
    return patchbay.client.call(endpoints.updateConnectorDraft, {
      params: { id },
      body: { definition: JSON.parse(text) as JsonObject },
      ifMatch: revision,
    });
  });

/** Somebody who is no administrator and has begun nothing. */
async function addStranger() {
  const { key } = await patchbay.client.call(endpoints.createApiKey, { body: { name: 'Stranger' } });
  const id = '0199c0de-0000-7000-8000-000000000001';
  await patchbay.sql(
    `insert into users (id, name, email, "emailVerified", role) values ('${id}', 'Eve', 'eve@example.com', true, 'user')`,
  );
  await patchbay.sql(`update api_keys set user_id = '${id}' where name = 'Stranger'`);
  const headers = { authorization: `Bearer ${key}` };
  return { stranger: createClient({ baseUrl: patchbay.url, fetch, headers }), key };
}

describe('a connector that was never saved', () => {
  test('is connected to and tested as it stands; what was made for it stays when it is saved', async () => {
    const { client } = patchbay;
    const draft = await begin();
    const params = { id: draft.id };
    expect(await client.call(endpoints.getDraftConnecting, { params })).toMatchObject({
      connectorId: draft.id,
      title: 'Parcel tracks',
      authentication: [{ type: 'apiKey', parameters: [{ secret: true }] }],
    });
    const wrong = await connect(draft.id, 'wrong');
    expect(wrong).toMatchObject({ status: 'error', connector: { id: draft.id, title: 'Parcel tracks' } });
    const mended = await client.call(endpoints.updateConnection, {
      params: { id: wrong.id },
      body: { parameters: { api_key: KEY } },
    });
    expect(mended.status).toBe('connected');
    await rename(draft.id, draft.revision, 'Follow');
    expect(await tryOut(wrong.id, draft.id, 'Follow')).toMatchObject({ ok: true });
    const { id: checkId } = await client.call(endpoints.createConnectorCheck, {
      params,
      body: {
        connectionId: wrong.id,
        operationId: 'Follow',
        name: 'Follows',
        inputs: {},
        expectations: { status: 200 },
      },
    });
    const run = await client.call(endpoints.runConnectorCheck, {
      params: { id: checkId },
      query: { draftId: draft.id },
    });
    expect(run.result).toMatchObject({ ok: true, ofDraft: true, problems: [] });

    // Nobody meets it elsewhere.
    const connectors = await client.call(endpoints.listConnectors, {});
    expect(connectors.value.map(({ id }) => id)).not.toContain(draft.id);
    const connections = await client.call(endpoints.listConnections, {});
    expect(connections.value.map(({ id }) => id)).not.toContain(wrong.id);
    await expect(client.call(endpoints.getConnector, { params })).rejects.toMatchObject({ status: 404 });
    const flow = {
      name: 'Too early',
      definition: { triggers: { manual: { type: 'Request' } }, actions: {} },
      connectionReferences: { tracks: { connectionId: wrong.id } },
    };
    await expect(client.call(endpoints.createFlow, { body: flow as never })).rejects.toMatchObject({
      status: 400,
      pointer: '/connectionReferences/tracks',
    });

    const { connector } = await client.call(endpoints.publishConnectorDraft, { params, body: {} });
    expect(connector).toMatchObject({ id: draft.id, name: 'parcel-tracks', latestVersion: 1 });
    expect(await tryOut(wrong.id, undefined, 'Follow')).toMatchObject({ ok: true });
    const kept = await client.call(endpoints.listConnections, { query: { connectorId: draft.id } });
    expect(kept.value).toMatchObject([{ id: wrong.id, status: 'connected' }]);
    const again = await client.call(endpoints.runConnectorCheck, { params: { id: checkId } });
    expect(again.result).toMatchObject({ ok: true, ofDraft: false });
    const history = await client.call(endpoints.listConnectorTests, { params });
    expect(history.value.map(({ connectorVersion }) => connectorVersion)).toEqual([
      1,
      1,
      undefined,
      undefined,
    ]);
  });

  test('takes its connections along when its draft is discarded', async () => {
    const { client } = patchbay;
    const draft = await begin();
    const { id } = await connect(draft.id);
    await client.call(endpoints.deleteConnectorDraft, { params: { id: draft.id } });
    await expect(client.call(endpoints.getConnection, { params: { id } })).rejects.toMatchObject({
      status: 404,
    });
    await expect(connect(draft.id)).rejects.toMatchObject({ status: 404 });
    const { rows } = await patchbay.sql(
      `select (select count(*) from connectors where latest_version = 0) + (select count(*) from connections where id = '${id}') as left`,
    );
    expect(Number(rows[0]?.['left'])).toBe(0);
  });

  test('signs in as the application of the draft', async () => {
    const { client } = patchbay;
    const { id, revision, definition } = await begin();
    const custom = { authorizationUrl: `${url}/authorize`, tokenUrl: `${url}/token` };
    const set = setOAuthForm(createSecuritySet('oauth2'), { custom, scopes: [] });
    await client.call(endpoints.updateConnectorDraft, {
      params: { id },
      body: { definition: setSecurity(definition as unknown as ConnectorDefinition, [set]) as never },
      ifMatch: revision,
    });
    await client.call(endpoints.updateDraftSignIn, {
      params: { id },
      body: { clientId: 'our-app', clientSecret: 'a-secret-that-nobody-sees' },
    });
    const connection = await client.call(endpoints.createConnection, {
      body: { connectorId: id, draftId: id },
    });
    expect(connection.status).toBe('needs-sign-in');
    const { authorizationUrl } = await client.call(endpoints.signInConnection, {
      params: { id: connection.id },
    });
    const asked = new URL(authorizationUrl);
    expect(asked.searchParams.get('client_id')).toBe('our-app');
    const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ code: 'c', state: asked.searchParams.get('state') ?? '' }).toString();
    await fetch(back, { headers: { authorization: `Bearer ${patchbay.apiKey}` } });
    expect(await client.call(endpoints.testConnection, { params: { id: connection.id } })).toMatchObject({
      status: 'connected',
    });
    expect(seen.at(-1)).toBe('GET /track Bearer from-the-provider');
  });

  test('is closed to everybody else: its connections, its checks and its tests', async () => {
    const { client } = patchbay;
    const draft = await begin();
    const { id } = await connect(draft.id);
    const check = await client.call(endpoints.createConnectorCheck, {
      params: { id: draft.id },
      body: { connectionId: id, operationId: 'Track', name: 'Mine', inputs: {}, expectations: {} },
    });
    const { stranger, key } = await addStranger();
    const params = { id };
    const operation = { id, operationId: 'Track' };
    const calls = seen.length;
    const refused = await Promise.allSettled([
      stranger.call(endpoints.getConnection, { params }),
      stranger.call(endpoints.testConnection, { params }),
      stranger.call(endpoints.updateConnection, { params, body: { name: 'Taken' } }),
      stranger.call(endpoints.deleteConnection, { params }),
      stranger.call(endpoints.callOperation, { params: operation, body: {} }),
      stranger.call(endpoints.testOperation, { params: operation, body: { draftId: draft.id } }),
      stranger.call(endpoints.testOperation, { params: operation, body: {} }),
      stranger.call(endpoints.readDynamicContent, { params: operation, body: { pointer: '/x' } }),
      stranger.call(endpoints.simulateTrigger, { params: operation, body: {} }),
      stranger.call(endpoints.signInConnection, { params }),
      stranger.call(endpoints.listConnectionFlows, { params }),
      stranger.call(endpoints.runConnectorCheck, { params: { id: check.id }, query: { draftId: draft.id } }),
      stranger.call(endpoints.deleteConnectorCheck, { params: { id: check.id } }),
      stranger.call(endpoints.listConnectorChecks, { params: { id: draft.id } }),
      stranger.call(endpoints.listConnectorTests, { params: { id: draft.id } }),
      stranger.call(endpoints.getDraftConnecting, { params: { id: draft.id } }),
      connect(draft.id, KEY, draft.id, stranger),
    ]);
    const list = await stranger.call(endpoints.listConnections, { query: { connectorId: draft.id } });
    const stream = await fetch(`${patchbay.url}/api/connections/${id}/operations/Track/stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(refused.map((one) => (one.status === 'rejected' ? one.reason.status : 'let in'))).toEqual(
      refused.map(() => 404),
    );
    expect(stream.status).toBe(404);
    expect(list.value).toEqual([]);
    expect(seen).toHaveLength(calls);
    expect(await client.call(endpoints.getConnection, { params })).toMatchObject({ id });
  });
});

describe('the draft of the next version', () => {
  test('is connected to as it says, and its checks call it', async () => {
    const { client } = patchbay;
    const { connector } = await client.call(endpoints.importConnector, {
      body: { text: JSON.stringify({ ...document(), security: [], components: {} }) },
    });
    const connectorId = connector?.id ?? '';
    const draft = await client.call(endpoints.createConnectorDraft, { body: { connectorId } });
    const keyed = setSecurity(draft.definition as unknown as ConnectorDefinition, [
      createSecuritySet('apiKey'),
    ]);
    const text = JSON.stringify(keyed)
      .replaceAll('"X-API-Key"', '"API-Key"')
      .replaceAll('"Track"', '"Follow"');
    await client.call(endpoints.updateConnectorDraft, {
      params: { id: draft.id },
      body: { definition: JSON.parse(text) as JsonObject },
      ifMatch: draft.revision,
    });
    const [method] = (await client.call(endpoints.getDraftConnecting, { params: { id: draft.id } }))
      .authentication;
    const name = method?.parameters[0]?.name ?? '';
    const connection = await client.call(endpoints.createConnection, {
      body: { connectorId, draftId: draft.id, parameters: { [name]: KEY } },
    });
    expect(connection).toMatchObject({ status: 'connected', testedWith: 'Follow', secrets: [name] });
    const check = await client.call(endpoints.createConnectorCheck, {
      params: { id: connectorId },
      body: {
        connectionId: connection.id,
        operationId: 'Follow',
        name: 'x',
        inputs: {},
        expectations: { status: 200 },
      },
    });
    const run = (query: { draftId?: string }) =>
      client.call(endpoints.runConnectorCheck, { params: { id: check.id }, query });
    expect((await run({ draftId: draft.id })).result).toMatchObject({ ok: true, ofDraft: true });
    expect((await run({})).result).toMatchObject({
      ok: false,
      ofDraft: false,
      problems: ["Parcel tracks has no operation 'Follow'."],
    });
    const other = await begin();
    await expect(run({ draftId: other.id })).rejects.toMatchObject({ status: 404 });
  });
});
