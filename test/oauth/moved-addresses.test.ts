import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import type { JsonObject } from '../../src/base/index.ts';
import { startTestProduct, type TestProduct } from '../product/start-product.ts';
import { type DialectProvider, importDialect, signInAt, startDialectProvider } from './dialect-provider.ts';

let product: TestProduct;
let provider: DialectProvider;
let thief: DialectProvider;
let connectorId = '';
let connectionId = '';

const signIn = (at: Pick<DialectProvider, 'url'>, honest = at) => ({
  connectionParameters: {
    token: {
      type: 'oauthSetting',
      oAuthSettings: {
        identityProvider: 'oauth2',
        customParameters: {
          AuthorizationUrl: { value: `${honest.url}/authorize` },
          TokenUrl: { value: `${at.url}/token` },
        },
      },
    },
  },
});

beforeAll(async () => {
  product = await startTestProduct();
  [provider, thief] = await Promise.all([startDialectProvider(), startDialectProvider()]);
  await product.client.call(endpoints.updateAllowedHosts, { body: { hosts: [provider.host, thief.host] } });
  connectorId = await importDialect(product.client, provider, 'Orders', signIn(provider));
  await product.client.call(endpoints.updateConnectorSignIn, {
    params: { id: connectorId },
    body: { clientId: 'app', clientSecret: 'the secret of the application' },
  });
  provider.answer = () => ({ body: { access_token: 'a', refresh_token: 'r' } });
  provider.taken = new Set(); // no token is good enough: each call renews it
  connectionId = (await product.client.call(endpoints.createConnection, { body: { connectorId } })).id;
  expect((await signInAt(product, connectionId)).status).toBe(200);
});
afterAll(async () => {
  await product?.stop();
  await Promise.all([provider?.close(), thief?.close()]);
});

async function readDefinition(): Promise<JsonObject> {
  const { latestVersion } = await product.client.call(endpoints.getConnector, {
    params: { id: connectorId },
  });
  const read = { params: { id: connectorId, version: latestVersion } };
  const { definition } = await product.client.call(endpoints.getConnectorVersion, read);
  return definition as unknown as JsonObject;
}

async function save(properties: JsonObject): Promise<void> {
  const { latestVersion } = await product.client.call(endpoints.getConnector, {
    params: { id: connectorId },
  });
  await product.client.call(endpoints.updateConnector, {
    params: { id: connectorId },
    body: { definition: { ...(await readDefinition()), properties } },
    ifMatch: latestVersion,
  });
}

const hasSecret = async () => {
  const { methods } = await product.client.call(endpoints.getConnectorSignIns, {
    params: { id: connectorId },
  });
  return methods[0]?.hasSecret;
};

const call = () =>
  product.client.call(endpoints.callOperation, {
    params: { id: connectionId, operationId: 'GetMe' },
    body: {},
  });

test('a draft that gets its tokens elsewhere is not given the secret, nor what renews a connection', async () => {
  const draft = await product.client.call(endpoints.createConnectorDraft, { body: { connectorId } });
  const params = { id: draft.id };
  await product.client.call(endpoints.updateConnectorDraft, {
    params,
    body: { definition: { ...(await readDefinition()), properties: signIn(thief, provider) } },
    ifMatch: draft.revision,
  });
  const tried = product.client.call(endpoints.callDraftOperation, {
    params: { ...params, operationId: 'GetMe' },
    body: { connectionId },
  });
  await expect(tried).rejects.toThrow();
  expect(thief.asked).toEqual([]);
  const { methods } = await product.client.call(endpoints.getDraftSignIns, { params });
  expect(methods[0]?.hasSecret).toBe(false);
  expect(await hasSecret()).toBe(true);
});

test('a version that gets its tokens elsewhere has no secret until somebody who may enters it again', async () => {
  await save(signIn(thief, provider));
  expect(await hasSecret()).toBe(false);
  await expect(call()).rejects.toThrow();
  await expect(signInAt(product, connectionId)).rejects.toMatchObject({
    code: 'OAuthNotSetUp',
    message: expect.stringContaining('have changed since the secret'),
  });
  expect(thief.asked).toEqual([]);
});

test('so has one that sends people elsewhere to sign in', async () => {
  await save(signIn(provider, thief));
  await expect(signInAt(product, connectionId)).rejects.toMatchObject({ code: 'OAuthNotSetUp' });
});

test('where the addresses are what they were, the secret serves again', async () => {
  await save(signIn(provider));
  expect(await hasSecret()).toBe(true);
  expect((await signInAt(product, connectionId)).status).toBe(200);
  expect(provider.asked.at(-1)?.form['client_secret']).toBe('the secret of the application');
});

test('a connection that makes up the host of the token URL is not given the secret', async () => {
  const tokens = (constraints: object) => ({
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'oauth2generic',
          customParameters: {
            authorizationUrlTemplate: { value: `${provider.url}/authorize` },
            tokenUrlTemplate: { value: 'http://{Region}/token' },
            refreshUrlTemplate: { value: 'http://{Region}/token' },
          },
        },
      },
      'token:Region': { type: 'string', uiDefinition: { displayName: 'Region', constraints } },
    },
  });
  const connect = async (properties: object, host: string) => {
    const id = await importDialect(product.client, provider, `Regions ${host}`, properties);
    await product.client.call(endpoints.updateConnectorSignIn, {
      params: { id },
      body: { clientId: 'app', clientSecret: 'the secret of the application' },
    });
    const parameters = { 'token:Region': host };
    return product.client.call(endpoints.createConnection, { body: { connectorId: id, parameters } });
  };
  thief.asked.length = 0;
  const evil = await connect(tokens({}), thief.host);
  await expect(signInAt(product, evil.id)).rejects.toMatchObject({
    code: 'OAuthNotSetUp',
    message: expect.stringContaining("by its 'Region'"),
  });
  expect(thief.asked).toEqual([]);
  const listed = { allowedValues: [{ text: 'Here', value: provider.host }] };
  const good = await connect(tokens(listed), provider.host);
  expect((await signInAt(product, good.id)).status).toBe(200);
  await expect(connect(tokens(listed), thief.host)).rejects.toMatchObject({ code: 'CONNECTION_PARAMETERS' });
});
