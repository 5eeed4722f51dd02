import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Calendar', version: '1' },
  servers: [{ url: 'https://calendar.example.com' }],
  security: [{ signIn: ['events.read'] }],
  components: {
    securitySchemes: {
      signIn: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://login.example.com/authorize',
            tokenUrl: 'https://login.example.com/token',
            scopes: { 'events.read': 'Read events' },
          },
        },
      },
    },
  },
  paths: { '/events': { get: { operationId: 'ListEvents', responses: { 200: { description: 'Events' } } } } },
};

let world: StudioWorld;

beforeAll(async () => {
  world = await startStudioWorld();
}, 120_000);

afterAll(() => world?.stop());

browserTest(
  'the application that a connector signs in as is set on its page, and its secret is kept',
  async () => {
    const { connector } = await world.client.call(endpoints.importConnector, {
      body: { fileName: 'calendar.json', text: JSON.stringify(DOCUMENT) },
    });
    const id = connector?.id ?? '';
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${world.url}/connectors/${id}?tab=sign-in`);
      await page.getByText(`${world.url}/oauth/callback`).waitFor();
      await page.getByLabel('Client ID').fill('calendar-app');
      await page.getByLabel('Client secret').fill('not to be shown');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The sign-in settings are saved.').first().waitFor();
      await page.reload();
      await page.getByPlaceholder('Stored. Leave empty to keep it.').waitFor();
      expect(await page.getByLabel('Client ID').inputValue()).toBe('calendar-app');
      expect(await findViolations(page)).toEqual([]);
    });
    const { methods } = await world.client.call(endpoints.getConnectorSignIns, { params: { id } });
    expect(methods).toMatchObject([{ clientId: 'calendar-app', hasSecret: true }]);
    expect(JSON.stringify(methods)).not.toContain('not to be shown');
  },
);
