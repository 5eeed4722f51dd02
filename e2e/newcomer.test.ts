import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { isJsonObject, type JsonObject } from '../src/base/index.ts';
import {
  type CompiledConnector,
  type ConnectorDefinition,
  compileConnector,
} from '../src/connector/index.ts';
import { makeSample } from '../src/schema/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

/** The path of a newcomer: from a document to a connector that was tested, mended and saved again. */

const KEY = 'live_0123456789abcdef';

interface Service {
  readonly text: string;
  readonly operations: readonly string[];
  readonly track: string;
}

let world: StudioWorld | undefined;
let server: Server | undefined;
let connectorId = '';
let connector: CompiledConnector | undefined;
let service: Service;

beforeAll(async () => {
  if (browserTest !== test) return;
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await startStudioWorld();
  const { client } = world;
  const { hosts } = await client.call(endpoints.getAllowedHosts);
  await client.call(endpoints.updateAllowedHosts, { body: { hosts: [...hosts, host] } });
  service = await readService(`http://${host}`);
  const { text, operations } = service;
  const imported = await client.call(endpoints.importConnector, {
    body: { text, operations: [...operations] },
  });
  connectorId = imported.connector?.id ?? '';
  const stored = await client.call(endpoints.getConnectorVersion, {
    params: { id: connectorId, version: 1 },
  });
  connector = compileConnector(stored.definition as unknown as ConnectorDefinition);
});

afterAll(async () => {
  await world?.stop();
  server?.closeAllConnections();
  server?.close();
});

/** A document of a parcel service: the real one where there is a corpus, one of our own otherwise. */
async function readService(url: string): Promise<Service> {
  const file = join(process.env['PATCHBAY_CORPUS'] ?? '', 'openapi', 'ShipEngine_openapi.yaml');
  if (!process.env['PATCHBAY_CORPUS'] || !existsSync(file)) return describeOwn(url);
  const text = (await readFile(file, 'utf8')).replaceAll('https://api.shipengine.com', url);
  const operations = [
    'get_tracking_log',
    'create_label',
    'list_labels',
    'get_label_by_id',
    'list_carriers',
    'void_label',
  ];
  return { text, operations, track: 'get_tracking_log' };
}

function describeOwn(url: string): Service {
  const state: JsonObject = {
    type: 'object',
    required: ['tracking_number', 'status_code'],
    properties: { tracking_number: { type: 'string' }, status_code: { type: 'string' } },
  };
  const responses = { '200': { description: 'ok', content: { 'application/json': { schema: state } } } };
  const query = ['carrier_code', 'tracking_number'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  const names = ['Labels', 'Carriers', 'Rates', 'Batches', 'Manifests', 'Warehouses'];
  const others = names.map((name) => [
    `/v1/${name.toLowerCase()}`,
    { get: { operationId: `list_${name}`, responses } },
  ]);
  const document = {
    openapi: '3.0.3',
    info: { title: 'Parcel service', version: '1.0' },
    servers: [{ url }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'API-Key' } } },
    paths: {
      '/v1/tracking': {
        get: { operationId: 'track', summary: 'Track a parcel', parameters: query, responses },
      },
      ...Object.fromEntries(others),
    },
  };
  const operations = ['track', ...names.slice(0, 5).map((name) => `list_${name}`)];
  return { text: JSON.stringify(document), operations, track: 'track' };
}

/** Answers as the document says, but for one member that nobody described. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const headers = { 'content-type': 'application/json' };
  if (request.headers['api-key'] !== KEY) {
    response.writeHead(401, headers).end(JSON.stringify({ message: 'The API key is not valid.' }));
    return;
  }
  const operation = connector?.operation(service.track);
  const schema = operation?.successResponse?.schema ?? {};
  const sample = makeSample(schema, connector?.definition.openapi ?? {});
  const body = { ...(isJsonObject(sample) ? sample : {}), delivery_window: 'morning' };
  response.writeHead(200, headers).end(JSON.stringify(body));
}

async function checkAccess(page: Page, name: string): Promise<void> {
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 1000 });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .exclude('[data-tabster-dummy]')
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
    expect(found, `${name} ${colorScheme} ${width}`).toEqual([]);
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overhang, `${name} is wider than ${width}`).toBeLessThanOrEqual(0);
    const folder = process.env['PATCHBAY_PICTURES'];
    if (folder)
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

browserTest(
  'a newcomer tests an operation, mends the key, takes a difference into the schema and saves version 2',
  { timeout: 120_000 },
  async () => {
    if (!world || !connector) throw new Error('There is no product to look at.');
    const { url } = world;
    const page = await world.openPage();
    const summary = connector.operation(service.track)?.summary ?? '';
    expect(connector.operations).toHaveLength(6);
    await pictureFailure(page, async () => {
      await page.goto(`${url}/connectors/${connectorId}?tab=test`);
      await page.getByRole('button', { name: 'New connection' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input[type="password"]').fill('live_wrong_key_000');
      await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
      await page
        .getByRole('combobox', { name: 'Operation' })
        .or(page.getByRole('button', { name: 'Cancel' }))
        .first()
        .waitFor();
      if (await page.getByRole('dialog').isVisible())
        await page.getByRole('button', { name: 'Cancel' }).click();

      await page.getByRole('combobox', { name: 'Operation' }).click();
      await page.getByRole('option', { name: summary, exact: true }).click();
      await page.getByRole('button', { name: 'Fill with a sample' }).click();
      await page.getByRole('button', { name: 'Run the test' }).click();
      const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
      await diagnosis.getByText('The key is wrong, expired or revoked.').waitFor();
      await diagnosis.getByText('The API key is not valid.').waitFor();
      await checkAccess(page, 'test-refused');

      await diagnosis.getByRole('button', { name: 'Change the key' }).click();
      await page.getByRole('dialog').locator('input[type="password"]').fill(KEY);
      await page.getByRole('dialog').getByRole('button', { name: 'Save and test' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Run the test' }).click();
      const result = page.getByRole('region', { name: 'Result' });
      await result.getByText('200', { exact: true }).waitFor();
      await page.getByText('delivery_window is not in the definition', { exact: false }).waitFor();
      await checkAccess(page, 'test-difference');
      await result.getByRole('tab', { name: 'Request as sent' }).click();
      await result.getByText('/tracking', { exact: false }).first().waitFor();
      expect(await page.content()).not.toContain(KEY);

      await page.getByRole('button', { name: /Fix in the schema: Add delivery_window/ }).click();
      await page.waitForURL(/\/connectors\/drafts\/.*step=test/);
      await page.getByRole('combobox', { name: 'Operation' }).click();
      await page.getByRole('option', { name: summary, exact: true }).click();
      await page.getByRole('button', { name: 'Fill with a sample' }).click();
      await page.getByRole('button', { name: 'Run the test' }).click();
      await page.getByRole('region', { name: 'Result' }).getByText('200', { exact: true }).waitFor();
      expect(await page.getByText('is not in the definition').count()).toBe(0);

      await page.getByRole('button', { name: 'Save version' }).click();
      const publish = page.getByRole('dialog');
      await publish.getByText('delivery_window', { exact: false }).first().waitFor();
      await publish.getByRole('button', { name: 'Save version' }).click();
      await page.waitForURL(new RegExp(`/connectors/${connectorId}`));
      await page.goto(`${url}/connectors/${connectorId}?tab=versions`);
      await page.getByRole('table', { name: 'Versions' }).getByText('2', { exact: true }).first().waitFor();
    });
    await page.context().close();
  },
);
