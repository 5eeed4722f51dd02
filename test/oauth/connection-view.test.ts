import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import { type DialectProvider, importDialect, signInAt, startDialectProvider } from './dialect-provider.ts';

let product: TestProduct;
let provider: DialectProvider;

beforeAll(async () => {
  product = await startTestProduct();
  provider = await startDialectProvider();
  provider.answer = () => ({
    body: {
      access_token: 'token-1',
      refresh_token: 'refresh-1',
      expires_in: 3600,
      scope: 'read',
      id_token: `e30.${Buffer.from('{"email":"ada@example.com"}').toString('base64url')}.x`,
    },
  });
  await product.client.call(endpoints.updateAllowedHosts, { body: { hosts: [provider.host] } });
});
afterAll(async () => {
  await product?.stop();
  await provider?.close();
});

const text = (constraints: object = {}, type = 'string') => ({ type, uiDefinition: { constraints } });

test('a connection says whose it is, who signed in, and which flows would stop without it', async () => {
  const { client } = product;
  const connectorId = await importDialect(client, provider, 'Orders', {
    connectionParameters: {
      region: text({ required: 'true' }),
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'oauth2',
          clientId: 'app',
          customParameters: {
            AuthorizationUrl: { value: `${provider.url}/authorize` },
            TokenUrl: { value: `${provider.url}/token` },
          },
        },
      },
    },
  });
  const made = await client.call(endpoints.createConnection, {
    body: { connectorId, parameters: { region: 'eu' } },
  });
  expect(made).toMatchObject({ status: 'needs-sign-in', owner: { name: 'Ada' }, flowCount: 0 });
  expect(made.signIn).toBeUndefined();
  await signInAt(product, made.id);

  const definition = { triggers: { manual: { type: 'Request' } }, actions: {} };
  const reference = { connectionId: made.id };
  const makeFlow = (name: string, connectionReferences: object) =>
    client.call(endpoints.createFlow, {
      body: { name, definition, connectionReferences: connectionReferences as never },
    });
  const used = await makeFlow('Ship orders', { orders: reference, more_orders: reference });
  await makeFlow('Something else', {});
  const params = { id: made.id };
  const read = await client.call(endpoints.getConnection, { params });
  expect(read).toMatchObject({
    status: 'connected',
    flowCount: 1,
    signIn: { account: 'ada@example.com', renewable: true, scope: 'read' },
  });
  expect(Date.parse(read.signIn?.expiresAt ?? '')).toBeGreaterThan(Date.now());
  expect(JSON.stringify(read)).not.toMatch(/token-1|refresh-1/);
  const { value: flows } = await client.call(endpoints.listConnectionFlows, { params });
  expect(flows).toEqual([
    { id: used.id, name: 'Ship orders', state: 'off', references: ['more_orders', 'orders'] },
  ]);
  const list = await client.call(endpoints.listConnections, { query: { connectorId } });
  expect(list.value).toMatchObject([{ id: made.id, flowCount: 1, owner: { name: 'Ada' } }]);

  // Another name or the same values are no reason to sign in again; another region is.
  const update = (body: object) => client.call(endpoints.updateConnection, { params, body });
  expect(await update({ name: 'Renamed', parameters: { region: 'eu' } })).toMatchObject({
    status: 'connected',
  });
  expect(await update({ parameters: { region: 'us' } })).toMatchObject({ status: 'needs-sign-in' });
});

test('values are checked by type, choice and dependency; secrets stay until they are replaced or taken away', async () => {
  const { client } = product;
  const choices = [
    { text: 'Cloud', value: 'cloud' },
    { text: 'Server', value: 'server' },
  ];
  const connectorId = await importDialect(client, provider, 'Depends', {
    connectionParameters: {
      kind: text({ required: 'true', allowedValues: choices }),
      port: text({ required: 'true', dependencies: { kind: { values: ['server'] } } }, 'int'),
      verify: text({}, 'bool'),
      key: text({ required: 'true' }, 'securestring'),
      extra: text({}, 'securestring'),
    },
  });
  const make = (parameters: object) =>
    client.call(endpoints.createConnection, { body: { connectorId, parameters: parameters as never } });
  const refused = (pointer: string) => ({ code: 'CONNECTION_PARAMETERS', pointer });
  for (const [parameters, at] of [
    [{ kind: 'moon', key: 'k' }, '/parameters/kind'],
    [{ kind: 'server', key: 'k' }, '/parameters/port'],
    [{ kind: 'server', port: '80a', key: 'k' }, '/parameters/port'],
    [{ kind: 'cloud', verify: 'perhaps', key: 'k' }, '/parameters/verify'],
    [{ kind: 'cloud' }, '/parameters/key'],
    [{ kind: 'cloud', key: ['k'] }, '/parameters/key'],
    [{ kind: 'cloud', key: 'k', nobody: 1 }, '/parameters/nobody'],
  ] as const) {
    await expect(make(parameters)).rejects.toMatchObject(refused(at));
  }
  const made = await make({ kind: 'cloud', port: 'not asked for', key: 'the-key', extra: 'more' });
  expect(made).toMatchObject({ parameters: { kind: 'cloud' }, secrets: ['key', 'extra'] });
  const update = (parameters: object) =>
    client.call(endpoints.updateConnection, {
      params: { id: made.id },
      body: { parameters: parameters as never },
    });
  await expect(update({ kind: 'server' })).rejects.toMatchObject(refused('/parameters/port'));
  expect(await update({ kind: 'server', port: 8080 })).toMatchObject({
    parameters: { kind: 'server', port: 8080 },
    secrets: ['key', 'extra'],
  });
  expect(await update({ extra: null })).toMatchObject({ secrets: ['key'] });
  await expect(update({ key: null })).rejects.toMatchObject(refused('/parameters/key'));
});
