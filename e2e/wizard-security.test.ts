import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});

afterAll(() => started?.stop());

function readWorld(): StudioWorld {
  if (started === undefined) throw new Error('The studio is not there.');
  return started;
}

/** Opens the step Security of a connector that has one operation and nothing else. */
async function openSecurity(): Promise<{ id: string; page: Page }> {
  const { client, url, openPage } = readWorld();
  const text = JSON.stringify({
    swagger: '2.0',
    info: { title: 'Parcels', description: 'Sends parcels.', version: '1' },
    host: 'parcels.example',
    schemes: ['https'],
    paths: {
      '/parcels': {
        get: {
          operationId: 'ListParcels',
          summary: 'List parcels',
          responses: { 200: { description: 'OK' } },
        },
      },
    },
  });
  const { id } = await client.call(endpoints.createConnectorDraft, { body: { text } });
  const page = await openPage();
  await page.goto(`${url}/connectors/drafts/${id}?step=security`);
  return { id, page };
}

function waitUntilSaved(page: Page): Promise<void> {
  return page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
}

async function readDefinition(id: string) {
  const draft = await readWorld().client.call(endpoints.getConnectorDraft, { params: { id } });
  return draft.definition as {
    openapi: { components?: { securitySchemes?: Record<string, unknown> } };
    properties: Record<string, unknown>;
  };
}

const type = (page: Page) => page.getByRole('combobox', { name: 'Authentication type' });

browserTest('every type of authentication has its fields', { timeout: 120_000 }, async () => {
  const { id, page } = await openSecurity();
  await pictureFailure(page, async () => {
    await type(page).waitFor();
    await inspect(page, 'security-none');

    await type(page).selectOption('API key');
    const header = page.getByRole('textbox', { name: 'Name of the header' });
    await header.fill('API Key');
    await page.getByText('A header has no blanks').waitFor();
    await header.fill('API-Key');
    await inspect(page, 'security-api-key');
    await waitUntilSaved(page);
    expect(Object.values((await readDefinition(id)).openapi.components?.securitySchemes ?? {})).toEqual([
      { type: 'apiKey', in: 'header', name: 'API-Key' },
    ]);
    await page.getByRole('combobox', { name: 'Sent in' }).selectOption('Query');
    await page.getByRole('textbox', { name: 'Name of the query parameter' }).waitFor();

    await type(page).selectOption({ label: 'User name and password (Basic)' });
    await page.getByRole('textbox', { name: 'Label of the user name' }).fill('Account');
    await page.getByRole('textbox', { name: 'Label of the password' }).waitFor();
    await inspect(page, 'security-basic');

    await type(page).selectOption('Bearer token');
    await page.getByRole('textbox', { name: 'Label of the token' }).fill('Access token');
    await inspect(page, 'security-bearer');

    await page.getByRole('button', { name: 'Add parameter' }).click();
    const parameter = page.getByRole('region', { name: /^Parameter / });
    await parameter.getByRole('textbox', { name: 'Label' }).fill('Region');
    await parameter.getByRole('textbox', { name: 'Name' }).fill('region');
    await parameter.getByRole('textbox', { name: 'Choices' }).fill('eu\nus');
    await parameter.getByRole('textbox', { name: 'Default' }).fill('eu');
    await inspect(page, 'security-parameter');
    await waitUntilSaved(page);
    expect((await readDefinition(id)).properties).toMatchObject({
      connectionParameters: {
        token: { type: 'securestring', uiDefinition: { displayName: 'Access token' } },
        region: {
          type: 'string',
          defaultValue: 'eu',
          uiDefinition: {
            displayName: 'Region',
            constraints: { allowedValues: [{ value: 'eu' }, { value: 'us' }] },
          },
        },
      },
    });
  });
  await page.context().close();
});

browserTest(
  'a sign-in with a provider and a second way are kept, and no secret leaves',
  {
    timeout: 120_000,
  },
  async () => {
    const { client, url } = readWorld();
    const { id, page } = await openSecurity();
    await pictureFailure(page, async () => {
      await type(page).selectOption('API key');
      await page.getByRole('textbox', { name: 'Name of the header' }).fill('API-Key');
      await type(page).selectOption('OAuth 2.0');
      await inspect(page, 'security-oauth-generic');
      await page.getByRole('combobox', { name: 'Identity provider' }).selectOption('GitHub');
      await page.getByText(`${url}/oauth/callback`).waitFor();
      await page.getByRole('textbox', { name: 'Client ID' }).fill('parcel-app');
      await page.getByLabel('Client secret').fill('never-shown-again');
      await page.getByRole('button', { name: 'Keep application' }).click();
      await page.getByText('The application is kept with the draft.').first().waitFor();
      await inspect(page, 'security-oauth');

      await page.getByRole('button', { name: 'Add another way to connect' }).click();
      await page.getByRole('textbox', { name: 'Name of the header' }).fill('X-Parcel-Key');
      await page.getByRole('textbox', { name: 'Shown as' }).last().fill('Key of the shop');
      await inspect(page, 'security-two');
      await waitUntilSaved(page);
      await page.reload();
      await page.getByRole('heading', { name: 'Key of the shop' }).waitFor();
      expect(await page.getByRole('combobox', { name: 'Identity provider' }).inputValue()).toBe('github');
      expect(await page.getByRole('textbox', { name: 'Client ID' }).inputValue()).toBe('parcel-app');
      expect(await page.getByLabel('Client secret').inputValue()).toBe('');
      expect(await page.getByRole('textbox', { name: 'Name of the header' }).inputValue()).toBe(
        'X-Parcel-Key',
      );
      expect(await page.content()).not.toContain('never-shown-again');
      expect(JSON.stringify(await readDefinition(id))).not.toContain('never-shown-again');

      const { connector } = await client.call(endpoints.publishConnectorDraft, { params: { id }, body: {} });
      for (const format of ['power-platform', 'openapi-3.0'] as const) {
        const exported = await page.request.get(`${url}/api/connectors/${connector?.id}/versions/1/export`, {
          params: { format },
        });
        const bytes = await exported.body();
        expect(exported.status(), format).toBe(200);
        expect(bytes.includes('never-shown-again'), format).toBe(false);
      }
    });
    await page.context().close();
  },
);
