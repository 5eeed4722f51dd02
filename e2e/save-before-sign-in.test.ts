import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import type { JsonObject } from '../src/base/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) world = await startStudioWorld();
});

afterAll(() => world?.stop());

const LOGIN: JsonObject = {
  type: 'oauth2',
  flows: {
    authorizationCode: {
      authorizationUrl: 'https://login.example.com/authorize',
      tokenUrl: 'https://login.example.com/token',
      scopes: {},
    },
  },
};

/** A draft of the next version, which people can also sign in to. */
async function addSignIn({ client, connectorId }: StudioWorld): Promise<string> {
  const { id, revision, definition } = await client.call(endpoints.createConnectorDraft, {
    body: { connectorId },
  });
  const openapi = definition['openapi'] as JsonObject;
  const components = openapi['components'] as JsonObject;
  const schemes = components['securitySchemes'] as JsonObject;
  const changed = {
    ...definition,
    openapi: {
      ...openapi,
      components: { ...components, securitySchemes: { ...schemes, login: LOGIN } },
      security: [...Object.keys(schemes), 'login'].map((name) => ({ [name]: [] })),
    },
  };
  await client.call(endpoints.updateConnectorDraft, {
    params: { id },
    body: { definition: changed },
    ifMatch: revision,
  });
  return id;
}

browserTest(
  'a way to sign in that no saved version has says so before anything is entered, and offers to save',
  { timeout: 90_000 },
  async () => {
    if (world === undefined) throw new Error('The studio is not there.');
    const id = await addSignIn(world);
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${world?.url}/connectors/drafts/${id}?step=test`);
      await page.getByRole('button', { name: 'New connection' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: 'OAuth 2.0' }).click();
      await dialog.getByText('Save first, then sign in.').waitFor();
      await inspect(page, 'save-before-sign-in');
      const signIn = dialog.getByRole('button', { name: /^Sign in/ });
      expect(await signIn.getAttribute('aria-disabled')).toBe('true');
      // The way that is saved works as ever.
      await dialog.getByRole('radio').first().click();
      await dialog.getByText('Save first, then sign in.').waitFor({ state: 'detached' });
      await dialog.getByRole('radio', { name: 'OAuth 2.0' }).click();
      await dialog.getByRole('button', { name: 'Save version' }).click();
      await page.getByRole('dialog', { name: /^Save .* as a new version/ }).waitFor();
    });
    await page.context().close();
  },
);
