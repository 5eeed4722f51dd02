import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import type { JsonObject } from '../src/base/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});

afterAll(() => started?.stop());

const text = { type: 'string' };
const address = { type: 'object', properties: { street: text, town: text } };
const parcel = {
  type: 'object',
  properties: { to: { $ref: '#/components/schemas/Address' }, stops: { type: 'array', items: address } },
};
const responses = { 200: { description: 'ok', content: { 'application/json': { schema: parcel } } } };
const SHIPPING = {
  openapi: '3.1.0',
  info: { title: 'Shipping', version: '1' },
  servers: [{ url: 'https://ship.example' }],
  paths: {
    '/parcels': { get: { operationId: 'ListParcels', summary: 'List parcels', responses } },
    '/parcels/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: {
        operationId: 'GetParcel',
        summary: 'Get a parcel',
        parameters: [
          { name: 'fields', in: 'query', schema: text },
          { name: 'api-version', in: 'query', required: true, 'x-ms-visibility': 'internal', schema: text },
        ],
        responses,
      },
    },
  },
  components: { schemas: { Address: address } },
};

/** A header that is named, and one that is not. */
const NAMED: readonly JsonObject[] = [{ 'x-ms-apimTemplateParameter.name': 'X-Shop' }, {}];
const POLICIES = NAMED.map((named, index) => ({
  templateId: 'setheader',
  title: `Header ${index + 1}`,
  parameters: {
    ...named,
    'x-ms-apimTemplateParameter.value': 'a',
    'x-ms-apimTemplateParameter.existsAction': 'override',
    'x-ms-apimTemplate-policySection': 'Request',
  },
}));

function walk(name: string, search: string, act: (page: Page, base: string) => Promise<void>): void {
  browserTest(name, { timeout: 120_000 }, async () => {
    if (started === undefined) throw new Error('The studio is not there.');
    const { client, url } = started;
    const body = { text: JSON.stringify(SHIPPING) };
    const { id, revision, definition } = await client.call(endpoints.createConnectorDraft, { body });
    const properties = { ...(definition['properties'] as object), policyTemplateInstances: POLICIES };
    await client.call(endpoints.updateConnectorDraft, {
      params: { id },
      body: { definition: { ...definition, properties } },
      ifMatch: revision,
    });
    const page = await started.openPage();
    await pictureFailure(page, async () => {
      const base = `${url}/connectors/drafts/${id}`;
      await page.goto(`${base}?${search}`);
      await act(page, base);
    });
    await page.context().close();
  });
}

const actions = (page: Page) => page.getByRole('listbox', { name: 'Actions' });
const isChosen = (page: Page, title: string) =>
  actions(page).getByRole('option', { name: title, selected: true }).waitFor();
const openedIn = (page: Page) => new URL(page.url()).searchParams.get('at');

const GET_PARCEL = '/openapi/paths/~1parcels~1{id}/get';

walk('what is chosen in the definition is in the address', 'step=definition', async (page) => {
  await isChosen(page, 'List parcels');
  await actions(page).getByRole('option', { name: 'Get a parcel' }).click();
  await isChosen(page, 'Get a parcel');
  expect(openedIn(page)).toBe(GET_PARCEL);
  const fields = page.getByRole('treegrid', { name: 'Fields of application/json' });
  const row = (name: string) => fields.getByRole('row', { name: new RegExp(`^${name}`) });
  await row('street').first().click();
  await page.getByRole('textbox', { name: 'Field name' }).waitFor();
  const street = `${GET_PARCEL}/responses/200/content/application~1json/schema/properties/to/properties/street`;
  await expect.poll(() => openedIn(page)).toBe(street);
  await page.getByRole('tab', { name: /^References/ }).click();
  await page.getByRole('listbox', { name: 'References' }).getByRole('option', { name: 'Address' }).waitFor();
  await page.getByRole('tab', { name: /^Triggers/ }).click();
  await page.getByText('No trigger yet').waitFor();

  await page.reload();
  await page.getByText('No trigger yet').waitFor();
  await page.goBack();
  await page.getByRole('textbox', { name: 'Reference name' }).waitFor();
  await page.goBack();
  await isChosen(page, 'Get a parcel');
  await expect.poll(() => row('street').first().getAttribute('aria-selected')).toBe('true');
  expect(await page.getByRole('textbox', { name: 'Field name' }).inputValue()).toBe('street');
  await page.goBack();
  await isChosen(page, 'List parcels');
  await page.goForward();
  await isChosen(page, 'Get a parcel');

  // What is deep is opened again by a reload.
  await row('stops').click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => openedIn(page)).toMatch(/properties\/stops\/items\/properties\/street$/);
  await page.reload();
  await isChosen(page, 'Get a parcel');
  await expect.poll(() => fields.getByRole('row', { selected: true }).getAttribute('aria-level')).toBe('4');

  // By keys through the list: the way back is one step, not one for each.
  const before = await page.evaluate(() => history.length);
  await actions(page).focus();
  await page.keyboard.press('ArrowUp');
  await isChosen(page, 'List parcels');
  await page.keyboard.press('ArrowDown');
  await isChosen(page, 'Get a parcel');
  expect(await page.evaluate(() => history.length)).toBe(before);
  expect(openedIn(page)).toBe(GET_PARCEL);
});

