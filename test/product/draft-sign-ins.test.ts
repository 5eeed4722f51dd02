import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import type { JsonObject } from '../../src/base/index.ts';
import {
  type ConnectorDefinition,
  createBlankDefinition,
  createSecuritySet,
  readSecurity,
  setOAuthForm,
  setSecurity,
} from '../../src/connector/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const SECRET = 'a-secret-that-nobody-sees';

let patchbay: TestProduct;
let provider: Server;
let providerUrl: string;
let asked: URL[] = [];

/** An identity provider, one way of answering per path. */
beforeAll(async () => {
  provider = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://provider');
    asked.push(url);
    const redirect = url.searchParams.get('redirect_uri') ?? '';
    if (url.pathname === '/knows') {
      response.writeHead(302, { location: `${redirect}?error=login_required&state=redirect-check` }).end();
    } else if (url.pathname === '/refuses') {
      response.writeHead(400, { 'content-type': 'text/html' });
      response.end('<h1>Error 400: redirect_uri_mismatch</h1>');
    } else if (url.pathname === '/moves') {
      response.writeHead(302, { location: '/login' }).end();
    } else if (url.pathname === '/breaks') response.writeHead(500).end('Out of order');
    else response.end('<form>Sign in</form>');
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  providerUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  patchbay = await startTestProduct();
  const body = { hosts: [new URL(providerUrl).host] };
  await patchbay.client.call(endpoints.updateAllowedHosts, { body });
});

afterAll(async () => {
  await patchbay?.stop();
  provider.closeAllConnections();
  await new Promise((resolve) => provider.close(resolve));
});

/** A draft whose connector signs in at the provider, which answers as the path says. */
async function createDraft(path: string, title = 'Signed in'): Promise<string> {
  const { id, revision } = await patchbay.client.call(endpoints.createConnectorDraft, {
    body: { blank: { title } },
  });
  await write(id, revision, path, title);
  return id;
}

function write(id: string, revision: number, path: string, title: string) {
  const custom = { authorizationUrl: `${providerUrl}${path}`, tokenUrl: `${providerUrl}/token` };
  const set = setOAuthForm(createSecuritySet('oauth2'), { custom, scopes: ['read'] });
  const blank = createBlankDefinition(title);
  const served = { ...blank, openapi: { ...blank.openapi, servers: [{ url: providerUrl }] } };
  return patchbay.client.call(endpoints.updateConnectorDraft, {
    params: { id },
    body: { definition: setSecurity(served, [set]) as unknown as JsonObject },
    ifMatch: revision,
  });
}

