import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type MailCatcher, startMailCatcher } from '../src/cli/demo/mail-catcher.ts';
import { createTestDatabase } from '../test/postgres/index.ts';
import { type Product, startProduct } from '../test/product/product.ts';
import {
  readShippingDocument,
  SHIPPING_KEY,
  type ShippingApi,
  startShippingApi,
} from '../test/product/shipping.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { launchBrowser } from './chromium.ts';

/**
 * The main job as a person does it: from the one-time link to the email, everything through the studio, and
 * everything behind it real: the server, PostgreSQL, the shipping API, SMTP.
 */
const FLOW_FILE = fileURLToPath(new URL('../samples/shipping/flow.json', import.meta.url));
const COLUMNS = [
  'Customer',
  'Email',
  'Street',
  'City',
  'Postal code',
  'Country',
  'Status',
  'Tracking number',
  'Error',
];
const ORDER = {
  Title: 'Brass telescope',
  Customer: 'Ada Lovelace',
  Email: 'ada@example.com',
  Street: '12 St James’s Square',
  City: 'London',
  'Postal code': 'SW1Y 4LB',
  Country: 'GB',
};

let folder: string;
let product: Product;
let shipping: ShippingApi;
let catcher: MailCatcher;
let browser: Browser | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-e2e-'));
  const { url: databaseUrl } = await createTestDatabase();
  [product, shipping, catcher] = await Promise.all([
    startProduct({ home: folder, databaseUrl }),
    startShippingApi(),
    startMailCatcher(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([product?.stop(), shipping?.stop(), catcher?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

browserTest(
  'an order becomes a shipping label, from the setup link to the email',
  { timeout: 120_000 },
  async () => {
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(15_000);
    const complaints = collectComplaints(page);

    await pictureFailure(page, async () => {
      await setUpAdministrator(page);
      await allowShippingHost(page);
      await setMailServer(page);
      await importDocument(page);
      await connect(page);
      await createList(page);
      await createFlow(page);
      await turnOn(page);
      await addOrder(page);
      await watchRun(page);

      const mail = await catcher.takeMail(AbortSignal.timeout(20_000));
      expect(mail).toMatchObject({ to: ORDER.Email, subject: `Your order ${ORDER.Title} is on its way` });
      await seeTrackingNumber(page);
      await signOutAndIn(page);
    });
    expect(complaints).toEqual([]);
  },
);

/** What the page says went wrong: scripts that failed, and what the content security policy kept from loading. */
function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A browser reports every 4xx on the console; asking who is signed in before anybody is, is answered with one.
    if (message.type() === 'error' && !/status of 401/.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

async function setUpAdministrator(page: Page): Promise<void> {
  await page.goto(`${product.url}/setup?token=${product.setupToken}`);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Email').fill('admin@example.com');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: /create/i }).click();
  await page.waitForURL('**/connectors');
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click();
  await page.getByRole('heading', { level: 1, name: place }).waitFor();
}

async function allowShippingHost(page: Page): Promise<void> {
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Allowed hosts' }).click();
  await page.getByLabel('Hosts', { exact: true }).fill(new URL(shipping.url).host);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The allowed hosts are saved.').first().waitFor();
}

async function setMailServer(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Mail' }).click();
  await page.getByLabel(/^Host/).fill('127.0.0.1');
  await page.getByLabel(/^Port/).fill(String(catcher.port));
  await page.getByLabel('Sender').fill('Orders <orders@example.com>');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The mail settings are saved.').first().waitFor();
}

async function importDocument(page: Page): Promise<void> {
  const document = join(folder, 'openapi.yaml');
  await writeFile(document, await readShippingDocument(shipping.url));
  await goTo(page, 'Connectors');
  await page.getByRole('link', { name: 'New connector' }).first().click();
  await page.getByLabel('Connector files').setInputFiles(document);
  await page.getByText('8 of 8 operations selected').waitFor();
  await page.getByRole('button', { name: 'Create connector' }).click();
  await page.getByRole('heading', { level: 1, name: 'Parcel Post' }).waitFor();
}

async function connect(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Connect', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=password]').fill(SHIPPING_KEY);
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await page.getByText('Connected to Parcel Post.').first().waitFor();
}

async function createList(page: Page): Promise<void> {
  await goTo(page, 'Lists');
  await page.getByRole('button', { name: 'New list' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Name/).fill('Orders');
  for (const title of COLUMNS) {
    await dialog.getByRole('button', { name: 'Add column' }).click();
    await dialog.getByLabel('Column title').last().fill(title);
  }
  await dialog.getByRole('button', { name: 'Create list' }).click();
  await page.getByRole('grid', { name: 'Orders' }).waitFor();
}

async function createFlow(page: Page): Promise<void> {
  await goTo(page, 'Flows');
  await page.getByRole('button', { name: 'New flow' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Definition file').setInputFiles(FLOW_FILE);
  await dialog.getByLabel(/^Name/).fill('Ship each order');
  // The connections are found by themselves, for there is one of each connector.
  await dialog.getByText('Choose a connection').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Create flow' }).click();
  await page.getByText('No problems found').waitFor();
}

async function turnOn(page: Page): Promise<void> {
  const flowSwitch = page.getByRole('switch', { name: /Ship each order is/ });
  await flowSwitch.click();
  await page.getByRole('switch', { name: 'Ship each order is on' }).waitFor();
}

/** Types a row as in any grid: the first key begins, Tab goes on to the next cell, Enter finishes. */
async function addOrder(page: Page): Promise<void> {
  await goTo(page, 'Lists');
  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByText('Type to add a row').click();
  const values = Object.values(ORDER);
  for (const [index, value] of values.entries()) {
    await page.keyboard.type(value);
    await page.keyboard.press(index === values.length - 1 ? 'Enter' : 'Tab');
  }
  await page.getByRole('rowheader', { name: 'Row 1' }).waitFor();
}

async function watchRun(page: Page): Promise<void> {
  await goTo(page, 'Runs');
  await page.getByRole('link', { name: 'Ship each order' }).first().click();
  await page.getByRole('status').getByText('Succeeded').waitFor({ timeout: 30_000 });
  const label = page.getByRole('button', { name: /Create Label/ });
  await label.click();
  await page.getByText('SW000000001').first().waitFor();
  await page.getByRole('button', { name: /Send an email/ }).waitFor();
}

async function seeTrackingNumber(page: Page): Promise<void> {
  await goTo(page, 'Lists');
  await page.getByRole('link', { name: 'Orders' }).click();
  await page.getByRole('gridcell', { name: 'Tracking number: SW000000001' }).waitFor();
  await page.getByRole('gridcell', { name: 'Status: Shipped' }).waitFor();
}

async function signOutAndIn(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${product.url}/flows`);
  await page.getByLabel('Email').fill('admin@example.com');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Flows' }).waitFor();
}