walk('an operation that is renamed or moved stays in the address', 'step=definition', async (page) => {
  await actions(page).getByRole('option', { name: 'Get a parcel' }).click();
  const url = page.getByRole('textbox', { name: 'URL' });
  await url.fill('/boxes/{id}');
  await url.press('Tab');
  await expect.poll(() => openedIn(page)).toBe('/openapi/paths/~1boxes~1{id}/get');
  await page.getByRole('textbox', { name: 'Summary' }).fill('Get a box');
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  await isChosen(page, 'Get a box');
  expect(await url.inputValue()).toBe('/boxes/{id}');
});

walk('a problem leads to the very field', 'step=definition', async (page) => {
  const problems = page.getByRole('region', { name: 'Problems in this step' });
  await problems.getByRole('button', { expanded: false }).click();
  await inspect(page, 'address-problems');
  await problems.getByRole('link', { name: /^Go to Definition: .*api-version/ }).click();
  await isChosen(page, 'Get a parcel');
  expect(openedIn(page)).toMatch(/\/get\/parameters\/1/);
  const parameter = page.getByRole('button', { name: /^api-version/, expanded: true });
  await parameter.waitFor();
  const isAtParameter = () => document.activeElement?.closest('[data-place*="/parameters/1"]') !== null;
  await page.waitForFunction(isAtParameter);

  // The same link once more leads there again, although the address stays.
  await page.getByRole('textbox', { name: 'Summary' }).click();
  expect(await page.evaluate(isAtParameter)).toBe(false);
  await problems.getByRole('link', { name: /^Go to Definition: .*api-version/ }).click();
  await page.waitForFunction(isAtParameter);

  // From the dialog that saves, into another step.
  await page.getByRole('button', { name: 'Create connector' }).click();
  await page.getByRole('link', { name: /^Go to Policies: Header 2/ }).click();
  await page.getByRole('button', { name: /^Header 2/, expanded: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[data-place*="Instances/1/"]') !== null);
  await page.reload();
  await page.getByRole('button', { name: /^Header 2/, expanded: true }).waitFor();
  await page.getByRole('button', { name: /^Header 1/ }).click();
  await expect.poll(() => openedIn(page)).toBe('/properties/policyTemplateInstances/0');
});

walk(
  'the form of what stands in the text is opened at the item itself',
  `step=general&view=document&at=${encodeURIComponent(`${GET_PARCEL}/parameters/0/name`)}`,
  async (page) => {
    const openForm = async (url: string) => {
      const button = page.getByRole('button', { name: 'Open in form' });
      await expect.poll(() => button.getAttribute('aria-disabled')).not.toBe('true');
      await button.click();
      await page.waitForURL(url);
    };
    await page.locator('.monaco-editor.focused .selected-text').first().waitFor({ state: 'attached' });
    await openForm('**step=definition**');
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await page.waitForFunction(() => document.activeElement?.matches('input'));
    expect(await name.inputValue()).toBe('fields');
    expect(await name.evaluate((input) => input === document.activeElement)).toBe(true);

    // The other view shows the same place.
    await page.getByRole('tab', { name: 'Document' }).click();
    await page.getByRole('tab', { name: 'Properties' }).click();
    const line = page.locator('.monaco-editor .view-line', { hasText: 'Header 2' });
    await line.click();
    await openForm('**step=policies**');
    await page.getByRole('button', { name: /^Header 2/, expanded: true }).waitFor();
    expect(openedIn(page)).toMatch(/^\/properties\/policyTemplateInstances\/1/);
  },
);