describe('the application of a draft', () => {
  test('is kept sealed, taken over when it is saved, and kept when it is saved again', async () => {
    const id = await createDraft('/knows');
    const changed = await patchbay.client.call(endpoints.updateDraftSignIn, {
      params: { id },
      body: { clientId: 'our-app', clientSecret: SECRET },
    });
    expect(changed).toMatchObject({
      mayChange: true,
      redirectUrl: `${patchbay.url}/oauth/callback`,
      methods: [{ clientId: 'our-app', hasSecret: true, scopes: 'read' }],
    });
    const draft = await patchbay.client.call(endpoints.getConnectorDraft, { params: { id } });
    expect(JSON.stringify([changed, draft])).not.toContain(SECRET);

    const { connector } = await patchbay.client.call(endpoints.publishConnectorDraft, {
      params: { id },
      body: {},
    });
    const connectorId = connector?.id ?? '';
    const read = () => patchbay.client.call(endpoints.getConnectorSignIns, { params: { id: connectorId } });
    expect(await read()).toMatchObject({ methods: [{ clientId: 'our-app', hasSecret: true }] });

    // The next version, with another client id: the secret stays.
    const next = await patchbay.client.call(endpoints.createConnectorDraft, { body: { connectorId } });
    expect(await patchbay.client.call(endpoints.getDraftSignIns, { params: { id: next.id } })).toMatchObject({
      methods: [{ clientId: 'our-app', hasSecret: true }],
    });
    await patchbay.client.call(endpoints.updateDraftSignIn, {
      params: { id: next.id },
      body: { clientId: 'our-new-app' },
    });
    expect(await read()).toMatchObject({ methods: [{ clientId: 'our-app' }] });
    await patchbay.client.call(endpoints.publishConnectorDraft, { params: { id: next.id }, body: {} });
    expect(await read()).toMatchObject({ methods: [{ clientId: 'our-new-app', hasSecret: true }] });

    // What was sealed for the draft opens for the connector: a sign-in begins with it.
    const connection = await patchbay.client.call(endpoints.createConnection, { body: { connectorId } });
    const page = await patchbay.client.call(endpoints.signInConnection, { params: { id: connection.id } });
    expect(page.authorizationUrl).toContain('client_id=our-new-app');
    expect(page.authorizationUrl).not.toContain(SECRET);
  });

  test('goes along when a way to connect is renamed or becomes one of several, but to no other token address', async () => {
    const { client } = patchbay;
    const id = await createDraft('/knows', 'Renamed');
    await client.call(endpoints.updateDraftSignIn, {
      params: { id },
      body: { clientId: 'our-app', clientSecret: SECRET },
    });
    const readMethods = async () =>
      (await client.call(endpoints.getDraftSignIns, { params: { id } })).methods.map(
        ({ method, clientId, hasSecret }) => ({ method, clientId, hasSecret }),
      );
    const rename = async (name: string, tokenUrl?: string) => {
      const draft = await client.call(endpoints.getConnectorDraft, { params: { id } });
      const definition = draft.definition as unknown as ConnectorDefinition;
      const [first] = readSecurity(definition);
      if (first === undefined) throw new Error('There is no way to connect.');
      const named = { ...first, name };
      const set = tokenUrl === undefined ? named : setOAuthForm(named, { custom: { tokenUrl } });
      await client.call(endpoints.updateConnectorDraft, {
        params: { id },
        body: {
          definition: setSecurity(definition, [set, createSecuritySet('apiKey')]) as unknown as JsonObject,
        },
        ifMatch: draft.revision,
      });
    };
    const [only] = await readMethods();
    await rename('people');
    expect(only?.method).not.toBe('people');
    expect(await readMethods()).toEqual([{ method: 'people', clientId: 'our-app', hasSecret: true }]);
    await rename('staff');
    expect(await readMethods()).toEqual([{ method: 'staff', clientId: 'our-app', hasSecret: true }]);

    await rename('thieves', `${providerUrl}/thief`);
    expect(await readMethods()).toEqual([{ method: 'thieves', clientId: undefined, hasSecret: false }]);

    // Back at the address it was given for; what was sealed opens under the new name.
    await rename('staff', `${providerUrl}/token`);
    expect(await readMethods()).toEqual([{ method: 'staff', clientId: 'our-app', hasSecret: true }]);
    await rename('crew');
    const { connector } = await client.call(endpoints.publishConnectorDraft, { params: { id }, body: {} });
    const connection = await client.call(endpoints.createConnection, {
      body: { connectorId: connector?.id ?? '', parameterSet: 'crew' },
    });
    const page = await client.call(endpoints.signInConnection, { params: { id: connection.id } });
    expect(page.authorizationUrl).toContain('client_id=our-app');
  });

  test('is nobody’s business who is not signed in', async () => {
    const id = await createDraft('/knows');
    for (const [method, path] of [
      ['GET', 'oauth'],
      ['PUT', 'oauth'],
      ['POST', 'oauth/check'],
    ]) {
      const response = await fetch(`${patchbay.url}/api/connector-drafts/${id}/${path}`, { method });
      expect(response.status).toBe(401);
    }
  });
});

describe('whether a redirect URL is registered', () => {
  async function check(path: string) {
    const id = await createDraft(path);
    await patchbay.client.call(endpoints.updateDraftSignIn, {
      params: { id },
      body: { clientId: 'our-app', clientSecret: SECRET },
    });
    asked = [];
    return patchbay.client.call(endpoints.checkDraftRedirect, { params: { id }, body: {} });
  }

  test.each([
    ['/knows', 'registered', 'it is registered'],
    ['/refuses', 'refused', 'does not know the redirect URL'],
    ['/moves', 'noObjection', 'does not object'],
    ['/breaks', 'unknown', 'status 500'],
  ])('%s: %s', async (path, result, words) => {
    const finding = await check(path);
    expect(finding.result).toBe(result);
    expect(finding.message).toContain(words);
    expect(asked[0]?.searchParams.get('redirect_uri')).toBe(`${patchbay.url}/oauth/callback`);
    expect(asked[0]?.searchParams.get('prompt')).toBe('none');
    expect(asked.map(String).join()).not.toContain(SECRET);
  });

  test('is not asked without a client id', async () => {
    const id = await createDraft('/knows');
    const finding = await patchbay.client.call(endpoints.checkDraftRedirect, { params: { id }, body: {} });
    expect(finding).toMatchObject({ result: 'unknown', message: expect.stringContaining('client ID') });
  });
});
