import { beforeAll, describe, expect, it } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../test/gateway-world.ts';
import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import {
  createList,
  findConnectorByName,
  listConnections,
  listConnectors,
  saveConnectorVersion,
} from '../store/index.ts';
import { createBuiltins } from './create-builtins.ts';
import { installBuiltins } from './install.ts';
import { loadMailSettings, saveMailSettings } from './mail/settings.ts';

let world: GatewayWorld;
const connections: Record<string, string> = {};

beforeAll(async () => {
  world = await createGatewayWorld((parts) => createBuiltins(parts).connectors);
  await installBuiltins(world.db, world.environmentId);
  for (const name of ['lists', 'mail', 'http']) {
    const connector = await findConnectorByName(world.db, world.environmentId, name);
    const { value } = await listConnections(world.db, {
      environmentId: world.environmentId,
      connectorId: connector?.id ?? '',
    });
    connections[name] = value[0]?.id ?? '';
  }
});

function call(name: string, operationId: string, inputs: JsonObject, location?: string) {
  return world.gateway.callOperation({
    connectionId: connections[name] ?? '',
    operation: { operationId },
    inputs,
    ...(location === undefined ? {} : { location }),
  });
}

describe('installing', () => {
  it('makes each connector and its connection once', async () => {
    await Promise.all([1, 2, 3].map(() => installBuiltins(world.db, world.environmentId)));
    const { value } = await listConnectors(world.db, world.environmentId);
    expect(value.map(({ name, kind, latestVersion }) => [name, kind, latestVersion])).toEqual([
      ['http', 'builtin', 1],
      ['lists', 'builtin', 1],
      ['mail', 'builtin', 1],
    ]);
    const all = await listConnections(world.db, { environmentId: world.environmentId });
    expect(all.value.map(({ name, status }) => [name, status])).toEqual([
      ['HTTP', 'connected'],
      ['Lists', 'connected'],
      ['Mail', 'connected'],
    ]);
  });

  it('saves a next version when the definition of the release is another one', async () => {
    const before = await findConnectorByName(world.db, world.environmentId, 'mail');
    const definition = { openapi: { openapi: '3.1.0', info: { title: 'Mail', version: '0' }, paths: {} } };
    await saveConnectorVersion(world.db, before?.id ?? '', { title: 'Mail', operationCount: 0, definition });
    await installBuiltins(world.db, world.environmentId);
    const after = await findConnectorByName(world.db, world.environmentId, 'mail');
    expect([before?.latestVersion, after?.latestVersion]).toEqual([1, 3]);
    expect(after?.operationCount).toBe(2);
  });
});

