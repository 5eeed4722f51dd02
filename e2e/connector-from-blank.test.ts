import { readFile } from 'node:fs/promises';
import SwaggerParser from '@apidevtools/swagger-parser';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { isJsonObject } from '../src/base/index.ts';
import {
  type ConnectorDefinition,
  certifyConnector,
  compileConnector,
  diffDefinitions,
  exportConnector,
  importConnector,
} from '../src/connector/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) world = await startStudioWorld();
});
afterAll(() => world?.stop());

const TRACKED = JSON.stringify({
  tracking_number: '1Z999AA10123456784',
  status_code: 'DE',
  status_description: 'Delivered',
  ship_date: '2026-01-31T12:00:00Z',
  events: [{ occurred_at: '2026-02-02T09:30:00Z', description: 'Delivered', city_locality: 'Austin' }],
});

const LABEL = JSON.stringify({
  shipment: {
    service_code: 'usps_priority_mail',
    ship_to: { name: 'Ada Lovelace', address_line1: '525 S Winchester Blvd', postal_code: '95128' },
    packages: [{ weight: { value: 20, unit: 'ounce' } }],
  },
  test_label: true,
});

const COMMAND = `curl -X POST https://api.shipping.example/v1/labels -H 'API-Key: TEST_s3cret' \\
  -H 'Content-Type: application/json' \\
  -d '${LABEL}'
{"label_id": "se-28529731", "status": "completed", "shipment_cost": {"currency": "usd", "amount": 7.5}}`;

