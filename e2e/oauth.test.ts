import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { type ReadyProcess, startProcess } from '../test/product/child.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

const PROVIDER = fileURLToPath(new URL('oauth-provider.ts', import.meta.url));

let world: StudioWorld;
let provider: ReadyProcess;
let issuer = '';

beforeAll(async () => {
  world = await startStudioWorld();
  provider = await startProcess([PROVIDER, `${world.url}/oauth/callback`]);
  issuer = (JSON.parse(provider.firstLine) as { url: string }).url;
  const { hosts } = await world.client.call(endpoints.getAllowedHosts, {});
  await world.client.call(endpoints.updateAllowedHosts, {
    body: { hosts: [...hosts, new URL(issuer).host] },
  });
}, 120_000);

afterAll(async () => {
  await provider?.kill();
  await world?.stop();
});

/** As the provider's owner. @returns the grant types that were asked for so far */
async function administer(what: string): Promise<string[]> {
  const response = await fetch(`${issuer}/admin/${what}`, { method: 'POST' });
  return ((await response.json()) as { grantTypes: string[] }).grantTypes;
}

async function importOrders(title: string): Promise<string> {
  const { connector } = await world.client.call(endpoints.importConnector, {
    body: {
      fileName: 'orders.json',
      text: JSON.stringify({
        openapi: '3.1.0',
        info: { title, version: '1' },
        servers: [{ url: `${issuer}/api` }],
        security: [{ person: ['openid', 'offline_access'] }, { service: [] }],
        components: {
          securitySchemes: {
            person: {
              type: 'oauth2',
              flows: {
                authorizationCode: {
                  authorizationUrl: `${issuer}/auth`,
                  tokenUrl: `${issuer}/token`,
                  scopes: { openid: 'Who you are', offline_access: 'While you are away' },
                },
              },
            },
            service: {
              type: 'oauth2',
              flows: { clientCredentials: { tokenUrl: `${issuer}/token`, scopes: {} } },
            },
          },
        },
        paths: {
          '/me': {
            get: { operationId: 'GetMe', summary: 'Who am I', responses: { 200: { description: 'ok' } } },
          },
        },
      }),
    },
  });
  return connector?.id ?? '';
}

async function setApplication(connectorId: string): Promise<void> {
  const { methods } = await world.client.call(endpoints.getConnectorSignIns, { params: { id: connectorId } });
  for (const { method } of methods) {
    await world.client.call(endpoints.updateConnectorSignIn, {
      params: { id: connectorId },
      body: { method, clientId: 'patchbay-orders', clientSecret: 'the secret of the application' },
    });
  }
}

/** What somebody does in the provider's window. */
async function consent(popup: Page, login: string): Promise<void> {
  const name = popup.locator('input[name=login]');
  const next = popup.getByRole('button', { name: 'Continue' });
  await name.or(next).first().waitFor();
  if (await name.isVisible()) {
    await name.fill(login);
    await popup.locator('input[name=password]').fill('whatever');
    await popup.locator('button[type=submit]').click();
  }
  await next.click();
}

const openConnect = (page: Page, connectorId: string) =>
  page.goto(`${world.url}/connections?connect=${connectorId}`);

