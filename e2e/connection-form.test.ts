import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { importDialect } from '../test/oauth/dialect-provider.ts';
import { serve, type TestServer } from '../test/servers.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld;
let api: TestServer;

beforeAll(async () => {
  world = await startStudioWorld();
  api = await serve((_request, response) => response.setHeader('content-type', 'application/json').end('{}'));
  const { hosts } = await world.client.call(endpoints.getAllowedHosts, {});
  await world.client.call(endpoints.updateAllowedHosts, { body: { hosts: [...hosts, api.host] } });
}, 120_000);

afterAll(async () => {
  await world?.stop();
  await api?.close();
});

const field = (displayName: string, constraints: object, type = 'string') => ({
  type,
  uiDefinition: { displayName, constraints },
});

browserTest(
  'fields appear with what they depend on, faults are told at the field, secrets are kept when left empty',
  async () => {
    const connectorId = await importDialect(world.client, api, 'Storage', {
      connectionParameters: {
        kind: field('Where it runs', {
          required: 'true',
          tabIndex: 1,
          allowedValues: [
            { text: 'In the cloud', value: 'cloud' },
            { text: 'On a server', value: 'server' },
          ],
        }),
        port: field(
          'Port',
          { required: 'true', tabIndex: 2, dependencies: { kind: { values: ['server'] } } },
          'int',
        ),
        key: field('Key', { required: 'true', tabIndex: 3 }, 'securestring'),
        account: field('Account number', { tabIndex: 4, clearText: true }, 'securestring'),
      },
    });
    const page = await world.openPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await pictureFailure(page, async () => {
      await page.goto(`${world.url}/connections?connect=${connectorId}`);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^Where it runs/).click();
      await page.getByRole('option', { name: 'In the cloud' }).click();
      expect(await dialog.getByLabel(/^Port/).count()).toBe(0);
      await dialog.getByLabel(/^Where it runs/).click();
      await page.getByRole('option', { name: 'On a server' }).click();
      await dialog.getByLabel(/^Port/).fill('80a');
      await dialog.getByText('Enter a whole number.').waitFor();
      const key = dialog.getByLabel(/^Key/);
      await key.fill('the-key-nobody-sees');
      expect(await key.getAttribute('type')).toBe('password');
      await dialog.getByRole('button', { name: 'Show what is typed for Key' }).click();
      expect(await key.getAttribute('type')).toBe('text');
      expect(await dialog.getByLabel(/^Account number/).getAttribute('type')).not.toBe('password');
      expect(await dialog.getByRole('button', { name: 'Connect' }).getAttribute('aria-disabled')).toBe(
        'true',
      );
      expect(await findViolations(page)).toEqual([]);
      await dialog.getByLabel(/^Port/).fill('8080');
      await dialog.getByRole('button', { name: 'Connect' }).click();
      await page.getByText('Connected to Storage. GetMe answered.').first().waitFor();

      await page.getByRole('link', { name: 'Storage' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Storage' }).waitFor();
      const details = page.getByRole('region', { name: 'Details' });
      await details.getByText('stored, not shown').waitFor();
      await details.getByText('On a server').waitFor();
      expect(await page.content()).not.toContain('the-key-nobody-sees');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      expect(await findViolations(page)).toEqual([]);
      await details.getByRole('button', { name: 'Replace values or secrets' }).click();
      await dialog.getByLabel(/^Port/).fill('9090');
      await dialog.getByPlaceholder('Stored. Leave empty to keep it.').waitFor();
      await dialog.getByRole('button', { name: 'Save and test' }).click();
      await dialog.waitFor({ state: 'detached' });
      await details.getByText('9090').waitFor();
      const id = page.url().split('/').at(-1) ?? '';
      expect(await world.client.call(endpoints.getConnection, { params: { id } })).toMatchObject({
        parameters: { kind: 'server', port: 9090 },
        secrets: ['key'],
      });
    });
  },
  90_000,
);