browserTest(
  'the shipping connector is built from blank, by hand, and leaves as a valid package',
  { timeout: 180_000 },
  async () => {
    if (!world) throw new Error('There is no product to look at.');
    const page = await world.openPage();
    await page.goto(`${world.url}/connectors/new`);
    let bytes: Uint8Array | undefined;
    await pictureFailure(page, async () => {
      await page.getByText('Build it by hand, step by step').click();
      await field(page, 'Name').fill('Parcel Shipping');
      await page.getByRole('button', { name: 'Start' }).click();
      await page
        .getByRole('link', { name: /^Definition/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Add an action' }).click();
      await trackShipment(page);
      await page.getByRole('button', { name: 'New action' }).click();
      await createLabel(page);
      await setKey(page);
      await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
      await createConnector(page);
      bytes = await downloadPackage(page);
    });
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const stored = await world.client.call(endpoints.getConnectorVersion, { params: { id, version: 1 } });
    const definition = stored.definition as unknown as ConnectorDefinition;
    checkOperations(definition);
    checkSecurity(definition);
    await checkPackage(definition, bytes);
    await page.context().close();
  },
);

async function setKey(page: Page): Promise<void> {
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await steps.getByRole('link', { name: 'Security' }).click();
  await page.getByRole('combobox', { name: 'Authentication type' }).selectOption('API key');
  await field(page, 'Name of the header').fill('API-Key');
  await field(page, 'Label of the key').fill('Key of the shop');
}

async function createConnector(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create connector' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create connector' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('2 operations · version 1').waitFor();
}

async function downloadPackage(page: Page): Promise<Uint8Array> {
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Export version 1' }).click();
  await page.getByRole('radio', { name: /^Power Platform package/ }).click();
  await page.getByText('Nothing is lost in this format.').waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  return readFile(await (await downloading).path());
}

async function trackShipment(page: Page): Promise<void> {
  await field(page, 'Summary').fill('Track a shipment');
  await field(page, 'Operation ID').fill('TrackShipment');
  await field(page, 'Description').fill('Tells where a shipment is.');
  const url = field(page, 'URL');
  await url.fill(
    'https://api.shipping.example/v1/tracking?carrier_code={carrier_code}&tracking_number={tracking_number}',
  );
  // What the address will become is shown while it is typed.
  await page.getByText('carrier_code · query').waitFor();
  await url.press('Enter');
  await page.getByRole('button', { name: /^tracking_number query/ }).click();
  const parameters = page.getByRole('region', { name: 'Parameters' });
  await parameters.getByLabel('Description').fill('The number of the parcel.');
  await parameters.getByRole('switch', { name: 'Required' }).click();
  await parameters.getByRole('button', { name: /^carrier_code query/ }).click();
  const carrier = parameters.getByLabel('Description').first();
  await carrier.fill('Whose parcel it is.');
  await parameters.getByRole('button', { name: 'Add a value' }).first().click();
  await field(page, 'Value 1 of carrier_code').fill('ups');
  await field(page, 'Shown as 1 of carrier_code').fill('United Parcel Service');
  await paste(page, 'Import response 200 from sample', TRACKED);
  await page.getByRole('row', { name: /^tracking_number/ }).waitFor();
}

async function createLabel(page: Page): Promise<void> {
  await field(page, 'Summary').fill('Create a label');
  await field(page, 'Description').fill('Buys a label for a shipment.');
  // An id that another operation has is refused beside the field, and not taken.
  await field(page, 'Operation ID').fill('TrackShipment');
  await page.getByText('has this id already').waitFor();
  await field(page, 'Operation ID').fill('CreateLabel');
  await field(page, 'Operation ID').press('Enter');
  await paste(page, 'Import request from sample', COMMAND);
  await page.getByText('https://api.shipping.example/v1/labels').first().waitFor();
  const body = page.getByRole('region', { name: 'Body', exact: true });
  await body.getByRole('row', { name: /^shipment/ }).click();
  await body.getByLabel('Field name').waitFor();
  await body.getByRole('switch', { name: 'Required' }).last().click();
  // By keyboard: into the object, down to its first field, and a field of its own after it.
  await body.getByRole('row', { name: /^shipment/ }).press('ArrowDown');
  await page.keyboard.press('Insert');
  await field(page, 'Field name').fill('label_format');
  await field(page, 'Field name').press('Enter');
  await body.getByRole('row', { name: /^label_format/ }).waitFor();
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true }).first();

async function paste(page: Page, button: string, text: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await field(page, 'Sample').fill(text);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

function checkOperations(definition: ConnectorDefinition): void {
  const connector = compileConnector(definition);
  expect(connector.baseUrl).toBe('https://api.shipping.example');
  const described = connector.operations.map((one) => [
    one.operationId,
    one.method,
    one.path,
    one.parameters.map(({ in: place, name, required }) => `${place} ${name}${required ? ' required' : ''}`),
  ]);
  expect(described).toEqual([
    ['TrackShipment', 'GET', '/v1/tracking', ['query carrier_code', 'query tracking_number required']],
    ['CreateLabel', 'POST', '/v1/labels', []],
  ]);
  expect(connector.operation('TrackShipment')?.successResponse?.schema).toMatchObject({
    properties: { ship_date: { type: 'string', format: 'date-time' }, events: { type: 'array' } },
  });
  const body = connector.operation('CreateLabel')?.body;
  expect(body?.schema).toMatchObject({
    properties: {
      shipment: { properties: { label_format: { type: 'string' }, ship_to: { type: 'object' } } },
    },
    required: ['shipment'],
  });
  expect(JSON.stringify(definition)).not.toContain('s3cret');
}

/** The header that the service reads is one thing, what people are asked for another. */
function checkSecurity(definition: ConnectorDefinition): void {
  const method = compileConnector(definition).authenticationMethod();
  const components = definition.openapi['components'];
  const { securitySchemes = {} } = isJsonObject(components) ? components : {};
  expect(method).toMatchObject({
    kind: 'apiKey',
    parameters: [{ type: 'securestring', title: 'Key of the shop', required: true }],
  });
  expect(Object.values(securitySchemes ?? {})).toEqual([
    expect.objectContaining({ type: 'apiKey', in: 'header', name: 'API-Key' }),
  ]);
}

/** What leaves as a package comes in again as the same, and is what the Power Platform takes. */
async function checkPackage(definition: ConnectorDefinition, bytes: Uint8Array | undefined): Promise<void> {
  if (bytes === undefined) throw new Error('Nothing was downloaded.');
  const again = importConnector({ name: 'package.zip', files: [{ path: 'package.zip', bytes }] });
  expect(again.errors).toEqual([]);
  const back = again.definition;
  if (back === undefined) throw new Error('The package cannot be imported.');
  expect(back.source.format).toBe('power-platform');
  // Swagger has its own way to write a body and an enum: all else is the same, and from there on every letter.
  const changes = diffDefinitions(definition, back).map(({ code }) => code);
  expect(changes.filter((code) => code !== 'OPERATION_DETAILS_CHANGED')).toEqual([]);
  checkOperations(back);
  checkSecurity(back);
  const { files } = exportConnector(definition, 'power-platform');
  const twice = importConnector({ name: 'package', files: exportConnector(back, 'power-platform').files });
  expect(twice.definition?.openapi).toEqual(back.openapi);
  expect(twice.definition?.properties).toEqual(back.properties);
  expect(files.map(({ path }) => path).sort()).toEqual(['apiDefinition.swagger.json', 'apiProperties.json']);
  // The order of members is of no account.
  const parse = (all: typeof files) =>
    Object.fromEntries(all.map((one) => [one.path, JSON.parse(new TextDecoder().decode(one.bytes))]));
  const first = parse(files);
  expect(parse(exportConnector(back, 'power-platform').files)).toEqual(first);
  const swagger = first['apiDefinition.swagger.json'];
  await SwaggerParser.validate(structuredClone(swagger));
  expect(swagger).toMatchObject({
    swagger: '2.0',
    host: 'api.shipping.example',
    schemes: ['https'],
    securityDefinitions: expect.any(Object),
    paths: { '/v1/tracking': { get: { operationId: 'TrackShipment' } } },
  });
  const [definitionOfKey] = Object.values(swagger.securityDefinitions);
  expect(definitionOfKey).toEqual({ type: 'apiKey', in: 'header', name: 'API-Key' });
  const { properties } = first['apiProperties.json'];
  expect(properties).toMatchObject({ capabilities: [], iconBrandColor: expect.any(String) });
  expect(Object.values(properties.connectionParameters)).toMatchObject([
    { type: 'securestring', uiDefinition: { displayName: 'Key of the shop' } },
  ]);
  const findings = certifyConnector(definition).filter(
    ({ severity, pointer }) => severity === 'error' && pointer.startsWith('/paths'),
  );
  expect(findings).toEqual([]);
}

browserTest('each edit can be undone, and what was chosen is found again', { timeout: 60_000 }, async () => {
  if (!world) throw new Error('There is no product to look at.');
  const draft = await world.client.call(endpoints.createConnectorDraft, {
    body: { blank: { title: 'Undo' } },
  });
  const page = await world.openPage();
  await page.goto(`${world.url}/connectors/drafts/${draft.id}?step=definition`);
  await pictureFailure(page, async () => {
    await page.getByRole('button', { name: 'Add an action' }).click();
    await field(page, 'URL').fill('/parcels/{id}');
    await field(page, 'URL').press('Enter');
    await page.getByRole('button', { name: /^id path/ }).waitFor();
    await page.getByLabel('Kind').selectOption('webhook');
    await page.getByRole('region', { name: 'Webhook' }).waitFor();
    expect(await page.getByRole('tab', { name: /Triggers/ }).getAttribute('aria-selected')).toBe('true');
    expect(await page.getByLabel('Method', { exact: true }).inputValue()).toBe('POST');
    await page.getByRole('button', { name: 'Add the operation that does' }).click();
    await page.getByRole('button', { name: 'Show the operation that ends it' }).click();
    await page.getByRole('heading', { name: 'End the subscription' }).waitFor();
    for (const gone of ['the unsubscribe operation', 'Kind of operation']) {
      await page.getByRole('button', { name: new RegExp(`Undo.*${gone}`) }).click();
    }
    await page.getByRole('option', { name: /GET \/parcels\/\{id\}/ }).waitFor();
    await page.getByRole('button', { name: /Redo/ }).click();
    await page.getByRole('tab', { name: /Triggers 1/ }).waitFor();
  });
  await page.context().close();
});

browserTest(
  'typing does not lag in a definition of a thousand operations',
  { timeout: 120_000 },
  async () => {
    if (!world) throw new Error('There is no product to look at.');
    const { id } = await world.client.call(endpoints.createConnectorDraft, {
      body: { text: writeLargeDocument() },
    });
    const page = await world.openPage();
    await page.goto(`${world.url}/connectors/drafts/${id}?step=definition`);
    await pictureFailure(page, async () => {
      await page.getByRole('tab', { name: 'Actions 1000' }).waitFor();
      expect(await page.getByRole('option').count()).toBeLessThan(60);
      await page.getByLabel('Search actions').fill('number 777');
      await page.getByRole('option', { name: /Operation number 777,/ }).click();
      await page.getByLabel('Search actions').fill('');
      await field(page, 'Summary').press('End');
      const times: number[] = [];
      for (const letter of ' typed without a wait') times.push(await measureKey(page, letter));
      times.sort((a, b) => a - b);
      expect(await field(page, 'Summary').inputValue()).toBe('Operation number 777 typed without a wait');
      await page.getByRole('option', { name: /777 typed without a wait/ }).waitFor();
      // Two frames are between a key and what is painted; the rest is room for a busy machine.
      expect(
        times[Math.floor(times.length / 2)],
        `key to paint: ${times.map(Math.round).join(', ')} ms`,
      ).toBeLessThan(120);
    });
    await page.context().close();
  },
);

function writeLargeDocument(): string {
  const paths = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [
      `/things/${index + 1}/{id}`,
      {
        get: {
          operationId: `Operation${index + 1}`,
          summary: `Operation number ${index + 1}`,
          description: 'Reads a thing.',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {
            '200': {
              description: 'OK',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: { name: { type: 'string' }, size: { type: 'integer' } },
                  },
                },
              },
            },
          },
        },
      },
    ]),
  );
  const info = { title: 'Large', version: '1' };
  return JSON.stringify({ openapi: '3.1.0', info, servers: [{ url: 'https://large.example' }], paths });
}