browserTest(
  'somebody signs in while making a connection; tokens are renewed; a revoked grant is told and signed in again',
  async () => {
    const connectorId = await importOrders('Orders');
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      // The provider does not know Patchbay yet: said, with the address to register and the way there.
      await openConnect(page, connectorId);
      const dialog = page.getByRole('dialog');
      await dialog.getByText('does not know Patchbay yet').waitFor();
      await dialog.getByText(`${world.url}/oauth/callback`).waitFor();
      expect(await dialog.getByRole('button', { name: 'Sign in' }).getAttribute('aria-disabled')).toBe(
        'true',
      );
      expect(await findViolations(page)).toEqual([]);
      await dialog.getByRole('link', { name: /Sign-in tab/ }).click();
      await page.waitForURL(`**/connectors/${connectorId}?tab=sign-in`);
      await setApplication(connectorId);

      // In place: the window opens at the click, and what came of it is shown where one is.
      await openConnect(page, connectorId);
      await dialog.getByLabel(/^Name/).fill('Orders of Ada');
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        dialog.getByRole('button', { name: 'Sign in' }).click(),
      ]);
      await dialog.getByText('Waiting for you to sign in').waitFor();
      expect(await findViolations(page)).toEqual([]);
      const closed = popup.waitForEvent('close');
      await consent(popup, 'ada');
      await closed;
      await dialog.getByText('Signed in at').waitFor();
      await dialog.getByText('Connected', { exact: true }).waitFor();
      await dialog.getByRole('button', { name: 'Done' }).click();
      expect(page.url()).not.toMatch(/code=|state=/);

      // Its page: whose, as whom, until when.
      await page.getByRole('link', { name: 'Orders of Ada' }).click();
      await page.getByRole('heading', { level: 1, name: 'Orders of Ada' }).waitFor();
      const card = page.getByRole('region', { name: 'Sign-in' });
      await card.getByText('then renewed by itself').waitFor();
      const id = page.url().split('/').at(-1) ?? '';
      expect(await findViolations(page)).toEqual([]);

      // The provider forgets the access token: the next call brings another, and nobody notices.
      expect(await administer('expire')).toEqual(['authorization_code']);
      await page.locator('#content').getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByText('“Orders of Ada” works.').first().waitFor();
      expect(await administer('lifetime?seconds=2')).toEqual(['authorization_code', 'refresh_token']);

      // Tokens that last two seconds are replaced while calls go on.
      await administer('expire');
      const call = () =>
        world.client.call(endpoints.callOperation, { params: { id, operationId: 'GetMe' }, body: {} });
      await expect
        .poll(
          async () => {
            expect(await call()).toMatchObject({ statusCode: 200 });
            return (await administer('look')).filter((one) => one === 'refresh_token').length;
          },
          { timeout: 20_000, interval: 200 },
        )
        .toBeGreaterThanOrEqual(4);
      await administer('lifetime?seconds=3600');

      // The grant is revoked: said in a sentence, and mended where it is said.
      await administer('revoke');
      await page.locator('#content').getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByText('“Orders of Ada” needs a sign-in.').first().waitFor();
      await page
        .getByRole('region', { name: 'Status' })
        .getByText(/no longer accepts the sign-in.* sign in again\./)
        .waitFor();
      const [again] = await Promise.all([
        page.waitForEvent('popup'),
        page.getByRole('button', { name: 'Sign in again' }).click(),
      ]);
      await consent(again, 'ada');
      await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
      await page.getByRole('region', { name: 'Status' }).getByText('Connected', { exact: true }).waitFor();
      expect(await call()).toMatchObject({ statusCode: 200 });
    });
  },
  120_000,
);

browserTest(
  'a closed window and a blocked one are noticed, and the sign-in goes on from there',
  async () => {
    const connectorId = await importOrders('Orders twice');
    await setApplication(connectorId);
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await openConnect(page, connectorId);
      const dialog = page.getByRole('dialog');
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        dialog.getByRole('button', { name: 'Sign in' }).click(),
      ]);
      await popup.locator('input[name=login]').waitFor();
      await popup.close();
      await dialog.getByText('The window was closed before the sign-in was finished.').waitFor();

      // A browser that opens no windows: a plain link does it, and the studio hears of it all the same.
      await page.evaluate(() => {
        window.open = () => null;
      });
      await dialog.getByRole('button', { name: 'Try again' }).click();
      await dialog.getByText('Your browser blocked the window.').waitFor();
      expect(await findViolations(page)).toEqual([]);
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        dialog.getByRole('link', { name: 'Open the sign-in in a new tab' }).click(),
      ]);
      await consent(tab, 'grace');
      await dialog.getByText('Connected', { exact: true }).waitFor();
    });
  },
  120_000,
);

browserTest(
  'somebody who refuses is told so; an application connects by itself, without a window',
  async () => {
    const connectorId = await importOrders('Orders thrice');
    await setApplication(connectorId);
    const page = await world.openPage({ viewport: { width: 390, height: 800 }, colorScheme: 'dark' });
    await pictureFailure(page, async () => {
      await openConnect(page, connectorId);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^Name/).fill('Refused');
      const [popup] = await Promise.all([
        page.waitForEvent('popup'),
        dialog.getByRole('button', { name: 'Sign in' }).click(),
      ]);
      await popup.getByRole('link', { name: /Cancel/ }).click();
      await dialog.getByText(/did not give its consent/).waitFor();
      expect(await findViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Not now' }).click();

      await openConnect(page, connectorId);
      await dialog.getByLabel(/^Name/).fill('By itself');
      await dialog.getByRole('radio', { name: /client credentials/ }).click();
      await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
      await page.getByText('Connected to Orders thrice. GetMe answered.').first().waitFor();

      // The list finds one by its status, and its deletion says what would stop.
      const { value } = await world.client.call(endpoints.listConnections, { query: { connectorId } });
      const own = value.find(({ name }) => name === 'By itself');
      await world.client.call(endpoints.createFlow, {
        body: {
          name: 'Count the orders',
          definition: { triggers: { manual: { type: 'Request' } }, actions: {} },
          connectionReferences: { orders: { connectionId: own?.id ?? '' } },
        },
      });
      await page.reload();
      await page.getByLabel('Search connections').fill('by itself');
      await page.getByRole('row', { name: /Refused/ }).waitFor({ state: 'detached' });
      await page.getByRole('row', { name: /By itself.*Connected.*1 flow/ }).waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'More for By itself' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('link', { name: 'Count the orders' }).waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Delete connection' }).click();
      await page.getByText('No connection is like that').waitFor();
    });
  },
  120_000,
);
