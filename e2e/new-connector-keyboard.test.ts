import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { press, tabTo } from './keys.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

/** Every way to begin a connector, by keys alone, up to its review or its wizard. */

let world: StudioWorld | undefined;
/** Gives the document to whoever asks. */
const service = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(DOCUMENT);
});

beforeAll(async () => {
  if (browserTest !== test) return;
  world = await startStudioWorld();
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const hosts = [new URL(serviceUrl()).host];
  await world.client.call(endpoints.updateAllowedHosts, { body: { hosts } });
});

afterAll(async () => {
  await world?.stop();
  service.close();
});

function serviceUrl(): string {
  return `http://127.0.0.1:${(service.address() as AddressInfo).port}/openapi.json`;
}

const DOCUMENT = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'By keys', version: '1' },
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/a': { get: { operationId: 'A', responses: { '200': { description: 'ok' } } } },
    '/b': { get: { operationId: 'B', responses: { '200': { description: 'ok' } } } },
  },
});
const HAR = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'x', version: '1' },
    entries: [
      {
        startedDateTime: '2026-01-01T00:00:00Z',
        time: 1,
        request: {
          method: 'GET',
          url: 'https://api.example.com/a',
          httpVersion: '2',
          headers: [],
          queryString: [],
        },
        response: {
          status: 200,
          statusText: 'OK',
          httpVersion: '2',
          headers: [],
          content: { size: 2, mimeType: 'application/json', text: '{}' },
        },
      },
    ],
  },
});
const POSTMAN = JSON.stringify({
  info: { name: 'By keys', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [{ name: 'A', request: { method: 'GET', url: 'https://api.example.com/a' } }],
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** What is done on each panel, up to what follows it. */
const WAYS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'File or folder': (page) => chooseFile(page, 'api.json', DOCUMENT),
  'HAR recording': (page) => chooseFile(page, 'api.har', HAR),
  'Postman collection': (page) => chooseFile(page, 'api.json', POSTMAN),
  URL: async (page) => {
    await tabTo(page, page.getByRole('textbox', { name: 'Address of the document' }));
    await page.keyboard.insertText(serviceUrl());
    await page.keyboard.press('Enter');
  },
  'Pasted text': async (page) => {
    await tabTo(page, page.getByRole('textbox', { name: 'Document' }));
    await page.keyboard.insertText(DOCUMENT);
    await press(page, button(page, 'Review'));
  },
  'curl command': async (page) => {
    await tabTo(page, page.getByRole('textbox', { name: 'Command' }));
    await page.keyboard.insertText('curl https://api.example.com/a');
    await press(page, button(page, 'Review'));
  },
};

const chooseWay = async (page: Page, url: string, way: string) => {
  await page.goto(`${url}/connectors/new`);
  const ways = page.getByRole('navigation', { name: 'Ways to begin' });
  await press(page, ways.getByRole('button', { name: new RegExp(`^${way}`) }));
  await page.getByRole('heading', { name: way, exact: true }).waitFor();
  await page.waitForURL(/from=/);
};

browserTest('every way to begin a connector is gone by keys alone', { timeout: 240_000 }, async () => {
  if (world === undefined) throw new Error('The studio is not there.');
  const { url } = world;
  const page = await world.openPage();
  await pictureFailure(page, async () => {
    for (const [way, act] of Object.entries(WAYS)) {
      await chooseWay(page, url, way);
      await act(page);
      await page.getByRole('listbox', { name: 'Operations' }).waitFor();
    }
    await reviewByKeys(page, url);

    await chooseWay(page, url, 'Copy of another');
    await press(page, button(page, /^Copy (?!of another)/));
    await page.waitForURL('**/connectors/drafts/*');

    await chooseWay(page, url, 'Blank');
    await tabTo(page, page.getByRole('textbox', { name: 'Name' }));
    await page.keyboard.insertText('From nothing');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/connectors/drafts/*');

    // What GitHub answers is not of this page: its field is reached.
    await chooseWay(page, url, 'GitHub');
    await tabTo(page, page.getByRole('main').getByRole('tab').first());
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: 'Repository' }));
  });
  await page.context().close();
});

async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  // Listened for early: the browser is told of it before the key comes.
  const chosen = page.waitForEvent('filechooser');
  await press(page, button(page, 'Choose files'));
  const chooser = await chosen;
  await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

/** One operation is left out, then the connector is made. */
async function reviewByKeys(page: Page, url: string): Promise<void> {
  await chooseWay(page, url, 'Pasted text');
  await WAYS['Pasted text']?.(page);
  await tabTo(page, page.getByRole('listbox', { name: 'Operations' }));
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await page.getByText('1 of 2 operations selected.').waitFor();
  await press(page, button(page, 'Create connector'));
  await page.waitForURL(/\/connectors\/[0-9a-f-]{36}/);
  await page.getByRole('heading', { level: 1, name: 'By keys' }).waitFor();
  expect(await page.getByText('1 operation · version 1').count()).toBe(1);
}