/** From a key until the frame after the one in which the page has drawn it, in the clock of the page. */
async function measureKey(page: Page, letter: string): Promise<number> {
  await page.evaluate(() => {
    addEventListener(
      'keydown',
      () => {
        const start = performance.now();
        requestAnimationFrame(() =>
          requestAnimationFrame(() => Object.assign(globalThis, { paintedMs: performance.now() - start })),
        );
      },
      { once: true, capture: true },
    );
    Object.assign(globalThis, { paintedMs: undefined });
  });
  await page.keyboard.press(letter === ' ' ? 'Space' : letter);
  const painted = await page.waitForFunction(() => (globalThis as { paintedMs?: number }).paintedMs);
  return Number(await painted.jsonValue());
}

const LOOKS = {
  'in the light': { colorScheme: 'light', width: 1280 },
  'in the dark': { colorScheme: 'dark', width: 1280 },
  'on a phone': { colorScheme: 'light', width: 390 },
} as const;

browserTest('the step can be used by everybody', { timeout: 120_000 }, async () => {
  if (!world) throw new Error('There is no product to look at.');
  const draft = await world.client.call(endpoints.createConnectorDraft, {
    body: { copyOf: world.connectorId },
  });
  for (const [look, { colorScheme, width }] of Object.entries(LOOKS)) {
    const page = await world.openPage({ colorScheme, viewport: { width, height: 860 } });
    await page.goto(`${world.url}/connectors/drafts/${draft.id}?step=definition`);
    await page.getByRole('listbox').waitFor();
    await page.getByRole('treegrid').first().waitFor();
    await page
      .getByRole('region', { name: 'Parameters' })
      .getByRole('button', { expanded: false })
      .first()
      .click();
    expect(await findViolations(page), look).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, look).toBeLessThanOrEqual(0);
    await page.context().close();
  }
});