describe('lists through the gateway', () => {
  it('take inputs as flows write them', async () => {
    const columns: Json = [
      { name: 'Title', type: 'text', required: true },
      { name: 'Status', type: 'choice', choices: ['New', 'Done'] },
    ];
    await createList(world.db, { environmentId: world.environmentId, name: 'My Orders', columns });
    const table = 'My Orders';
    const created = await call('lists', 'PostItem', {
      dataset: 'https://contoso.sharepoint.com/sites/shop',
      table,
      'item/Title': 'Telescope',
      'item/Status/Value': 'New',
    });
    expect(created).toMatchObject({ ok: true, outputs: { statusCode: 200, body: { ID: 1 } } });
    const polled = await call('lists', 'GetOnNewItems', { table });
    expect(polled).toMatchObject({ ok: true, outputs: { statusCode: 202 }, retryAfterMs: 1000 });
    await call('lists', 'PatchItem', { table, id: 1, 'item/Status': 'Done' });
    const found = await call('lists', 'GetItems', { table, $filter: "Status eq 'Done'", $top: 5 });
    expect(found.outputs?.body).toMatchObject({ value: [{ ID: 1, Status: { Value: 'Done' } }] });
    const location = String(polled.outputs?.headers['location']);
    expect((await call('lists', 'GetOnNewItems', { table }, location)).outputs?.statusCode).toBe(202);
    await call('lists', 'PostItem', { table, item: { Title: 'Compass' } });
    const news = await call('lists', 'GetOnNewItems', { table }, location);
    expect(news.outputs?.body).toMatchObject({ value: [{ Title: 'Compass' }] });
    const gone = await call('lists', 'DeleteItem', { table, id: '1' });
    expect(gone).toMatchObject({ ok: true, outputs: { statusCode: 200, body: null } });
  });

  it('answer to the paths of Logic Apps, encoded twice', async () => {
    const twice = (text: string) => encodeURIComponent(encodeURIComponent(text));
    const path = `/datasets/${twice('https://contoso.sharepoint.com/x')}/tables/${twice('My Orders')}/items`;
    const outcome = await world.gateway.callOperation({
      connectionId: connections['lists'] ?? '',
      operation: { method: 'get', path },
      inputs: { queries: { $filter: "Title eq 'Compass'" } },
    });
    expect(outcome.error).toBeUndefined();
    expect(outcome.outputs?.body).toMatchObject({ value: [{ Title: 'Compass' }] });
  });

  it('fail with a code, a sentence and a fix', async () => {
    const outcome = await call('lists', 'PostItem', {
      table: 'My Orders',
      item: { Title: 'x', Status: 'Old' },
    });
    expect(outcome).toMatchObject({
      ok: false,
      outputs: { statusCode: 400, body: { code: 'LIST_VALUE_INVALID' } },
      error: {
        code: 'BadRequest',
        message: 'Status must be one of New, Done, not “Old”.',
        fix: 'Give a value of the type of the column.',
        retryable: false,
      },
    });
    expect((await call('lists', 'GetItems', { table: 'Nope' })).error).toMatchObject({ code: 'NotFound' });
  });

  it('are tested and described like any connection', async () => {
    expect(await world.gateway.testConnection(connections['lists'] ?? '')).toEqual({
      status: 'connected',
      operationId: 'GetTables',
    });
    expect(await world.gateway.testConnection(connections['mail'] ?? '')).toMatchObject({
      status: 'error',
      detail: { message: 'No mail server is set.' },
    });
    const describe = (operationId: string) =>
      world.gateway.describeOperation(connections['lists'] ?? '', undefined, { operationId });
    expect(await describe('PatchItem')).toMatchObject({ idempotent: true, kind: 'action' });
    expect(await describe('PostItem')).toMatchObject({ idempotent: false });
    expect(await describe('GetOnNewItems')).toMatchObject({ kind: 'trigger' });
  });
});

describe('raw HTTP through the gateway', () => {
  it('sends a request and passes its failure on', async () => {
    world.answerWith(({ method, body }, response) => {
      response.statusCode = method === 'PUT' ? 404 : 200;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method, body }));
    });
    const sent = await call('http', 'SendRequest', {
      'request/method': 'POST',
      'request/uri': `${world.api.url}/x`,
      'request/body': { a: 1 },
    });
    expect(sent).toMatchObject({ ok: true, outputs: { body: { method: 'POST', body: '{"a":1}' } } });
    const failed = await call('http', 'SendRequest', {
      request: { method: 'PUT', uri: `${world.api.url}/x` },
    });
    expect(failed).toMatchObject({ ok: false, outputs: { statusCode: 404 }, error: { code: 'NotFound' } });
    const refused = await call('http', 'SendRequest', {
      request: { method: 'GET', uri: 'http://10.0.0.1/' },
    });
    expect(refused.error).toMatchObject({ code: 'AddressNotAllowed', retryable: false });
  });
});

describe('the mail settings', () => {
  it('keep the password sealed, until it is replaced or removed', async () => {
    const { db, vault } = world;
    const input = {
      host: 'mail.example.com',
      port: 587,
      secure: false,
      user: 'shop',
      from: 'shop@example.com',
    };
    const password = async () => (await loadMailSettings({ db, vault }))?.password?.reveal();
    await saveMailSettings({ db, vault }, { ...input, password: 'pa55word' });
    const stored = await db.selectFrom('settings').selectAll().where('key', '=', 'mail').executeTakeFirst();
    expect(JSON.stringify(stored)).not.toContain('pa55word');
    expect(isJsonObject(stored?.value) && stored.value['sealedPassword']).toBeTypeOf('string');
    await saveMailSettings({ db, vault }, { ...input, port: 465 });
    expect(await password()).toBe('pa55word');
    await saveMailSettings({ db, vault }, { ...input, password: '' });
    expect(await password()).toBeUndefined();
    expect(await loadMailSettings({ db, vault })).toEqual(input);
  });
});
